"""The links of a page: where it leads, and which feeds it announces."""

from __future__ import annotations

import contextlib
import re
from typing import Any
from urllib.parse import urljoin

from scraper.extraction.elements import Elements
from scraper.extraction.lines import fold, inner_text
from scraper.extraction.reading import Link
from scraper.urls import MAX_URL_CHARS

MAX_LINKS = 5000
"""Links kept of one page; Google's long-standing advice to site owners is a few thousand at most."""

MAX_TEXT_CHARS = 200

FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})

_ABSOLUTE = re.compile(r"https?://[^/\s]", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WHOLE = re.compile(r"""[hH][tT][tT][pP][sS]?://[!"$-.0-~][!"$-~]*""")
"""An address of printed ASCII without fragment: it stays as it is."""
_LETTERS = r"A-Za-z0-9_\u00c0-\u02ff\u0370-\u167f\u3040-\ud7ff"
_PLAIN = re.compile(rf"[{_LETTERS}%~!$&'()*+,=@/-][{_LETTERS}%~!$&'()*+,=@./-]*(?:\?[{_LETTERS}%~!$&'()*+,=@.;:/?-]+)?")
"""A path, and perhaps a query. Where no segment is empty or begins with a dot, nothing in it is to be resolved."""
_BASE = re.compile(
    r"(?P<folder>(?P<root>https?://[a-z0-9.:-]+/)(?:[^/?#;\s.][^/?#;\s]*/)*)(?:[^/?#;\s.][^/?#;\s]*)?(?:\?[!-~]*)?",
    re.ASCII,
)
"""The address of a page that says by itself what its root and its folder are."""
_UNSEEN: Any = object()
_INNER_SPACE = re.compile(r"[\t\r\n]+")


def collect_links(elements: Elements, base_url: str | None, page_url: str | None) -> tuple[list[Link], list[str]]:
    """The links and the feeds of a page.

    A plain walk over `a`, `area`, `frame` and `link rel=alternate`: five times faster than Scrapy's LinkExtractor,
    which resolves and canonicalizes each link before it drops the repeated ones.

    Args:
        elements: of the page.
        base_url: what relative links are resolved against; without it and `page_url` only absolute links are kept.
        page_url: where the page answered; a link to the page itself is left out.

    Returns:
        Links in document order, each address once with its first text, at most `MAX_LINKS`; and the feed addresses.
    """
    join = Joining(base_url or page_url).join
    own = (page_url or "").partition("#")[0]
    found: dict[str, Link] = {}
    feeds: dict[str, None] = {}
    resolved: dict[str, str | None] = {}
    for element in elements.links:
        tag = element.tag
        href = element.get("src" if tag == "frame" else "href")
        if not href:
            continue
        url = resolved.get(href, _UNSEEN)
        if url is _UNSEEN:
            url = resolved[href] = join(href)
        if url is None:
            continue
        if tag == "link":
            if (
                "alternate" in (element.get("rel") or "").lower().split()
                and (element.get("type") or "").lower().partition(";")[0].strip() in FEED_TYPES
            ):
                feeds[url] = None
            continue
        known = found.get(url)
        if known is not None:
            if not known.text:
                known.text = _text(element)
        elif url != own and len(found) < MAX_LINKS:
            found[url] = Link(url=url, text=_text(element), rel=element.get("rel"))
    return list(found.values()), list(feeds)


def _text(element: Any) -> str:
    if element.tag == "a":
        # Most links hold nothing but their text.
        written = inner_text(element) if len(element) else element.text
        if written and (text := fold(written)[:MAX_TEXT_CHARS]):
            return text
    return fold(element.get("title") or element.get("alt") or "")[:MAX_TEXT_CHARS]


class Joining:
    """Resolves what is written as a link against the base of a page.

    The common forms, a path from the root or below the folder of the page, without dots and doubled slashes, are put
    together here: `urljoin` takes both addresses apart and was a third of the time of reading with a template.
    """

    def __init__(self, base: str | None) -> None:
        self._base = base
        self._root = self._folder = ""
        if base and (match := _BASE.fullmatch(base)):
            self._root, self._folder = match["root"], match["folder"]
        elif base and _ABSOLUTE.match(base):
            with contextlib.suppress(ValueError):
                self._root, self._folder = urljoin(base, "/"), urljoin(base, "x")[:-1]

    def join(self, href: str) -> str | None:
        """Absolute http(s) URL without fragment; None for anything else."""
        if self._is_plain(href):
            href = self._root + href[1:] if href[0] == "/" else self._folder + href
            return href if len(href) <= MAX_URL_CHARS else None
        if _WHOLE.fullmatch(href):
            return href if len(href) <= MAX_URL_CHARS else None
        href = href.strip()
        if not href.isprintable():
            href = _INNER_SPACE.sub("", href)
        href = href.partition("#")[0]
        if not href or len(href) > MAX_URL_CHARS:
            return None
        if not _ABSOLUTE.match(href):
            if self._base is None or _OTHER_SCHEME.match(href):
                return None
            if self._is_plain(href):
                href = self._root + href[1:] if href[0] == "/" else self._folder + href
            else:
                try:
                    href = urljoin(self._base, href)
                except ValueError:
                    return None
                if not _ABSOLUTE.match(href):
                    return None
        return href if len(href) <= MAX_URL_CHARS else None

    def _is_plain(self, href: str) -> bool:
        return bool(self._root) and "//" not in href and "/." not in href and _PLAIN.fullmatch(href) is not None
