"""Who wrote it, where the page introduces its writer: a box about the author, a portrait beside a name.

Sites whose articles have no line that begins with By introduce the writer in a box above or, mostly, behind the text:
"About the author", or an element that is named so (`author-box`, `post_author_info`), with the name as heading or as
the beginning of a sentence (Jane Roe is a writer …).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from scraper.extraction.givennames import is_full_name
from scraper.extraction.kickers import marks
from scraper.extraction.lines import Line, fold, inner_text

MAX_DEPTH = 5
MAX_BOX_LINES = 6
MAX_IMAGES = 8
MAX_NAME_CHARS = 40
MAX_TITLED_CHARS = 160

_WRITER = "(?:author|writer|contributor|columnist|autor(?:en|in)?|auteur|autore|verfasser)s?"
_BOX = re.compile(
    rf"{_WRITER}[_-]{{0,2}}(?:box|bio|info|about|card|profile|meta|details?|desc(?:ription)?|section|block|wrap|content)"
    rf"|about[_-]{{0,2}}(?:the[_-]{{0,2}})?{_WRITER}",
    re.IGNORECASE,
)
_BOX_HEADING = re.compile(
    r"(?:(?:about|meet) the (?:author|writer|contributor)s?|(?:guest )?(?:author|writer|contributor)(?:['’]s)? "
    r"(?:bio(?:graphy)?|profile|info)|(?:(?:über|zu) (?:den|die)|zum|zur) autor(?:in)?|"
    r"(?:sobre|acerca de) (?:el |la |[oa] )?autora?|(?:à propos de |sur )l['’]auteure?|"
    r"(?:sull['’]|l['’])autor(?:e|ice)|over de auteur|om (?:författaren|forfatteren|skribenten)|об авторе|o autorze|"
    r"yazar hakkında)\s*:?",
    re.IGNORECASE,
)
_NAME = r"(?:[^\W\d_a-z][\w'’-]*\.?)(?: (?:[^\W\d_a-z][\w'’-]*\.?|de|da|van|von|der|den|del|la|le|bin|el)){1,4}"
_ANNOUNCED = re.compile(r"(?:about|meet|by|written by|(?:guest )?author|text|von|par|por)\s*:?\s+(?=\S)", re.IGNORECASE)
_INTRODUCED = re.compile(
    rf"({_NAME})(?:,|:| [-–—] | (?:is|was|has|writes|works|covers|ist|schreibt|arbeitet|est|es|é|è) )"
)
_REACHED = re.compile(rf"(?:Contact|Reach|E-?mail|Follow)\s+(?:[a-z]+ ){{0,3}}({_NAME})\s+(?:at|on|via|by)\b")
_PORTRAYED = re.compile(
    r"^(?:(?:photo|picture|portrait|headshot|image|avatar|profile (?:photo|picture|image)) (?:of|for)\s+)"
    r"|['’]s (?:photo|picture|portrait|avatar|headshot|profile (?:photo|picture|image))$"
    r"|\s+(?:photo|portrait|avatar|headshot|profile (?:photo|picture|image))$",
    re.IGNORECASE,
)


_DEGREE = re.compile(
    rf"{_NAME}\s?,\s(?:MD|M\.D\.|PhD|Ph\.D\.|DO|RD|RDN|RN|NP|DDS|DMD|DVM|VMD|BVSc|PharmD|PsyD|EdD|JD|Esq|LCSW|LMFT|LPC|MPH|MBA|"
    r"MSc?|CFP|CPA|CFA)\b"
)
_POST = re.compile(
    r"(?:[\w&'’-]+ ){0,4}(?:writer|editor|reporter|journalist|columnist|correspondent|contributor|author|blogger|"
    r"redakteur(?:in)?|redactora?|periodista|journaliste|rédact(?:eur|rice)|giornalista|redactrice|redacteur)",
    re.IGNORECASE,
)


def names_in_boxes(lines: list[Line]) -> Iterator[tuple[Line, str]]:
    """The names that boxes about the author begin with, each with its line; what they are is for others to judge.

    Args:
        lines: neighbouring lines of the page.
    """
    left = 0
    box: Any = None
    for line in lines:
        if _BOX_HEADING.fullmatch(line.text):
            left, box = MAX_BOX_LINES, None
            continue
        if left == 0 and (found := _box_around(line)) is not None and found is not box:
            left, box = MAX_BOX_LINES, found
        if left == 0:
            continue
        left -= 1
        if box is not None and not _is_within(line, box):
            left = 0
        elif name := _name_of(line.text):
            left = 0
            yield line, name


def names_in_bios(lines: list[Line]) -> Iterator[tuple[Line, str]]:
    """The names that lines about the writer at the end of a text begin with, each with its line.

    Such a line is in italics or in brackets (Jane Roe is a reporter at the Gazette.), or tells how to reach the writer.

    Args:
        lines: around the end of the text.
    """
    for line in lines:
        text = line.text
        is_apart = (text.startswith("(") and text.endswith(")")) or _is_italic(line)
        found = (_INTRODUCED.match(text.strip("()")) if is_apart else None) or _REACHED.match(text)
        if found and is_full_name(found[1]):
            yield line, found[1]


def is_portrayed(line: Line) -> bool:
    """Whether a portrait beside a line has the line's text, a name, as its alternative text."""
    if not re.fullmatch(_NAME, line.text) or len(line.text) > MAX_NAME_CHARS:
        return False
    node = line.node
    for _ in range(3):
        if node is None or node.tag in ("body", "main", "article"):
            return False
        images = islice(node.iter("img"), MAX_IMAGES)
        if any(_PORTRAYED.sub("", fold(image.get("alt") or "")) == line.text for image in images):
            return True
        node = node.getparent()
    return False


def has_degree(text: str) -> bool:
    """Whether a text begins with a name and the degree of its bearer: Jane Roe, MD."""
    return len(text) <= MAX_TITLED_CHARS and _DEGREE.match(text) is not None


def is_before_post(line: Line, after: Line | None) -> bool:
    """Whether a line is a name and the next one the post of its bearer: Jane Roe, and below it Senior Writer."""
    return (
        after is not None
        and after.index == line.index + 1
        and len(line.text) <= MAX_NAME_CHARS
        and re.fullmatch(_NAME, line.text) is not None
        and _POST.fullmatch(after.text) is not None
    )


def _name_of(text: str) -> str | None:
    text = _ANNOUNCED.sub("", text, count=1)
    if len(text) <= MAX_NAME_CHARS and re.fullmatch(_NAME, text):
        return text
    found = _INTRODUCED.match(text)
    return found[1] if found and len(found[1]) <= MAX_NAME_CHARS else None


def _is_italic(line: Line) -> bool:
    if line.node.tag in ("em", "i"):
        return True
    slanted = sum(len(fold(inner_text(inner))) for inner in islice(line.node.iter("em", "i"), MAX_IMAGES))
    return slanted >= 0.8 * len(line.text)


def _box_around(line: Line) -> Any:
    node = line.node
    for _ in range(MAX_DEPTH):
        if node is None or node.tag in ("body", "html", "main", "article"):
            return None
        if _BOX.search(marks(node)):
            return node
        node = node.getparent()
    return None


def _is_within(line: Line, box: Any) -> bool:
    return line.node is box or any(ancestor is box for ancestor in islice(line.node.iterancestors(), 2 * MAX_DEPTH))
