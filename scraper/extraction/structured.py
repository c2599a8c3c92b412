"""What a page says about itself in structured data: JSON-LD, microdata, meta tags, the Founder comment."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from scraper.extraction.founder import read_founder
from scraper.extraction.jsonld import MAX_BYTES, Graph, Node, read_json
from scraper.extraction.lines import fold
from scraper.extraction.metatags import MAX_VALUE_CHARS, read_meta
from scraper.extraction.microdata import read_microdata, text_of
from scraper.extraction.reading import Candidate, PageReading
from scraper.extraction.rights import read_rights
from scraper.extraction.view import PageView

MAX_BLOCKS = 30
_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")

_DATES = {
    "datePublished": ("date_published", 1.0),
    "dateCreated": ("date_published", 0.5),
    "dateModified": ("date_modified", 1.0),
}
_NAMES = {
    "author": "author",
    "creator": "author",
    "editor": "editor",
    "publisher": "publisher",
    "sourceOrganization": "source",
    "articleSection": "section",
    "keywords": "keywords",
    "inLanguage": "language",
}
_ORGANIZATIONS = frozenset({"Organization", "NewsMediaOrganization", "Corporation", "WebSite", "Brand"})
_MICRODATA = {
    "headline": ("title", 0.75),
    "datepublished": ("date_published", 0.85),
    "datecreated": ("date_published", 0.45),
    "datemodified": ("date_modified", 0.8),
    "author": ("author", 0.75),
    "creator": ("author", 0.6),
    "editor": ("editor", 0.7),
    "publisher": ("publisher", 0.6),
    "provider": ("publisher", 0.4),
    "sourceorganization": ("source", 0.6),
    "articlesection": ("section", 0.6),
    "keywords": ("keywords", 0.6),
    "inlanguage": ("language", 0.6),
}


def read_structured(view: PageView, reading: PageReading) -> None:
    """Add candidates from JSON-LD, microdata, meta tags and the Founder comment, rights and the canonical address."""
    meta = read_meta(view.elements, reading)
    titles = [
        title
        for title in (
            _text_of(next(view.tree.iter("title"), None)),
            meta.get("og:title"),
            _text_of(next((heading for heading in view.elements.headings if heading.tag == "h1"), None)),
        )
        if title
    ]
    read_founder(view.elements, reading)
    reading.canonical_url = _canonical(view, meta)
    node = _read_jsonld(view, reading, titles)
    view.description = fold(meta.get("og:description") or meta.get("description") or "")
    read_rights(view, reading, meta, node)
    for name, raw, is_scoped in read_microdata(view.tree, titles):
        if name in _MICRODATA:
            field_name, confidence = _MICRODATA[name]
            reading.add(
                field_name,
                Candidate(
                    raw=raw,
                    method="microdata",
                    locator=f"itemprop={name}",
                    confidence=confidence if is_scoped else confidence - 0.15,
                ),
            )


def _told_body(nodes: list[Node]) -> str:
    """The longest `articleBody` of some nodes, without markup and white space; "" where there is none.

    Whose it is need not be known: it counts only where the printed page has the same text.
    """
    bodies = [body for node in nodes if isinstance(body := node.get("articleBody"), str)]
    return "".join(_MARKUP.sub(" ", html.unescape(max(bodies, key=len, default=""))).split())


def _text_of(element: Any) -> str | None:
    return text_of(element) if element is not None else None


def _canonical(view: PageView, meta: dict[str, str]) -> str | None:
    for element in view.elements.links:
        if (
            element.tag == "link"
            and "canonical" in (element.get("rel") or "").lower().split()
            and (href := element.get("href"))
        ):
            return _absolute(view, href)
    return _absolute(view, meta["og:url"]) if "og:url" in meta else None


def _absolute(view: PageView, href: str) -> str | None:
    base = view.base_url or view.url
    try:
        url = urljoin(base, href.strip()) if base else href.strip()
        parts = urlsplit(url)
    except ValueError:  # a broken IPv6 address, brackets out of place
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _read_jsonld(view: PageView, reading: PageReading, titles: list[str]) -> Node | None:
    """Add the candidates of the article's node and give it back; None without one."""
    blocks: list[Any] = []
    size = 0
    for element in view.elements.scripts:
        if "ld+json" not in (element.get("type") or "").lower() or not element.text:
            continue
        size += len(element.text)
        if size > MAX_BYTES or len(blocks) >= MAX_BLOCKS:
            break
        blocks.extend(read_json(element.text))
    graph = Graph(blocks)
    view.told = _told_body(graph.nodes)
    main = graph.main_article(view.url, titles)
    if main is None:
        return None
    node, confidence = main

    def add(field_name: str, raw: str, locator: str, weight: float = 1.0) -> None:
        candidate = Candidate(
            raw=fold(raw[:MAX_VALUE_CHARS]), method="jsonld", locator=locator, confidence=round(confidence * weight, 3)
        )
        reading.add(field_name, candidate)

    for key, weight in (("headline", 1.0), ("name", 0.7)):
        for raw, _ in graph.texts(node.get(key)):
            add("title", raw, f"$.{key}", weight)
    for key, (field_name, weight) in _DATES.items():
        for raw, _ in graph.texts(node.get(key)):
            add(field_name, raw, f"$.{key}", weight)
    for key, field_name in _NAMES.items():
        for raw, kind in graph.texts(node.get(key)):
            is_house = field_name == "author" and kind in _ORGANIZATIONS
            locator = f"$.{key}({kind})" if kind else f"$.{key}"
            add(field_name, raw, locator, 0.3 if is_house else 1.0)
    return node
