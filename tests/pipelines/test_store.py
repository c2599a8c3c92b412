"""When outcomes are committed: by their number, or by the bytes of their pages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.settings import Settings

from pipelines.store import BATCH, BATCH_BYTES, StorePipeline
from scraper.outcome import Exchange, PageOutcome
from scraper.storage import Store

Commit = Callable[[list[PageOutcome]], list[int]]


def outcome(size: int) -> PageOutcome:
    at = "2026-11-20T08:00:00Z"
    exchange = Exchange(url="http://p.example/", request=b"", response_head=b"", body=bytes(size), fetched_at=at)
    return PageOutcome(url="http://p.example/", state="done", exchanges=[exchange])


@pytest.fixture
def commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Commit:
    """How many outcomes each commit has, of some that come at once while more is on its way."""
    store, sizes = Store(tmp_path / "site", min_free_bytes=0, archive=False), []
    real = store.commit

    def count(outcomes: Sequence[PageOutcome], settle: Any) -> int:
        sizes.append(len(outcomes))
        return real(outcomes, settle)

    monkeypatch.setattr(store, "commit", count)
    crawler: Any = SimpleNamespace(
        settings=Settings({"STORE_MAX_WAIT_S": 0.05}),
        engine=SimpleNamespace(downloader=SimpleNamespace(active=[1]), scraper=SimpleNamespace(slot=None)),
        stats=None,
        spider=SimpleNamespace(store=store),
    )

    async def act(outcomes: list[PageOutcome]) -> None:
        pipeline = StorePipeline(crawler)
        pipeline.open_spider()
        await asyncio.gather(*map(pipeline.process_item, outcomes))
        await pipeline.close_spider()
        assert all(file.sha256 for file in store.ledger.files().values())

    def run(outcomes: list[PageOutcome]) -> list[int]:
        asyncio.run(act(outcomes))
        store.close()
        return sizes

    return run


def test_a_commit_has_32_outcomes_at_most(commit: Commit) -> None:
    assert commit([outcome(10)] * (BATCH + 5)) == [BATCH, 5]


def test_large_pages_are_committed_before_they_are_32(commit: Commit) -> None:
    third = BATCH_BYTES // 3 + 1
    assert commit([outcome(third)] * 7) == [3, 3, 1]


def test_nothing_waits_for_company_once_all_others_have_left(tmp_path: Path) -> None:
    # What was committed is still counted as on its way for some turns of the event loop.
    slot = SimpleNamespace(active=["committed just now", "waits"], queue=[])
    store = Store(tmp_path / "site", min_free_bytes=0, archive=False)
    crawler: Any = SimpleNamespace(
        settings=Settings({"STORE_MAX_WAIT_S": 3600}),
        engine=SimpleNamespace(downloader=SimpleNamespace(active=[]), scraper=SimpleNamespace(slot=slot)),
        stats=None,
        spider=SimpleNamespace(store=store),
    )

    async def act() -> None:
        pipeline = StorePipeline(crawler)
        pipeline.open_spider()
        asyncio.get_running_loop().call_later(0.05, slot.active.pop, 0)
        await asyncio.wait_for(pipeline.process_item(outcome(1)), 60)
        await pipeline.close_spider()

    asyncio.run(act())
    store.close()
