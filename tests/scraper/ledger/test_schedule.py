"""How often a source is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.ledger import Ledger
from scraper.ledger.schedule import FIRST_S, LONGEST_S, next_rest
from scraper.outcome import Address, AddressKind, PageOutcome

DAY = 86400.0


def test_a_source_that_is_asked_for_the_first_time_is_asked_by_the_next_run_too() -> None:
    assert (next_rest("feed", None, False), next_rest("feed", None, True)) == (0, 0)


def test_a_source_that_brings_nothing_rests_longer_each_time_up_to_a_bound() -> None:
    rests, rest = [], 0.0
    for _ in range(12):
        rest = next_rest("feed", rest, False)
        rests.append(rest)
    assert rests[:3] == [FIRST_S, 2 * FIRST_S, 4 * FIRST_S]
    assert rests[-1] == LONGEST_S["feed"]


def test_a_source_that_brings_something_is_soon_asked_in_every_run_again() -> None:
    rests, rest = [], LONGEST_S["feed"]
    while rest:
        rest = next_rest("feed", rest, True)
        rests.append(rest)
    assert rests == [10800.0, 2700.0, 0.0]


@pytest.mark.parametrize("kind", ["feed", "listing", "edition", "sitemap"])
def test_no_source_rests_longer_than_its_kind_may(kind: AddressKind) -> None:
    assert next_rest(kind, 1e9, False) == LONGEST_S[kind] <= 7 * DAY


def asked(ledger: Ledger, run: int) -> list[str]:
    ledger.start_run(str(run), "")
    return [lease.url for lease in ledger.lease(9, 0)]


def settle(ledger: Ledger, url: str, *links: str, **facts: object) -> None:
    found = [Address(url=link, kind="listing") for link in links]
    with ledger.transaction():
        ledger.settle(PageOutcome(url=url, state="done", kind="feed", links=found, **facts))  # type: ignore[arg-type]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    opened = Ledger(tmp_path / "ledger.sqlite", clock=lambda: 1000.0)
    opened.start_run("1", "")
    settle(opened, "http://p.example/feed")
    return opened


def test_a_feed_without_news_is_left_out_of_the_next_run_until_it_has_rested(ledger: Ledger) -> None:
    assert asked(ledger, 2) == ["http://p.example/feed"]
    settle(ledger, "http://p.example/feed")
    assert asked(ledger, 3) == []
    ledger._clock = lambda: 1000.0 + FIRST_S
    assert asked(ledger, 4) == ["http://p.example/feed"]


@pytest.mark.parametrize("facts", [{"brought_new": True}, {}])
def test_a_feed_with_news_is_asked_by_the_next_run(ledger: Ledger, facts: dict[str, object]) -> None:
    asked(ledger, 2)
    settle(ledger, "http://p.example/feed", *([] if facts else ["http://p.example/new"]), **facts)
    assert "http://p.example/feed" in asked(ledger, 3)


def test_a_start_is_asked_in_every_run(ledger: Ledger) -> None:
    ledger.add([Address(url="http://p.example/feed", via="seed")])
    for run in (2, 3, 4):
        assert asked(ledger, run) == ["http://p.example/feed"]
        settle(ledger, "http://p.example/feed")


def test_with_another_scope_no_source_rests(ledger: Ledger) -> None:
    asked(ledger, 2)
    settle(ledger, "http://p.example/feed")
    ledger.start_run("3", "", scope="cdn.example")
    assert [lease.url for lease in ledger.lease(9, 0)] == ["http://p.example/feed"]
