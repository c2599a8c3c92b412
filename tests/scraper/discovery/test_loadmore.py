from __future__ import annotations

import pytest

from scraper.discovery.loadmore import read_load_more
from scraper.profiles import ProfileError, parse_profile
from scraper.profiles.loadmore import LoadMore
from scraper.reasons import Reason

RULE = LoadMore(url="http://www.example/api/list?page={page}&channel=news", items="data.list", link="url")
URL = RULE.address(1)


def test_the_items_of_a_page_are_links_and_the_next_page_follows():
    reading = read_load_more(b'{"data":{"list":[{"url":"/a/1.html"},{"url":"http://x.example/2"}]}}', URL, RULE)
    assert [link.url for link in reading.links] == ["http://www.example/a/1.html", "http://x.example/2"]
    assert (reading.kind, reading.page_number, reading.next_page) == ("listing", 1, RULE.address(2))


@pytest.mark.parametrize("body", [b'{"data":{"list":[]}}', b'{"data":{"list":null}}'])
def test_a_page_without_items_is_the_last(body: bytes):
    assert read_load_more(body, RULE.address(7), RULE).next_page is None


def test_jsonp_and_a_piece_of_html_are_read():
    rule = LoadMore(url="http://www.example/more?offset={page}", html="html", first=0, step=20)
    reading = read_load_more(b'callback({"html":"<li><a href=\\"/a/1.html\\">x</a></li>"});', rule.address(2), rule)
    assert [link.url for link in reading.links] == ["http://www.example/a/1.html"]
    assert reading.next_page == "http://www.example/more?offset=40"


@pytest.mark.parametrize("body", [b"<html>login</html>", b'{"data":{}}', b'{"data":{"list":"none"}}', b"[1"])
def test_an_answer_that_is_not_what_the_profile_says_is_a_problem(body: bytes):
    reading = read_load_more(body, URL, RULE)
    assert reading.reason is Reason.NOT_HTML
    assert "load_more" in (reading.detail or "")


def test_pages_have_an_end():
    rule = LoadMore(url="http://www.example/api/{page}.json", items="", link="u", pages=2)
    assert read_load_more(b'[{"u":"/a"}]', rule.address(2), rule).next_page is None


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ('url = "http://www.example/api/list"\nitems = "a"', "with {page} once"),
        ('url = "http://www.example/api/{page}"', "expected items or html"),
    ],
)
def test_a_rule_that_is_of_no_use_is_told(rule: str, message: str):
    with pytest.raises(ProfileError, match=message):
        parse_profile(f'name = "example"\n[[load_more]]\n{rule}\n')
