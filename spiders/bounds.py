"""Where the walk through a listing ends that prints no days: what its articles turn out to be tells."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from scraper.urls import canonicalize

ENOUGH_TOLD = 0.5
"""Share of the articles of a page that must have been read before they tell anything of the next page."""

LONGEST_WAIT_S = 20.0
"""Seconds that the next page waits for them; they were asked before it, and may still be read."""

_STEP_S = 0.1


class Walk:
    """Remembers, for each page of a listing, what the articles of the page before it were.

    Args:
        is_asked: whether an address has its outcome, of this run or an earlier one.
    """

    def __init__(self, is_asked: Callable[[str], bool]) -> None:
        self._is_asked = is_asked
        self._pages: dict[str, set[str]] = {}
        """Articles listed on the page before, by what that page names as the next."""
        self._is_older: dict[str, bool] = {}

    def note_page(self, following: str, articles: Iterable[str]) -> None:
        """A page of a listing, by the page that follows it, and the articles on it whose day is not known."""
        self._pages.setdefault(_key(following), set(map(_key, articles)))

    def note_article(self, url: str, is_older: bool) -> None:
        """An article was read, and lies before the range or not."""
        self._is_older[_key(url)] = is_older

    async def is_beyond(self, url: str) -> bool:
        """Whether a page of a listing comes behind one that has left the range: what was read of it is older."""
        listed = self._pages.get(_key(url), set())
        for _ in range(int(LONGEST_WAIT_S / _STEP_S)):
            told = [self._is_older[article] for article in listed if article in self._is_older]
            known = sum(self._is_asked(article) for article in listed if article not in self._is_older)
            if len(told) + known >= len(listed) * ENOUGH_TOLD:
                return bool(told) and all(told)
            await asyncio.sleep(_STEP_S)
        return False


def _key(url: str) -> str:
    try:
        return canonicalize(url)
    except ValueError:
        return url
