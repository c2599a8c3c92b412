"""The processes that read pages."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from scraper.extraction.process import Limits, WorkerProcess
from scraper.extraction.reading import PageReading
from scraper.extraction.workers import LARGE_BYTES, ReaderError, ReaderPool
from scraper.reasons import Reason

PAGE = (
    "<html><head><title>春到茶山</title></head><body><h1>春到茶山</h1>"
    + "".join(f"<p>这是第{number}段，说的是茶山上的春天和采茶的人们，他们一早就上了山。</p>" for number in range(8))
    + "</body></html>"
).encode()
HOSTILE = (
    "<div><p><a>" * 20_000,
    "<p>一行。</p>" * 3_000,
    "<div>" * 20_000,
    "<table><tr><td><table>" * 2_000,
    f"<div>{'word ' * 400_000}</div>",
    f"<script type='application/ld+json'>{'[' * 100_000}</script>",
    f"<meta name='author' content='{'a, ' * 50_000}'>",
    f"<p>{'（记者' * 20_000}</p>",
    f"<h1>{'> ' * 20_000}</h1><base href='http://[broken'>",
    "<svg><button><select><!--" + "&#1;&#xFFFF;&#99999999;" * 5_000,
)
"""Markup that is made to hurt the reader of the page that it stands on."""


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    readers = ReaderPool(1)
    readers.warm_up()
    yield readers
    readers.close()


def worker_pids() -> list[int]:
    """The processes that this one's fork server started."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents.setdefault(int(stat.read_text().rpartition(")")[2].split()[1]), []).append(int(stat.parent.name))
    return [pid for child in parents.get(os.getpid(), []) for pid in parents.get(child, [])]


async def kill_a_worker(number: signal.Signals) -> None:
    """End one that lives, at a moment when one does: those of large pages are replaced all the time."""
    while True:
        for pid in worker_pids():
            with contextlib.suppress(ProcessLookupError):
                return os.kill(pid, number)
        await asyncio.sleep(0.01)


def burn(cpu_s: float) -> None:
    """Calculate for so many seconds of CPU time."""
    end = time.process_time() + cpu_s
    while time.process_time() < end:
        pass


def test_a_page_is_read_in_another_process(pool: ReaderPool) -> None:
    reading = asyncio.run(pool.read(PAGE, "http://a.com/1.html"))
    assert reading.kind == "article"
    assert reading.blocks[-1].text.startswith("这是第7段")
    assert len(worker_pids()) == 1


def test_no_page_is_lost_when_workers_are_killed_in_the_middle() -> None:
    readers = ReaderPool(2)

    async def read_while_killing() -> list[str]:
        pages = [asyncio.ensure_future(readers.read(PAGE, f"http://a.com/{number}.html")) for number in range(80)]
        # A page that lost its worker waits behind the others, so with many of them waiting it is not hit twice.
        for read in (2, 6, 10):
            while sum(page.done() for page in pages) < read:
                await asyncio.sleep(0.005)
            for pid in worker_pids():
                os.kill(pid, signal.SIGKILL)
        return [reading.kind for reading in await asyncio.gather(*pages)]

    kinds = asyncio.run(read_while_killing())
    readers.close()
    assert kinds == ["article"] * 80


@pytest.mark.parametrize("count", [50, pytest.param(500, marks=pytest.mark.full)])
def test_hostile_pages_and_three_killed_workers_cost_no_other_page(count: int) -> None:
    readers = ReaderPool(2)

    async def read_while_killing() -> tuple[list[PageReading], list[PageReading]]:
        hostile, good = [], []
        for number in range(count):
            page = PAGE.replace(b"</body>", HOSTILE[number % len(HOSTILE)].encode())
            hostile.append(asyncio.ensure_future(readers.read(page, f"http://a.com/hostile/{number}.html")))
            page = PAGE.replace("这是".encode(), f"报道{number}的".encode())
            good.append(asyncio.ensure_future(readers.read(page, f"http://a.com/good/{number}.html")))
        for at, number in ((10, signal.SIGKILL), (20, signal.SIGSEGV), (30, signal.SIGKILL)):
            await good[at]
            await kill_a_worker(number)
        return await asyncio.gather(*hostile), await asyncio.gather(*good)

    hostile, good = asyncio.run(read_while_killing())
    readers.close()
    assert [reading.blocks[-1].text.partition("，")[0] for reading in good] == [
        f"报道{number}的第7段" for number in range(count)
    ]
    assert all(reading.blocks or reading.reason for reading in hostile)


