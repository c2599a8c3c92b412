"""How late the event loop is: what holds it up holds up every host, every timer and every answer."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
import time
import traceback

from scrapy import signals
from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

BEAT_S = 0.1
"""Between two looks at the clock."""

SLOW_S = 1.0
"""A loop that is held up for longer is told in the log, with the place where it was then."""


class LoopWatchdog:
    """Scrapy extension: measures by how much a timer of the event loop comes too late.

    The statistic ``harvest/slowest_loop_s`` is the longest delay of the crawl. A delay of more than `SLOW_S` is logged
    while it lasts, with the stack of the reactor, which a thread looks at from beside.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._beat_at = 0.0
        self._over = threading.Event()
        self._beating: asyncio.Task[None] | None = None
        crawler.signals.connect(self._opened, signals.spider_opened)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LoopWatchdog:
        return cls(crawler)

    def _opened(self) -> None:
        self._beat_at = time.monotonic()
        self._beating = asyncio.ensure_future(self._beat())
        loop_thread = threading.get_ident()
        threading.Thread(target=self._watch, args=(loop_thread,), name="watchdog", daemon=True).start()

    def _closed(self) -> None:
        self._over.set()
        if self._beating is not None:
            self._beating.cancel()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_S)
            now = time.monotonic()
            self._count(now - self._beat_at - BEAT_S)
            self._beat_at = now

    def _count(self, late_s: float) -> None:
        # At once and not at the end, where the manifest of the run may have its statistics already.
        if self._crawler.stats is not None:
            self._crawler.stats.max_value("harvest/slowest_loop_s", round(late_s, 3))

    def _watch(self, loop_thread: int) -> None:
        told_at = 0.0
        while not self._over.wait(SLOW_S / 2):
            beat_at = self._beat_at
            if time.monotonic() - beat_at > SLOW_S + BEAT_S and beat_at != told_at:
                told_at = beat_at  # once for each
                stack = "".join(traceback.format_stack(sys._current_frames().get(loop_thread), limit=12))
                logger.warning("the event loop has been held up for more than %g s, here:\n%s", SLOW_S, stack)
