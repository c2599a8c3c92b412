"""A disk that fills up or fails: the crawl stops with 74 and keeps what is committed; the next one goes on."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from check import Harvested, check_archive
from crawling import Crawl, site_folder
from faultsite import FAULTS, FaultSite

PLAIN = dataclasses.replace(FAULTS["plain"], pages=120)
WITHIN_S = 300.0
"""For a whole crawl; far more than a busy machine needs."""


@pytest.fixture
def site() -> Iterator[FaultSite]:
    with FaultSite([PLAIN]) as site:
        yield site


@contextmanager
def mounted(disk: Path, size: str) -> Iterator[Path]:
    """A file system of its own, of which 5 % have to stay free; only root may mount one."""
    disk.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk], capture_output=True)
    if done.returncode != 0:
        pytest.skip(f"no file system can be mounted here: {done.stderr.decode().strip()}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", disk], check=False)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """So small that one commit takes more than what has to stay free: it becomes full."""
    with mounted(tmp_path / "disk", "3m") as disk:
        yield disk


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Of 100 MB, so that 5 MB have to stay free."""
    with mounted(tmp_path / "disk", "100m") as disk:
        yield disk


def fill(disk: Path, leave: int) -> None:
    """Take the room of a disk but for some bytes."""
    with (disk / "filler").open("wb") as filler:
        filler.write(bytes(shutil.disk_usage(disk).free - leave))


def stop(site: FaultSite, output: Path, environment: dict[str, str] | None = None) -> Crawl:
    with Crawl(site, output, "--no-learn", environment=environment) as crawl:
        assert crawl.wait(WITHIN_S) == 74, crawl.stderr
    return crawl


def finish(site: FaultSite, disk: Path, output: Path) -> None:
    (disk / "filler").unlink()
    subprocess.run(["mount", "-o", "remount,size=100m", disk], check=True)
    complete(site, output)


def complete(site: FaultSite, output: Path) -> None:
    """The same command to its end: every story is there, once and whole."""
    with Crawl(site, output, "--no-learn") as crawl:
        assert crawl.wait(WITHIN_S) == 0, crawl.stderr
    harvested = Harvested.read(site_folder(output), 0)
    assert sorted(record["title"] for record in harvested.records) == sorted(story.title for story in PLAIN.stories)
    assert [*harvested.torn, *check_archive(harvested)] == []


def test_a_disk_that_becomes_full_ends_with_74_and_the_same_command_goes_on(site, small_disk):
    output = small_disk / "output"
    fill(small_disk, leave=1_000_000)
    crawl = stop(site, output)
    # Which write met the end of the disk first, a file's or the ledger's, decides the words.
    assert any(words in crawl.stderr for words in ("MB", "No space left", "disk is full")), crawl.stderr
    # What was committed is whole, and is more than nothing.
    kept = Harvested.read(site_folder(output), 74)
    assert kept.records
    assert [*kept.torn, *check_archive(kept)] == []
    finish(site, small_disk, output)


def test_the_run_stops_before_the_disk_is_full(site, disk):
    fill(disk, leave=5_500_000)
    crawl = stop(site, disk / "output")
    assert shutil.disk_usage(disk).free > 3_000_000
    assert "must stay free" in crawl.stderr
    finish(site, disk, disk / "output")


def test_a_disk_that_is_nearly_full_is_not_begun_on(site, disk):
    fill(disk, leave=4_000_000)
    crawl = stop(site, disk / "output")
    assert "must stay free" in crawl.stderr
    assert not [request for request in site.requests if request.fault == "plain"]


SURE_TO_FAIL = [(".warc.gz", 4), ("articles.jsonl", 3), ("ledger.sqlite", 60)]
"""A file, and which of its writes and syncs: in the second commit, and within SQLite in the midst of the crawl."""

MAY_FAIL = [
    (file, call)
    for file in ("articles.jsonl", ".warc.gz", "ledger.sqlite", "duplicates.sqlite", "run.json", "crawl.log")
    for call in (1, 2, 5, 8, 30, 120)
]
"""Not every file is written so often, the log is no reason to stop, and SQLite can do without some syncs."""


def full(cases: list[tuple[str, int]]) -> list[object]:
    return [pytest.param(file, call, marks=pytest.mark.full) for file, call in cases]


@pytest.mark.parametrize(("file", "call"), [SURE_TO_FAIL[0], *full(SURE_TO_FAIL[1:] + MAY_FAIL)])
def test_a_write_that_fails_ends_with_74_and_the_same_command_goes_on(file, call, site, tmp_path, failing_disk):
    failing = {"LD_PRELOAD": failing_disk, "FAILING_FILE": file, "FAILING_CALL": str(call)}
    with Crawl(site, tmp_path, "--no-learn", environment=failing) as crawl:
        code = crawl.wait(WITHIN_S)
    if code == 0:
        assert (file, call) in MAY_FAIL
    else:
        assert code == 74, crawl.stderr
        (sentence,) = crawl.stderr.strip().splitlines()
        assert "look at the disk, then run the same command again" in sentence
    complete(site, tmp_path)
