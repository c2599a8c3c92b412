"""Pages read in parallel, answered in the order in which they came.

Every core has a worker process; a page that hangs or crashes takes its worker with it and nothing else.
Memory is constant: no more pages are under way than a small window.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from scraper.extraction.workers import ReaderError, ReaderPool
from scraper.reasons import Reason

if TYPE_CHECKING:
    from scraper.profiles import Profile

Key = TypeVar("Key")

WINDOW_PER_WORKER = 4
"""Pages under way for each worker: enough that none waits for input, few enough for memory."""


class Page(NamedTuple):
    """What is to be read."""

    html: bytes
    url: str | None
    """Where it was served."""
    requested: str | None = None
    """What the user asked for, where that is something else."""


@dataclass(slots=True, frozen=True)
class Answer:
    """What became of one page: `record` (a line of JSON) or the reason why there is none."""

    record: bytes | None = None
    reason: Reason | None = None
    detail: str | None = None


def read_record(profile: Profile | None, html: bytes, url: str | None, requested: str | None) -> Answer:
    """One page to one answer; runs in the worker, so that normalizing uses all cores too."""
    from scraper.api import draft_article

    draft = draft_article(html, url, profile)
    if draft.reason is not None:
        return Answer(reason=draft.reason, detail=draft.detail)
    draft.article.requested_url = requested
    return Answer(record=draft.article.to_json_line())


def answer_in_order(
    pages: Iterable[tuple[Key, Page | None]],
    write: Callable[[Key, Answer | None], None],
    profile: Profile | None = None,
) -> None:
    """Read pages with all cores.

    Args:
        pages: each with a key of the caller's; None instead of a page keeps the key's place in the order without
            reading anything. The iterable is consumed in a thread of its own, so that an answer does not wait for
            the next page to arrive.
        write: called with each key and its answer, in the order of `pages`.
        profile: of the site of all pages; None for those that ship, each for its site.
    """
    asyncio.run(_answer_in_order(pages, write, profile))


async def _answer_in_order(
    pages: Iterable[tuple[Key, Page | None]], write: Callable[[Key, Answer | None], None], profile: Profile | None
) -> None:
    from pipelines.pages import PRELOAD  # late: this process takes none of the steps that come with it

    loop = asyncio.get_running_loop()
    pool = ReaderPool(preload=(PRELOAD,))
    under_way: asyncio.Queue[tuple[Key, asyncio.Task[Answer] | None] | BaseException | None]
    under_way = asyncio.Queue(pool.workers * WINDOW_PER_WORKER)

    async def schedule(key: Key, page: Page | None) -> None:
        await under_way.put((key, None if page is None else asyncio.create_task(_answer(pool, profile, page))))

    ended = threading.Event()

    def feed() -> None:
        end: BaseException | None = None
        try:
            for key, page in pages:
                if ended.is_set():
                    return
                asyncio.run_coroutine_threadsafe(schedule(key, page), loop).result()
        except BaseException as error:  # raised again where the answers are written
            end = error
        if not ended.is_set():
            asyncio.run_coroutine_threadsafe(under_way.put(end), loop)

    threading.Thread(target=feed, name="pages", daemon=True).start()
    try:
        while (entry := await under_way.get()) is not None:
            if isinstance(entry, BaseException):
                raise entry
            key, task = entry
            write(key, None if task is None else await task)
    finally:
        ended.set()
        pool.close()


async def _answer(pool: ReaderPool, profile: Profile | None, page: Page) -> Answer:
    try:
        return await pool.call(read_record, profile, *page)
    except ReaderError as error:
        return Answer(reason=error.reason, detail=error.detail)
