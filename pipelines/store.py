"""The last pipeline: outcomes become durable, a batch at a time."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import DropItem
from scrapy.utils.asyncio import call_later
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred

from pipelines.duplicates import settle_version
from scraper.ledger import StorageError
from scraper.ledger.scheduler import stop_for
from scraper.outcome import PageOutcome
from scraper.reasons import Reason
from scraper.storage import Store

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

BATCH = 32
"""Outcomes in one commit at most."""


def commit_outcomes(store: Store, outcomes: Sequence[PageOutcome]) -> int:
    """Commit outcomes; one that cannot be stored does not take the others with it.

    Returns:
        How many lines articles.jsonl grew by.

    Raises:
        StorageError: the disk is full or broken; nothing more can be stored in this run.
    """
    try:
        return store.commit(outcomes, settle_version)
    except StorageError:
        raise
    except Exception as error:
        # Pages hold what nobody thought of, such as half a surrogate pair, which neither JSON nor SQLite takes.
        if len(outcomes) > 1:
            return sum(commit_outcomes(store, [outcome]) for outcome in outcomes)
        (outcome,) = outcomes
        logger.exception("cannot store the outcome of %s", outcome.url)
        refused = PageOutcome(
            url=outcome.url,
            state="failed",
            reason=Reason.EXTRACT_CRASH,
            detail=f"its record cannot be stored: {type(error).__name__}",
        )
        return store.commit([refused], settle_version)


class StorePipeline:
    """Commits the `PageOutcome`s of the spider to `spider.store`, at most 32 or so many as came within the wait.

    An item leaves the pipeline when it is safe on the disk. So the engine counts an address as on its way until then,
    never finishes with something unsaved, and slows down where the disk does.

    Settings: ``STORE_MAX_WAIT_S`` (0.5), the longest that an outcome waits for others to be committed with.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._max_wait_s = crawler.settings.getfloat("STORE_MAX_WAIT_S", 0.5)
        self._batch: list[tuple[PageOutcome, Deferred[None]]] = []
        self._timer: Any = None
        self._store: Store

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StorePipeline:
        """The way in which Scrapy builds it."""
        return cls(crawler)

    def open_spider(self) -> None:
        """Take the store from the spider."""
        self._store = self._crawler.spider.store  # type: ignore[union-attr]

    async def process_item(self, item: Any) -> Any:
        """Wait until the outcome is committed. Anything that is no outcome passes."""
        if not isinstance(item, PageOutcome):
            return item
        if self._store.failure is None:
            safe: Deferred[None] = Deferred()
            self._batch.append((item, safe))
            if len(self._batch) >= BATCH or self._is_all_there_is():
                self._flush()
            elif self._timer is None:
                self._timer = call_later(self._max_wait_s, self._flush)
            await maybe_deferred_to_future(safe)
        if self._store.failure is not None:
            # At DEBUG: Scrapy logs the whole item with it, bodies and all.
            raise DropItem(f"{item.url} is not stored; the next run asks it again", log_level="DEBUG")
        return item

    def close_spider(self) -> None:
        """Commit what is left."""
        self._flush()

    def _is_all_there_is(self) -> bool:
        """Whether nothing else is on its way, so that waiting would only leave the crawl idle."""
        engine = self._crawler.engine
        assert engine is not None
        slot = engine.scraper.slot
        busy = len(slot.active) + len(slot.queue) if slot is not None else 0
        return not engine.downloader.active and busy <= len(self._batch)

    def _flush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        batch, self._batch = self._batch, []
        if batch and self._store.failure is None:
            begun = time.perf_counter()
            try:
                lines = commit_outcomes(self._store, [outcome for outcome, _ in batch])
            except StorageError as error:
                stop_for(self._crawler, self._store, error)
            else:
                self._count(len(batch), lines, time.perf_counter() - begun)
        for _, safe in batch:
            safe.callback(None)

    def _count(self, outcomes: int, lines: int, seconds: float) -> None:
        stats = self._crawler.stats
        if stats is not None:
            stats.inc_value("store/commits")
            stats.inc_value("store/outcomes", outcomes)
            stats.inc_value("store/articles", lines)
            stats.max_value("store/slowest_commit_s", round(seconds, 4))
