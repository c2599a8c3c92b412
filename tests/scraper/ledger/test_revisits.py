"""When an article is asked again, as pure functions and in a ledger whose clock the test sets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scraper.article import Article
from scraper.ledger import Ledger
from scraper.ledger.revisits import birth, next_revisit
from scraper.outcome import Address, PageOutcome
from scraper.reasons import Reason

HOUR, DAY = 3600.0, 86400.0
URL = "http://p.example/1.html"
NOW = 1_795_000_000.0


@pytest.mark.parametrize(
    ("age", "due"),
    [(0, 0.9 * HOUR), (HOUR, 0.9 * DAY), (DAY, 6.3 * DAY), (8 * DAY, 27 * DAY)],
)
def test_the_next_revisit_is_the_next_age_of_the_rule(age: float, due: float) -> None:
    assert next_revisit(0.0, age) == pytest.approx(due)


def test_ages_that_were_missed_make_one_revisit() -> None:
    assert next_revisit(0.0, 10 * DAY) == pytest.approx(27 * DAY)


def test_an_article_older_than_the_last_age_is_not_due_any_more() -> None:
    assert next_revisit(0.0, 30 * DAY) == 0


@pytest.mark.parametrize(
    ("published", "born"),
    [
        (None, NOW),
        ("2018-01-05T10:00:00+08:00", 1515117600.0),
        ("2018-01-05", 1515196799.0),
        ("2099-01-01", NOW),
        ("yesterday", NOW),
    ],
)
def test_age_counts_from_publication_where_that_is_known_and_before_the_harvest(
    published: str | None, born: float
) -> None:
    assert birth(published, NOW) == born


class Days:
    """A ledger over which days pass."""

    def __init__(self, path: Path) -> None:
        self.now = NOW
        self.ledger = Ledger(path, clock=lambda: self.now)
        self.runs = 0

    def run(self, after: float, revisit: str = "due") -> list[str]:
        """Begin a run so many seconds later. Returns what it asks."""
        self.runs += 1
        self.now += after
        self.ledger.start_run(str(self.runs), "", revisit=revisit)  # type: ignore[arg-type]
        return [lease.url for lease in self.ledger.lease(9, self.now)]

    def settle(self, article: Article | None = None, url: str = URL, **facts: object) -> None:
        outcome = PageOutcome(url=url, article=article, **{"state": "done", **facts})  # type: ignore[arg-type]
        with self.ledger.transaction():
            self.turned = self.ledger.turn(outcome, self.now)
            self.ledger.settle(outcome, article)


@pytest.fixture
def days(tmp_path: Path) -> Days:
    passing = Days(tmp_path / "ledger.sqlite")
    passing.run(0)
    passing.settle(Article(id="a", text_hash="t", date_published=None))
    return passing


def test_a_run_minutes_later_asks_no_article(days: Days) -> None:
    assert days.run(after=600) == []


def test_an_article_is_asked_at_each_of_its_ages_once(days: Days) -> None:
    asked = []
    for _ in range(40):
        asked.append(days.run(after=DAY) == [URL])
        if asked[-1]:
            days.settle()
    assert [day for day, was_asked in enumerate(asked, 1) if was_asked] == [1, 7, 27]


def test_what_is_asked_again_is_asked_as_a_revisit_and_behind_what_is_new(days: Days) -> None:
    days.now += HOUR
    days.ledger.start_run("2", "")
    days.ledger.add([Address(url="http://p.example/new.html")])
    leases = days.ledger.lease(9, days.now)
    assert [(lease.url, lease.is_revisit) for lease in leases] == [("http://p.example/new.html", False), (URL, True)]


def test_a_revisit_that_a_killed_run_did_not_make_is_made_by_the_next(days: Days) -> None:
    assert days.run(after=HOUR) == [URL]
    assert days.run(after=1) == [URL]


def test_all_and_none_go_before_the_ages(days: Days) -> None:
    assert days.run(after=DAY, revisit="none") == []
    assert days.run(after=1, revisit="all") == [URL]


def test_an_article_that_goes_and_comes_back_turns_twice(days: Days) -> None:
    turns = []
    for facts in ({"state": "gone", "reason": Reason.GONE}, {"state": "gone", "reason": Reason.GONE}, {}, {}):
        assert days.run(after=DAY, revisit="all") == [URL]
        days.settle(**facts)
        turns.append(days.turned)
    assert turns == [("gone", "a"), (None, "a"), ("returned", "a"), (None, "a")]


def test_what_is_gone_is_asked_again_by_the_time_since_it_went(days: Days) -> None:
    days.run(after=40 * DAY, revisit="all")
    days.settle(state="gone", reason=Reason.GONE)
    assert days.run(after=HOUR) == [URL]


def test_a_page_that_never_gave_an_article_does_not_turn(days: Days) -> None:
    days.settle(url="http://p.example/2.html", state="gone", reason=Reason.GONE)
    assert days.turned == (None, None)


def test_a_revisit_that_fails_for_good_leaves_the_article_its_next_age(days: Days) -> None:
    days.run(after=HOUR)
    days.settle(state="failed", reason=Reason.NO_TEXT)
    assert days.run(after=HOUR) == []
    assert days.run(after=DAY) == [URL]


@pytest.mark.parametrize(("lastmod", "asked"), [("2026-11-20", []), ("2026-11-21", [URL]), (None, [])])
def test_a_later_lastmod_has_a_known_article_asked_again(days: Days, lastmod: str | None, asked: list[str]) -> None:
    days.ledger.add([Address(url=URL, lastmod="2026-11-20")])
    days.run(after=60)
    days.ledger.add([Address(url=URL, lastmod=lastmod)])
    assert [lease.url for lease in days.ledger.lease(9, days.now)] == asked


def test_a_lastmod_that_is_told_for_the_first_time_is_only_noted(days: Days) -> None:
    days.run(after=60)
    assert days.ledger.add([Address(url=URL, lastmod="2026-11-20")]) == 0
    assert days.ledger.lease(9, days.now) == []


def test_other_ages_of_a_profile_are_taken(days: Days) -> None:
    days.ledger.revisit_ages_s = (5 * DAY,)
    days.settle()
    assert days.run(after=4 * DAY) == []
    assert days.run(after=DAY) == [URL]


@pytest.mark.parametrize("call", [lambda ledger: ledger.start_run("2", "")])
def test_due_articles_are_found_by_their_index(days: Days, call: Callable[[Ledger], object]) -> None:
    statements: list[str] = []
    days.ledger._db.set_trace_callback(statements.append)
    call(days.ledger)
    days.ledger._db.set_trace_callback(None)
    updates = [statement for statement in statements if "'gone'" in statement]
    plans = [row[3] for update in updates for row in days.ledger._db.execute(f"EXPLAIN QUERY PLAN {update}")]
    assert any("url_revisits" in plan for plan in plans), plans
