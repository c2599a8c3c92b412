"""What an answer says of an article that is stored already."""

from __future__ import annotations

from scraper.discovery.listings import shape_of
from scraper.ledger import Lease
from scraper.outcome import PageOutcome
from scraper.reasons import Reason


def judge_revisit(lease: Lease, outcome: PageOutcome) -> None:
    """Judge an outcome in the light of what the address gave before; one that gave no article is left as it is.

    A page that says "not found" with status 200, and one that leads to a list now, as many sites let a withdrawn
    article redirect to the home page, is gone as one that answers 404 or 410. A page that reads like a list where it
    stood, or at what looks like the address of an article, stays the page of its article: what it reads like may change
    with every template.
    """
    outcome.is_revisit = lease.is_revisit
    if not lease.is_revisit or outcome.state == "new":
        return
    if outcome.reason is Reason.SOFT_404:
        outcome.state = "gone"
    elif outcome.kind != "page":
        if outcome.covers and shape_of(outcome.covers[-1]) != "article":
            outcome.state, outcome.reason, outcome.detail = "gone", Reason.GONE, f"leads to {outcome.covers[-1]}"[:300]
        else:
            outcome.reason = Reason.LISTING
        outcome.kind, outcome.is_later = "page", None
