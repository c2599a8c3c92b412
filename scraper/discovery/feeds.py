"""Feeds: RSS, Atom and JSON Feed, broken ones too."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import orjson

MAX_ENTRIES = 2000
"""Entries read of one feed; most have 20 to 100."""

MAX_BYTES = 10 * 1024 * 1024

_ITEMS = re.compile(r'"items"\s*:\s*\[\s*')
_COMMA = re.compile(r"\s*,\s*")
_DECODER = json.JSONDecoder(strict=False)
_PAGE = re.compile(rb"(?i)\s*(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html)\b", re.DOTALL)
_LINK = re.compile(rb"<link[^>]*>\s*(?:<!\[CDATA\[)?\s*(https?://[^<\]\s]+)|<link[^>]+href=[\"'](https?://[^\"']+)")


@dataclass(slots=True, kw_only=True)
class FeedEntry:
    """One entry, strings as written."""

    url: str
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    """When it changed last, where the feed says so beside when it came out."""


def parse_feed(body: bytes, url: str | None = None) -> list[FeedEntry]:
    """Read a feed.

    Args:
        body: the feed, content coding undone.
        url: where it answered; relative links are resolved against it.

    Returns:
        The entries with a link, in the order of the feed; empty for what is no feed.
    """
    body = body[:MAX_BYTES]
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(body)
    if _PAGE.match(body):
        return []  # an error page, or the home page again, at a usual place of feeds
    # Imported here: feedparser takes a tenth of a second, and a page needs none of it.
    import feedparser

    parsed = feedparser.parse(body, response_headers={"content-location": url} if url else {})
    entries = []
    for entry in parsed.entries[:MAX_ENTRIES]:
        link = entry.get("link") or ""
        if not link.startswith(("http://", "https://")) and str(entry.get("id", "")).startswith("http"):
            link = entry["id"]
        if link:
            entries.append(
                FeedEntry(
                    url=link,
                    title=entry.get("title") or None,
                    published=entry.get("published") or entry.get("updated") or None,
                    # As written: feedparser itself gives `published` for an `updated` that is not there.
                    updated=dict.get(entry, "updated") if entry.get("published") else None,
                )
            )
    if not entries and parsed.bozo:
        found = (match[1] or match[2] for match in _LINK.finditer(body))
        links = dict.fromkeys(link.decode("utf-8", "replace").replace("&amp;", "&") for link in found)
        return [FeedEntry(url=link) for link in list(links)[:MAX_ENTRIES]]
    return entries


def _json_feed(body: bytes) -> list[FeedEntry]:
    """JSON Feed 1.1: `items` with `url`, `title`, `date_published`."""
    try:
        feed: Any = orjson.loads(body)
        items = feed.get("items") if isinstance(feed, dict) else None
    except orjson.JSONDecodeError:
        items = _whole_items(body.decode("utf-8", "replace"))
    if not isinstance(items, list):
        return []
    return [
        FeedEntry(
            url=item["url"],
            title=_text(item.get("title")),
            published=_text(item.get("date_published")),
            updated=_text(item.get("date_modified")),
        )
        for item in items[:MAX_ENTRIES]
        if isinstance(item, dict) and isinstance(item.get("url"), str)
    ]


def _whole_items(text: str) -> list[Any]:
    """The items in front of the place where a JSON Feed breaks."""
    items: list[Any] = []
    match = _ITEMS.search(text)
    while match is not None and len(items) < MAX_ENTRIES:
        try:
            item, end = _DECODER.raw_decode(text, match.end())
        except (ValueError, RecursionError):
            break
        items.append(item)
        match = _COMMA.match(text, end)
    return items


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
