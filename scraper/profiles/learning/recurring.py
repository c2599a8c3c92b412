"""Lines that recur on a site's pages: its furniture.

A line counts once a page. Near-duplicates are taken out first: a site that prints an article twice would otherwise lose
its text (sites of agency copy repeat whole articles; counted with them, body F1 on their pages falls from .82 to .66).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from scraper.extraction.weights import width
from scraper.profiles.learning.observed import Observed

MIN_PAGES = 3
MIN_SHARE = 0.3
ALIKE = 0.5
"""Pages that share so much of their body text are one."""
NEARLY_ALL = 0.8
LONG = 60
"""Shorter lines say nothing about whether two pages print the same article."""


def distinct(pages: Sequence[Observed]) -> list[Observed]:
    """The pages without those that print an article once more; the first of each is kept."""
    texts = [{page.lines[index].text for index in page.body if page.sizes[index] >= LONG} for page in pages]
    # A line of the body that stands on nearly all pages is furniture that the general way missed.
    counts = Counter(line for text in texts for line in text)
    often = {line for line, count in counts.items() if count >= max(MIN_PAGES, NEARLY_ALL * len(pages))}
    kept: list[Observed] = []
    known: list[set[str]] = []
    for page, text in zip(pages, texts, strict=True):
        own = text - often
        if any(_alike(own, other) for other in known):
            continue
        kept.append(page)
        known.append(own)
    return kept


def _alike(one: set[str], other: set[str]) -> bool:
    shared = sum(map(width, one & other))
    return shared > ALIKE * max(1, min(sum(map(width, one)), sum(map(width, other))))


def recurring_lines(pages: Sequence[Observed]) -> frozenset[str]:
    """The lines on at least three pages and 30 % of them."""
    counts = Counter(text for page in pages for text in {line.text for line in page.lines})
    least = max(MIN_PAGES, MIN_SHARE * len(pages))
    return frozenset(text for text, count in counts.items() if count >= least)
