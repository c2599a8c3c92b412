"""What an answer is."""

from __future__ import annotations

import pytest

from scraper.extraction.reading import Link, PageReading
from scraper.ledger import Lease
from scraper.outcome import AddressKind
from scraper.reasons import Reason
from spiders.answers import charset, is_list, is_no_page


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
