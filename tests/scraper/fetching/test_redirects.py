"""Where an answer redirects to."""

from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse, Response

from scraper.fetching.redirects import redirect_target

URL = "http://a.com/news/1.html"


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/2.html", "http://a.com/2.html"),
        ("2.html#part", "http://a.com/news/2.html"),
        ("//b.com/", "http://b.com/"),
        ("https://a.com/中", "https://a.com/%E4%B8%AD"),
        ("file:///etc/passwd", "file:///etc/passwd"),
        ("http://[broken", "http://[broken"),
        ("", None),
    ],
)
def test_a_location_is_resolved(location: str, target: str | None) -> None:
    assert redirect_target(Response(URL, status=302, headers={"Location": location.encode()})) == target


@pytest.mark.parametrize(
    ("page", "target"),
    [
        ("<meta http-equiv='refresh' content='0;url=/2.html'>", "http://a.com/2.html"),
        ("<META HTTP-EQUIV=Refresh CONTENT='3; URL=2.html'>", "http://a.com/news/2.html"),
        ("<meta http-equiv='refresh' content='300'>", None),
        ("<meta http-equiv='refresh' content='300;url=/2.html'>", None),
        ("<meta http-equiv='refresh' content='0;url=1.html'>", None),
        ("<base href='http://[broken'><meta http-equiv='refresh' content='0;url=/2.html'>", "http://a.com/2.html"),
        ("<p>plain</p>", None),
    ],
)
def test_a_quick_refresh_is_a_redirect(page: str, target: str | None) -> None:
    assert redirect_target(HtmlResponse(URL, body=page.encode())) == target


def test_an_error_page_with_a_location_is_no_redirect() -> None:
    assert redirect_target(Response(URL, status=404, headers={"Location": b"/2.html"})) is None