def test_a_page_whose_worker_is_killed_is_read_by_the_next(pool: ReaderPool) -> None:
    paragraphs = "".join(f"<p>第{number}段：茶山上的春天和采茶的人们，一早就上了山。</p>" for number in range(8000))

    async def read_while_killing() -> None:
        first = asyncio.ensure_future(pool.read(f"<h1>春到茶山</h1>{paragraphs}".encode(), "http://a.com/1.html"))
        await asyncio.sleep(0.3)
        assert not first.done()
        for pid in worker_pids():
            os.kill(pid, signal.SIGKILL)
        reading = await first
        assert reading.blocks, reading.detail
        assert (await pool.read(PAGE, "http://a.com/2.html")).kind == "article"

    asyncio.run(read_while_killing())


def test_a_worker_that_is_killed_between_two_pages_is_replaced(pool: ReaderPool) -> None:
    assert asyncio.run(pool.read(PAGE)).kind == "article"
    for pid in worker_pids():
        os.kill(pid, signal.SIGKILL)
    assert asyncio.run(pool.read(PAGE)).kind == "article"


def test_a_page_that_kills_its_worker_is_reported_after_the_second_time(pool: ReaderPool) -> None:
    with pytest.raises(ReaderError) as caught:
        asyncio.run(pool.call(signal.raise_signal, signal.SIGKILL))
    assert (caught.value.reason, caught.value.detail) == (Reason.EXTRACT_CRASH, "the worker was ended by SIGKILL")
    assert asyncio.run(pool.read(PAGE)).kind == "article"


def test_a_worker_that_was_stopped_is_ended_at_the_deadline() -> None:
    readers = ReaderPool(1, deadline_s=0.2)
    with pytest.raises(ReaderError) as caught:
        asyncio.run(readers.call(signal.raise_signal, signal.SIGSTOP))
    readers.close()
    assert (caught.value.reason, caught.value.detail) == (Reason.EXTRACT_TIMEOUT, "not read in 0.2 s")


def test_each_page_has_cpu_time_of_its_own() -> None:
    readers = ReaderPool(1, cpu_s=1)
    for _ in range(3):
        asyncio.run(readers.call(burn, 0.7))
    with pytest.raises(ReaderError) as caught:
        asyncio.run(readers.call(burn, 60.0))
    readers.close()
    assert (caught.value.reason, caught.value.detail) == (Reason.EXTRACT_TIMEOUT, "not read in 1 s of CPU time")


def test_what_a_function_raises_is_told_and_its_worker_goes_on(pool: ReaderPool) -> None:
    asyncio.run(pool.read(PAGE))
    before = worker_pids()
    with pytest.raises(ReaderError) as caught:
        asyncio.run(pool.call(int, "seven"))
    assert caught.value.detail.startswith("ValueError: invalid literal")
    assert worker_pids() == before


def test_the_worker_of_a_large_page_gives_its_memory_back(pool: ReaderPool) -> None:
    asyncio.run(pool.call(len, b"small"))
    before = worker_pids()
    asyncio.run(pool.call(len, b" " * LARGE_BYTES))
    asyncio.run(pool.call(len, b"small"))
    assert not set(before) & set(worker_pids())


def test_a_signal_to_the_group_does_not_reach_the_workers(pool: ReaderPool) -> None:
    asyncio.run(pool.read(PAGE))
    assert all(os.getpgid(pid) == pid for pid in worker_pids())


def test_a_function_runs_in_a_worker(pool: ReaderPool) -> None:
    assert asyncio.run(pool.call(len, "abc")) == 3


def test_a_page_that_takes_too_long_is_given_up() -> None:
    slow = ReaderPool(1, deadline_s=0.05)
    big = b"<html><body>" + b"<div><p><a href='x'>word</a> more and more words</p></div>" * 20_000
    reading = asyncio.run(slow.read(big, "http://a.com/"))
    slow.close()
    assert reading.reason is Reason.EXTRACT_TIMEOUT


def test_a_page_that_needs_too_much_memory_is_given_up() -> None:
    small = ReaderPool(1, memory_bytes=260 << 20)
    reading = asyncio.run(small.read(b"<p>" + b"word " * 20_000_000 + b"</p>", "http://a.com/"))
    small.close()
    assert reading.reason in (Reason.EXTRACT_MEMORY, Reason.EXTRACT_CRASH)


def test_a_worker_that_is_closed_while_it_starts_is_ended() -> None:
    worker = WorkerProcess(Limits(cpu_s=10, deadline_s=60, memory_bytes=1 << 30))
    context = worker._context

    class Late:
        """A process that starts when its worker was closed, as by another thread."""

        def __init__(self, **arguments: Any) -> None:
            self._real = context.Process(**arguments)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._real, name)

        def start(self) -> None:
            worker.close()
            self._real.start()

    worker._context = SimpleNamespace(Process=Late, Pipe=context.Pipe)  # type: ignore[assignment]
    with pytest.raises(asyncio.CancelledError):
        worker.run(os.getpid)
    assert worker.end() is None
