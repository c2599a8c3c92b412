"""Which links are worth asking."""

from __future__ import annotations

from datetime import date

import pytest

from scraper.discovery.listings import choose_links, date_in_url, is_archive, is_index, shape_of
from scraper.extraction.reading import Link


@pytest.mark.parametrize(
    "url",
    [
        "http://a.com/news/2018-01/05/content_84474.htm",
        "http://a.com/n1/2018/0105/c1001-29748102.html",
        "http://a.com/t20180105_123.shtml",
        "http://a.com/world/a-bridge-for-the-valley",
        "http://a.com/2018/01/05/a-bridge-for-the-valley/",
        "http://a.com/show.php?id=4321",
        "http://a.com/system/2018/01/05/010048517.shtml",
    ],
)
def test_dates_long_numbers_and_slugs_are_articles(url: str) -> None:
    assert shape_of(url) == "article"


@pytest.mark.parametrize(
    "url",
    [
        "http://a.com/",
        "http://a.com/news/",
        "http://a.com/news/index.shtml",
        "http://a.com/news",
        "http://a.com/n/index_2.html",
    ],
)
def test_folders_and_index_files_are_sections(url: str) -> None:
    assert shape_of(url) == "section"


@pytest.mark.parametrize(
    "url",
    [
        "http://a.com/1.jpg",
        "http://a.com/paper.PDF",
        "http://a.com/app.apk",
        "http://a.com/login?next=/",
        "http://a.com/2018/01/05/print/a.html?print=1",
        "http://a.com/post?replytocom=5",
        "http://a.com/search?q=x",
        "http://a.com/share/facebook",
        "http://[",
    ],
)
def test_files_and_furniture_are_not_asked(url: str) -> None:
    assert shape_of(url) is None


def test_the_root_and_a_folder_of_several_pages_list_others() -> None:
    assert is_index("http://a.com/", has_pages=False)
    assert is_index("http://a.com/news/index.shtml", has_pages=True)
    assert not is_index("http://a.com/news/", has_pages=False)
    assert not is_index("http://a.com/news/20180105/1.html", has_pages=True)
    assert not is_index("http://a.com/?id=5", has_pages=False)


@pytest.mark.parametrize(
    "path",
    [
        "2018/01/05/",
        "2018/01/05",
        "2018/01/",
        "2018-01/05/",
        "news/20180105/",
        "archive/2018-01-05.html",
        "archive/2018/01/05.htm",
        "2018/01/05/index.shtml",
    ],
)
def test_an_address_that_ends_with_a_day_or_a_month_is_an_archive(path: str) -> None:
    assert is_archive(f"http://a.com/{path}")


@pytest.mark.parametrize(
    "path",
    [
        "2018/01/05/10001.html",
        "2018/01/05/a-bridge-for-the-valley/",
        "t20180105.html",
        "2018/13/05/",
        "201801051.html",
        "2018.html",
        "news/",
    ],
)
def test_an_address_with_a_day_and_something_more_is_none(path: str) -> None:
    assert not is_archive(f"http://a.com/{path}")


def test_words_that_only_look_like_furniture_are_asked() -> None:
    assert shape_of("http://a.com/research/") == "section"
    assert shape_of("http://a.com/printing-press-of-the-old-town.html") == "article"


def test_articles_come_before_sections() -> None:
    links = [Link(url="http://a.com/news/"), Link(url="http://a.com/x.jpg"), Link(url="http://a.com/20180105/1.html")]
    assert [choice.url for choice in choose_links(links)] == ["http://a.com/20180105/1.html", "http://a.com/news/"]


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://a.com/2018/01/05/1.html", date(2018, 1, 5)),
        ("http://a.com/2018-01/05/content_1.htm", date(2018, 1, 5)),
        ("http://a.com/2018/0105/c1.html", date(2018, 1, 5)),
        ("http://a.com/t20180105_1.html", date(2018, 1, 5)),
        ("http://a.com/201801/t1.html", date(2018, 1, 31)),
        ("http://a.com/2018/1/5/a.html", date(2018, 1, 5)),
        ("http://a.com/content_20189.html", None),
        ("http://a.com/2018/", None),
        ("http://a.com/20180231/1.html", None),
        ("http://[", None),
    ],
)
def test_the_day_in_an_address(url: str, day: date | None) -> None:
    assert date_in_url(url) == day
