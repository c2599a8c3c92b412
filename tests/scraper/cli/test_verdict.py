"""The exit code of a crawl."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.cli.exits import BY_WEIGHT, Exit, worst
from scraper.cli.running import CrawlResult
from scraper.cli.verdict import judge
from scraper.ledger import DamagedError
from scraper.outcome import PageOutcome
from scraper.reasons import Reason
from scraper.report import Breach
from scraper.report.tally import Tally


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


def test_what_is_not_as_usual_needs_a_look(folder: Path) -> None:
    breach = Breach(gate="field/authors", sentence="authors in 2 of 20 records", found=0.1, usual=1, examples=["u"])
    code, sentence = judge("a.com", CrawlResult(folder=folder, breaches=[breach, breach]))
    assert code is Exit.LOOK
    assert sentence is not None
    assert sentence.startswith("a.com is not as usual: authors in 2 of 20 records, for example u (and 1 more)")


def test_a_host_that_cannot_be_reached_is_told_without_the_name_of_an_exception(folder: Path) -> None:
    tally = Tally()
    detail = "DownloadConnectionRefusedError: Connection was refused by other side: 111: Connection refused."
    tally.add(PageOutcome(url="http://a.com/", state="failed", reason=Reason.CONNECT, detail=detail))
    code, sentence = judge("a.com", CrawlResult(folder=folder, tally=tally))
    assert code is Exit.UNREACHABLE
    assert sentence == (
        "nothing of a.com could be reached: the host refused the connection or cannot be reached "
        "(Connection was refused by other side: 111: Connection refused)"
    )


def test_of_several_codes_the_worst_is_kept() -> None:
    assert worst([]) is Exit.OK
    assert worst([0, 75, 1]) is Exit.LOCKED
    assert worst([75, 69, 1]) is Exit.UNREACHABLE
    assert worst([1, 143, 70]) is Exit.TERMINATED
    assert worst([0, -9]) is Exit.UNBALANCED


def test_every_code_has_its_place_and_its_sentence() -> None:
    assert sorted(BY_WEIGHT) == sorted(Exit)
    assert all(code.describe for code in Exit)
