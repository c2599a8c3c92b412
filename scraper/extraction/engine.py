"""What trafilatura says the text is, and which printed lines hold it."""

from __future__ import annotations

import copy
from typing import Any

import trafilatura
from lxml import etree
from trafilatura.settings import use_config

from scraper.extraction.lines import Line

_CONFIG = use_config()
# The default of 250 is set for alphabets; below it trafilatura gives up on its own reading and takes the whole page.
# A Chinese report of 80 characters is a complete one.
_CONFIG_EAST_ASIAN = use_config()
_CONFIG_EAST_ASIAN.set("DEFAULT", "MIN_EXTRACTED_SIZE", "80")


def run_engine(tree: Any, url: str | None, *, is_east_asian: bool = False) -> str:
    """The text that trafilatura takes from a page, "" where it finds none. The tree stays as it is.

    Its fast mode: the weights of the lines, fitted on what it gives, do better than its second opinions, which cost a
    third of its time (mean F1 on sites held back, on labelled English pages: the same; on newspapers: higher).
    """
    work = copy.copy(tree)
    # itertext() of lxml gives the text of comments too, and trafilatura parses without them.
    etree.strip_tags(work, etree.Comment)
    config = _CONFIG_EAST_ASIAN if is_east_asian else _CONFIG
    try:
        document = trafilatura.bare_extraction(work, url=url, fast=True, include_comments=False, config=config)
    except Exception:  # foreign code on any page there is; its paragraphs are then the first guess
        return "\n".join("".join(paragraph.itertext()) for paragraph in tree.iter("p"))
    return (document.text or "") if isinstance(document, trafilatura.settings.Document) else ""


def find_covered(lines: list[Line], text: str) -> set[int]:
    """Indices of the printed lines that an engine's text holds.

    A long line counts wherever the text has it; a short one (a subhead, a dialogue) only next to a line that counts,
    because its words also stand in menus.
    """
    flat = "".join(text.split())
    keys = ["".join(line.text.split()) for line in lines]
    found: dict[int, int] = {}
    for index, key in enumerate(keys):
        if len(key) >= 20 and (place := flat.find(key)) >= 0:
            found[index] = place
    end: int | None = None
    for index, key in enumerate(keys):
        if index in found:
            end = found[index] + len(key)
        elif end is not None and (place := flat.find(key, end, end + len(key) + 20)) >= 0:
            found[index], end = place, place + len(key)
    start: int | None = None
    for index in range(len(keys) - 1, -1, -1):
        key = keys[index]
        if index in found:
            start = found[index]
        elif start is not None and (place := flat.rfind(key, max(0, start - len(key) - 20), start)) >= 0:
            found[index] = start = place
    return set(found)
