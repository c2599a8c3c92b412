"""What `scraper status` and the lines of a harvest show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scraper.cli.collection import load_collection
from scraper.cli.exits import Exit
from scraper.cli.rounds import go_round
from scraper.cli.statuses import print_details, print_table
from scraper.ledger import Ledger
from scraper.report.history import Harvested, Run
from scraper.report.status import Status

STARTED = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def status(*, state: str = "ended", exit_code: int = 0, every: timedelta | None = None) -> Status:
    run = Run(
        name="20261123T060000000Z",
        started=STARTED,
        ended=STARTED + timedelta(minutes=5),
        exit_reason="finished",
        exit_code=exit_code,
        left=0,
        harvested=Harvested(pages=20, articles=12),
        breaches=[],
        manifest={"files": []},
    )
    folder = Path("output/yunshan")
    return Status(
        site="yunshan", folder=folder, state=state, started=STARTED, every=every, articles=40, run=run, samples=2
    )


def test_a_site_that_could_not_be_reached_is_seen_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    print_table([status(exit_code=69)])
    (line,) = capsys.readouterr().out.splitlines()[1:]
    assert "no reach" in line


def test_a_site_that_is_well_has_no_word_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    print_table([status()])
    assert "well" not in capsys.readouterr().out


@pytest.mark.parametrize(("every", "is_shown"), [(None, False), (timedelta(hours=6), True)])
def test_when_the_next_is_due_is_shown_where_it_is_known(
    capsys: pytest.CaptureFixture[str], every: timedelta | None, is_shown: bool
) -> None:
    print_table([status(every=every)])
    assert ("next due" in capsys.readouterr().out) is is_shown


def test_the_table_has_80_columns_and_nothing_of_a_terminal_in_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    print_table([status(exit_code=69, every=timedelta(hours=6)), status(state="killed")])
    told = capsys.readouterr().out
    assert max(map(len, told.splitlines())) <= 80
    assert told.replace("\n", "").isprintable()


def test_after_a_kill_it_is_said_that_the_figures_are_of_the_run_before(capsys: pytest.CaptureFixture[str]) -> None:
    print_details(status(state="killed"))
    assert "the one before" in capsys.readouterr().out
    print_details(status())
    assert "the one before" not in capsys.readouterr().out


def test_a_template_that_stopped_is_told_with_day_and_reason(capsys: pytest.CaptureFixture[str]) -> None:
    found = status()
    assert found.run is not None
    found.run.harvested.templates = {"template 1": 2}
    found.run.manifest["templates"] = [
        {"name": "template 1", "stopped_on": "2026-11-02", "why": "no div.content"},
        {"name": "template 2", "stopped_on": None, "why": None},
    ]
    print_details(found)
    told = " ".join(capsys.readouterr().out.split())
    assert "template 1 read 2, stopped matching on 2026-11-02 (no div.content) template 2 read 0" in told


def test_a_harvest_in_which_no_site_is_due_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sites.toml").write_text('every = "6h"\n[sites.yunshan]\nurl = "https://www.example.com/"\n')
    collection = load_collection(tmp_path / "sites.toml")
    folder = collection.sites[0].folder
    folder.mkdir(parents=True)
    now = datetime.now(UTC)
    ledger = Ledger(folder / "ledger.sqlite")
    ledger.start_run("1", now.isoformat())
    ledger.end_run("1", now.isoformat(), "finished")
    ledger.close()
    assert go_round(collection, []) is Exit.OK
    told = capsys.readouterr().out
    assert "yunshan              not due yet\n" in told
    assert "1 site in 0 s: 1 not due; 0 new articles, 0 changed\n" in told
