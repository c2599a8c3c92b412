from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from scraper.article import Article
from scraper.discovery.dayrange import DayRange
from scraper.ledger import Ledger
from scraper.outcome import Address, PageOutcome
from scraper.reasons import Reason


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(tmp_path / "ledger.sqlite")
    yield opened
    opened.close()


def settle(ledger: Ledger, **outcome: object) -> list[str]:
    with ledger.transaction():
        return [address.url for address in ledger.settle(PageOutcome(**outcome))]  # type: ignore[arg-type]


def urls(ledger: Ledger, limit: int = 99, now: float = 1000.0, exclude: tuple[str, ...] = ()) -> list[str]:
    return [lease.url for lease in ledger.lease(limit, now, exclude)]


def test_an_address_is_entered_once_whatever_its_form(ledger: Ledger) -> None:
    added = ledger.add([Address(url="http://P.example/a#top"), Address(url="http://p.example:80/a?utm_source=x")])
    assert added == 1
    assert urls(ledger) == ["http://P.example/a#top"]


def test_an_address_that_is_no_url_is_left_out(ledger: Ledger) -> None:
    assert ledger.add([Address(url="http://[broken")]) == 0


def test_hosts_take_turns(ledger: Ledger) -> None:
    ledger.add([Address(url=f"http://a.example/{n}") for n in range(50)])
    ledger.add([Address(url="http://b.example/0"), Address(url="http://c.example/0")])
    assert {url.split("/")[2] for url in urls(ledger, 3)} == {"a.example", "b.example", "c.example"}


def test_a_small_limit_reaches_every_host_in_time(ledger: Ledger) -> None:
    ledger.add([Address(url=f"http://{host}.example/{n}") for host in "abcd" for n in range(5)])
    leased = [urls(ledger, 1)[0].split("/")[2][0] for _ in range(8)]
    assert leased == list("abcdabcd")


def test_within_a_host_the_higher_priority_and_then_the_older_goes_first(ledger: Ledger) -> None:
    ledger.add([Address(url=f"http://p.example/{n}", priority=priority) for n, priority in enumerate([0, 5, 0, 9])])
    assert [url[-1] for url in urls(ledger)] == ["3", "1", "0", "2"]


def test_excluded_hosts_get_nothing(ledger: Ledger) -> None:
    ledger.add([Address(url="http://a.example/"), Address(url="http://b.example/")])
    assert urls(ledger, exclude=("a.example",)) == ["http://b.example/"]


def test_what_is_leased_is_not_leased_again(ledger: Ledger) -> None:
    ledger.add([Address(url="http://p.example/")])
    assert urls(ledger) == ["http://p.example/"]
    assert urls(ledger) == []
    assert ledger.leased == {"http://p.example/"}


def test_a_released_address_is_leased_again_without_a_try_counted(ledger: Ledger) -> None:
    ledger.add([Address(url="http://p.example/")])
    ledger.release([lease.key for lease in ledger.lease(1, 0)])
    assert [lease.tries for lease in ledger.lease(1, 0)] == [1]


def test_an_address_put_back_waits_for_its_time(ledger: Ledger) -> None:
    ledger.add([Address(url="http://p.example/")])
    urls(ledger)
    settle(ledger, url="http://p.example/", state="new", reason=Reason.RATE_LIMITED, next_at=1060.0)
    assert urls(ledger, now=1059.0) == []
    assert ledger.next_ready_at(1059.0) == 1060.0
    assert [lease.tries for lease in ledger.lease(1, 1060.0)] == [2]


def test_a_resting_host_gets_nothing_until_its_time(ledger: Ledger) -> None:
    ledger.add([Address(url="http://a.example/"), Address(url="http://b.example/")])
    ledger.rest_host("a.example", 1060.0)
    ledger.rest_host("a.example", 1030.0)
    assert urls(ledger, now=1050.0) == ["http://b.example/"]
    assert ledger.next_ready_at(1050.0) == 1060.0
    assert urls(ledger, now=1060.0) == ["http://a.example/"]


def test_nothing_waits_in_an_empty_ledger(ledger: Ledger) -> None:
    assert ledger.next_ready_at(0.0) is None


def test_links_are_entered_with_the_page_that_has_them(ledger: Ledger) -> None:
    ledger.add([Address(url="http://p.example/")])
    links = [Address(url="http://p.example/a"), Address(url="http://p.example/"), Address(url="http://p.example/a#b")]
    assert settle(ledger, url="http://p.example/", state="done", links=links) == ["http://p.example/a"]
    assert ledger.discovered() == 2


