"""Kill -9 at any moment, run the same command again: nothing lost, nothing twice, nothing torn."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import orjson
import pytest

from scraper.ledger import Ledger
from scraper.storage import SiteFolder, verify_site
from scraper.storage.crashpoints import POINTS

SCRIPT = Path(__file__).with_name("harvest.py")
PAGES = 200
GONE = "http://paper.example/7.html"


def start(folder: Path, crash_at: str = "") -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, SCRIPT, folder, str(PAGES)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "SCRAPER_CRASH_AT": crash_at},
    )


def finish(folder: Path) -> None:
    process = start(folder)
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, err.decode()
    assert b"done" in out


def assert_whole(folder: Path) -> None:
    """Each page once, each record archived, nothing left, nothing that does not fit."""
    lines = SiteFolder(folder).articles.read_bytes().splitlines()
    records = [orjson.loads(line) for line in lines]
    urls = [record["url"] for record in records if record["version"] == 1]
    corrected = {f"http://paper.example/{number}.html" for number in range(0, PAGES, 25)} & set(urls)
    changes = [orjson.loads(line) for line in SiteFolder(folder).changes.read_bytes().splitlines()]
    told = [(change["what"], change["url"]) for change in changes]
    expected = {f"http://paper.example/{number}.html" for number in range(PAGES) if number % 10 != 9}
    assert len(urls) == len(set(urls)), "an article stands there twice"
    assert set(urls) == expected, "an article is lost"
    assert sorted(record["url"] for record in records if record["version"] == 2) == sorted(corrected)
    assert sorted(told) == sorted([("gone", GONE), *(("version", url) for url in corrected)])
    assert all(orjson.loads(line)["crawl"]["warc"] for line in lines)
    assert verify_site(folder) == []
    ledger = Ledger(SiteFolder(folder).ledger)
    assert ledger.by_state() == {"new": 0, "leased": 0, "done": 179, "failed": 20, "gone": 1}
    ledger.close()


OF_THE_STORE = [point for point in POINTS if not point.startswith("profile.")]
"""The profile is written by a crawl; tests/reliability/test_kills.py does."""


@pytest.mark.parametrize("point", OF_THE_STORE)
def test_killed_at_a_named_point_nothing_is_lost_repeated_or_torn(point: str, tmp_path: Path) -> None:
    if point.startswith("recover."):
        # Recovery has something to do after a first death between writing and committing.
        assert start(tmp_path, "commit.before:5").wait(120) == -signal.SIGKILL
    count = {"open.locked": 1, "archive.rotated": 2, "archive.created": 2}.get(point, 3)
    if point.startswith(("recover.", "manifest.")):
        count = 1
    assert start(tmp_path, f"{point}:{count}").wait(120) == -signal.SIGKILL
    finish(tmp_path)
    assert_whole(tmp_path)


@pytest.mark.parametrize("seed", range(2))
def test_killed_five_times_at_random_nothing_is_lost_repeated_or_torn(seed: int, tmp_path: Path) -> None:
    moments = random.Random(seed)
    for _ in range(5):
        process = start(tmp_path)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moments.uniform(0, 0.12))
        process.kill()
        process.wait(120)
    finish(tmp_path)
    assert_whole(tmp_path)


def test_killed_within_a_write_the_torn_tail_is_cut_off(tmp_path: Path) -> None:
    assert start(tmp_path, "commit.before:3").wait(120) == -signal.SIGKILL
    folder = SiteFolder(tmp_path)
    for path in (folder.articles, *folder.archive.iterdir()):
        os.truncate(path, path.stat().st_size - 7)
    finish(tmp_path)
    assert_whole(tmp_path)


@pytest.mark.full
def test_two_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    moments, kills, crawl = random.Random(1), 0, 0
    while kills < 200:
        folder = tmp_path / str(crawl)
        for _ in range(5):
            process = start(folder)
            time.sleep(moments.uniform(0.1, 0.8))
            process.kill()
            process.wait(120)
            kills += 1
        finish(folder)
        assert_whole(folder)
        crawl += 1
