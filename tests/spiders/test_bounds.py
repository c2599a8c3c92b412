"""Where the walk through a listing without days ends."""

from __future__ import annotations

import asyncio

import pytest

from spiders import bounds
from spiders.bounds import Walk

NEXT = "http://p.example/index_2.html"
ARTICLES = [f"http://p.example/{number}.html" for number in range(4)]


def beyond(told: dict[str, bool], asked: set[str] = frozenset()) -> bool:  # type: ignore[assignment]
    walk = Walk(lambda url: url in asked)
    walk.note_page(NEXT, ARTICLES)
    for url, is_older in told.items():
        walk.note_article(url, is_older)
    return asyncio.run(walk.is_beyond(NEXT))


def test_behind_a_page_of_older_articles_is_nothing_but_older_ones() -> None:
    assert beyond(dict.fromkeys(ARTICLES, True))
    assert beyond(dict.fromkeys(ARTICLES[:3], True))


def test_one_article_of_the_range_is_enough_to_go_on() -> None:
    assert not beyond(dict.fromkeys(ARTICLES, True) | {ARTICLES[0]: False})


def test_a_page_whose_articles_are_known_is_gone_beyond() -> None:
    assert not beyond({}, asked=set(ARTICLES))


def test_a_page_that_no_list_led_to_is_asked() -> None:
    assert not asyncio.run(Walk(lambda url: False).is_beyond(NEXT))


def test_articles_that_never_come_hold_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "LONGEST_WAIT_S", 0.2)
    assert not beyond({})
