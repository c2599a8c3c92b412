"""The processes that read pages: a hostile page dies with its worker, not with the crawl.

Processes, never threads: lxml under trafilatura has crashed whole programs in threads (adbar/trafilatura#925), and a
page that runs without end can only be stopped by ending its process.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import logging
import multiprocessing
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from scraper.extraction.page import read_page
from scraper.extraction.reading import PageReading
from scraper.reasons import Reason

logger = logging.getLogger(__name__)

T = TypeVar("T")

CPU_S = 10
"""CPU seconds that one page may take."""

DEADLINE_S = 30.0
"""Seconds of wall time that one page may take: more than `CPU_S`, because a busy machine is no fault of the page."""

MEMORY_BYTES = 1 << 30
"""Address space of a worker. The libraries take some 300 MB of it before the first page."""

PAGES_PER_WORKER = 500
"""After so many pages a worker is replaced: libxml2 and the caches of trafilatura grow."""

ATTEMPTS = 2
"""A page whose worker was ended is read once more in a fresh one: the fault may be its predecessor's or the pool's."""

LARGE_BYTES = 2 << 20
"""Pages from this size on are read one at a time: a tree takes some 15 times the bytes of its page."""

_WARM_UP = b"<html><head><title>Warm</title></head><body><h1>Warm</h1><p>So that imports are done.</p></body></html>"


class ReaderError(Exception):
    """A worker could not do its work.

    Attributes:
        reason: EXTRACT_TIMEOUT, EXTRACT_MEMORY or EXTRACT_CRASH.
        detail: what was seen of it.
    """

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class ReaderPool:
    """Worker processes for `read_page`.

    Args:
        workers: how many; None for one a core.
        cpu_s: CPU seconds a page.
        deadline_s: wall seconds a page.
        memory_bytes: address space a worker.
        preload: further modules that every worker has from its start, where `call` needs them.
    """

    def __init__(
        self,
        workers: int | None = None,
        *,
        cpu_s: int = CPU_S,
        deadline_s: float = DEADLINE_S,
        memory_bytes: int = MEMORY_BYTES,
        preload: tuple[str, ...] = (),
    ) -> None:
        self.workers = workers or os.cpu_count() or 1
        self._cpu_s = cpu_s
        self._one_large = asyncio.Lock()
        self._deadline_s = deadline_s
        self._memory_bytes = memory_bytes
        self._pool = self._start()

    def _start(self) -> ProcessPool:
        context = multiprocessing.get_context("forkserver")
        # Imported once, in the server that the workers are forked from.
        context.set_forkserver_preload(["scraper.extraction.page"])
        return ProcessPool(
            max_workers=self.workers,
            max_tasks=PAGES_PER_WORKER,
            initializer=_prepare_worker,
            initargs=(self._memory_bytes,),
            context=context,
        )

    def _replace(self, broken: ProcessPool) -> None:
        """A worker that is killed between two pages can take the whole pool with it; a new one goes on."""
        if self._pool is broken:
            logger.warning("the reader processes broke down and are started anew")
            self._pool = self._start()
            broken.stop()  # type: ignore[no-untyped-call]
            # Its end takes seconds, and the reactor must not wait for it.
            threading.Thread(target=broken.join, daemon=True).start()

    def warm_up(self) -> None:
        """Start the workers and let them import what they need, while the first pages are still under way."""
        for _ in range(self.workers):
            self._pool.schedule(_limited, args=(_read, self._cpu_s, _WARM_UP, None, None))

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
        if len(html) < LARGE_BYTES:
            return await self._read(html, url, http_charset)
        async with self._one_large:
            return await self._read(html, url, http_charset)

    async def _read(self, html: bytes, url: str | None, http_charset: str | None) -> PageReading:
        failure = ReaderError(Reason.EXTRACT_CRASH, "")
        for _ in range(ATTEMPTS):
            try:
                return await self.call(_read, html, url, http_charset)
            except ReaderError as error:
                failure = error
            except Exception as error:  # readers promise not to raise; a page must not stop the crawl if one does
                logger.error("reading %s raised %s: %s", url, type(error).__name__, error, exc_info=True)
                failure = ReaderError(Reason.EXTRACT_CRASH, f"{type(error).__name__}: {error}"[:200])
                break
        return PageReading(url=url, kind="error", reason=failure.reason, detail=failure.detail)

    async def call(self, function: Callable[..., T], *args: Any) -> T:
        """Run a function in a worker, such as the reader of a feed or a sitemap.

        Raises:
            ReaderError: the worker failed; the reason is as in `read`.
        """
        pool = self._pool
        try:
            future = pool.schedule(_limited, args=(function, self._cpu_s, *args), timeout=self._deadline_s)
        except RuntimeError as error:
            self._replace(pool)
            raise ReaderError(Reason.EXTRACT_CRASH, "the reader processes broke down") from error
        try:
            value: T = await asyncio.wrap_future(future)
        except BrokenProcessPool as error:
            self._replace(pool)
            raise ReaderError(Reason.EXTRACT_CRASH, "the reader processes broke down") from error
        except TimeoutError as error:
            raise ReaderError(Reason.EXTRACT_TIMEOUT, f"not read in {self._deadline_s:g} s") from error
        except MemoryError as error:
            raise ReaderError(Reason.EXTRACT_MEMORY, "not read within the memory limit of a worker") from error
        except ProcessExpired as error:
            raise ReaderError(*_cause_of_death(error.exitcode, self._cpu_s)) from error
        return value

    def close(self) -> None:
        """End the workers at once; pages that are being read are given up."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _cause_of_death(exit_code: int | None, cpu_s: int) -> tuple[Reason, str]:
    if exit_code == -signal.SIGXCPU:
        return Reason.EXTRACT_TIMEOUT, f"not read in {cpu_s} s of CPU time"
    if exit_code is not None and exit_code < 0:
        return Reason.EXTRACT_CRASH, f"the worker was ended by {signal.Signals(-exit_code).name}"
    return Reason.EXTRACT_CRASH, f"the worker ended with code {exit_code}"


def _prepare_worker(memory_bytes: int) -> None:
    # A group of its own: Ctrl-C and a signal to the group reach the crawl, which then ends its workers in order.
    os.setpgrp()
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limited(function: Callable[..., T], cpu_s: int, *args: Any) -> T:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    # The limit counts from the start of the process, so it moves with each page. SIGXCPU ends even a loop in C.
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + cpu_s + 1, resource.RLIM_INFINITY))
    return function(*args)


def _read(html: bytes, url: str | None, http_charset: str | None) -> PageReading:
    reading = read_page(html, url, http_charset=http_charset)
    if len(html) >= LARGE_BYTES and sys.platform == "linux":
        # glibc keeps what is freed in small pieces; the worker would stay as large as its largest page.
        gc.collect()
        ctypes.CDLL(None).malloc_trim(0)
    return reading
