"""Pages that answered, read by the workers; an article over several pages is asked for to its end."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from pipelines.pages import Record, normalize_joined, read_and_normalize, read_whole
from scraper.extraction.reading import PageReading
from scraper.extraction.workers import ReaderError, ReaderPool, unreadable
from scraper.fetching.failures import Refused, why
from scraper.fetching.patience import TRANSIENT
from scraper.outcome import Address
from scraper.profiles import Profile
from scraper.reasons import Reason
from spiders.answers import charset, header

logger = logging.getLogger(__name__)

MAX_CONTINUATIONS = 50
"""Web pages that one article may have."""


class PageReader:
    """Has pages read and normalized by the workers; the event loop only hands them over.

    Args:
        crawler: whose engine asks for later pages.
        pool: the workers.
        announce: takes an address that is to be asked for by itself.
        profile: of the site, if there is one.
    """

    def __init__(
        self, crawler: Crawler, pool: ReaderPool, announce: Callable[[Address], None], profile: Profile | None
    ) -> None:
        self._crawler = crawler
        self._pool = pool
        self._announce = announce
        self._profile = profile

    async def read(self, response: Response, fetched_at: datetime) -> tuple[PageReading, Record | None]:
        """See `pipelines.pages.read_and_normalize`. Where the worker failed, a reading of kind `error`."""
        try:
            return await self._pool.call(read_and_normalize, *self._of(response), fetched_at, self._profile)
        except ReaderError as error:
            return unreadable(response.url, error), None

    async def read_on(
        self, first: PageReading, response: Response, fetched_at: datetime
    ) -> tuple[Record, list[PageReading]]:
        """The record of an article that goes on on a next page, and the later pages in order.

        Raises:
            Refused: a later page failed for a reason that may pass, so the whole article is asked again.
            ReaderError: the worker failed where the pages were put together.
        """
        later = await self._continuations(first, response, fetched_at)
        return await self._pool.call(normalize_joined, [first, *later], fetched_at, self._profile), later

    async def _continuations(self, first: PageReading, response: Response, fetched_at: datetime) -> list[PageReading]:
        readings: list[PageReading] = []
        seen = {response.url, first.url}
        following = first.next_page
        while following and following not in seen and len(readings) < MAX_CONTINUATIONS:
            seen.add(following)
            try:
                page = await self._download(following, response.meta["exchanges"])
            except Refused as error:
                if error.reason in TRANSIENT or error.next_at is not None:
                    raise
                self._announce(Address(url=following, depth=1))
                break  # the pages before it are kept; it is asked for itself, and so is a problem of its own
            try:
                reading = await self._pool.call(read_whole, *self._of(page), fetched_at, self._profile)
            except ReaderError as error:
                reading = unreadable(page.url, error)
            if not reading.blocks or page.url in {earlier.url for earlier in [first, *readings]}:
                break
            readings.append(reading)
            following = reading.next_page
        return readings

    @staticmethod
    def _of(response: Response) -> tuple[bytes, str, str | None]:
        return response.body, response.url, charset(header(response, b"Content-Type") or "")

    async def _download(self, url: str, exchanges: list[Any]) -> Response:
        assert self._crawler.engine is not None
        try:
            response = await self._crawler.engine.download_async(
                Request(url, meta={"exchanges": exchanges}, dont_filter=True)
            )
        except Refused:
            raise
        except Exception as error:  # any failure of the network, told as a reason
            raise Refused(*why(error)) from error
        if not 200 <= response.status < 300:
            raise Refused(Reason.HTTP_5XX if response.status >= 500 else Reason.HTTP_4XX, f"status {response.status}")
        return response
