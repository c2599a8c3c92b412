"""Pages that belong together: an article over several web pages, or a listing with its next page.

Two things must agree before a link counts as paging: what it says (下一页, Next, a number, rel=next) and the form of
its address, which must be the address of this page with another page number. 下一篇 (the next article) and
WordPress's rel=next to the next post fail the second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from scraper.extraction.elements import Elements
from scraper.extraction.lines import Line

MAX_PAGE = 999
"""Highest number that is taken for a page number; above it, numbers in addresses are ids."""

MAX_SAID, MAX_OFFER = 24, 40
"""Characters of a link that leads to a page, and of one that leads to all pages in one."""

_NEXT = re.compile(
    r"(?i)(?:下一?[页頁]|[后後]一?[页頁]|(?:阅读|閱讀|点击)?余下(?:全文|内容)|(?:go to )?next(?: ?page)?|older posts|"
    r"suivante?|weiter|nächste(?: seite)?|siguiente|далее|次へ|次のページ|다음)"
)
_BACK = re.compile(
    r"(?i)(?:上一?[页頁]|前一?[页頁]|首[页頁]|第一[页頁]|prev(?:ious)?(?: ?page)?|first(?: ?page)?|newer posts)"
)
_FULL = re.compile(
    r"(?i)(?:在?本[页頁])?(?:阅读|閱讀|显示|顯示|查看|浏览)?(?:余下|餘下)?(?:全文|单[页頁]|單[页頁])(?:阅读|閱讀|显示|顯示|浏览|模式)?|"
    r"(?:view |read |show )?(?:as )?(?:a |on )?(?:single|one) page|(?:view|show|read) all|all pages|"
    r"full (?:article|story|text)"
)
_ALL_SUFFIX = re.compile(r"(?i)[_-]all(\.\w{2,5})?(?=$|[?#])")
_ALL_PARAMETER = re.compile(r"(?i)([?&])(?:(?:page|p|pagewanted)=all|showall=1)(?=$|&)")
_ARROWS = " \u3000[]()【】（）<>«»›‹→←|·."
_FORWARD_ARROW = re.compile(r"[\s>»›→]+")
_NUMBER = re.compile(r"第?(\d{1,3})[页頁]?")
_SUFFIX = re.compile(r"(?i)(.+?)[_-](?:p|page)?(\d{1,3})(\.\w{2,5})?")
_WORD_NUMBER = re.compile(r"(?i)(index|list|page|default|p)[_-]?(\d{1,3})(\.\w{2,5})?")
_LISTING_NAME = re.compile(r"(?i)(?:index|list|default|page|node|channel)\b|(?:index|list|default|page|node|channel)_")
_INDEX = re.compile(r"(?i)/(?:index|default|list)\.\w{2,5}$")
_PARAMETER = re.compile(r"(?i)(?:page|p|pn|pg|paged|page_?no|page_?num|page_?index|cur_?page|current_?page)")
# The page list of TRS, the content system of many Chinese newspapers and offices, is printed by a script:
# createPageHTML(page count, current page from 0, name, extension).
_TRS = re.compile(
    r"""createPageHTML\(\s*["']?(\d+)["']?\s*,\s*["']?(\d+)["']?\s*,\s*["'](\w+)["']\s*,\s*["'](\w+)["']"""
)


@dataclass(slots=True, kw_only=True)
class Paging:
    """Where this page stands among several. All None for a page that stands alone."""

    next_page: str | None = None
    """Absolute address of the next page of the same article or listing."""
    page_number: int | None = None
    """1-based number of this page; None where the page does not show that there are several."""
    full_view: str | None = None
    """Address of a view of all pages in one, where one is offered."""
    first_page: str | None = None
    """Address of page 1, or of the lowest page that is linked, where this page is a later one."""


@dataclass(slots=True)
class _PagingLink:
    url: str
    says: str
    """next, back or number."""
    printed: int | None
    ours: int
    """Number in the address of this page, 0 for the bare address."""
    theirs: int


def find_paging(elements: Elements, lines: list[Line], page_url: str | None, base_url: str | None) -> Paging:
    """Find the next page, the number of this page and the first page.

    Args:
        elements: of the page.
        lines: its printed lines.
        page_url: where the page answered; nothing is found without it.
        base_url: what relative links are resolved against.
    """
    if page_url is None:
        return Paging()
    base = base_url or page_url
    ours = dict(page_forms(page_url))
    by_stem: dict[str, list[_PagingLink]] = {}
    for href, says, printed in _spoken_links(elements, lines):
        url = _absolute(base, href)
        if url is None:
            continue
        for stem, theirs in page_forms(url):
            if stem in ours and theirs != ours[stem]:
                by_stem.setdefault(stem, []).append(_PagingLink(url, says, printed, ours[stem], theirs))
    paging = _judge(max(by_stem.values(), key=len)) if by_stem else _scripted(elements, base, page_url)
    paging.full_view = next(
        (
            url
            for line in lines
            for text, href in line.links
            if len(text) <= MAX_OFFER
            and _offers_whole(text)
            and (url := _absolute(base, href))
            and _is_full_view(url, ours)
        ),
        None,
    )
    return paging


def is_later_page(url: str) -> bool:
    """Whether an address has the form of a second or later page: t1_2.html, ?page=2. Ids may look so too."""
    return any(number > 1 for _, number in page_forms(url))


def _is_full_view(url: str, ours: dict[str, int]) -> bool:
    """Whether an address is that of this page with "all" for the page number: t1_all.html, ?page=all, ?showall=1."""
    numbered = _ALL_SUFFIX.sub(r"_1\1", _ALL_PARAMETER.sub(r"\1page=1", url))
    return numbered != url and any(stem in ours for stem, _ in page_forms(numbered))


def _judge(links: list[_PagingLink]) -> Paging:
    here = links[0].ours
    # index.html, index_1.html (page 2), index_2.html …: the printed number is one ahead of the address.
    from_zero = any(link.printed == link.theirs + 1 for link in links if link.printed) and not any(
        link.printed == link.theirs for link in links if link.printed and link.theirs
    )
    later = [link for link in links if link.theirs > here and link.says != "back"]
    spoken = [link for link in later if link.says == "next"]
    numbered = [link for link in later if link.theirs == here + 1 or (here == 0 and link.theirs == 2)]
    following = min(spoken or numbered, key=lambda link: link.theirs, default=None)
    earlier = min((link for link in links if link.theirs < here), key=lambda link: link.theirs, default=None)
    if following is None and earlier is None:
        return Paging()
    number = here + 1 if from_zero else max(here, 1)
    is_first = number == 1 or earlier is None
    return Paging(
        next_page=following.url if following else None,
        page_number=number,
        first_page=None if is_first or earlier is None else earlier.url,
    )


def _spoken_links(elements: Elements, lines: list[Line]) -> Iterator[tuple[str, str, int | None]]:
    """(href, what it says, printed number) of every link that claims to be paging."""
    for href, relation in elements.related_links:
        if "next" in relation:
            yield href, "next", None
        elif "prev" in relation:
            yield href, "back", None
    for line in lines:
        for text, href in line.links:
            if len(text) <= MAX_SAID and (said := _says(text)):
                yield href, *said


@lru_cache(maxsize=4096)
def _says(text: str) -> tuple[str, int | None] | None:
    """What the text of a link claims: next, back or number, and the number; the navigation of a site recurs."""
    words = text.strip(_ARROWS)
    if number := _NUMBER.fullmatch(words):
        return "number", int(number[1])
    if _NEXT.fullmatch(words) or (not words and _FORWARD_ARROW.fullmatch(text)):
        return "next", None
    return ("back", None) if _BACK.fullmatch(words) else None


@lru_cache(maxsize=4096)
def _offers_whole(text: str) -> bool:
    return _FULL.fullmatch(text.strip(_ARROWS)) is not None


def _scripted(elements: Elements, base: str, page_url: str) -> Paging:
    for script in elements.scripts:
        text = script.text
        match = _TRS.search(text) if text and "createPageHTML" in text else None
        if match is None:
            continue
        count, here, name, extension = int(match[1]), int(match[2]), match[3], match[4]
        if not 1 < count <= MAX_PAGE or here >= count:
            continue
        return Paging(
            next_page=urljoin(base, f"{name}_{here + 1}.{extension}") if here + 1 < count else None,
            page_number=here + 1,
            first_page=urljoin(base, f"{name}.{extension}") if here else None,
        )
    return Paging()


def _absolute(base: str, href: str) -> str | None:
    try:
        url = urljoin(base, href.strip()).partition("#")[0]
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) else None


