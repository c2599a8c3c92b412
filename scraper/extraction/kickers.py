"""The lines that belong to the headline: the kicker (引题) right above it and the subtitle (副题) right below.

Only what print conventions name so is taken: a class, a lesser heading, a leading dash, a shared title cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import Any

from scraper.extraction.dateforms import has_date
from scraper.extraction.lines import HEADING_TAGS, Line
from scraper.extraction.microdata import text_of
from scraper.extraction.reading import Candidate, PageReading
from scraper.extraction.view import PageView

MAX_TITLE_CHARS = 300
MAX_INNER = 60

_KICKER_CLASS = re.compile(
    r"kicker|yin_?ti|over_?line|eye_?brow|pre_?title|intro_?title|jian_?ti|shoulder|top_?line|"
    r"sup_?title|title_?pre|dachzeile|antetitulo|spitzmarke|occhiello",
    re.I,
)
_SUBTITLE_CLASS = re.compile(
    r"sub_?-?(?:title|head|headline|heading)\b|fu_?(?:ti|biao_?ti|title)\b|title_?sub|untertitel|"
    r"subtitulo|sous_?titre|sottotitolo|standfirst|\bdek\b|\bdeck\b",
    re.I,
)
_DASHES = ("——", "――", "──", "--")


@dataclass(slots=True)
class Printed:
    """Neighbouring lines that may print the headline together."""

    first: int
    last: int
    text: str
    tag: str
    """The heading element around it, `""` without one."""
    node: Any


def marks(node: Any) -> str:
    """Class and id of an element, as written."""
    return f"{node.get('class') or ''} {node.get('id') or ''}"[:200]


def _near_marks(line: Line) -> str:
    parent = line.node.getparent()
    return marks(line.node) + (" " + marks(parent) if parent is not None and len(parent) <= 3 else "")


def read_kicker(view: PageView, reading: PageReading, headline: Printed) -> None:
    """The line right above the headline: named so, a lesser heading beside the h1, or in one small cell with it."""
    for index in range(headline.first - 1, max(-1, headline.first - 3), -1):
        line = view.lines[index]
        if not _is_title_like(line):
            return
        is_next = index == headline.first - 1 and line.link_chars == 0
        is_named = _KICKER_CLASS.search(marks(line.node)) is not None
        is_heading = line.node.tag in HEADING_TAGS and line.node.getparent() is headline.node.getparent()
        is_placed = _shares_title_cell(view, line, headline) or _opens_title_block(line, headline)
        if is_named or (is_next and (is_heading or is_placed)):
            confidence = 0.75 if is_named else 0.6
            reading.add(
                "kicker", Candidate(raw=line.text, method="heading", locator=f"line {index}", confidence=confidence)
            )
            return


def _shares_title_cell(view: PageView, line: Line, headline: Printed) -> bool:
    """Whether a line stands in one element with the headline and, broken by `<br>`, little else."""
    around = view.lines[max(0, line.index - 1) : headline.last + 3]
    beside = [other for other in around if other.node is line.node]
    return (
        headline.node is line.node
        and len(beside) <= 3
        and beside[0] is line
        and len(line.text) <= 60
        and re.search(r"[:：>|»]", line.text) is None
    )


def _opens_title_block(line: Line, headline: Printed) -> bool:
    """Whether a Chinese line is all that stands above the heading in the block that holds both."""
    parent = line.node.getparent()
    following = line.node.getnext()
    return (
        parent is not None
        and parent.tag in ("div", "td", "header", "section", "article")
        and not any(text_of(before) for before in islice(line.node.itersiblings("*", preceding=True), MAX_INNER))
        and following is not None
        and following.tag in HEADING_TAGS
        and (headline.node is following or headline.node.getparent() is following)
        and 8 <= len(line.text) <= 60
        and sum("\u4e00" <= char <= "\u9fff" for char in line.text) * 2 > len(line.text)
        and re.search(r"[:：>|»]", line.text) is None
    )


def read_subtitle(view: PageView, reading: PageReading, headline: Printed) -> None:
    """The line right below: named so, opened by a dash, or a lesser heading that a date line follows."""
    for index in range(headline.last + 1, min(len(view.lines), headline.last + 4)):
        line = view.lines[index]
        if not _is_title_like(line):
            continue
        is_named = _SUBTITLE_CLASS.search(_near_marks(line)) is not None
        is_next = index == headline.last + 1
        has_dash = is_next and line.text.startswith(_DASHES)
        is_heading = (
            is_next
            and line.node.tag in HEADING_TAGS
            and line.link_share < 0.5
            and any(has_date(after.text) for after in view.lines[index + 1 : index + 3] if len(after.text) < 150)
        )
        if is_named or has_dash or is_heading:
            confidence = 0.75 if is_named or has_dash else 0.6
            reading.add(
                "subtitle", Candidate(raw=line.text, method="heading", locator=f"line {index}", confidence=confidence)
            )
            return


def _is_title_like(line: Line) -> bool:
    return 2 <= len(line.text) <= MAX_TITLE_CHARS and line.link_share < 0.8 and not has_date(line.text[:100])
