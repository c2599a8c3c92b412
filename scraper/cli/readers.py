"""Pages read in parallel, answered in the order in which they came.

Every core has a worker process; a page that hangs or crashes takes its worker with it and nothing else.
Memory is constant: no more pages are under way than a small window.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Generic, TypeVar

from pebble import ProcessExpired, ProcessPool

from scraper.reasons import Reason

Key = TypeVar("Key")

PAGE_TIMEOUT_S = 20.0
"""Longest time for one page by the clock. Twice the CPU limit, for machines that have more to do than this."""

PAGES_PER_WORKER = 500
"""After so many pages a worker is replaced, so that what parsers leak does not add up."""

WINDOW_PER_WORKER = 4
"""Pages under way for each worker: enough that none waits for input, few enough for memory."""


@dataclass(slots=True, frozen=True)
class Answer:
    """What became of one page: `record` (a line of JSON) or the reason why there is none."""

    record: bytes | None = None
    reason: Reason | None = None
    detail: str | None = None


def read_record(html: bytes, url: str | None) -> Answer:
    """One page to one answer; runs in the worker."""
    from pipelines import normalize
    from scraper.extraction import read_page

    draft = normalize(read_page(html, url))
    if draft.reason is not None:
        return Answer(reason=draft.reason, detail=draft.detail)
    return Answer(record=draft.article.to_json_line())


def answers_in_order(
    pages: Iterable[tuple[Key, tuple[bytes, str | None] | None]],
) -> Iterator[tuple[Key, Answer | None]]:
    """Read pages with all cores.

    Args:
        pages: a key of the caller's, and HTML and URL of the page; None instead of a page keeps the key's place
            in the order without reading anything. The iterable is consumed in a thread of its own, so that an
            answer does not wait for the next page to arrive.

    Yields:
        The keys in the order of `pages`, each with its answer.
    """
    workers = len(os.sched_getaffinity(0))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipelines", "scraper.extraction", "trafilatura"])
    pool = ProcessPool(
        max_workers=workers, max_tasks=PAGES_PER_WORKER, context=context, initializer=_leave_signals_to_the_parent
    )
    feed = _Feed(pool, pages, window=workers * WINDOW_PER_WORKER)
    try:
        for key, future in feed:
            yield key, None if future is None else _answer(future)
        pool.close()  # type: ignore[no-untyped-call]
    finally:
        # Does nothing after `close`; otherwise whoever consumed us has gone away or was interrupted.
        feed.stop()
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


class _Feed(Generic[Key]):
    """A thread that schedules pages, never more than a window ahead of who iterates."""

    def __init__(
        self, pool: ProcessPool, pages: Iterable[tuple[Key, tuple[bytes, str | None] | None]], window: int
    ) -> None:
        self._pool = pool
        self._pages = pages
        self._room = threading.Semaphore(window)
        self._scheduled: queue.SimpleQueue[tuple[Key, Future[Answer] | None] | BaseException | None]
        self._scheduled = queue.SimpleQueue()
        self._stopped = False
        threading.Thread(target=self._run, daemon=True, name="pages").start()

    def _run(self) -> None:
        try:
            for key, page in self._pages:
                self._room.acquire()
                if self._stopped:
                    return
                future = page and self._pool.schedule(read_record, args=page, timeout=PAGE_TIMEOUT_S)
                self._scheduled.put((key, future))
            self._scheduled.put(None)
        except BaseException as error:  # raised again where the answers are consumed
            self._scheduled.put(error)

    def __iter__(self) -> Iterator[tuple[Key, Future[Answer] | None]]:
        while (entry := self._scheduled.get()) is not None:
            if isinstance(entry, BaseException):
                raise entry
            yield entry
            self._room.release()

    def stop(self) -> None:
        self._stopped = True
        self._room.release()


def _leave_signals_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _answer(future: Future[Answer]) -> Answer:
    try:
        return future.result()
    except TimeoutError:
        return Answer(reason=Reason.EXTRACT_TIMEOUT)
    except MemoryError:
        return Answer(reason=Reason.EXTRACT_MEMORY)
    except ProcessExpired as error:
        return Answer(reason=Reason.EXTRACT_CRASH, detail=f"exit code {error.exitcode}")
    except Exception as error:  # a parser stumbled over this page; the other pages are not to blame
        return Answer(reason=Reason.EXTRACT_CRASH, detail=f"{type(error).__name__}: {error}")
