from __future__ import annotations

import pytest

from scraper.cli.running import CrawlResult
from scraper.cli.summary import WIDTH, print_summary
from scraper.reasons import Reason
from scraper.report.tally import Tally


def test_many_kinds_of_pages_stay_in_one_line(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally()
    for number, reason in enumerate(Reason):
        tally.reasons[reason] = 1000 + number
    done = CrawlResult(folder=tmp_path / "p.example", tally=tally)
    print_summary(done, in_file=0)
    lines = capsys.readouterr().out.splitlines()
    (others,) = (line.strip() for line in lines if line.startswith("other pages"))
    (problems,) = (line.strip() for line in lines if line.startswith("problems"))
    assert max(map(len, lines[: lines.index("Look next:")])) <= WIDTH
    assert others.endswith("others")
    counted = sum(int(word) for word in f"{others} {problems}".replace(",", "").split() if word.isdecimal())
    assert counted == tally.reasons.total()
