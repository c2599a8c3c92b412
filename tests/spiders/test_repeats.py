"""One article under many addresses."""

from __future__ import annotations

from scraper.article import Article, article_id
from spiders.repeats import SeenTexts


def article(url: str, text_hash: str = "h") -> Article:
    return Article(id=article_id(url), canonical_url=url, text_hash=text_hash)


def test_the_same_text_at_the_same_path_is_the_same_article() -> None:
    seen = SeenTexts()
    first, again = article("http://a.com/1.html?visitor=1"), article("http://a.com/1.html?visitor=2")
    assert seen.recognize(first)
    assert not seen.recognize(again)
    assert again.id == first.id


def test_the_same_text_at_another_path_is_a_reprint() -> None:
    seen = SeenTexts()
    reprint = article("http://a.com/2.html")
    seen.recognize(article("http://a.com/1.html"))
    assert not seen.recognize(reprint)
    assert reprint.canonical_url == "http://a.com/2.html"


def test_another_text_is_another_article() -> None:
    seen = SeenTexts()
    assert seen.recognize(article("http://a.com/show?id=1", "x"))
    assert seen.recognize(article("http://a.com/show?id=2", "y"))


def test_an_article_without_text_is_nothing_new() -> None:
    assert not SeenTexts().recognize(Article(canonical_url="http://a.com/1.html"))
