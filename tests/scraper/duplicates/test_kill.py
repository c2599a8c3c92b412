"""Killed between the commit and the index, the next run enters what is missing, and every line says what it should."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from scraper.duplicates import DuplicateIndex

HARVEST = """
import sys
from pathlib import Path
from pipelines.duplicates import Duplicates
from scraper.article import Article, hash_text
from scraper.outcome import PageOutcome
from scraper.storage import Store

TEXT = "昨天上午，第{0}号食堂正式开张，{1}张方桌靠窗摆开，墙上挂着{2}张老照片，{3}位老人来得最早，{4}元一餐。"
store = Store(Path(sys.argv[1]), archive=False, min_free_bytes=0)
duplicates = Duplicates(store)
for number in range(12):
    # Each text comes twice, the second time with a line more.
    text = TEXT.format(*((number // 2 + 1) * figure for figure in (7, 31, 53, 97, 113)))
    text += "更多内容请看本报。" if number % 2 else ""
    article = Article(id=f"{number:02}", text=text, text_hash=hash_text(text))
    duplicates.commit([PageOutcome(url=f"http://a.example/{number}", state="done", article=article)])
duplicates.close()
store.close()
"""


def harvest(folder: Path, crash_at: str = "") -> int:
    done = subprocess.run(
        [sys.executable, "-c", HARVEST, str(folder)],
        capture_output=True, text=True, timeout=240, check=False, env={**os.environ, "SCRAPER_CRASH_AT": crash_at},
    )  # fmt: skip
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode


@pytest.mark.parametrize("point", ["articles.synced:5", "commit.before:6", "commit.after:5"])
def test_killed_at_a_commit_every_copy_is_linked_once_and_the_index_is_complete(point: str, tmp_path: Path):
    folder = tmp_path / "site"
    assert harvest(folder, point) == -signal.SIGKILL
    assert harvest(folder) == 0
    lines = [orjson.loads(line) for line in (folder / "articles.jsonl").read_bytes().splitlines()]
    expected = [(f"{number:02}", f"{number - 1:02}" if number % 2 else None) for number in range(12)]
    assert [(line["id"], line["duplicate_of"]) for line in lines] == expected
    index = DuplicateIndex(tmp_path / DuplicateIndex.NAME)
    assert index.follow("site", folder / "articles.jsonl", (folder / "articles.jsonl").stat().st_size) == 0
    index.close()
