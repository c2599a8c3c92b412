"""The functions of a notebook."""

import pytest

import scraper
from scraper.api import draft_article
from scraper.reasons import Reason

PARAGRAPHS = "<p>" + "三月里，田里的人多了起来，机器也响了起来。" * 8 + "</p>"
PAGE = f"<h1>春耕开始了，合作社备足了种子</h1><p>2026-03-01 08:10 来源：南屿晚报</p>{PARAGRAPHS}{PARAGRAPHS}"


def test_a_page_gives_a_record_and_a_page_that_is_no_article_gives_none() -> None:
    article = scraper.extract(PAGE)
    assert article is not None
    assert article.title == "春耕开始了，合作社备足了种子"
    assert scraper.extract("<p>404 页面不存在</p>") is None


def test_a_reading_holds_the_candidates_undecided() -> None:
    reading = scraper.read_page(PAGE.encode())
    assert reading.kind == "article"
    assert [candidate.raw for candidate in reading.candidates["source"]] == ["来源：南屿晚报"]


def test_the_profile_that_ships_for_a_site_is_used_as_in_a_crawl() -> None:
    article = scraper.extract(PAGE, url="http://www.jgsdaily.com/a/1.shtml")
    assert article is not None
    assert article.publisher is not None
    assert (article.publisher.name, article.timezone_basis) == ("吉安新闻网", "profile")


def test_the_draft_tells_why_there_is_no_record() -> None:
    assert draft_article(b"").reason is Reason.EMPTY


@pytest.mark.parametrize("url", ["http://[broken", "not an address", "http://", "data:text/html,x", "http://a b/c"])
def test_an_address_that_cannot_be_read_does_not_cost_the_article(url: str) -> None:
    article = scraper.extract(PAGE, url=url)
    assert article is not None
    assert article.title == "春耕开始了，合作社备足了种子"
