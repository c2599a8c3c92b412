"""Sitemaps: indexes, URL sets and Google-News entries (sitemaps.org protocol 0.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from lxml import etree

MAX_ENTRIES = 50_000
"""Entries of one file (sitemaps.org); the rest is ignored."""

_TEXT_LINE = re.compile(r"https?://\S+")
_LOC = re.compile(rb"<(?:\w+:)?loc>\s*(?:<!\[CDATA\[)?\s*((?:https?:/)?/[^<\]\s]+)\s*(?:\]\]>)?\s*<", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class SitemapEntry:
    """One `<url>` or `<sitemap>`, strings as written."""

    loc: str
    """Resolved, where the address of the sitemap is known: some have `/news/1.html`, against the protocol."""
    lastmod: str | None = None
    publication_date: str | None = None
    """`news:publication_date`."""
    title: str | None = None
    """`news:title`."""


@dataclass(slots=True, kw_only=True)
class Sitemap:
    """A sitemap, read. Both lists are empty for what is none."""

    pages: list[SitemapEntry] = field(default_factory=list)
    sitemaps: list[SitemapEntry] = field(default_factory=list)
    """Of an index: the sitemaps that it lists."""
    broken: bool = False
    """The file is cut or no well-formed XML; what could be read of it is there."""


def parse_sitemap(body: bytes, url: str | None = None) -> Sitemap:
    """Read a sitemap or an index.

    Tolerant: a cut file gives the entries before the cut, one with a stray `&` those that can be told, plain text its
    lines. No external entity is read, none is expanded.

    Args:
        body: the file, compression undone.
        url: where it answered; relative addresses are resolved against it.
    """
    found = _read(body)
    if url is not None:
        for entry in (*found.sitemaps, *found.pages):
            if not entry.loc.startswith("http"):
                entry.loc = _resolve(url, entry.loc)
    return found


def _resolve(url: str, loc: str) -> str:
    try:
        return urljoin(url, loc)
    except ValueError:
        return loc  # the policy refuses it


def _read(body: bytes) -> Sitemap:
    body = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not body.startswith(b"<"):
        lines = _TEXT_LINE.findall(body.decode("utf-8", "replace"))
        return Sitemap(pages=[SitemapEntry(loc=line) for line in lines[:MAX_ENTRIES]])
    found = Sitemap()
    parser = etree.XMLPullParser(
        ("end",), resolve_entities=False, no_network=True, load_dtd=False, recover=False, huge_tree=False
    )
    try:
        for start in range(0, len(body), 1 << 16):
            parser.feed(body[start : start + (1 << 16)])
            if not _take(parser, found):
                return found
        parser.close()
    except etree.XMLSyntaxError:
        found.broken = True
        _take_loosely(body, found)
    return found


def _take(parser: Any, found: Sitemap) -> bool:
    """Move finished entries over. False once there are enough."""
    for _, element in parser.read_events():
        name = _local(element)
        if name in ("url", "sitemap"):
            entry = _entry(element)
            if entry is not None:
                (found.pages if name == "url" else found.sitemaps).append(entry)
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
        if len(found.pages) + len(found.sitemaps) >= MAX_ENTRIES:
            return False
    return True


def _entry(element: etree._Element) -> SitemapEntry | None:
    values: dict[str, str] = {}
    for child in element.iter(etree.Element):
        text = (child.text or "").strip()
        # image:loc stands in the same entry; the page's own loc is its direct child.
        if text and not (_local(child) == "loc" and child.getparent() is not element):
            values.setdefault(_local(child), text)
    if "loc" not in values:
        return None
    return SitemapEntry(
        loc=values["loc"],
        lastmod=values.get("lastmod"),
        publication_date=values.get("publication_date"),
        title=values.get("title"),
    )


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _take_loosely(body: bytes, found: Sitemap) -> None:
    """After the place where the XML breaks: every loc that can be told."""
    known = {entry.loc for entry in [*found.pages, *found.sitemaps]}
    target = found.sitemaps if re.search(rb"<(?:\w+:)?sitemapindex", body[:2000]) else found.pages
    for match in _LOC.finditer(body):
        loc = match[1].decode("utf-8", "replace").replace("&amp;", "&")
        if loc not in known and len(known) < MAX_ENTRIES:
            known.add(loc)
            target.append(SitemapEntry(loc=loc))
