from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("little_crawl.py")


def crawl(folder: Path, wait_s: float) -> dict[str, Any]:
    done = subprocess.run([sys.executable, SCRIPT, folder, str(wait_s)], capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return crawl(tmp_path_factory.mktemp("site"), 0.5)


def test_every_address_is_asked_once_and_stored(answer: dict[str, Any]) -> None:
    assert (answer["finish"], len(answer["ids"])) == ("finished", 42)
    assert {path: n for path, n in Counter(path for path, _ in answer["asked"]).items() if n != 1} == {"/busy": 2}
    assert answer["states"] == {"new": 0, "leased": 0, "done": 44, "failed": 0, "gone": 0}


def test_a_redirect_belongs_to_the_address_that_it_came_from(answer: dict[str, Any]) -> None:
    assert [path for path, _ in answer["asked"]].count("/new") == 1
    assert answer["stats"]["store/outcomes"] == 44


def test_an_address_that_has_to_wait_is_waited_for(answer: dict[str, Any]) -> None:
    first, second = (at for path, at in answer["asked"] if path == "/busy")
    assert second - first > 0.45


def test_outcomes_are_committed_in_batches(answer: dict[str, Any]) -> None:
    assert answer["stats"]["store/commits"] < answer["stats"]["store/outcomes"]


def test_what_must_wait_beyond_the_horizon_is_left(tmp_path: Path) -> None:
    answer = crawl(tmp_path, 3600)
    assert answer["finish"] == "finished"
    assert answer["states"]["new"] == 1