def test_a_transaction_that_fails_leaves_nothing(ledger: Ledger) -> None:
    odd = [Address(url="http://p.example/a"), Address(url="http://p.example/b", via="\ud83d")]
    with pytest.raises(UnicodeEncodeError):
        settle(ledger, url="http://p.example/", state="done", links=odd)
    assert (ledger.discovered(), sum(ledger.by_state().values())) == (0, 0)


def test_a_link_of_a_transaction_that_failed_is_new_to_the_next(ledger: Ledger) -> None:
    good, odd = Address(url="http://p.example/a"), Address(url="http://p.example/b", via="\ud83d")
    with pytest.raises(UnicodeEncodeError):
        settle(ledger, url="http://p.example/", state="done", links=[good, odd])
    assert settle(ledger, url="http://p.example/", state="done", links=[good]) == [good.url]
    assert settle(ledger, url="http://p.example/", state="done", links=[good]) == []


def test_what_is_known_is_forgotten_and_found_again(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.ledger.ledger.MOST_KNOWN", 2)
    addresses = [Address(url=f"http://p.example/{n}") for n in range(5)]
    assert [ledger.add([address]) for address in addresses + addresses] == [1] * 5 + [0] * 5
    assert ledger.discovered() == 5


def test_covered_addresses_are_done_too_but_what_is_on_its_way_is_left_alone(ledger: Ledger) -> None:
    ledger.add([Address(url=f"http://p.example/{n}") for n in range(3)])
    ledger.lease(2, 0)
    covers = ["http://p.example/1", "http://p.example/2", "http://p.example/target"]
    settle(ledger, url="http://p.example/0", state="done", covers=covers)
    assert ledger.by_state() == {"new": 0, "leased": 1, "done": 3, "failed": 0, "gone": 0}
    assert ledger.discovered() == 4


def test_a_new_run_asks_sources_and_passing_failures_again_and_nothing_else(ledger: Ledger) -> None:
    ledger.add([Address(url="http://p.example/start", via="seed")])
    settle(ledger, url="http://p.example/start", state="done")
    settle(ledger, url="http://p.example/list", state="done", kind="listing")
    settle(ledger, url="http://p.example/article", state="done")
    settle(ledger, url="http://p.example/slow", state="failed", reason=Reason.TIMEOUT)
    settle(ledger, url="http://p.example/empty", state="failed", reason=Reason.NO_TEXT)
    settle(ledger, url="http://p.example/gone", state="gone", reason=Reason.GONE)
    ledger.start_run("2", "2026-11-23T08:42:00Z")
    assert {url.rpartition("/")[2] for url in urls(ledger)} == {"start", "list", "slow"}


def test_a_known_page_that_becomes_a_seed_is_asked_again(ledger: Ledger) -> None:
    settle(ledger, url="http://p.example/", state="done")
    ledger.add([Address(url="http://p.example/", via="seed")])
    ledger.start_run("2", "2026-11-23T08:42:00Z")
    assert urls(ledger) == ["http://p.example/"]


def test_validators_of_the_last_answer_come_with_the_lease(ledger: Ledger) -> None:
    settle(ledger, url="http://p.example/feed", state="done", kind="feed", etag='"1"', last_modified="Mon")
    settle(ledger, url="http://p.example/feed", state="done", kind="feed")
    ledger.start_run("2", "2026-11-23T08:42:00Z", revisit="all")
    (lease,) = ledger.lease(1, 0)
    assert (lease.etag, lease.last_modified) == ('"1"', "Mon")


def test_an_outcome_cannot_leave_an_address_leased(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="leased"):
        settle(ledger, url="http://p.example/", state="leased")


def test_articles_are_known_by_id_and_by_text(ledger: Ledger) -> None:
    with ledger.transaction():
        ledger.enter_article(Article(id="a", text_hash="t1"))
        ledger.enter_article(Article(id="b", text_hash="t1"))
        ledger.enter_article(Article(id="a", version=2, text_hash="t2"))
    known = ledger.known("a")
    assert known is not None
    assert (known.version, known.text_hash) == (2, "t2")
    assert (ledger.known("c"), ledger.first_with_text("t1"), ledger.first_with_text("t9")) == (None, "a", None)


def test_a_ledger_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    import sqlite3

    from scraper.ledger import DamagedError

    with sqlite3.connect(tmp_path / "l.sqlite") as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(DamagedError, match="format 99"):
        Ledger(tmp_path / "l.sqlite")


def list_of(ledger: Ledger, page: int, *names: str) -> list[str]:
    """Settle page `page` of a listing that links to the pages beside it and to `names`."""
    links = [Address(url=f"http://p.example/list/{n}", kind="listing") for n in (page - 1, page + 1) if n > 0]
    links += [Address(url=f"http://p.example/{name}") for name in names]
    return settle(
        ledger,
        url=f"http://p.example/list/{page}",
        state="done",
        kind="listing",
        links=links,
        is_later=page > 1,
    )


def later_site(ledger: Ledger) -> None:
    ledger.start_run("1", "2026-11-23T08:42:00Z")
    for page, names in enumerate([("d", "c"), ("b", "a"), ("9", "8")], 1):
        list_of(ledger, page, *names)
    for lease in ledger.lease(99, 0):
        settle(ledger, url=lease.url, state="done", kind=lease.kind)
    ledger.start_run("2", "2026-11-24T08:42:00Z")


def test_a_new_run_does_not_ask_later_pages_while_the_first_brings_nothing_new(ledger: Ledger) -> None:
    later_site(ledger)
    list_of(ledger, 1, "d", "c")
    assert "http://p.example/list/2" not in urls(ledger)


def test_later_pages_are_asked_as_far_as_they_bring_something_new(ledger: Ledger) -> None:
    later_site(ledger)
    list_of(ledger, 1, "f", "e")
    assert sorted(urls(ledger)) == [f"http://p.example/{name}" for name in ("e", "f", "list/2", "list/4")]
    list_of(ledger, 2, "d", "c")
    assert urls(ledger) == []


def test_a_later_page_is_asked_once_a_run(ledger: Ledger) -> None:
    later_site(ledger)
    list_of(ledger, 1, "f", "e")
    ledger.lease(99, 0)
    list_of(ledger, 2, "g")
    assert sorted(urls(ledger)) == ["http://p.example/g", "http://p.example/list/3"]
    list_of(ledger, 3, "h")
    assert urls(ledger) == ["http://p.example/h"]


def test_a_start_is_asked_in_every_run_even_if_it_is_a_later_page(ledger: Ledger) -> None:
    ledger.add([Address(url="http://p.example/list/2", via="seed", kind="listing")])
    list_of(ledger, 2)
    ledger.start_run("1", "2026-11-23T08:42:00Z")
    assert "http://p.example/list/2" in urls(ledger)


def test_a_page_that_keeps_failing_is_asked_in_five_runs_with_growing_waits(tmp_path: Path) -> None:
    now = 1_000_000.0
    ledger = Ledger(tmp_path / "clock.sqlite", clock=lambda: now)
    asked_after_h = []
    failed_at = now
    ledger.add([Address(url="http://p.example/slow")])
    for run in range(24 * 14):
        ledger.start_run(str(run), "2026-11-23T08:42:00Z")
        if urls(ledger, now=now):
            asked_after_h.append((now - failed_at) / 3600)
            settle(ledger, url="http://p.example/slow", state="failed", reason=Reason.TIMEOUT)
            failed_at = now
        now += 1800
    ledger.close()
    assert asked_after_h == [0, 0.5, 1, 6, 24]


def test_a_page_that_comes_after_failures_begins_anew(tmp_path: Path) -> None:
    now = 1_000_000.0
    ledger = Ledger(tmp_path / "clock.sqlite", clock=lambda: now)
    for state, reason in [("failed", Reason.RESET), ("failed", Reason.RESET), ("done", None), ("failed", Reason.RESET)]:
        settle(ledger, url="http://p.example/slow", state=state, reason=reason)
    ledger.start_run("2", "2026-11-23T08:42:00Z")
    assert urls(ledger, now=now) == ["http://p.example/slow"]
    ledger.close()


def test_what_is_settled_stays_leased_until_it_is_committed(ledger: Ledger) -> None:
    ledger.add([Address(url="http://p.example/1"), Address(url="http://p.example/2")])
    assert urls(ledger, 1) == ["http://p.example/1"]
    with ledger.transaction():
        ledger.settle(PageOutcome(url="http://p.example/1", state="done"))
        # The event loop, meanwhile: it is not held up, and gets nothing twice.
        with ThreadPoolExecutor() as loop:
            assert loop.submit(urls, ledger).result(5) == ["http://p.example/2"]
            assert loop.submit(ledger.next_ready_at, 0.0).result(5) is None
            assert loop.submit(ledger.by_state).result(5)["leased"] == 2
    assert ledger.leased == {"http://p.example/2"}
    assert ledger.by_state()["done"] == 1


def test_a_rest_holds_for_the_next_run_once_an_outcome_is_committed(tmp_path: Path) -> None:
    path = tmp_path / "clock.sqlite"
    ledger = Ledger(path, clock=lambda: 1000.0)
    ledger.add([Address(url="http://p.example/1")])
    ledger.rest_host("p.example", 2000.0)
    settle(ledger, url="http://p.example/1", state="new", reason=Reason.RATE_LIMITED)
    ledger.close()
    again = Ledger(path)
    assert (urls(again, now=1999.0), again.next_ready_at(1000.0)) == ([], 2000.0)
    again.close()


@pytest.mark.parametrize(
    ("call", "index"),
    [
        (lambda ledger: ledger.lease(5, 1000.0), "url_ready"),
        (lambda ledger: ledger.lease(5, 1000.0), "url_waiting"),
        (lambda ledger: ledger.next_ready_at(1000.0), "url_waiting"),
        (lambda ledger: ledger.start_run("2", ""), "url_sources"),
        (lambda ledger: ledger.start_run("2", ""), "url_failed"),
        (lambda ledger: ledger.by_state(), "url_counts"),
        (lambda ledger: ledger.waiting(), "url_ready"),
        (lambda ledger: ledger.waiting(), "url_waiting"),
        (lambda ledger: ledger.first_with_text("t"), "article_text"),
    ],
)
def test_no_question_walks_over_the_whole_ledger(ledger: Ledger, call: Callable[[Ledger], object], index: str) -> None:
    ledger.add([Address(url="http://p.example/1")])
    statements: list[str] = []
    for connection in (ledger._db, ledger._committed):
        connection.set_trace_callback(statements.append)
    call(ledger)
    for connection in (ledger._db, ledger._committed):
        connection.set_trace_callback(None)
    plans = [
        row[3]
        for statement in statements
        if statement.startswith(("SELECT", "UPDATE", "\n", " ", "WITH"))
        for row in ledger._db.execute(f"EXPLAIN QUERY PLAN {statement}")
    ]
    assert any(f"INDEX {index}" in plan for plan in plans), plans
    assert not [plan for plan in plans if plan.startswith("SCAN url") and "INDEX" not in plan]


def test_what_waits_is_what_has_no_outcome(ledger: Ledger) -> None:
    ledger.add([Address(url=f"http://p.example/{n}") for n in range(5)])
    settle(ledger, url="http://p.example/0", state="done")
    settle(ledger, url="http://p.example/1", state="new", next_at=9e9)
    ledger.lease(1, 1000.0)
    assert ledger.waiting() == 4


def test_another_scope_has_every_list_read_anew(ledger: Ledger) -> None:
    settle(ledger, url="http://p.example/list/2", state="done", kind="listing", etag='"1"', is_later=True)
    ledger.start_run("1", "2026-11-23T08:42:00Z")
    assert ledger.lease(1, 0) == []
    ledger.start_run("2", "2026-11-23T08:42:00Z", scope="cdn.example")
    (lease,) = ledger.lease(1, 0)
    assert lease.etag is None


@pytest.mark.parametrize(
    ("before", "now", "asked"),
    [
        (("2018-05-01", None), ("2018-06-01", None), 0),
        (("2018-05-01", None), ("2018-04-01", None), 2),
        (("2018-05-01", None), (None, None), 2),
        ((None, "2018-05-31"), (None, "2018-06-30"), 2),
        ((None, "2018-05-31"), (None, None), 2),
        ((None, None), ("2018-05-01", "2018-05-31"), 0),
    ],
)
def test_days_that_were_left_out_before_have_lists_and_articles_read_anew(
    before: tuple[str | None, str | None], now: tuple[str | None, str | None], asked: int, ledger: Ledger
) -> None:
    def days(since: str | None, until: str | None) -> DayRange:
        return DayRange(since and date.fromisoformat(since), until and date.fromisoformat(until))

    ledger.start_run("1", "", days=days(*before))
    settle(ledger, url="http://p.example/list/2", state="done", kind="listing", etag='"1"', is_later=True)
    settle(ledger, url="http://p.example/old", state="done", reason=Reason.OLDER)
    ledger.start_run("2", "", days=days(*now))
    assert len(ledger.lease(9, 0)) == asked


def test_where_a_least_priority_is_set_nothing_below_is_leased_or_left(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "bounded.sqlite")
    ledger.add([Address(url=f"http://a.com/{name}", priority=20) for name in ("known", "other")])
    ledger.least_priority = 200
    ledger.add([Address(url=f"http://a.com/{name}", priority=220) for name in ("known", "new")])
    assert {lease.url for lease in ledger.lease(9, 0.0)} == {"http://a.com/known", "http://a.com/new"}
    assert ledger.left() == 2
    ledger.least_priority = None
    assert ledger.left() == 3
    ledger.close()
