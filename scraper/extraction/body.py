"""The body of the article: trafilatura names the text, the printed lines give it.

trafilatura is the engine. Its text is laid over the printed lines of the page, and the lines that it covers are the
body: so paragraphs that only a `<br>` parts stay apart, the text is what is printed, and the place of the body among
the other lines is known to the readers of labels and dates.
"""

from __future__ import annotations

import copy
from typing import Any

import trafilatura
from lxml import etree

from scraper.extraction.lines import HEADING_TAGS, Line
from scraper.extraction.reading import Block, BlockKind, PageReading
from scraper.extraction.view import PageView


def read_body(view: PageView, reading: PageReading) -> None:
    """Fill `reading.blocks`, `view.body`, `reading.head` and `reading.tail`."""
    text = _engine_text(view.tree, view.url)
    covered = cover(view.lines, text)
    if covered:
        reading.blocks = [to_block(view.lines[index]) for index in covered]
        view.body = range(covered[0], covered[-1] + 1)
    elif text:
        reading.blocks = [Block(text=line) for line in text.split("\n") if line.strip()]
    reading.head = [line.text for line in view.head_lines()]
    reading.tail = [line.text for line in view.tail_lines()]


def _engine_text(tree: Any, url: str | None) -> str:
    work = copy.copy(tree)
    etree.strip_tags(work, etree.Comment)
    document = trafilatura.bare_extraction(work, url=url, include_comments=False, with_metadata=False)
    return document.text or "" if document is not None else ""


def cover(lines: list[Line], text: str) -> list[int]:
    """Indices of the printed lines that an engine's text holds, in order.

    A long line counts wherever the text has it; a short one (a subhead, a dialogue) only next to a line that counts,
    because its words also stand in menus.
    """
    flat = "".join(text.split())
    keys = ["".join(line.text.split()) for line in lines]
    found: dict[int, int] = {}
    for index, key in enumerate(keys):
        if len(key) >= 20 and (place := flat.find(key)) >= 0:
            found[index] = place
    place = None
    for index, key in enumerate(keys):
        if index in found:
            place = found[index] + len(key)
        elif place is not None and 0 <= (at := flat.find(key, place, place + len(key) + 20)):
            found[index], place = at, at + len(key)
    place = None
    for index in range(len(keys) - 1, -1, -1):
        key = keys[index]
        if index in found:
            place = found[index]
        elif place is not None and (at := flat.rfind(key, max(0, place - len(key) - 20), place)) >= 0:
            found[index] = place = at
    return sorted(found)


def to_block(line: Line) -> Block:
    """A printed line as a block of the body."""
    return Block(text=line.text, kind=_kind(line))


def _kind(line: Line) -> BlockKind:
    node = line.node
    for _ in range(4):
        if node is None:
            break
        if node.tag in HEADING_TAGS:
            return "heading"
        if node.tag in ("li", "dd", "dt"):
            return "list_item"
        if node.tag in ("figcaption", "caption"):
            return "caption"
        if node.tag == "blockquote":
            return "quote"
        node = node.getparent()
    return "paragraph"
