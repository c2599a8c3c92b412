"""What belongs to an article and stands on other pages: its later web pages, and where print goes on with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from pipelines.halves import (
    JumpEnd,
    arrives_from,
    begin_with_arrival,
    cut_behind_departure,
    fits_together,
    leaves_for,
    same_page,
)
from scraper.discovery.epapers import EditionPage, read_edition_page
from scraper.extraction.reading import PageReading
from scraper.fetching.failures import Refused
from scraper.fetching.patience import TRANSIENT
from scraper.outcome import Address
from spiders.editions import Editions

MAX_CONTINUATIONS = 50
"""Web pages that one article may have."""

MAX_JUMPS = 3
"""Pages of the paper that one article goes on to."""

MAX_TRIED = 4
"""Articles of a page that are read to find where another one goes on."""


class Continuations:
    """Asks for further pages of an article, within the request of its first one.

    Args:
        read: asks for a page and reads it, and appends the exchanges to the list; raises `Refused`.
        announce: takes an address that could not be joined and is to be asked for by itself.
        editions: what is known of e-paper editions.
    """

    def __init__(
        self,
        read: Callable[[str, list[Any]], Awaitable[PageReading]],
        announce: Callable[[Address], None],
        editions: Editions,
    ) -> None:
        self._read = read
        self._announce = announce
        self._editions = editions

    async def web_pages(self, first: PageReading, exchanges: list[Any]) -> list[PageReading]:
        """The web pages of an article in order; where it has a view of all in one, that one behind an empty first.

        Raises:
            Refused: one failed for a reason that may pass, so the whole article is asked again.
        """
        full = await self._joinable(first.full_view, exchanges) if first.full_view else None
        if full is not None and _size(full) >= _size(first):
            return [replace(first, blocks=[], images=[]), full]
        readings = [first]
        seen = {first.url}
        following = first.next_page
        while following and following not in seen and len(readings) <= MAX_CONTINUATIONS:
            seen.add(following)
            reading = await self._joinable(following, exchanges)
            if reading is None or not reading.blocks or reading.url in {earlier.url for earlier in readings}:
                break
            readings.append(reading)
            following = reading.next_page
        return readings

    async def _joinable(self, url: str, exchanges: list[Any]) -> PageReading | None:
        """A further page; None where it cannot be had: it is asked for itself then, and is a problem of its own."""
        try:
            return await self._read(url, exchanges)
        except Refused as error:
            if error.reason in TRANSIENT or error.next_at is not None:
                raise
            self._announce(Address(url=url, depth=1))
            return None

    async def print_pages(self, readings: list[PageReading], exchanges: list[Any]) -> list[PageReading]:
        """An article, given as its web pages, with where print goes on with it on other pages of the paper (下转四版).

        Raises:
            Refused: a page failed for a reason that may pass.
        """
        joined, seen = list(readings), {reading.url for reading in readings}
        while len(joined) < len(readings) + MAX_JUMPS and (end := leaves_for(joined[-1])):
            other = await self._other_half(joined[-1], end, seen, exchanges)
            if other is None:
                break
            seen.add(other.url)
            joined[-1] = cut_behind_departure(joined[-1])
            joined.append(begin_with_arrival(other))
        return joined

    async def begins_on(self, reading: PageReading, exchanges: list[Any]) -> str | None:
        """Where an article begins that goes on here (上接一版).

        Returns:
            The address, where the article there is found to go on here and nowhere else. None where it is not: what
            begins in the middle is then an article of its own, so nothing is lost.

        Raises:
            Refused: a page failed for a reason that may pass.
        """
        end = arrives_from(reading)
        if end is None:
            return None
        first = await self._other_half(reading, end, {reading.url}, exchanges)
        leaving = leaves_for(first) if first is not None else None
        if first is None or leaving is None:
            return None
        there = await self._other_half(first, leaving, {first.url}, exchanges)
        return first.url if there is not None and there.url == reading.url else None

    async def _other_half(
        self, reading: PageReading, end: JumpEnd, seen: set[str | None], exchanges: list[Any]
    ) -> PageReading | None:
        """The article on the page that a jump line names which fits to this one."""
        page = await self._page(reading, end.page, exchanges)
        if page is None:
            return None
        likely = [link for link in page.articles if link.url not in seen and end.may_be(link.text)]
        for link in likely[:MAX_TRIED]:
            try:
                other = await self._read(link.url, exchanges)
            except Refused as error:
                if error.reason in TRANSIENT or error.next_at is not None:
                    raise
                continue  # it is a problem of its own when it is asked for itself
            if other.blocks and (fits_together(reading, other) if end.is_departure else fits_together(other, reading)):
                return other
        return None

    async def _page(self, reading: PageReading, number: str, exchanges: list[Any]) -> EditionPage | None:
        """The page of the paper that has this number."""
        known = self._editions.page(reading.url or "", number)
        if isinstance(known, EditionPage):
            return known
        # In a run that goes on where another was stopped: the page itself, or the page that the article stands on.
        for url in [known] if known else self._editions.pages_linked(reading):
            try:
                listing = await self._read(url, exchanges)
            except Refused as error:
                if error.reason in TRANSIENT or error.next_at is not None:
                    raise
                continue
            self._editions.take(listing)
            edition = read_edition_page(listing)
            if edition is not None and edition.page.number and same_page(edition.page.number, number):
                return edition
            following = self._editions.page(reading.url or "", number)
            if isinstance(following, EditionPage):
                return following
            if following and following != url:
                listing = await self._read(following, exchanges)
                self._editions.take(listing)
                return read_edition_page(listing)
        return None


def _size(reading: PageReading) -> int:
    return sum(len(block.text) for block in reading.blocks)
