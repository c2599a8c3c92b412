"""The last pipeline: outcomes become durable, a batch at a time."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import DropItem
from scrapy.utils.asyncio import call_later

from pipelines.duplicates import Duplicates
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

BATCH_BYTES = 16_000_000
"""Bytes of bodies with which a commit is begun at once, and that it exceeds by its last page at most: until they are
committed, pages stand in memory, and during the commit what they are compressed to beside them."""

LOOK_EVERY_S = 0.02
"""Between two looks at what is still on its way, while outcomes wait: right behind a commit what was committed is still
counted, because it leaves Scrapy's hands only some turns of the event loop later."""

Waiting = tuple[PageOutcome, "asyncio.Future[None]"]
"""An outcome, and who waits until it is safe."""


def commit_outcomes(duplicates: Duplicates, outcomes: Sequence[PageOutcome]) -> int:
    """Commit outcomes; one that cannot be stored does not take the others with it.

    Returns:
        How many lines articles.jsonl grew by.

    Raises:
        StorageError: the disk is full or broken; nothing more can be stored in this run.
    """
    try:
        return duplicates.commit(outcomes)
    except StorageError:
        raise
    except Exception as error:
        # Pages hold what nobody thought of, such as half a surrogate pair, which neither JSON nor SQLite takes.
        if len(outcomes) > 1:
            return sum(commit_outcomes(duplicates, [outcome]) for outcome in outcomes)
        (outcome,) = outcomes
        logger.exception("cannot store the outcome of %s", outcome.url)
        refused = PageOutcome(
            url=outcome.url,
            state="failed",
            reason=Reason.EXTRACT_CRASH,
            detail=f"its record cannot be stored: {type(error).__name__}",
        )
        return duplicates.commit([refused])


class StorePipeline:
    """Commits the `PageOutcome`s of the spider to `spider.store`: 32, or 16 MB, or what came within the wait.

    Commits are made one after the other in a thread of their own: compressing, SQLite and the disk do not hold up the
    event loop. An item leaves the pipeline when it is safe on the disk. So the engine counts an address as on its way
    until then, never finishes with something unsaved, and slows down where the disk does.

    Settings: ``STORE_MAX_WAIT_S`` (0.5), the longest that an outcome waits for others to be committed with.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._max_wait_s = crawler.settings.getfloat("STORE_MAX_WAIT_S", 0.5)
        self._batch: list[Waiting] = []
        self._written: list[Waiting] = []
        """What the thread is at."""
        self._commit: asyncio.Task[None] | None = None
        self._since_s = 0.0
        """When the first of those that wait came."""
        self._timer: Any = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._store: Store
        self._duplicates: Duplicates

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StorePipeline:
        """The way in which Scrapy builds it."""
        return cls(crawler)

    def open_spider(self) -> None:
        """Take the store from the spider."""
        self._store = self._crawler.spider.store  # type: ignore[union-attr]
        self._duplicates = Duplicates(self._store)

    async def process_item(self, item: Any) -> Any:
        """Wait until the outcome is committed. Anything that is no outcome passes."""
        if not isinstance(item, PageOutcome):
            return item
        if self._store.failure is None:
            safe: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            if not self._batch:
                self._since_s = time.monotonic()
            self._batch.append((item, safe))
            self._look()
            await safe
        if self._store.failure is not None:
            # At DEBUG: Scrapy logs the whole item with it, bodies and all.
            raise DropItem(f"{item.url} is not stored; the next run asks it again", log_level="DEBUG")
        return item

    async def close_spider(self) -> None:
        """Commit what is left, and have the files hashed."""
        while self._batch or self._commit is not None:
            self._begin()
            assert self._commit is not None
            await self._commit
        self._thread.shutdown()
        self._duplicates.close()
        try:
            await _beside(self._store.seal)
        except StorageError as failure:
            stop_for(self._crawler, self._store, failure)

    def _look(self) -> None:
        """Commit now, or wait for others to come."""
        is_late = time.monotonic() - self._since_s >= self._max_wait_s
        if self._batch and (is_late or self._count_full() or self._is_all_there_is()):
            self._begin()
        elif self._batch and self._timer is None:
            self._timer = call_later(LOOK_EVERY_S, self._look_again)

    def _look_again(self) -> None:
        self._timer = None
        self._look()

    def _count_full(self) -> int:
        """How many of those that wait fill a commit; 0 where they do not."""
        size = 0
        for number, (outcome, _) in enumerate(self._batch, 1):
            size += sum(len(exchange.body) for exchange in outcome.exchanges)
            if number == BATCH or size >= BATCH_BYTES:
                return number
        return 0

    def _is_all_there_is(self) -> bool:
        """Whether nothing else is on its way, so that waiting would only leave the crawl idle."""
        engine = self._crawler.engine
        assert engine is not None
        slot = engine.scraper.slot
        busy = len(slot.active) + len(slot.queue) if slot is not None else 0
        return not engine.downloader.active and busy <= len(self._batch) + len(self._written)

    def _begin(self) -> None:
        """Give a batch to the thread; where it is busy it comes for the batch when it is not."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._commit is None and self._batch:
            number = self._count_full() or len(self._batch)
            self._written, self._batch = self._batch[:number], self._batch[number:]
            self._commit = asyncio.ensure_future(self._write())

    async def _write(self) -> None:
        begun = time.perf_counter()
        error: Exception | None = None
        try:
            if self._store.failure is None:
                outcomes = [outcome for outcome, _ in self._written]
                loop = asyncio.get_running_loop()
                lines = await loop.run_in_executor(self._thread, commit_outcomes, self._duplicates, outcomes)
                self._count(len(outcomes), lines, time.perf_counter() - begun)
        except StorageError as failure:
            stop_for(self._crawler, self._store, failure)
        except Exception as raised:
            # Nobody waits for this task but those whose outcomes it has: they get the error, and Scrapy tells it.
            error = raised
        for _, safe in self._written:
            if safe.done():
                continue
            if error is None:
                safe.set_result(None)
            else:
                safe.set_exception(error)
        self._written, self._commit = [], None
        self._look()

    def _count(self, outcomes: int, lines: int, seconds: float) -> None:
        stats = self._crawler.stats
        if stats is not None:
            stats.inc_value("store/commits")
            stats.inc_value("store/outcomes", outcomes)
            stats.inc_value("store/articles", lines)
            stats.max_value("store/slowest_commit_s", round(seconds, 4))


def _beside(act: Callable[[], None]) -> asyncio.Future[None]:
    """Run something long in a thread that a process which is told to end at once does not wait for."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def run() -> None:
        try:
            act()
        except Exception as error:
            loop.call_soon_threadsafe(done.set_exception, error)
        else:
            loop.call_soon_threadsafe(done.set_result, None)

    threading.Thread(target=run, name="seal", daemon=True).start()
    return done
