"""What cron and systemd are given is right."""

from __future__ import annotations

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from scraper.cli.collection import load_collection
from scraper.cli.timetables import Interval, Timetable
from tests.scraper.cli.conftest import Run

SITES = '[sites.nowhere]\nurl = "http://127.0.0.1:9/"\n[sites.nowhere2]\nurl = "http://127.0.0.2:9/"\n'


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    """A collection in a folder whose name needs quotes."""
    folder = tmp_path / "my 100% $sites"
    folder.mkdir()
    (folder / "sites.toml").write_text(SITES)
    return folder / "sites.toml"


def crontab_line(text: str) -> str:
    (line,) = [line for line in text.splitlines() if not line.startswith("#")]
    return line


def as_cron_runs(line: str) -> list[str]:
    """The command as cron hands it to sh: behind five fields, \\% for %, and next to no environment."""
    command = line.split(" ", 5)[5].replace(r"\%", "%")
    return ["env", "-i", "PATH=/usr/bin:/bin", "HOME=/nowhere", "SHELL=/bin/sh", "sh", "-c", command]


@pytest.mark.full
def test_the_line_runs_in_a_bare_shell_and_two_starts_at_once_survive(scraper: Run, sites: Path) -> None:
    done = scraper("schedule", "cron", sites, "--every", "6h")
    command = as_cron_runs(crontab_line(done.stdout.decode()))
    starts = [subprocess.Popen(command, cwd="/") for _ in range(2)]
    codes = sorted(start.wait(120) for start in starts)
    assert codes == [69, 75]  # nobody is at home; another harvest is at work
    log = (sites.parent / "output/harvest.log").read_text(encoding="utf-8")
    assert "another harvest of" in log
    assert "2 sites in" in log


def test_options_behind_two_dashes_reach_the_harvest(scraper: Run, sites: Path) -> None:
    done = scraper("schedule", "cron", sites, "--every", "1d", "--", "--jobs", "4", "--notify", "date +%s")
    line = crontab_line(done.stdout.decode())
    assert r"sites.toml' --jobs 4 --notify 'date +\%s' >> " in line


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
@pytest.mark.parametrize("every", ["15m", "6h", "1d", "1w"])
def test_the_units_are_right(scraper: Run, sites: Path, tmp_path: Path, every: str) -> None:
    done = scraper("schedule", "systemd", sites, "--every", every, "--write-to", tmp_path / "units")
    units = done.stdout.decode().split()
    assert [Path(unit).name for unit in units] == ["news-harvest-sites.service", "news-harvest-sites.timer"]
    verified = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True)
    assert (verified.returncode, verified.stderr) == (0, "")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--job", "4"], "No such option: --job"),
        (["--jobs", "none"], "Invalid value for '--jobs'"),
        (["--only", "nosuch"], "has no site 'nosuch'"),
    ],
)
def test_a_mistake_in_options_of_the_harvest_is_told_before_anything_is_scheduled(
    scraper: Run, sites: Path, options: list[str], said: str
) -> None:
    done = scraper("schedule", "cron", sites, "--", *options)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert done.stdout == b""


def test_units_are_printed_with_their_names(scraper: Run, sites: Path) -> None:
    shown = scraper("schedule", "systemd", sites).stdout.decode()
    assert "# ----- news-harvest-sites.service -----" in shown
    assert "# ----- news-harvest-sites.timer -----" in shown


@pytest.mark.parametrize(
    ("length", "cron", "calendar"),
    [
        (timedelta(minutes=15), "2,17,32,47 * * * *", "*-*-* *:02/15:00"),
        (timedelta(hours=1), "17 * * * *", "*-*-* *:17:00"),
        (timedelta(hours=6), "17 */6 * * *", "*-*-* 00/6:17:00"),
        (timedelta(days=1), "17 5 * * *", "*-*-* 05:17:00"),
        (timedelta(weeks=1), "17 5 * * 1", "Mon *-*-* 05:17:00"),
    ],
)
def test_an_interval_reads_as_cron_and_as_systemd_have_it(length: timedelta, cron: str, calendar: str) -> None:
    interval = Interval(length)
    assert (interval.cron(17), interval.calendar(17)) == (cron, calendar)


@pytest.mark.parametrize("length", [timedelta(hours=5), timedelta(minutes=90), timedelta(minutes=7), timedelta(days=2)])
def test_what_no_calendar_can_say_is_refused(length: timedelta) -> None:
    with pytest.raises(ValueError, match="divides an hour or a day"):
        Interval(length)


def test_the_same_collection_has_the_same_minute_each_time(sites: Path) -> None:
    lines = {Timetable(load_collection(sites), Interval(timedelta(hours=6)), []).crontab() for _ in range(3)}
    assert len(lines) == 1
