"""The headline: which printed line it is, what else names the page, and the lines above and below it.

A headline is known by agreement: the line that the window title, og:title and JSON-LD repeat, in a heading
element or not. Old newspaper systems print it in a table cell, so no element name is required.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from scraper.extraction.dateforms import has_date
from scraper.extraction.kickers import MAX_INNER, MAX_TITLE_CHARS, Printed, marks, read_kicker, read_subtitle
from scraper.extraction.lines import Line
from scraper.extraction.microdata import text_of
from scraper.extraction.reading import Candidate, PageReading
from scraper.extraction.titlekeys import title_key
from scraper.extraction.view import PageView

MAX_HEADINGS = 40

_RANK = {"h1": 1.5, "h2": 0.7, "h3": 0.3}
_TITLE_CLASS = re.compile(
    r"(?:\b|[_-])(?:head(?:line|ing)|(?:art|article|main|news|page|post|entry|content|big)?[_-]?"
    r"tit(?:le|el|re|ulo|olo)?|biaoti|bt)(?:\b|[_-]|\d)",
    re.I,
)
_CRUMB_CLASS = re.compile(r"crumb|position|location|\bpath|where|\bnav|menu|dangqian|weizhi", re.I)
_LIST_CLASS = re.compile(
    r"relat(?!ive)|recommend|rank|\bhot|sidebar|widget|footer|comment|teaser|card|popular|latest", re.I
)
_CRUMB_SIGN = re.compile(r"[>〉»›]\s?\S")
_NO_HEADLINE = re.compile(
    r"(?:\d+\s)?(?:comment|komment|koment|коммент|σχόλι|评论|評論|网友|相关|相關|related|responses?\b|tags?\b|"
    r"sponsored|read more)",
    re.I,
)
_PARTS = re.compile(r"\s*[_|｜]\s*|\s+[-:–—»]+\s+|--+|――+")
_HIDDEN = re.compile(r"display\s?:\s?none|visibility\s?:\s?hidden", re.I)


def window_title(tree: Any) -> str:
    """The title of the window, as `<title>` has it; empty where there is none."""
    return next((text_of(element) for element in tree.iter("title")), "")[:MAX_TITLE_CHARS]


def read_titles(view: PageView, reading: PageReading) -> None:
    """Add title, kicker and subtitle candidates; set `view.headline` to the last line that prints the headline."""
    window = window_title(view.tree)
    # Microdata marks the headline where it is printed, so it tells nothing that the print does not.
    stated = [one.raw for one in reading.candidates.get("title", []) if one.method != "microdata"]
    reading.add("title", Candidate(raw=window, method="title", locator="title", confidence=0.5))
    names = Counter(key for key in map(title_key, [window, *stated]) if key)
    sites = {title_key(candidate.raw) for candidate in reading.candidates.get("publisher", [])} - set(names)
    # The title is the longest part of a window title that the names of site and section surround.
    longest = max(map(title_key, _PARTS.split(window)), key=len)
    if len(longest) >= (8 if longest.isascii() else 5) and longest not in sites and longest not in names:
        names[longest] = 0

    best: tuple[float, float, Printed] | None = None
    for printed in _printed(view, list(names)):
        fit = _fit(title_key(printed.text), names, printed.tag == "h1")
        # A heading may be worded otherwise than the window title; a caption may repeat the window title word for word.
        resembles = 1.2 if printed.tag and 0 < fit < 2.5 else 0.0 if printed.tag else -0.4
        # The look at the elements around costs most and adds 0.9 at best.
        if best is not None and fit + resembles + _RANK.get(printed.tag, 0.0) + 0.9 <= best[0]:
            continue
        score = fit + resembles + _look(view, printed) - 4 * (title_key(printed.text) in sites)
        if best is None or score > best[0]:
            best = (score, fit, printed)
    if best is None or best[0] < 1.5:
        return
    _, fit, headline = best
    view.headline = headline.last
    confidence = 0.9 if fit >= 2.5 else 0.75 if fit >= 1 else 0.55
    method = "heading" if headline.tag else "text"
    locator = headline.tag or f"line {headline.first}"
    reading.add("title", Candidate(raw=headline.text, method=method, locator=locator, confidence=confidence))
    read_kicker(view, reading, headline)
    read_subtitle(view, reading, headline)


def _printed(view: PageView, name_keys: list[str]) -> Iterator[Printed]:
    """Lines that may print the headline: the text of h1 to h3, and lines that a name of the page starts with."""
    by_node: dict[Any, list[Line]] = {}
    for line in view.lines:
        by_node.setdefault(line.node, []).append(line)
    for count, heading in enumerate(view.elements.headings):
        if count >= MAX_HEADINGS:
            break
        lines = sorted(
            (line for inner in islice(heading.iter(), MAX_INNER) for line in by_node.get(inner, ())),
            key=lambda line: line.index,
        )
        if lines:
            text = " ".join(line.text for line in lines)
            if len(text) <= MAX_TITLE_CHARS:
                yield Printed(lines[0].index, lines[-1].index, text, heading.tag, heading)
            if len(lines) > 1:
                for line in lines[:4]:
                    yield Printed(line.index, line.index, line.text, heading.tag, heading)
    openings = {name[0] for name in name_keys}
    for line in view.lines:
        if len(line.text) > MAX_TITLE_CHARS or line.is_heading:
            continue
        # The cheap look first: a page has a thousand lines, and few begin as its title does.
        opening = next(filter(str.isalnum, line.text), "").casefold()
        if opening not in openings and opening.isascii():
            continue
        key = title_key(line.text)
        owner = next((name for name in name_keys if len(key) >= 4 and name.startswith(key)), None)
        if owner is None:
            continue
        yield Printed(line.index, line.index, line.text, "", line.node)
        if line.index + 1 < len(view.lines) and len(key) < len(owner):
            # One title over two lines, broken by <br>: the window title goes on where the first line ends.
            after = view.lines[line.index + 1]
            rest = title_key(after.text)
            if after.node is line.node and len(rest) >= 3 and owner.startswith(key + rest):
                yield Printed(line.index, after.index, f"{line.text} {after.text}", "", line.node)


def _fit(key: str, names: Counter[str], is_h1: bool) -> float:
    """How well a printed line agrees with what the page calls itself, 0 to 6.

    Args:
        key: of the line.
        names: how often each name is stated; 0 for a part of one.
        is_h1: whether an h1 prints the line.
    """
    best = 0.0
    for name, times in names.items():
        if key == name:
            fit = 4.0 if times else 3.0
        elif len(key) >= 4 and name.startswith(key):
            fit = 3.0 if len(key) * 2 >= len(name) or len(key) >= 12 else 2.0
        elif len(key) >= 6 and key in name:
            fit = 2.5 if len(key) * 2 >= len(name) or is_h1 else 1.0
        elif len(name) >= 6 and name in key:
            fit = 2.5
        else:
            pairs = {key[i : i + 2] for i in range(len(key) - 1)}
            others = {name[i : i + 2] for i in range(len(name) - 1)}
            shared = len(pairs & others) / max(1, min(len(pairs), len(others)))
            fit = 1.4 * shared if shared >= 0.6 else 0.0
        if fit:
            fit += min(1.0, len(key) / len(name)) + 0.3 * max(0, min(times - 1, 3))
        best = max(best, fit)
    return best


def _look(view: PageView, printed: Printed) -> float:
    """What the elements around a line say for or against its being the headline."""
    score = _RANK.get(printed.tag, 0.0)
    line = view.lines[printed.first]
    if line.link_share > 0.8:
        score -= 0.6 if printed.tag == "h1" else 1.0
    if _NO_HEADLINE.match(line.text) or (line.link_chars and _CRUMB_SIGN.search(line.text)):
        score -= 2.5
    if _TITLE_CLASS.search(marks(printed.node)):
        score += 0.4
    around = ""
    for depth, ancestor in enumerate(printed.node.iterancestors()):
        if depth >= 6:
            break
        if _HIDDEN.search(ancestor.get("style") or ""):
            score -= 1.5
        if ancestor.tag == "nav":
            score -= 0.8  # the last crumb, which some sites make a heading
        if depth < 4:
            around += " " + marks(ancestor)
    # The info line stands under the headline, not under its copies for search engines and link previews.
    below = view.lines[printed.last + 1 : printed.last + 4]
    if any(len(line.text) < 150 and has_date(line.text) for line in below):
        score += 0.5
    if printed.node.tag == "li" or _CRUMB_CLASS.search(marks(printed.node)) or _CRUMB_CLASS.search(around):
        score -= 0.7
    if _LIST_CLASS.search(around):
        score -= 0.8
    return score
