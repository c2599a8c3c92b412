"""Which links of a page are worth asking, and in which order."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

from scraper.extraction.reading import Link

Shape = Literal["article", "section", "other"]

PRIORITY: dict[Shape, int] = {"article": 20, "section": 10, "other": 0}
"""Articles first: a harvest that is stopped early has brought home what it could."""

_BINARY = re.compile(
    r"(?i)\.(?:jpe?g|png|gif|webp|svg|bmp|ico|tiff?|avif|heic|pdf|docx?|xlsx?|pptx?|wps|odt|rtf|csv|epub|zip|rar|7z|"
    r"t?gz|bz2|xz|tar|exe|msi|apk|ipa|dmg|iso|mp[34]|m4[av]|avi|mov|wmv|flv|f4v|mkv|webm|wav|ogg|wma|rmvb?|m3u8?|ts|"
    r"swf|css|js|mjs|json|xml|rss|atom|woff2?|ttf|eot|map|ics|vcf|torrent)$"
)
_FURNITURE = re.compile(
    r"(?i)/(?:log-?in|log-?out|sign-?in|sign-?out|sign-?up|register|passport|checkout|cart|wp-admin|wp-json|"
    r"wp-login\.php|xmlrpc\.php|cgi-bin|cdn-cgi|print(?:page|view)?|email-?this|share|sharer(?:\.php)?|search|sousuo)"
    r"(?=[/.?]|$)"
)
_FURNITURE_PARAMETER = re.compile(
    r"(?i)(?:^|&)(?:replytocom|print|printable|share|action|do|redirect(?:_to|_uri|url)?|return(?:_?url)?|login|"
    r"sort|order(?:by)?|keyword|q|query|s|wd)="
)
_DATE = re.compile(
    r"(?:^|\D)((?:19|20)\d\d)(?:[/_-]?(0[1-9]|1[0-2])(?:[/_-]?(0[1-9]|[12]\d|3[01]))?|/([1-9])/(\d{1,2}))(?!\d)"
)
_ARCHIVE = re.compile(
    r"(?i)/(?:19|20)\d\d([/_-]?)(?:0[1-9]|1[0-2])(?:\1(?:0[1-9]|[12]\d|3[01])|/(?:0[1-9]|[12]\d|3[01]))?"
    r"(?:\.s?html?|/|/index\.\w+)?$"
)
_PAGE_FILE = re.compile(r"(?i)\.(?:s?html?|htm|jhtml|php|aspx?|jspx?|do)$")
_INDEX_FILE = re.compile(r"(?i)^(?:index|default|list|home|main|channel|node)(?:[_-]?\d+)*(?:\.\w+)?$")
_LONG_NUMBER = re.compile(r"\d{5,}")
_ARTICLE_PARAMETER = re.compile(
    r"(?i)(?:^|&)(?:id|aid|articleid|newsid|nid|docid|contentid|itemid|tid|infoid)=\w*\d{2,}"
)


@dataclass(slots=True, frozen=True, kw_only=True)
class Wanted:
    """A link that is worth asking."""

    url: str
    shape: Shape
    """What the address looks like; what it is shows when it is read."""
    priority: int
    days: tuple[date, date] | None = None
    """First and last day of what it leads to, by its address, or as printed beside it; None where neither tells."""
    day: date | None = None
    """The last of these days where it is that of an article, and not of an archive page of a day or a month."""


def choose_links(links: Iterable[Link], shape_in: Callable[[str], Shape | None] | None = None) -> list[Wanted]:
    """The links worth asking, articles first, in document order otherwise.

    Left out: files that are no pages (by extension), and furniture of sites: login, print and share views, search.

    Args:
        links: of a page.
        shape_in: what an address looks like on this site; None for the conventions of most, see `shape_of`.
    """
    wanted = []
    for link in links:
        shape = (shape_in or shape_of)(link.url)
        if shape is not None:
            days = days_in_url(link.url)
            day = days[1] if days and shape == "article" else link.day
            days = days or ((link.day, link.day) if link.day else None)
            wanted.append(Wanted(url=link.url, shape=shape, priority=PRIORITY[shape], days=days, day=day))
    return sorted(wanted, key=lambda choice: -choice.priority)


def shape_of(url: str) -> Shape | None:
    """What an address looks like; None where it is not worth asking.

    Conventions of news sites: a date in the path, a long number (t20180105_123.htm, content_84474.htm, a-12345), or a
    slug of several words is an article; a folder or an index file is a section.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path, query = parts.path, parts.query
    if _BINARY.search(path) or _FURNITURE.search(path) or (query and _FURNITURE_PARAMETER.search(query)):
        return None
    folder, _, name = path.rpartition("/")
    if not name or _INDEX_FILE.match(name):
        # /2018/01/05/story-of-a-bridge/ is an article of a site without file names, /2018/01/ an archive.
        return "article" if not name and _is_slug(folder.rpartition("/")[2]) else "section"
    if _LONG_NUMBER.search(name) or _is_slug(name) or (query and _ARTICLE_PARAMETER.search(query)):
        return "article"
    if _PAGE_FILE.search(name):
        return "article" if _DATE.search(folder) or re.search(r"\d", name) else "other"
    return "article" if _DATE.search(folder) else "section" if path.count("/") <= 2 else "other"


def is_index(url: str, has_pages: bool) -> bool:
    """Whether an address alone tells that the page lists others, whatever it looks like.

    That is the root of a host, and a folder or index file that goes on over several pages (`index_2.shtml`).
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return (parts.path in ("", "/") and not parts.query) or (has_pages and shape_of(url) == "section")


def is_archive(url: str) -> bool:
    """Whether an address ends with a day or a month: /2018/01/05/, /archive/2018-01-05.html, /2018/01/.

    Archives list what came out then, on some days a single article.
    """
    try:
        return _ARCHIVE.search(urlsplit(url).path) is not None
    except ValueError:
        return False


def _is_slug(name: str) -> bool:
    return name.count("-") >= 3 and re.search(r"[a-z]{3}", name.lower()) is not None


def date_in_url(url: str) -> date | None:
    """The day in an address: /2018/01/05/, /2018-01/05/, /t20180105_1.htm. The last of the month where it has no day.

    None where there is none. A month without a day counts as its last day, so that nothing of it is taken for older.
    """
    days = days_in_url(url)
    return days[1] if days else None


def days_in_url(url: str) -> tuple[date, date] | None:
    """First and last day of what an address speaks of: a day, or a month (/2018/01/). None where it has neither."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    for match in _DATE.finditer(path):
        year, month, day = int(match[1]), int(match[2] or match[4] or 0), int(match[3] or match[5] or 0)
        if month == 0:
            continue
        try:
            if day:
                return date(year, month, day), date(year, month, day)
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        except ValueError:
            continue
    return None
