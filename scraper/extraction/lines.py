"""The page as printed lines: what a reader sees from top to bottom.

Labels, bylines, datelines, crumbs and dates are conventions of print. They stand in lines, whatever the
elements are called, so the readers of metadata work on lines and not on class names.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lxml import etree

SPACE = re.compile(r"[\s\u00a0\u200b\ufeff]+")
EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_EAST_ASIAN_RUN = re.compile(f"{EAST_ASIAN.pattern}+")

BLOCK_TAGS = frozenset(
    "address article aside blockquote body br center caption dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr li legend main menu nav ol option p pre section summary table "
    "tbody td tfoot th thead tr ul".split()
)
SKIPPED_TAGS = frozenset("script style noscript template svg iframe object select textarea button head".split())
HEADING_TAGS = frozenset("h1 h2 h3 h4 h5 h6".split())


@dataclass(slots=True)
class Line:
    """One printed line.

    `text` has its white space folded to single spaces (ideographic spaces included) and is never empty.
    """

    index: int
    text: str
    node: Any
    """The innermost block element that holds the line (an lxml element)."""
    link_chars: int = 0
    """How many characters of the text stand inside links."""
    links: list[tuple[str, str]] = field(default_factory=list)
    """(text, href as written) of the links in the line."""

    @property
    def is_heading(self) -> bool:
        return self.node.tag in HEADING_TAGS

    @property
    def link_share(self) -> float:
        """Share of the line's characters that are link text, 0 to 1."""
        return min(1.0, self.link_chars / len(self.text))

    @property
    def is_linked_title(self) -> bool:
        """Whether the line is a link and nothing else but a bullet, a date or a number: an entry of a list."""
        if not self.links:
            return False
        beside = len(self.text) - self.link_chars
        return beside <= 3 or beside - sum(map(len, _BESIDE.findall(self.text))) <= 3


_BESIDE = re.compile(r"[\[(（]?(?:\d{2,4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?(?:\s?\d{1,2}:\d{2}(?::\d{2})?)?[\])）]?")


def fold(text: str) -> str:
    """White space of any kind folded to single spaces, ends stripped."""
    if "\u200b" in text or "\ufeff" in text:
        return SPACE.sub(" ", text).strip()
    return " ".join(text.split())  # the same where neither stands, in a third of the time


def width(text: str) -> int:
    """How much a text says, in letters: a Chinese, Japanese or Korean sign counts as three."""
    return len(text) if text.isascii() else _width(text)


@lru_cache(maxsize=2048)  # a line is asked for its width by half a dozen readers
def _width(text: str) -> int:
    if EAST_ASIAN.search(text) is None:  # in a third of the time of counting none
        return len(text)
    return len(text) + 2 * sum(map(len, _EAST_ASIAN_RUN.findall(text)))


def inner_text(element: Any) -> str:
    """The text inside an element as written, comments left out."""
    # In C; joining what itertext() gives takes several times as long.
    text: str = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    return text


def print_lines(tree: Any) -> list[Line]:
    """The lines of a page in document order.

    A block element, a table cell or a `<br>` ends a line; scripts, styles, form fields and comments print nothing.

    Args:
        tree: the root element of a parsed page (lxml).
    """
    return print_parts([tree])


def print_parts(roots: Iterable[Any], without: Container[Any] = frozenset()) -> list[Line]:
    """The lines of parts of a page, one part after the other.

    Args:
        roots: elements that do not stand in each other.
        without: elements in them that print nothing.
    """
    printer = _Printer(without)
    for root in roots:
        printer.walk(root)
        printer.end_line()
    return printer.lines


def _swallows_page(element: Any) -> bool:
    # libxml2 closes an unclosed <button> or <svg> only at the end of the page, which is then inside of it.
    return element.tag in ("button", "svg") and element.find(".//p") is not None


class _Printer:
    def __init__(self, without: Container[Any]) -> None:
        self._without = without
        self.lines: list[Line] = []
        self._parts: list[str] = []
        self._links: list[tuple[str, str]] = []
        self._link_chars = 0
        self._node: Any = None

    def walk(self, root: Any) -> None:
        # An explicit stack: hostile pages nest deeper than Python's recursion limit.
        stack: list[tuple[Any, bool, Any, str | None]] = [(root, False, root, None)]
        link_start = 0
        without = self._without
        while stack:
            element, leaving, block, href = stack.pop()
            tag = element.tag
            if not leaving:
                if not isinstance(tag, str) or (tag in SKIPPED_TAGS and not _swallows_page(element)):
                    self._say(element.tail, block, href)
                    continue
                if without and element in without:
                    if tag in BLOCK_TAGS:
                        self.end_line()
                    self._say(element.tail, block, href)
                    continue
                inner_block, inner_href = block, href
                if tag in BLOCK_TAGS:
                    self.end_line()
                    if tag != "br":
                        inner_block = element
                elif tag == "a" and href is None and element.get("href"):
                    inner_href = element.get("href")
                    link_start = len(self._parts)
                self._say(element.text, inner_block, inner_href)
                if len(element):
                    stack.append((element, True, block, href))
                    stack.extend([(child, False, inner_block, inner_href) for child in reversed(element)])
                    continue
            if tag == "a" and href is None and element.get("href"):
                text = fold("".join(self._parts[link_start:]))
                if text:
                    self._links.append((text, element.get("href")))
            if tag in BLOCK_TAGS:
                self.end_line()
            if element is not root:
                self._say(element.tail, block, href)

    def _say(self, text: str | None, block: Any, href: str | None) -> None:
        if not text:
            return
        if self._node is None and not text.isspace():
            self._node = block
        self._parts.append(text)
        if href is not None:
            self._link_chars += len(text.strip())

    def end_line(self) -> None:
        """Close the line that is being printed, if it has text."""
        if self._parts:
            text = fold("".join(self._parts))
            if text and self._node is not None:
                self.lines.append(Line(len(self.lines), text, self._node, self._link_chars, self._links))
            self._parts = []
        self._links = []
        self._link_chars = 0
        self._node = None