def page_forms(url: str) -> Iterator[tuple[str, int]]:
    """(stem, page number) for each way to read an address as a page of something; 0 for the bare address.

    Of /a/t1_2.html that is page 2 of /a/t1.html, and the bare address of itself. Pages of one thing share a stem.
    Nothing for what cannot be read as a URL.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return
    path, host = _INDEX.sub("/", parts.path or "/"), parts.netloc.lower()
    query = [pair for pair in parts.query.split("&") if pair]

    def stem(of_path: str, pairs: list[str]) -> str:
        return f"{host}{_INDEX.sub('/', of_path)}?{'&'.join(pairs)}"

    for position, pair in enumerate(query):
        name, _, value = pair.partition("=")
        if _PARAMETER.fullmatch(name) and value.isdigit() and int(value) <= MAX_PAGE:
            yield stem(path, query[:position] + query[position + 1 :]), int(value)
    folder, _, name = path.rpartition("/")
    if match := _SUFFIX.fullmatch(name):
        yield stem(f"{folder}/{match[1]}{match[3] or ''}", query), int(match[2])
        if _LISTING_NAME.match(name):
            yield stem(f"{folder}/", query), int(match[2])
    elif match := _WORD_NUMBER.fullmatch(name):
        yield stem(f"{folder}/{match[1]}{match[3] or ''}", query), int(match[2])
        yield stem(f"{folder}/", query), int(match[2])
    elif match := re.fullmatch(r"(.*?)/(?:(page|p)/)?([1-9]\d{0,2})/?", path):
        for ending in ("", "/"):
            yield stem(match[1] + ending, query), int(match[3])
    yield stem(path, query), 0
