"""One article under many addresses: what redirects, session ids and views of a page make of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from scraper.article import Article, article_id
from scraper.discovery.paging import page_forms
from scraper.urls import canonicalize

LONGEST_WAIT_S = 60.0
"""Seconds that an address waits for another one that may answer it; then it is asked for itself."""

MAX_TEXTS = 100_000
"""Texts that are remembered in a run, some 200 bytes each."""


class AnsweredPages:
    """The pages of a run that have their answer, known before the store has committed them."""

    def __init__(self) -> None:
        self._done: set[int] = set()
        self._led_to: dict[int, asyncio.Event] = {}
        self._first_pages: WeakValueDictionary[str, asyncio.Event] = WeakValueDictionary()
        """What is under way and may be page 1 of an article, by the stem of its address."""
        self.waiting = 0
        """Addresses that wait for another one."""

    def add(self, urls: Iterable[str]) -> None:
        """Note addresses that were answered, each by itself or by another."""
        self._done.update(map(_mark, urls))

    async def has(self, url: str, over: asyncio.Event, is_redirected: bool) -> bool:
        """Whether a page was answered.

        An address asked for itself waits where a redirect is being followed to it, and where its form is that of a
        later page of one that is under way: page 1 of an article brings the others. A redirect waits for nothing, and a
        first page for no other page, so no two can wait for each other.

        Args:
            url: what is to be asked.
            over: set when the outcome of the request is there.
            is_redirected: whether another address led to it.
        """
        mark = _mark(url)
        if is_redirected:
            self._led_to[mark] = over
            return mark in self._done
        if leading := self._led_to.pop(mark, None):
            await self._wait(leading)
        forms = list(page_forms(url))
        for stem, number in forms:
            if number > 1 and (first := self._first_pages.get(stem)) is not None:
                await self._wait(first)
        self._first_pages.update((stem, over) for stem, number in forms if number <= 1)
        return mark in self._done

    async def _wait(self, event: asyncio.Event) -> None:
        self.waiting += 1
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), LONGEST_WAIT_S)
        self.waiting -= 1


class SeenTexts:
    """Recognizes the texts of a run."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def recognize(self, article: Article) -> bool:
        """Whether the run sees the text of an article for the first time.

        Where it was seen before at the same path with other parameters, the article is the one seen before: it takes
        over its canonical URL and id. A reprint at another path stays an article of its own.
        """
        if not article.text_hash or not article.canonical_url:
            return False
        first = self._first.get(article.text_hash)
        if first is None:
            if len(self._first) < MAX_TEXTS:
                self._first[article.text_hash] = article.canonical_url
            return True
        if _without_query(first) == _without_query(article.canonical_url):
            article.canonical_url, article.id = first, article_id(first)
        return False


def _mark(url: str) -> int:
    try:
        return hash(canonicalize(url))
    except ValueError:
        return hash(url)


def _without_query(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.netloc, parts.path
