"""From text to the one tree of a page, or to the reason why there is none."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from scraper.extraction.elements import Elements
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
# Blink and WebKit nest no deeper either.
_DEEPEST = 512
_LAYOUT = re.compile(
    r"<(/?)(?:(span|font|b|i|u|em|strong|small|big|a)|div|section|article|main|center|blockquote|ul|ol|li|dl|dd"
    r"|table|tbody|tr|td|p)\b[^<>]*>",
    re.I,
)
_BREAKS = re.compile(r"<br>(?:\s*<br>)+")
_LONGEST_TEXT = 1_000_000
"""Characters that one text may have between two tags; the longest articles have a tenth of it."""
_TOO_LONG_TEXT = re.compile(rf"(<script\b[^<>]{{0,1000}})?>[^<>]{{{_LONGEST_TEXT},}}(?=<|\Z)", re.I)
_FEED_ROOTS = ("<rss", "<feed", "<rdf:RDF", "<urlset", "<sitemapindex", "<opml")
_FEED = re.compile(rf"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:{'|'.join(_FEED_ROOTS)})\b", re.S)


# lxml.html asks a Python function for the class of each element at each touch, which took a tenth of the reading; the
# classes of its own for forms and their fields are not needed.
_CLASSES = etree.ElementDefaultClassLookup(
    element=html.HtmlElement,
    comment=html.HtmlComment,
    pi=html.HtmlProcessingInstruction,
    entity=html.HtmlEntity,
)


def refuse_bytes(data: bytes) -> tuple[Reason, str] | None:
    """Reason and detail for bytes that are no page; None for bytes to be decoded."""
    if not data or data.isspace():
        return Reason.EMPTY, f"{len(data)} bytes of white space" if data else "0 bytes"
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
    if not text or text.isspace():
        return Reason.EMPTY, f"{len(text)} characters of white space" if text else "0 characters"
    broken = text.count("\ufffd") if "\ufffd" in text else 0
    if broken * 10 > len(text):
        return Reason.CHARSET, f"{broken} of {len(text)} characters could not be decoded"
    start = text[:4000]
    if any(root in start for root in _FEED_ROOTS) and _FEED.match(start):
        return Reason.NOT_HTML, "the content is a feed or a sitemap"
    if not _TAG.search(text):
        return Reason.NOT_HTML, "the content has no HTML element"
    return None


def parse(text: str, utf8: bytes | None = None) -> Any:
    """The tree of a page, or None where the parser found no element.

    Comments stay in it (some newspaper systems print metadata there), processing instructions do not.

    Args:
        text: clean text, as `decode.clean` gives it. Data in the place of a text, of more than a million characters
            without a tag, is left out: a reader needs some 30 times its size.
        utf8: the same in UTF-8, where it is at hand.
    """
    if len(text) > _LONGEST_TEXT:
        text, utf8 = _TOO_LONG_TEXT.sub(lambda match: match[0] if match[1] else ">", text), None
    # Bytes, because lxml refuses a str with an XML declaration. huge_tree lifts libxml2's depth limit of 256, at
    # which an article deep inside layout elements is lost without an error.
    tree, is_cut = _parse(text.encode("utf-8", "replace") if utf8 is None else utf8)
    return _parse(flatten(text).encode("utf-8", "replace"))[0] if is_cut else tree


def _parse(utf8: bytes) -> tuple[Any, bool]:
    """The tree, and whether libxml2 stopped at its last limit of 2,048 levels: the rest of the page is then lost."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    parser.set_element_class_lookup(_CLASSES)
    try:
        tree = html.document_fromstring(utf8, parser=parser)
    except (etree.LxmlError, ValueError):
        tree = None
    return tree, any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)


def flatten(text: str) -> str:
    """The page without the layout elements that stand deeper in each other than any browser shows (512 levels).

    Tags are counted, not parsed: an opening beyond the limit goes out together with the closing on its level. In the
    place of a block element stays a line break, so that paragraphs do not run together.
    """
    depth = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal depth
        is_closing, is_inline = match[1], match[2]
        level = depth if is_closing else depth + 1
        depth = max(0, depth - 1) if is_closing else depth + 1
        return match[0] if level <= _DEEPEST else "" if is_inline else "<br>"

    return _BREAKS.sub("<br>", _LAYOUT.sub(keep, text))


def find_base(elements: Elements, url: str | None) -> str | None:
    """What relative links are resolved against: a `<base href>` that can be read (HTML §4.2.3), else the page's URL."""
    for element in elements.bases:
        href = (element.get("href") or "").strip()
        if not href:
            continue
        try:
            base: str = urljoin(url or "", href)
            parts = urlsplit(base)
            if parts.scheme in ("http", "https") and parts.hostname:
                return base
        except ValueError:
            pass  # such as http://[broken
        break
    return url
