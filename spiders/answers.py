"""What an answer is, by its headers and by what was read of it."""

from __future__ import annotations

import re
from datetime import date

from scrapy.http import Response

from scraper.discovery.listings import date_in_url, is_archive, is_index
from scraper.extraction.reading import PageReading
from scraper.ledger import Lease
from scraper.outcome import AddressKind
from scraper.reasons import Reason

SOURCE_KINDS: dict[str, AddressKind] = {"listing": "listing", "section": "listing", "edition": "edition"}
"""Kinds of pages that are asked for the sake of their links."""

SETTLED_AFTER_DAYS = 2
"""Older editions and archive pages of a day have got their last link."""

_NOT_HTML = re.compile(r"(?i)(?:image|video|audio|font)/|application/(?!xhtml|xml|octet|x-httpd-php|html)")
_CHARSET = re.compile(r"(?i)charset\s*=\s*[\"']?([\w.:-]+)")


def header(response: Response, name: bytes) -> str | None:
    """Value of a header, the first where there are several; None without one."""
    value = response.headers.get(name)
    return value.decode("latin-1").strip() if value else None


def charset(content_type: str) -> str | None:
    """The charset that a Content-Type names, or None."""
    match = _CHARSET.search(content_type)
    return match[1] if match else None


def is_no_page(content_type: str) -> bool:
    """Whether a Content-Type rules out HTML. An absent or vague one does not: the bytes decide then."""
    return _NOT_HTML.match(content_type) is not None


def is_list(reading: PageReading, lease: Lease) -> bool:
    """Whether a page that reads like an article, or like nothing much, is asked for the sake of its links.

    Search results are lists where the profile names them, and where those go on; no link leads to them.
    """
    if reading.kind == "search":
        return lease.kind == "listing" and lease.via in ("profile", "listing") and bool(reading.links)
    if not reading.links or reading.reason not in (None, Reason.SITE_INFO, Reason.NO_TEXT, Reason.NO_TITLE):
        return False
    url, has_pages = reading.url or lease.url, reading.page_number is not None
    return is_index(url, has_pages) or (reading.kind != "article" and (lease.kind == "listing" or is_archive(url)))


def is_later(reading: PageReading, today: date) -> bool:
    """Whether nothing new appears on a list first: it is a later page, or of a day that is over."""
    day = date_in_url(reading.url or "")
    return (reading.page_number or 1) > 1 or (day is not None and (today - day).days > SETTLED_AFTER_DAYS)
