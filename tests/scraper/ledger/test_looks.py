"""What the ledger keeps of the templates of a site."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from scraper.ledger import Ledger
from scraper.ledger.looks import KEPT
from scraper.outcome import PageOutcome, TemplateLook

FITS = TemplateLook(template="template 1", places="a")
MISSED = TemplateLook(template="template 1", places="a", missed_on=date(2026, 3, 1), why="no h1", is_checked=True)


def page(number: int) -> str:
    return f"http://p.example/{number}.html"


def settle(ledger: Ledger, *outcomes: PageOutcome) -> None:
    with ledger.transaction():
        for outcome in outcomes:
            ledger.settle(outcome, None)


def test_looks_are_kept_with_their_pages_for_the_next_run(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    settle(
        ledger,
        PageOutcome(url=page(1), state="done", looks=[FITS]),
        PageOutcome(url=page(2), state="done", looks=[MISSED]),
    )
    ledger.close()
    assert Ledger(tmp_path / "ledger.sqlite").looks() == [(page(1), FITS), (page(2), MISSED)]


def test_a_page_that_is_asked_again_has_said_nothing(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    settle(ledger, PageOutcome(url=page(1), state="new", looks=[FITS]))
    assert ledger.looks() == []


def test_what_was_not_committed_was_not_seen(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    try:
        with ledger.transaction():
            ledger.settle(PageOutcome(url=page(1), state="done", looks=[FITS]), None)
            raise InterruptedError
    except InterruptedError:
        pass
    assert ledger.looks() == []


def test_only_the_last_looks_of_each_template_are_kept(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    other = TemplateLook(template="template 2", places="b")
    settle(ledger, PageOutcome(url=page(0), state="done", looks=[other]))
    settle(ledger, *(PageOutcome(url=page(number), state="done", looks=[FITS]) for number in range(1, KEPT + 6)))
    kept = [url for url, _ in ledger.looks()]
    assert kept == [page(0), *(page(number) for number in range(6, KEPT + 6))]


def test_a_template_with_other_places_begins_anew(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    edited = TemplateLook(template="template 1", places="b")
    settle(ledger, PageOutcome(url=page(1), state="done", looks=[FITS]))
    settle(ledger, PageOutcome(url=page(2), state="done", looks=[edited]))
    assert ledger.looks() == [(page(2), edited)]


def test_when_learning_failed_is_known(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite", clock=lambda: 1000.0)
    assert ledger.learning_failed_at() is None
    ledger.note_learning_failed()
    assert ledger.learning_failed_at() == 1000.0
