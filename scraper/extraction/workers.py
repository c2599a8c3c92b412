"""The processes that read pages: a hostile page dies with its worker, not with the crawl.

Processes, never threads: lxml under trafilatura has crashed whole programs in threads (adbar/trafilatura#925), and a
page that runs without end can only be stopped by ending its process.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from scraper.extraction.process import Limits, ReaderError, WorkerProcess, start_server
from scraper.extraction.reading import PageReading

__all__ = ["ReaderError", "ReaderPool", "unreadable"]

logger = logging.getLogger(__name__)

T = TypeVar("T")

CPU_S = 10
"""CPU seconds that one page may take."""

DEADLINE_S = 60.0
"""Seconds of wall time that one page may take: far more than `CPU_S`, because a busy machine is no fault of the page.
Only a worker that sleeps or was stopped comes so far."""

MEMORY_BYTES = 1 << 30
"""Address space of a worker. The libraries take some 300 MB of it before the first page."""

PAGES_PER_WORKER = 500
"""After so many pages a worker is replaced: libxml2 and the caches of trafilatura grow."""

ATTEMPTS = 2
"""Work whose worker was ended is done once more in a fresh one: it may have been killed for the sake of another."""

LARGE_BYTES = 1 << 20
"""Pages from this size on are read one at a time, because a tree takes some 15 times the bytes of its page; and their
worker is replaced, because what is freed in small pieces stays with the process."""

_WARM_UP = b"<html><head><title>Warm</title></head><body><h1>Warm</h1><p>So that imports are done.</p></body></html>"


class ReaderPool:
    """Worker processes for `read_page`, one piece of work each at a time.

    Args:
        workers: how many; None for one a core.
        cpu_s: CPU seconds a page.
        deadline_s: wall seconds a page.
        memory_bytes: address space a worker.
        preload: modules that every worker has from its start.
    """

    def __init__(
        self,
        workers: int | None = None,
        *,
        cpu_s: int = CPU_S,
        deadline_s: float = DEADLINE_S,
        memory_bytes: int = MEMORY_BYTES,
        preload: tuple[str, ...] = ("scraper.extraction.page",),
    ) -> None:
        self.workers = workers or os.cpu_count() or 1
        limits = Limits(cpu_s=cpu_s, deadline_s=deadline_s, memory_bytes=memory_bytes)
        start_server(*preload)
        self._all = [WorkerProcess(limits) for _ in range(self.workers)]
        self._free = list(self._all)
        # A thread for each worker, so that one is always free for a thread that looks for one.
        self._threads = ThreadPoolExecutor(self.workers, thread_name_prefix="reader")
        self._one_large = asyncio.Lock()

    def warm_up(self) -> None:
        """Start the workers and let them import what they need, while the first pages are still under way."""
        for _ in range(self.workers):
            self._threads.submit(self._run, False, _read, _WARM_UP, None, None)

    async def read(self, html: bytes, url: str | None = None, http_charset: str | None = None) -> PageReading:
        """Read a page in a worker.

        Args:
            html: the page, content coding undone.
            url: where it answered.
            http_charset: charset of the Content-Type header.

        Returns:
            What was seen; where the worker failed, a reading of kind `error` with EXTRACT_TIMEOUT, EXTRACT_MEMORY or
            EXTRACT_CRASH.
        """
        try:
            return await self.call(_read, html, url, http_charset)
        except ReaderError as error:
            return unreadable(url, error)

    async def call(self, function: Callable[..., T], *args: Any) -> T:
        """Run a function in a worker, such as the reader of a feed or a sitemap.

        Raises:
            ReaderError: the worker failed, a second time where a fresh one might have helped.
        """
        if sum(len(arg) for arg in args if isinstance(arg, bytes)) < LARGE_BYTES:
            return await self._call(False, function, *args)
        async with self._one_large:
            return await self._call(True, function, *args)

    async def _call(self, is_large: bool, function: Callable[..., T], *args: Any) -> T:
        loop = asyncio.get_running_loop()
        for attempt in range(1, ATTEMPTS + 1):
            try:
                value: T = await loop.run_in_executor(self._threads, self._run, is_large, function, *args)
                return value
            except ReaderError as error:
                if error.is_final or attempt == ATTEMPTS:
                    raise
                logger.info("once more in a fresh worker: %s", error.detail)
        raise AssertionError("unreachable")

    def _run(self, is_large: bool, function: Callable[..., T], *args: Any) -> T:
        worker = self._free.pop()
        try:
            value: T = worker.run(function, *args)
            return value
        finally:
            if is_large or worker.done >= PAGES_PER_WORKER:
                worker.end()
            self._free.append(worker)

    def close(self) -> None:
        """End the workers at once; pages that are being read are given up."""
        for worker in self._all:
            worker.close()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._all:
            worker.end()


def unreadable(url: str | None, error: ReaderError) -> PageReading:
    """The reading of a page whose worker failed: of kind `error`, with EXTRACT_TIMEOUT, -_MEMORY or -_CRASH."""
    if error.trace:  # readers promise not to raise
        logger.error("reading %s raised %s\n%s", url, error.detail, error.trace)
    return PageReading(url=url, kind="error", reason=error.reason, detail=error.detail)


def _read(html: bytes, url: str | None, http_charset: str | None) -> PageReading:
    # The process of the event loop names this function and never runs it: the readers load for half a second.
    from scraper.extraction.page import read_page

    return read_page(html, url, http_charset=http_charset)
