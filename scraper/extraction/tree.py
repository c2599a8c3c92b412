"""From text to the one tree of a page, or to the reason why there is none."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from scraper.reasons import Reason

# First bytes of what servers hand out under text/html by mistake (WHATWG MIME Sniffing §6).
_MAGIC = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"ID3",
    b"\x7fELF",
    b"MZ\x90",
    b"Rar!",
    b"BZh",
    b"7z\xbc\xaf",
    b"OggS",
    b"\x00\x00\x01\x00",
    b"wOFF",
    b"wOF2",
    b"FWS",
    b"CWS",
    b"\xd0\xcf\x11\xe0",
)
_BINARY = bytes([*range(9), 11, *range(14, 27), *range(28, 32)])
_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|div|table|p|h[1-6]|article|section|main|span|a|br|ul|ol|script|center|font)\b",
    re.I,
)
_FEED = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex|opml)\b", re.S)


def refuse_bytes(data: bytes) -> tuple[Reason, str] | None:
    """Reason and detail for bytes that are no page; None for bytes to be decoded."""
    if not data.strip():
        return Reason.EMPTY, "no content"
    if data.startswith(_MAGIC):
        return Reason.NOT_HTML, f"the content begins with {data[:4]!r}, not with HTML"
    start = data[:1445]
    binary = len(start) - len(start.translate(None, _BINARY))
    # UTF-16 has a NUL beside each ASCII letter and says so at once; a stray NUL in a page is no reason.
    if binary * 10 > len(start) and not start.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")):
        return Reason.NOT_HTML, "the content is binary data"
    return None


def refuse_text(text: str) -> tuple[Reason, str] | None:
    """Reason and detail for text that is no page; None for text to be parsed."""
    if not text.strip():
        return Reason.EMPTY, "no content"
    broken = text.count("\ufffd")
    if broken * 10 > len(text):
        return Reason.CHARSET, f"{broken} of {len(text)} characters could not be decoded"
    if _FEED.match(text[:4000]):
        return Reason.NOT_HTML, "the content is a feed or a sitemap"
    if not _TAG.search(text):
        return Reason.NOT_HTML, "the content has no HTML element"
    return None


def parse(text: str) -> Any:
    """The tree of a page, or None where the parser found no element.

    Comments stay in it (some newspaper systems print metadata there), processing instructions do not.

    Args:
        text: clean text, as `decode.clean` gives it.
    """
    # Bytes, because lxml refuses a str with an XML declaration. huge_tree lifts libxml2's depth limit of 256, at
    # which an article deep inside layout elements is lost without an error.
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def find_base(tree: Any, url: str | None) -> str | None:
    """What relative links are resolved against: a `<base href>` that can be read (HTML §4.2.3), else the page's URL."""
    for element in tree.iter("base"):
        href = (element.get("href") or "").strip()
        if not href:
            continue
        try:
            base = urljoin(url or "", href)
            parts = urlsplit(base)
            if parts.scheme in ("http", "https") and parts.hostname:
                return base
        except ValueError:
            pass  # such as http://[broken
        break
    return url
