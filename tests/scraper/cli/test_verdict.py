"""The exit code of a crawl."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.cli.exits import Exit
from scraper.cli.running import CrawlResult
from scraper.cli.verdict import judge
from scraper.ledger import DamagedError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles.jsonl").write_bytes(b"{}\n")
    return tmp_path


def test_all_is_well_where_nothing_is_left(folder: Path) -> None:
    assert judge("a.com", CrawlResult(folder=folder)) == (Exit.OK, None)


def test_what_an_earlier_run_left_and_this_one_could_not_ask_either_is_told(folder: Path) -> None:
    code, sentence = judge("a.com", CrawlResult(folder=folder, left=2))
    assert code is Exit.LOOK
    assert sentence is not None
    assert sentence.startswith("2 addresses of a.com")


def test_a_file_that_lost_committed_bytes_is_an_input_or_output_error(folder: Path) -> None:
    failure = DamagedError("go on with", folder / "articles.jsonl", "it has 0 bytes", "run `scraper rebuild`")
    code, _ = judge("a.com", CrawlResult(folder=folder, failure=failure))
    assert code is Exit.IO
