"""Pages that belong together."""

from __future__ import annotations

import pytest
from lxml import html

from scraper.discovery.paging import Paging, find_paging
from scraper.extraction.elements import Elements
from scraper.extraction.lines import print_lines

ARTICLE = "http://news.example.com/2018/0105/"


def paging(page: str, url: str) -> Paging:
    tree = html.fromstring(f"<html><body><div>{page}</div></body></html>")
    return find_paging(Elements(tree), print_lines(tree), url, url)


@pytest.mark.parametrize(
    ("url", "link", "following"),
    [
        (ARTICLE + "t123.shtml", "<a href='t123_2.shtml'>下一页</a>", ARTICLE + "t123_2.shtml"),
        (ARTICLE + "t123.html", "<a href='t123-2.html'>下一頁</a>", ARTICLE + "t123-2.html"),
        (ARTICLE + "t123.html", "<a href='t123_2.html'>余下全文</a>", ARTICLE + "t123_2.html"),
        ("http://a.com/story?id=7", "<a href='?id=7&page=2'>Next page »</a>", "http://a.com/story?id=7&page=2"),
        ("http://a.com/story/", "<a href='/story/2/'>2</a>", "http://a.com/story/2/"),
        ("http://a.com/news/", "<a href='/news/page/2/'>Older posts</a>", "http://a.com/news/page/2/"),
        ("http://a.com/news/", "<a href='index_2.shtml'>&gt;</a>", "http://a.com/news/index_2.shtml"),
        ("http://a.com/news/index.shtml", "<a href='index_1.shtml'>下页</a>", "http://a.com/news/index_1.shtml"),
        ("http://a.com/news/", "<a href='list_12_2.html'>下一页</a>", "http://a.com/news/list_12_2.html"),
        ("http://a.com/news/index_2.html", "<a href='index_3.html'>下一页</a>", "http://a.com/news/index_3.html"),
    ],
)
def test_the_next_page_is_said_and_has_the_form_of_this_address(url: str, link: str, following: str) -> None:
    assert paging(link, url).next_page == following


@pytest.mark.parametrize(
    "link",
    [
        "<a href='t124.shtml'>下一篇</a>",
        "<a href='t9124.shtml'>下一页</a>",
        "<a rel='next' href='/2018/another-story.html'>Another story</a>",
        "<a href='javascript:next()'>下一页</a>",
        "<a href='http://['>下一页</a>",
        "<a href='t123_2.shtml'>延伸阅读</a>",
        "<a href='#'>2</a>",
    ],
)
def test_another_article_is_no_next_page(link: str) -> None:
    assert paging(link, ARTICLE + "t123.shtml") == Paging()


def test_a_later_page_knows_its_number_and_the_first_page() -> None:
    page = "<a href='t1.html'>上一页</a> <a href='t1.html'>1</a> 2 <a href='t1_3.html'>3</a>"
    found = paging(page, ARTICLE + "t1_2.html")
    assert found == Paging(next_page=ARTICLE + "t1_3.html", page_number=2, first_page=ARTICLE + "t1.html")


def test_the_last_page_has_no_next_page() -> None:
    found = paging("<a href='t1.html'>1</a><a href='t1_2.html'>2</a> 3", ARTICLE + "t1_3.html")
    assert found == Paging(next_page=None, page_number=3, first_page=ARTICLE + "t1.html")


def test_page_numbers_that_start_at_zero_are_counted_as_printed() -> None:
    page = "<a href='index.html'>1</a> 2 <a href='index_2.html'>3</a>"
    found = paging(page, "http://a.com/news/index_1.html")
    assert found.page_number == 2
    assert found.next_page == "http://a.com/news/index_2.html"


def test_the_page_list_that_trs_prints_by_script_is_read() -> None:
    found = paging("<script>createPageHTML(5, 0, 'index', 'html');</script>", "http://a.com/news/")
    assert found == Paging(next_page="http://a.com/news/index_1.html", page_number=1, first_page=None)


def test_a_page_that_stands_alone_has_no_paging() -> None:
    assert paging("<p>text</p>", ARTICLE + "t1_2.html") == Paging()


@pytest.mark.parametrize(
    ("url", "link", "full"),
    [
        (ARTICLE + "t1.html", "<a href='t1_all.html'>余下全文</a>", ARTICLE + "t1_all.html"),
        (ARTICLE + "t1.html", "<a href='t1.html?page=all'>Show all</a>", ARTICLE + "t1.html?page=all"),
        ("http://a.com/story?id=7", "<a href='?id=7&showall=1'>All Pages</a>", "http://a.com/story?id=7&showall=1"),
        (ARTICLE + "t1.html", "<a href='t2_all.html'>全文</a>", None),
        (ARTICLE + "t1.html", "<a href='t1_all.html'>评论</a>", None),
    ],
)
def test_a_view_of_all_pages_in_one_is_found(url: str, link: str, full: str | None) -> None:
    assert paging(link, url).full_view == full
