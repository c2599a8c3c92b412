"""The links of a page."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from lxml import html

from scraper.discovery.links import MAX_LINKS, collect_links
from scraper.extraction.elements import Elements

BASE = "http://news.example.com/2018/"


def urls(page: str) -> list[str]:
    links, _ = collect_links(Elements(html.fromstring(page)), BASE, BASE)
    return [link.url for link in links]


def test_links_are_absolute_without_fragment_and_once_each() -> None:
    page = "<p><a href='a.html#top'>A</a><a href='/2018/a.html'>again</a><a href='//cdn.example.com/b'>B</a></p>"
    assert urls(page) == ["http://news.example.com/2018/a.html", "http://cdn.example.com/b"]


def test_links_that_are_no_pages_are_left_out() -> None:
    page = "<p><a href='mailto:a@b.c'>m</a><a href='javascript:go()'>j</a><a href='#x'>x</a><a href='//['>b</a></p>"
    assert urls(page) == []


def test_the_page_does_not_link_to_itself() -> None:
    assert urls("<p><a href='./'>here</a><a href=''>empty</a></p>") == []


def test_a_link_with_an_image_is_named_by_the_text_of_its_second_link() -> None:
    page = "<p><a href='a.html'><img src='a.jpg'></a><a href='a.html'>丰收 的\n田野</a></p>"
    links, _ = collect_links(Elements(html.fromstring(page)), BASE, BASE)
    assert [link.text for link in links] == ["丰收 的 田野"]


def test_areas_of_a_page_map_and_frames_are_links() -> None:
    page = "<div><map><area href='content_1.htm' alt='要闻'></map><frame src='left.htm'></div>"
    assert "http://news.example.com/2018/content_1.htm" in urls(page)


def test_feeds_are_those_that_the_page_announces() -> None:
    page = (
        "<html><head><link rel='alternate' type='application/rss+xml' href='/rss.xml'>"
        "<link rel='alternate' hreflang='en' href='/en/'><link rel='stylesheet' href='a.css'></head></html>"
    )
    links, feeds = collect_links(Elements(html.fromstring(page)), BASE, BASE)
    assert feeds == ["http://news.example.com/rss.xml"]
    assert links == []


def test_without_a_base_only_absolute_links_are_kept() -> None:
    links, _ = collect_links(
        Elements(html.fromstring("<p><a href='a'>a</a><a href='http://x.com/'>x</a></p>")), None, None
    )
    assert [link.url for link in links] == ["http://x.com/"]


def test_a_page_of_endless_links_is_capped() -> None:
    page = "".join(f"<a href='/{n}'>x</a>" for n in range(MAX_LINKS + 10))
    assert len(urls(f"<div>{page}</div>")) == MAX_LINKS


@pytest.mark.parametrize(
    "base",
    [
        "http://www.example.com/a/b/c.html?x=1",
        "HTTP://Example.com:80/a//b/",
        "https://example.com/a/../b/./c",
        "http://user@example.com/x;p/y",
        "http://example.com?q",
        "http://例子.com/新闻/1.html",
        "http://[::1]/a",
    ],
)
@pytest.mark.parametrize(
    "href",
    [
        *("/2018/a.html", "a.html", "a/b.html?c=d/../e", "新闻/1.html", "a//b", "/a//b", "./a", "a/./b", "/a/../b"),
        *(
            "..",
            ".a/b",
            "/a/..",
            "?x=1",
            "a?",
            "/",
            "//other.org/a",
            "a;b=c",
            "a:b",
            "/a:b",
            "a%20b/",
            "a/?b=http://c/",
        ),
    ],
)
def test_links_are_resolved_as_the_rfc_says(base: str, href: str) -> None:
    expected = urljoin(base, href)
    links, _ = collect_links(Elements(html.fromstring(f"<p><a href='{href}'>A</a></p>")), base, None)
    assert [link.url for link in links] == ([expected] if expected.startswith("http") else [])
