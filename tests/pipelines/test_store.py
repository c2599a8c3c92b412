"""When outcomes are committed: by number, by bytes, or when nothing else is on its way."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from scrapy.settings import Settings

from pipelines.store import BATCH, BATCH_BYTES, StorePipeline
from scraper.outcome import Exchange, PageOutcome


class Recorder:
    """A store that keeps how many outcomes each commit had."""

    failure = None

    def __init__(self) -> None:
        self.commits: list[int] = []
        self.is_sealed = False

    def commit(self, outcomes: Sequence[PageOutcome], _: object) -> int:
        self.commits.append(len(outcomes))
        return 0

    def seal(self) -> None:
        self.is_sealed = True


def outcome(size: int) -> PageOutcome:
    exchange = Exchange(url="http://p.example/", request=b"", response_head=b"", body=bytes(size), fetched_at="")
    return PageOutcome(url="http://p.example/", state="done", exchanges=[exchange])


def commit(outcomes: list[PageOutcome]) -> Recorder:
    """What becomes of outcomes that come at once, while more is on its way."""
    recorder = Recorder()
    engine: Any = SimpleNamespace(downloader=SimpleNamespace(active=[1]), scraper=SimpleNamespace(slot=None))
    settings = Settings({"STORE_MAX_WAIT_S": 0.05})
    crawler: Any = SimpleNamespace(settings=settings, engine=engine, stats=None, spider=SimpleNamespace(store=recorder))

    async def act() -> None:
        pipeline = StorePipeline(crawler)
        pipeline.open_spider()
        await asyncio.gather(*map(pipeline.process_item, outcomes))
        await pipeline.close_spider()

    asyncio.run(act())
    return recorder


def test_a_commit_has_32_outcomes_at_most() -> None:
    assert commit([outcome(10)] * (BATCH + 5)).commits == [BATCH, 5]


def test_large_pages_are_committed_before_they_are_32() -> None:
    third = BATCH_BYTES // 3 + 1
    assert commit([outcome(third)] * 7).commits == [3, 3, 1]


def test_the_files_are_hashed_when_the_last_commit_is_done() -> None:
    assert commit([outcome(10)]).is_sealed
