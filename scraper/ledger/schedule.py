"""How often a source is asked: a busy one in every run, one that never changes less and less.

The rules are those of an adaptive fetch schedule as CommonCrawl's news-crawl has it (StormCrawler's
`AdaptiveScheduler`): what changed is asked sooner next time, what did not later, within bounds for each kind. Here
"changed" means that the source led to an address that was not known, not that its bytes are others: advertisements and
clocks change in every answer.
"""

from __future__ import annotations

from scraper.outcome import AddressKind

FIRST_S = 900.0
"""Seconds that a source rests which brought nothing new for the first time."""

GROWTH = 2.0
"""Each further time that it brings nothing, it rests so many times as long."""

SHRINKAGE = 0.25
"""When it brings something, it rests so much of that; less than `FIRST_S` is no rest at all."""

LONGEST_S: dict[AddressKind, float] = {
    "feed": 12 * 3600.0,
    "listing": 2 * 86400.0,
    "edition": 2 * 86400.0,
    "sitemap": 7 * 86400.0,
}
"""Seconds that a source of a kind rests at most. A feed holds its last twenty entries or so, and what has left it is
lost; a listing has pages behind it; a sitemap has everything, and its index says which part of it changed."""

EARLY = 0.1
"""Share of a rest that may be missing, so that runs at the same hour of every day do not skip every other one."""


def next_rest(kind: AddressKind, rest_s: float | None, brought_new: bool) -> float:
    """How long a source is left alone after an answer, in seconds; 0: the next run asks it.

    Args:
        kind: of the source.
        rest_s: how long it was left alone before; None for one that was asked for the first time.
        brought_new: whether the answer led to addresses that were not known.
    """
    if rest_s is None:
        return 0.0
    if brought_new:
        rest = rest_s * SHRINKAGE
        return rest if rest >= FIRST_S else 0.0
    return min(max(FIRST_S, rest_s * GROWTH), LONGEST_S.get(kind, 0.0))
