"""Read one page: decode once, parse once, and let each reader add what it sees."""

from __future__ import annotations

from collections.abc import Callable, Container
from datetime import date
from typing import Any

from scraper.discovery.links import collect_links
from scraper.discovery.paging import find_paging
from scraper.extraction.body import read_body
from scraper.extraction.crumbs import read_crumbs
from scraper.extraction.dates import read_dates
from scraper.extraction.decode import clean, decode
from scraper.extraction.edition import read_edition
from scraper.extraction.images import read_images
from scraper.extraction.kinds import judge_kind
from scraper.extraction.labels import read_labels
from scraper.extraction.lines import Line, print_lines
from scraper.extraction.linkdays import read_link_days
from scraper.extraction.named import read_named
from scraper.extraction.reading import PageReading
from scraper.extraction.records import read_records
from scraper.extraction.structured import read_structured
from scraper.extraction.template import Misfit, fit_template
from scraper.extraction.titles import read_titles
from scraper.extraction.tree import find_base, parse, refuse_bytes, refuse_text
from scraper.extraction.view import PageView
from scraper.profiles import Profile
from scraper.profiles.boilerplate import Boilerplate
from scraper.reasons import Reason
from scraper.urls import host_of

Reader = Callable[[PageView, PageReading], None]


def read_page(
    html: bytes | str,
    url: str | None = None,
    *,
    http_charset: str | None = None,
    profile: Profile | None = None,
    day: date | None = None,
) -> PageReading:
    """Read a page.

    Args:
        html: the page as bytes (preferred: the charset is then judged here) or as text.
        url: where it answered; relative links, the publisher and a date in the path are read from it. One without a
            host, or that is no URL, counts as none.
        http_charset: charset of the Content-Type header, if there was one.
        profile: of the site; the first of its templates that fits reads the page, and the general way where none does.
        day: on which the page was fetched; None where that is not known.

    Returns:
        What was seen. Never raises for a broken page: `reason` says what was wrong with it.
    """
    reading = PageReading(url=url if url and host_of(url) else None)
    tree = open_page(html, http_charset, reading)
    if tree is None or (profile is not None and read_by_profile(tree, reading, profile, day)):
        return reading
    read_tree(tree, reading, Boilerplate(profile.boilerplate if profile is not None else ()))
    return reading


def open_page(html: bytes | str, http_charset: str | None, reading: PageReading) -> Any:
    """Decode and parse a page; None where it is no page, and the reading says why."""
    utf8 = None
    if isinstance(html, bytes):
        if refusal := refuse_bytes(html):
            reading.reason, reading.detail = refusal
            return None
        decoded = decode(html, http_charset)
        text, reading.charset, utf8 = decoded.text, decoded.charset, decoded.utf8
    else:
        text = clean(html)
    if refusal := refuse_text(text):
        reading.reason, reading.detail = refusal
        return None
    tree = parse(text, utf8)
    if tree is None:
        reading.reason, reading.detail = Reason.NOT_HTML, "no element could be parsed"
    return tree


def read_tree(tree: Any, reading: PageReading, boilerplate: Container[str] = frozenset()) -> PageView:
    """Let every reader add to a reading what it sees on a parsed page.

    Args:
        tree: root element of the page (lxml).
        reading: what is seen is added to it.
        boilerplate: lines that are no body.

    Returns:
        The page as it was read.
    """
    view = PageView(tree=tree, url=reading.url, lines=print_lines(tree))
    read_view(view, reading, read_titles, lambda view, reading: read_body(view, reading, boilerplate))
    return view


def read_by_profile(tree: Any, reading: PageReading, profile: Profile, day: date | None) -> bool:
    """Read a page with the first template that fits; whether one did. The reading says which, and why not."""
    for name, template in profile.newest_first():
        if not template.covers(reading.url, day):
            continue
        fit = fit_template(tree, template)
        if isinstance(fit, Misfit):
            reading.misfits.append(f"{name}: {fit.why}")
            continue
        view = PageView(tree=tree, url=reading.url, lines=fit.lines)
        reading.template, reading.date_format = name, template.date_format
        read_view(view, reading, fit.read_title, fit.read_body)
        read_named(tree, reading, template)
        return True
    return False


def read_view(view: PageView, reading: PageReading, read_title: Reader, read_text: Reader) -> None:
    """Let the readers look at the lines of a view.

    The order matters: titles find the headline, the body is sought below it, labels and dates look between the two.
    """
    elements = view.elements
    view.base_url = find_base(elements, view.url)
    reading.links, reading.feeds = collect_links(elements, view.base_url, view.url)
    # A template prints a part of the page; what leads to its next page may stand elsewhere.
    linking = view.lines if reading.template is None else [_all_links(view.tree, reading)]
    paging = find_paging(elements, linking, view.url, view.base_url)
    reading.full_view = paging.full_view
    reading.next_page, reading.page_number, reading.first_page = paging.next_page, paging.page_number, paging.first_page
    read_structured(view, reading)
    read_title(view, reading)
    read_text(view, reading)
    read_images(view, reading)
    read_labels(view, reading)
    read_dates(view, reading)
    read_crumbs(view, reading)
    read_edition(view, reading)
    read_records(view, reading)
    judge_kind(view, reading)
    read_link_days(view, reading)


def _all_links(tree: Any, reading: PageReading) -> Line:
    """The links of the whole page as one line."""
    return Line(0, "-", tree, 0, [(link.text, link.url) for link in reading.links])
