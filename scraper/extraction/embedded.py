"""The body where it stands in embedded data only: pages that a script would print.

Read are JSON scripts (`__NEXT_DATA__`, application/json, JSON-LD's articleBody) and objects that a script gives to a
name or pushes to a list (`window.__INITIAL_STATE__ = {…}`, `Fusion.globalContent={…}`, `queue.push({…})`). In them the
article is the longest text, or the list of texts, under a key that systems use for a body.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from scraper.extraction.jsonld import read_json
from scraper.extraction.lines import fold, print_lines

MAX_SCRIPT_CHARS = 4_000_000
MAX_NODES = 60_000
MAX_MARKUP_CHARS = 400_000
MIN_CHARS = 200
"""Shorter texts are teasers and descriptions."""

_BODY_KEYS = frozenset(
    "articlebody body bodyhtml body_html bodytext content contenthtml content_html content_elements contentelements "
    "articlecontent article_content article_body text fulltext html paragraphs blocks components story richtext".split()
)
_PARTS = ("content", "text", "html", "value", "children", "paragraph")
_NO_PARTS = frozenset({"image", "video", "gallery", "raw_html", "ad", "oembed_response", "interstitial_link"})
_ASSIGNED = re.compile(
    r"(?:(?:window\.)?(?:__(?:INITIAL|PRELOADED|APP|NUXT|APOLLO)_?(?:STATE|DATA)?__|Fusion\.globalContent)\s*=|\.push\()\s*(?=\{)"
)
_DECODER = json.JSONDecoder(strict=False)


def embedded_text(tree: Any) -> list[str] | None:
    """The paragraphs of the article in a page's embedded data; None where none of its scripts holds a text.

    It costs a walk through all data of the page: to be asked only where the printed page has no body.

    Args:
        tree: the root element of a parsed page (lxml).
    """
    best: list[str] = []
    for data in _values(tree):
        for candidate in _bodies(data):
            paragraphs = _paragraphs(candidate)
            if sum(map(len, paragraphs)) > sum(map(len, best)):
                best = paragraphs
    return best if sum(map(len, best)) >= MIN_CHARS else None


def _values(tree: Any) -> Iterator[Any]:
    for script in tree.iter("script"):
        text = script.text or ""
        if not MIN_CHARS <= len(text) <= MAX_SCRIPT_CHARS:
            continue
        if "json" in (script.get("type") or "").lower():
            yield from read_json(text) if len(text) < 500_000 else _decode(text, 0)
        else:
            for match in _ASSIGNED.finditer(text):
                yield from _decode(text, match.end())


def _decode(text: str, start: int) -> Iterator[Any]:
    try:
        yield _DECODER.raw_decode(text[start:].lstrip())[0]
    except (ValueError, RecursionError):  # not JSON but JavaScript, or cut off
        return


def _bodies(data: Any) -> Iterator[Any]:
    """What stands under the key of a body, the walk bounded."""
    stack, seen = [data], 0
    while stack and seen < MAX_NODES:
        value = stack.pop()
        seen += 1
        if isinstance(value, dict):
            for key, inner in value.items():
                if isinstance(key, str) and key.lower() in _BODY_KEYS:
                    yield inner
                if isinstance(inner, (dict, list)):
                    stack.append(inner)
        elif isinstance(value, list):
            stack.extend(item for item in value if isinstance(item, (dict, list)))


def _paragraphs(value: Any, depth: int = 0) -> list[str]:
    if isinstance(value, str):
        return _printed(value)
    if depth > 6:
        return []
    if isinstance(value, list):
        return [text for item in value[:MAX_NODES] for text in _paragraphs(item, depth + 1)]
    if isinstance(value, dict) and str(value.get("type", "")).lower() not in _NO_PARTS:
        part = next((value[key] for key in _PARTS if value.get(key)), None)
        return _paragraphs(part, depth + 1)
    return []


def _printed(text: str) -> list[str]:
    """The lines that a string prints, markup or not."""
    if "<" not in text:
        return [line for line in map(fold, text.split("\n")) if line]
    try:
        tree = html.fromstring(f"<div>{text[:MAX_MARKUP_CHARS]}</div>")
    except (etree.ParserError, ValueError):  # nothing but comments, or control characters
        return []
    return [line.text for line in print_lines(tree)]
