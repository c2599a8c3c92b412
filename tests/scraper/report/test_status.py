"""How a site stands."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from scraper.ledger import Ledger
from scraper.report.metrics import expose, write_metrics
from scraper.report.status import Status, read_status

STARTED = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
SIX_HOURS = timedelta(hours=6)


def site(tmp_path: Path, *, ended: bool = True, manifest: bool = True, exit_code: int = 0, left: int = 0) -> Path:
    """A site folder after one run."""
    folder = tmp_path / "yunshan"
    folder.mkdir()
    ledger = Ledger(folder / "ledger.sqlite")
    ledger.start_run("20261123T060000000Z", "2026-11-23T06:00:00Z")
    if ended:
        ledger.end_run("20261123T060000000Z", "2026-11-23T06:05:00Z", "finished")
    ledger.close()
    if manifest:
        run = folder / "runs/20261123T060000000Z"
        run.mkdir(parents=True)
        facts = {
            "run": run.name,
            "started": "2026-11-23T06:00:00Z",
            "ended": "2026-11-23T06:05:00Z",
            "exit_reason": "finished",
            "exit_code": exit_code,
            "counts": {"left": left},
            "harvest": {"articles": 12, "changed": 2, "gone": 1, "problems": 3, "fields": {"title": 12, "authors": 9}},
            "breaches": [],
            "files": [{"name": "articles.jsonl", "bytes": 9000, "lines": 40, "sha256": None}],
        }
        (run / "run.json").write_bytes(orjson.dumps(facts))
    return folder


def status(folder: Path) -> Status:
    return read_status(folder, every=SIX_HOURS)


def test_a_site_that_was_never_harvested_is_due(tmp_path: Path) -> None:
    found = status(tmp_path / "nothing")
    assert (found.state, found.started, found.run, found.health) == ("never", None, None, "")
    assert found.is_due(STARTED)


def test_a_run_that_ended_is_told_with_what_it_brought(tmp_path: Path) -> None:
    facts = status(site(tmp_path)).to_dict()
    assert [facts[key] for key in ("new", "changed", "gone", "failed", "articles")] == [10, 2, 1, 3, 40]
    assert (facts["state"], facts["exit_code"], facts["seconds"], facts["health"]) == ("ended", 0, 300.0, "learning")
    assert facts["next_due"] == STARTED + SIX_HOURS


@pytest.mark.parametrize(("hours", "is_due"), [(1, False), (5, False), (5.5, True), (9, True)])
def test_a_site_is_due_when_its_time_is_near(tmp_path: Path, hours: float, is_due: bool) -> None:
    assert status(site(tmp_path)).is_due(STARTED + timedelta(hours=hours)) is is_due


@pytest.mark.parametrize("run", [{"exit_code": 69}, {"left": 4, "exit_code": 1}, {"ended": False, "manifest": False}])
def test_a_run_that_was_cut_makes_its_site_due_at_once(tmp_path: Path, run: dict[str, int]) -> None:
    assert status(site(tmp_path, **run)).is_due(STARTED + timedelta(minutes=10))  # type: ignore[arg-type]


def test_a_template_that_has_stopped_matching_is_told(tmp_path: Path) -> None:
    folder = site(tmp_path)
    path = folder / "runs/20261123T060000000Z/run.json"
    health = {"name": "template 1", "fitted": 0, "missed": 5, "stopped_on": "2026-11-20", "why": "no div.text"}
    path.write_bytes(orjson.dumps({**orjson.loads(path.read_bytes()), "templates": [health]}))
    assert status(folder).health == "templates"
    assert status(folder).to_dict()["templates"] == [health]


def test_a_run_without_an_end_is_running_or_was_killed(tmp_path: Path) -> None:
    folder = site(tmp_path, ended=False, manifest=False)
    assert status(folder).state == "killed"
    (folder / "ledger.lock").write_bytes(orjson.dumps({"pid": os.getpid(), "started": "2026-11-23T06:00:00Z"}))
    assert status(folder).state == "running"


def test_prometheus_reads_its_figures(tmp_path: Path) -> None:
    folder = site(tmp_path)
    lines = expose([read_status(folder, name='the "site"'), read_status(tmp_path / "nothing")]).splitlines()
    assert 'news_scraper_articles_new{site="the \\"site\\""} 10' in lines
    assert 'news_scraper_field_fill_ratio{site="the \\"site\\"",field="authors"} 0.75' in lines
    assert not any("nothing" in line for line in lines)
    names = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert len(names) == len(set(names)) == len([line for line in lines if line.startswith("# HELP")])


def test_the_file_of_figures_is_whole_or_not_there(tmp_path: Path) -> None:
    write_metrics(tmp_path / "harvest.prom", [read_status(site(tmp_path))])
    assert [path.name for path in tmp_path.glob("harvest*")] == ["harvest.prom"]
