"""The part of a page that is read at all: the smallest block around headline, text and the places of values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import fmean
from typing import Any

from scraper.profiles.learning.naming import locators_around
from scraper.profiles.learning.observed import Observed, Span

FIELDS = ("date_published", "source", "author", "editor", "credit", "kicker", "subtitle")
SURE = 0.5
"""Confidence from which on the place of a value must be in the frame."""
SHARE = 0.9
"""Share of the pages on which the frame must hold all that is needed."""
MAX_LEVELS = 4


def find_frame(pages: Sequence[Observed], region: str) -> str | None:
    """The locator of the smallest block around all that is needed on nearly all pages; None where none has a name."""
    needed = [needed_span(page, page.spans_of(region)) for page in pages]
    hits: Counter[str] = Counter()
    for page, span in zip(pages, needed, strict=True):
        hits.update(
            locators_around(_smallest(page, span), MAX_LEVELS, lambda element: element.tag not in ("html", "body"))
        )
    best: tuple[float, int, str] | None = None
    for locator, count in hits.items():
        if count < SHARE * len(pages) / 2:
            continue
        spans = [page.spans_of(locator)[:1] for page in pages]
        holding = [
            found[0][1] - found[0][0]
            for found, span in zip(spans, needed, strict=True)
            if found and found[0][0] <= span[0] and span[1] <= found[0][1]
        ]
        if len(holding) < SHARE * len(pages):
            continue
        rank = (fmean(holding), len(locator), locator)
        if best is None or rank < best:
            best = rank
    return best[2] if best else None


def needed_span(page: Observed, region: Sequence[Span]) -> Span:
    """From the first to the last line that is needed: headline, region, places of values."""
    lines = {index for start, stop in region for index in (start, stop - 1)}
    lines.update(page.body)
    if page.headline is not None:
        lines.add(page.headline)
    # Page, name and day of an e-paper are several values, each with a place of its own.
    lines.update(index for index, _, _ in page.evidence("edition"))
    for name in FIELDS:
        lines.update(index for index, _, confidence in page.evidence(name)[:1] if confidence >= SURE)
    return min(lines), max(lines) + 1


def frame_of(page: Observed, locator: str | None) -> Span:
    """The lines of a frame on a page; the whole page where it has none."""
    found = page.spans_of(locator) if locator else []
    return found[0] if found else (0, len(page.lines))


def _smallest(page: Observed, span: Span) -> Any:
    element = page.lines[span[0]].node
    while element is not None and not (page.spans[element][0] <= span[0] and span[1] <= page.spans[element][1]):
        element = element.getparent()
    return element
