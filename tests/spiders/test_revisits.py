"""What an answer says of an article that is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scraper.ledger import Lease
from scraper.outcome import PageOutcome
from scraper.reasons import Reason
from spiders.revisits import judge_revisit

URL = "http://p.example/1.html"
LEASE = Lease(URL, URL, "p.example", "page", "link", 1, 20, 1, None, None, is_revisit=True)


def judged(lease: Lease = LEASE, **facts: Any) -> PageOutcome:
    outcome = PageOutcome(**{"url": URL, "state": "done", **facts})
    judge_revisit(lease, outcome)
    return outcome


@pytest.mark.parametrize(
    ("facts", "state", "reason"),
    [
        ({"state": "gone", "reason": Reason.GONE}, "gone", Reason.GONE),
        ({"state": "failed", "reason": Reason.SOFT_404}, "gone", Reason.SOFT_404),
        ({"kind": "listing", "covers": ["http://p.example/"]}, "gone", Reason.GONE),
        ({"kind": "listing"}, "done", Reason.LISTING),
        ({"kind": "listing", "covers": ["https://p.example/20180105/10001.html"]}, "done", Reason.LISTING),
        ({"state": "failed", "reason": Reason.NO_TEXT}, "failed", Reason.NO_TEXT),
        ({}, "done", None),
    ],
)
def test_what_became_of_a_stored_article(facts: dict[str, Any], state: str, reason: Reason | None) -> None:
    outcome = judged(**facts)
    assert (outcome.state, outcome.reason, outcome.kind) == (state, reason, "page")


def test_a_page_that_gave_no_article_is_left_as_it_is() -> None:
    outcome = judged(replace(LEASE, is_revisit=False), state="failed", reason=Reason.SOFT_404)
    assert (outcome.state, outcome.is_problem) == ("failed", True)


def test_an_article_that_went_away_is_no_problem_and_one_that_cannot_be_read_any_more_is() -> None:
    assert not judged(state="gone", reason=Reason.GONE).is_problem
    assert judged(state="failed", reason=Reason.NO_TEXT).is_problem
