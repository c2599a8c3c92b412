"""Under which licence an article stands and whether reading it costs money, as the page declares it.

Places: `license` and `isAccessibleForFree` of schema.org, `rel=license` (HTML), `dcterms.license` (Dublin Core), and
`article:content_tier` (Open Graph as Facebook reads it), whose words free, metered and locked are used for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from scraper.extraction.lines import fold
from scraper.extraction.reading import Candidate, PageReading
from scraper.extraction.view import PageView

MAX_CHARS = 300
MAX_PARTS = 10

_LICENCE_NAMES = ("dcterms.license", "dc.license", "license")
_TIERS = frozenset({"free", "metered", "locked"})
_FREE = {"true": "free", "false": "locked"}


def read_rights(view: PageView, reading: PageReading, meta: Mapping[str, str], node: Mapping[str, Any] | None) -> None:
    """Add site_records candidates of the kinds `licence` and `paywall`, the surest place of each.

    Args:
        view: the page.
        reading: gets the candidates; `raw` is the value.
        meta: the values of the meta tags by name in small letters.
        node: the JSON-LD node of the article, if there is one.
    """
    for kind, found in (("licence", _licences(view, meta, node or {})), ("paywall", _tiers(meta, node or {}))):
        if (first := next(found, None)) is not None:
            raw, method, locator = first
            reading.add("site_records", Candidate(raw=raw, method=method, locator=locator, confidence=0.9, label=kind))


def _licences(view: PageView, meta: Mapping[str, str], node: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(value, method, locator) of each licence; an address stands before its name."""
    given = node.get("license")
    for value in given if isinstance(given, list) else [given]:
        text = (value.get("url") or value.get("@id") or value.get("name")) if isinstance(value, dict) else value
        if isinstance(text, str) and text.strip():
            yield fold(text[:MAX_CHARS]), "jsonld", "$.license"
    for href, relation in view.elements.related_links:
        if "license" not in relation:
            continue
        try:
            address = urljoin(view.base_url or view.url or "", href.strip())
        except ValueError:  # brackets out of place
            continue
        if address.startswith(("http://", "https://")) and len(address) <= MAX_CHARS:
            yield address, "link", "rel=license"
    for name in _LICENCE_NAMES:
        if name in meta:
            yield meta[name][:MAX_CHARS], "meta", f"meta[@name='{name}']"


def _tiers(meta: Mapping[str, str], node: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(tier, method, locator): what the article's node says, a part of it that is not free, the meta tag."""
    parts = node.get("hasPart")
    inner = [part for part in (parts if isinstance(parts, list) else [parts])[:MAX_PARTS] if isinstance(part, dict)]
    for locator, one in (("$.isAccessibleForFree", node), *(("$.hasPart.isAccessibleForFree", part) for part in inner)):
        tier = _FREE.get(str(one.get("isAccessibleForFree", "")).rsplit("/", 1)[-1].strip().lower())
        if tier == "locked" or (tier and one is node):
            yield tier, "jsonld", locator
    tier = meta.get("article:content_tier", "").lower()
    if tier in _TIERS:
        yield tier, "meta", "meta[@property='article:content_tier']"
