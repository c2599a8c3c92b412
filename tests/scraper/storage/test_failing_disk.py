"""A write that fails ends the run with one sentence and 74; the same command goes on, and nothing is lost or torn."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("failing.py")
WRITTEN = {
    "ledger.lock": 1,
    "articles.jsonl": 50,
    "problems.jsonl": 10,
    "changes.jsonl": 5,
    ".warc.gz": 50,
    "ledger.sqlite": 100,
}
"""How often each file is written or synced at least."""
ARTICLES = {f"http://paper.example/{number}.html" for number in range(60) if number % 10 != 9}
ARTICLES |= {f"http://paper.example/{number}.html 2" for number in range(0, 60, 25)}


def harvests(failing_disk: str, folder: Path, file: str, calls: int) -> list[dict[str, Any]]:
    """What became of a harvest for each call; see failing.py."""
    done = subprocess.run(
        [sys.executable, SCRIPT, folder, file, str(calls)],
        capture_output=True,
        text=True,
        env={**os.environ, "LD_PRELOAD": failing_disk},
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def assert_nothing_is_lost(harvest: dict[str, Any]) -> None:
    assert harvest["after_failure"] == [], harvest
    assert (harvest["again"], harvest["complaint"]) == (0, ""), harvest
    assert harvest["after_all"] == [], harvest
    assert len(harvest["records"]) == len(set(harvest["records"])), f"call {harvest['call']}: an article stands twice"
    assert set(harvest["records"]) == ARTICLES, f"call {harvest['call']}: an article is lost"


@pytest.mark.parametrize("file", WRITTEN)
def test_a_write_that_fails_ends_with_one_sentence_and_the_next_run_completes(file, failing_disk, tmp_path):
    for harvest in harvests(failing_disk, tmp_path, file, 3):
        # The lock is written once; SQLite can do without some syncs.
        assert harvest["code"] == 74 or (file.startswith("ledger") and harvest["code"] == 0), harvest
        if harvest["code"] == 74:
            assert file in harvest["said"]
            assert "; look at the disk, then run the same command again" in harvest["said"]
            assert "\n" not in harvest["said"]
        assert_nothing_is_lost(harvest)


@pytest.mark.full
@pytest.mark.parametrize("file", WRITTEN)
def test_whichever_of_the_first_200_writes_fails_nothing_is_lost(file, failing_disk, tmp_path):
    results = harvests(failing_disk, tmp_path, file, 200)
    failed = sum(harvest["code"] == 74 for harvest in results)
    assert failed >= WRITTEN[file]
    for harvest in results:
        assert harvest["code"] in (0, 74), harvest
        assert_nothing_is_lost(harvest)
