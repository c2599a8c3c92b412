"""The day in the path of an address."""

from __future__ import annotations

import pytest

from scraper.extraction.urldates import url_date


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2011/12/16/title.html", "2011-12-16"),
        ("/2011-12/16/content_123.htm", "2011-12-16"),
        ("/2011/1216/c1001-123.html", "2011-12-16"),
        ("/gb/20111216/123.html", "2011-12-16"),
        ("/t20111216_4839.htm", "2011-12-16"),
        ("/world/2011/dec/16/title", "2011-12-16"),
        ("/blog/2011/december/16/title", "2011-12-16"),
        ("/2011-12-16-title", "2011-12-16"),
        ("/a/201112/16/WS123.html", "2011-12-16"),
    ],
)
def test_a_day_in_the_path_is_read(path: str, day: str) -> None:
    assert url_date(f"https://news.example.com{path}") == day


@pytest.mark.parametrize("path", ["/123456789.html", "/2011/", "/article-2011", "/c/7pplXmYoC6f", "/20119916/x", ""])
def test_a_path_without_a_day_gives_none(path: str) -> None:
    assert url_date(f"https://news.example.com{path}") is None
