"""How late the event loop is."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

import pytest
from scrapy import signals
from scrapy.utils.test import get_crawler

from scraper.fetching import watchdog
from scraper.fetching.watchdog import LoopWatchdog


def hold_up_the_loop(seconds: float, until: Callable[[], bool] = lambda: True) -> float:
    """The statistic of a crawl whose loop is held up once, and again until it is as a test waits for."""
    crawler = get_crawler(settings_dict={"EXTENSIONS_BASE": {}})
    crawler._apply_settings()
    extension = LoopWatchdog.from_crawler(crawler)

    async def crawl() -> None:
        crawler.signals.send_catch_log(signals.spider_opened)
        await asyncio.sleep(0.02)
        deadline = time.monotonic() + 60
        while True:
            time.sleep(seconds)
            if until() or time.monotonic() > deadline:
                break
        await asyncio.sleep(0.15)
        crawler.signals.send_catch_log(signals.spider_closed)

    asyncio.run(crawl())
    assert crawler.stats is not None
    assert extension is not None
    return float(crawler.stats.get_value("harvest/slowest_loop_s"))


def test_the_longest_delay_is_a_statistic() -> None:
    assert 0.15 < hold_up_the_loop(0.3) < 30


def test_a_long_delay_is_logged_with_its_place(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(watchdog, "SLOW_S", 0.1)
    with caplog.at_level(logging.WARNING):
        hold_up_the_loop(0.3, until=lambda: "held up" in caplog.text)
    assert "held up" in caplog.text
    assert "time.sleep(seconds)" in caplog.text


def test_a_loop_that_is_held_up_for_less_says_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(watchdog, "SLOW_S", 60.0)
    with caplog.at_level(logging.WARNING):
        hold_up_the_loop(0.1)
    assert caplog.text == ""
