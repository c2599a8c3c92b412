"""Lines that recur on a site's pages: its furniture.

A line counts once a page. Near-duplicates are taken out first: a site that prints an article twice would otherwise lose
its text (sites of agency copy repeat whole articles; counted with them, body F1 on their pages falls from .82 to .66).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from scraper.extraction.lines import width
from scraper.profiles.learning.observed import Observed

MIN_PAGES = 3
MIN_SHARE = 0.3
PROSE = 100
PROSE_PAGES = 4
PROSE_SHARE = 0.5
"""For a line of so many letters: what has happened so far is repeated in each article about a running story."""
ALIKE = 0.5
"""Pages that share so much of their body text are one."""
OFTEN = 0.5
LONG = 60
"""Shorter lines say nothing about whether two pages print the same article."""


def distinct(pages: Sequence[Observed]) -> list[Observed]:
    """The pages without those that print an article once more; the first of each is kept."""
    texts = [{page.lines[index].text for index in page.body if page.sizes[index] >= LONG} for page in pages]
    # A line of the body that stands on many pages is mostly furniture that the general way missed.
    counts = Counter(line for text in texts for line in text)
    often = {line for line, count in counts.items() if count >= max(MIN_PAGES, OFTEN * len(pages))}
    kept: list[Observed] = []
    known: dict[str, list[set[str]]] = {}
    for page, text in zip(pages, texts, strict=True):
        headline = page.lines[page.headline].text if page.headline is not None else ""
        same = known.setdefault(headline, [])
        others = (other for other_headline, several in known.items() if other_headline != headline for other in several)
        if any(_alike(text, other) for other in same) or any(_alike(text - often, other - often) for other in others):
            continue
        kept.append(page)
        same.append(text)
    return kept


def _alike(one: set[str], other: set[str]) -> bool:
    least = min(sum(map(width, one)), sum(map(width, other)))
    return least > 0 and sum(map(width, one & other)) > ALIKE * least


def recurring_lines(pages: Sequence[Observed]) -> frozenset[str]:
    """The lines on at least three pages and 30 % of them; long ones on four and half of them."""
    counts = Counter(text for page in pages for text in {line.text for line in page.lines})
    short, long = max(MIN_PAGES, MIN_SHARE * len(pages)), max(PROSE_PAGES, PROSE_SHARE * len(pages))
    return frozenset(text for text, count in counts.items() if count >= (long if width(text) >= PROSE else short))
