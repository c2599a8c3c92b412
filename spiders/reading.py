"""Pages that answered, read by the workers; an article over several pages is asked for to its end."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from pipelines.pages import Record, normalize_joined, read_and_normalize, read_whole
from scraper.discovery.loadmore import read_load_more
from scraper.extraction.reading import PageReading
from scraper.extraction.workers import ReaderError, ReaderPool, unreadable
from scraper.fetching.failures import Refused, why
from scraper.ledger import Lease
from scraper.outcome import Address
from scraper.profiles.loadmore import LoadMore
from scraper.profiles.renewal import SeenPage
from scraper.reasons import Reason
from spiders.continuations import Continuations
from spiders.editions import Editions
from spiders.learning import SiteTemplates
from spiders.received import seen_page

logger = logging.getLogger(__name__)


class PageReader:
    """Has pages read and normalized by the workers; the event loop only hands them over.

    Args:
        crawler: whose engine asks for later pages.
        pool: the workers.
        announce: takes an address that is to be asked for by itself.
        editions: of e-papers, as far as they are known.
        templates: the profile of the site as it is known by now.
    """

    def __init__(
        self,
        crawler: Crawler,
        pool: ReaderPool,
        announce: Callable[[Address], None],
        editions: Editions,
        templates: SiteTemplates,
    ) -> None:
        self._continuations = Continuations(self._read_whole, announce, editions)
        self._crawler = crawler
        self._pool = pool
        self._templates = templates

    def loads_more(self, url: str) -> bool:
        """Whether an address is a listing in JSON, by the profile."""
        return self._load_more_rule(url) is not None

    def _load_more_rule(self, url: str) -> LoadMore | None:
        profile = self._templates.profile
        rules = profile.load_more if profile is not None else ()
        return next((rule for rule in rules if rule.page_of(url) is not None), None)

    async def read(self, response: Response, fetched_at: datetime, lease: Lease) -> tuple[PageReading, Record | None]:
        """See `pipelines.pages.read_and_normalize`. Where the worker failed, a reading of kind `error`.

        Raises:
            Refused: the page that an article may begin on failed for a reason that may pass.
            StoppedError: the crawl ends while the page waits for the templates of its site.
        """
        if (rule := self._load_more_rule(response.url)) is not None:
            return await self._pool.call(read_load_more, response.body, response.url, rule), None
        templates = self._templates
        page, profile, is_checked = seen_page(response), templates.profile, templates.is_checked(response.url)
        reading, record = await self._read(page, fetched_at, lease, is_checked)
        learned_since = await templates.settled(reading, record, page, profile)
        doubted_since = reading.template is not None and not is_checked and templates.is_checked(page[1])
        if learned_since or doubted_since:
            reading, record = await self._read(page, fetched_at, lease, templates.is_checked(page[1]))
        if reading.kind == "article" and record is None:
            first = await self._continuations.begins_on(reading, response.meta["exchanges"])
            if first is not None:
                reading.first_page, reading.page_number = first, 2
        return reading, record

    async def _read(
        self, page: SeenPage, fetched_at: datetime, lease: Lease, is_checked: bool
    ) -> tuple[PageReading, Record | None]:
        told, profile = (lease.told_title, lease.told_date), self._templates.profile
        try:
            return await self._pool.call(read_and_normalize, *page, fetched_at, profile, lease.via, told, is_checked)
        except ReaderError as error:
            return unreadable(page[1], error), None

    async def read_again(self, page: SeenPage, fetched_at: datetime, lease: Lease) -> str | None:
        """Hash of the text of an earlier page as it is read today; None where it is none of an article on one page."""
        _, record = await self._read(page, fetched_at, lease, is_checked=False)
        return record.article.text_hash if record is not None and record.article is not None else None

    async def read_on(
        self, first: PageReading, response: Response, fetched_at: datetime
    ) -> tuple[Record, list[PageReading]]:
        """The record of an article that goes on on other pages, and these in order.

        Raises:
            Refused: a later page failed for a reason that may pass, so the whole article is asked again.
            ReaderError: the worker failed where the pages were put together.
        """
        pages = await self._continuations.web_pages(first, response.meta["exchanges"])
        pages = await self._continuations.print_pages(pages, response.meta["exchanges"])
        return await self._pool.call(normalize_joined, pages, fetched_at, self._templates.profile), pages[1:]

    async def _read_whole(self, url: str, exchanges: list[Any]) -> PageReading:
        """Ask for a further page of an article and read it. Raises `Refused` where it cannot be had."""
        response = await self._download(url, exchanges)
        try:
            profile = self._templates.profile
            reading: PageReading = await self._pool.call(read_whole, *seen_page(response), datetime.now(UTC), profile)
        except ReaderError as error:
            reading = unreadable(response.url, error)
        return reading

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
