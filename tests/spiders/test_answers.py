"""What an answer is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scraper.extraction.reading import Link, PageReading
from scraper.ledger import Lease
from scraper.outcome import AddressKind
from scraper.reasons import Reason
from spiders.answers import charset, is_later, is_list, is_no_page


@pytest.mark.parametrize("content_type", ["image/png", "video/mp4", "application/pdf", "application/zip"])
def test_files_are_no_pages(content_type: str) -> None:
    assert is_no_page(content_type)


@pytest.mark.parametrize(
    "content_type", ["", "text/html", "text/plain", "application/xhtml+xml", "application/octet-stream"]
)
def test_what_may_be_html_is_looked_at(content_type: str) -> None:
    assert not is_no_page(content_type)


@pytest.mark.parametrize(
    ("content_type", "name"),
    [("text/html; charset=gb2312", "gb2312"), ('text/html;Charset="UTF-8"', "UTF-8"), ("text/html", None)],
)
def test_the_charset_of_a_content_type(content_type: str, name: str | None) -> None:
    assert charset(content_type) == name


def lease(kind: AddressKind) -> Lease:
    url = "http://a.com/news/index_2.html"
    return Lease(
        key=url,
        url=url,
        host="a.com",
        kind=kind,
        via="listing",
        depth=1,
        priority=0,
        tries=1,
        etag=None,
        last_modified=None,
    )


def page(kind: str, reason: Reason | None = None, links: int = 1) -> PageReading:
    found = [Link(url=f"http://a.com/{number}.html") for number in range(links)]
    return PageReading(url="http://a.com/news/index_2.html", kind=kind, reason=reason, links=found)  # type: ignore[arg-type]


def test_a_next_page_with_hardly_any_text_is_still_a_list() -> None:
    assert is_list(page("other", Reason.NO_TEXT), lease("listing"))
    assert not is_list(page("other", Reason.NO_TEXT), lease("page"))


def test_an_article_and_an_error_page_are_no_lists() -> None:
    assert not is_list(page("article"), lease("listing"))
    assert not is_list(page("error", Reason.SOFT_404), lease("listing"))
    assert not is_list(page("other", Reason.NO_TEXT, links=0), lease("listing"))


@pytest.mark.parametrize("url", ["http://a.com/2018/01/05/", "http://a.com/archive/2018-01-05.html"])
def test_a_day_of_an_archive_with_hardly_anything_is_a_list_and_no_problem(url: str) -> None:
    day = replace(page("other", Reason.NO_TEXT, links=2), url=url)
    assert is_list(day, lease("page"))
    assert not is_list(replace(day, url="http://a.com/2018/01/05/10001.html"), lease("page"))


def test_an_article_at_the_address_of_a_day_is_no_list() -> None:
    assert not is_list(replace(page("article"), url="http://a.com/2018/01/05/"), lease("page"))


def test_search_results_are_a_list_only_where_a_list_was_asked_for() -> None:
    assert is_list(page("search", Reason.SEARCH), replace(lease("listing"), via="profile"))
    assert not is_list(page("search", Reason.SEARCH), lease("page"))


@pytest.mark.parametrize(
    ("url", "page_number", "later"),
    [
        ("http://a.com/news/", None, False),
        ("http://a.com/news/", 1, False),
        ("http://a.com/news/index_2.html", 2, True),
        ("http://paper.a.com/html/2026-11/23/node_1.htm", None, False),
        ("http://paper.a.com/html/2026-11/20/node_1.htm", None, True),
        ("http://a.com/2026/11/", None, False),
    ],
)
def test_later_pages_and_lists_of_days_that_are_over_bring_nothing_new_first(
    url: str, page_number: int | None, later: bool
) -> None:
    reading = PageReading(url=url, kind="listing", page_number=page_number)
    assert is_later(reading, date(2026, 11, 23)) is later
