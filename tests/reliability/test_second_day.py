"""A run on a day with a correction, a new story and two losses, killed; then the same command again.

Each change is told once, the corrected text is stored once, and the books balance.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from scraper.demo import truth
from scraper.storage import verify_site


def start(output: Path, day: int, port: int, crash_at: str = "") -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "scraper.cli", "demo", "--quiet", "--output", str(output)]
    return subprocess.Popen(
        [*command, "--day", str(day), "--port", str(port)],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "SCRAPER_CRASH_AT": crash_at},
    )


def finish(output: Path, day: int, port: int) -> None:
    process = start(output, day, port)
    _, errors = process.communicate(timeout=240)
    assert process.returncode == 0, errors


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """The folder after the first day, and the port of the newspaper."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    output = tmp_path_factory.mktemp("first")
    finish(output, 1, port)
    return output, port


@pytest.fixture
def output(first_day: tuple[Path, int], tmp_path: Path) -> Path:
    shutil.copytree(first_day[0], tmp_path / "output")
    return tmp_path / "output"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def assert_the_second_day_is_told_once(output: Path, port: int) -> None:
    base = f"http://127.0.0.1:{port}"
    before, now = ({a.canonical_url: a.text_hash for a in truth(day, base)} for day in (1, 2))
    changed = {url for url in before.keys() & now.keys() if before[url] != now[url]}
    told = Counter((change["what"], change["url"]) for change in lines(output / "demo" / "changes.jsonl"))
    assert told == Counter([*(("gone", url) for url in before.keys() - now.keys()), *(("version", u) for u in changed)])
    stored = Counter(
        (record["canonical_url"], record["version"]) for record in lines(output / "demo" / "articles.jsonl")
    )
    assert stored == Counter([*((url, 1) for url in before.keys() | now.keys()), *((url, 2) for url in changed)])
    assert verify_site(output / "demo") == []


AT_LENGTH = ["articles.synced", "changes.written", "changes.synced", "commit.after"]


@pytest.mark.parametrize(
    "point", ["commit.before", *(pytest.param(point, marks=pytest.mark.full) for point in AT_LENGTH)]
)
def test_a_kill_where_changes_are_written_tells_each_once(
    point: str, output: Path, first_day: tuple[Path, int]
) -> None:
    process = start(output, 2, first_day[1], f"{point}:1")
    process.communicate(timeout=240)
    assert process.returncode == -signal.SIGKILL
    finish(output, 2, first_day[1])
    assert_the_second_day_is_told_once(output, first_day[1])


@pytest.mark.full
@pytest.mark.parametrize("seed", range(5))
def test_kills_at_random_moments_of_the_second_day(seed: int, output: Path, first_day: tuple[Path, int]) -> None:
    dice = random.Random(seed)
    for _ in range(4):
        process = start(output, 2, first_day[1])
        time.sleep(dice.uniform(1.0, 6.0))
        process.kill()
        process.communicate(timeout=30)
    finish(output, 2, first_day[1])
    assert_the_second_day_is_told_once(output, first_day[1])
