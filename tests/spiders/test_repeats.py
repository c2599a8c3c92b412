"""One article under many addresses."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from scraper.article import Article, article_id
from spiders.repeats import AnsweredPages, SeenTexts


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


async def settle(asked: Coroutine[Any, Any, bool], answered: AnsweredPages, first: asyncio.Event) -> tuple[bool, bool]:
    """Whether an address waits while another one is under way, and whether it was answered by that."""
    waiting = asyncio.ensure_future(asked)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    is_waiting = not waiting.done()
    answered.add(["http://a.com/t1_2.html"])
    first.set()
    return is_waiting, await waiting


@pytest.mark.parametrize("later", ["http://a.com/t1_2.html", "http://a.com/t1_3.html"])
def test_a_later_page_waits_for_the_first_page_that_is_under_way(later: str) -> None:
    async def ask() -> tuple[bool, bool]:
        answered, first = AnsweredPages(), asyncio.Event()
        assert not await answered.has("http://a.com/t1.html", first, is_redirected=False)
        return await settle(answered.has(later, asyncio.Event(), is_redirected=False), answered, first)

    assert asyncio.run(ask()) == (True, later.endswith("_2.html"))


def test_a_first_page_and_the_pages_of_other_articles_wait_for_nothing() -> None:
    async def ask() -> None:
        answered, over = AnsweredPages(), asyncio.Event()
        for path in ("t1_2.html", "t1.html", "t2_2.html"):
            assert not await asyncio.wait_for(answered.has(f"http://a.com/{path}", over, is_redirected=False), 1)
        assert answered.waiting == 0

    asyncio.run(ask())
