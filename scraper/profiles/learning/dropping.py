"""What to take out: blocks that never hold body, headline or the place of a value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from scraper.profiles.learning.naming import locators_of
from scraper.profiles.learning.observed import Observed, Span

MIN_PAGES = 3
MAX_HELD = 0.02
"""Share of a page's body that blocks with one locator may hold and still be dropped."""
MAX_DROPS = 24
FIELDS = ("date_published", "source", "author", "editor", "breadcrumbs", "credit", "kicker", "subtitle", "edition")


def find_drops(pages: Sequence[Observed], frames: Sequence[Span], body: Sequence[frozenset[int]]) -> list[str]:
    """Locators of blocks to drop, those that take out most lines first.

    Args:
        pages: of one template.
        frames: for each page the lines that would be printed.
        body: for each page the lines of the body, recurring ones left out.
    """
    keep = [_needed(page) | own for page, own in zip(pages, body, strict=True)]
    gains: defaultdict[str, dict[int, frozenset[int]]] = defaultdict(dict)
    for number, (page, frame) in enumerate(zip(pages, frames, strict=True)):
        names: set[str] = set()
        for element, (start, stop) in page.spans.items():
            if frame[0] <= start and stop <= frame[1] and not _touches(keep[number], start, stop):
                names.update(locators_of(element))
        for name in filter(_is_lasting, names):
            lines = frozenset(
                index
                for start, stop in page.spans_of(name)
                for index in range(max(start, frame[0]), min(stop, frame[1]))
            )
            gains[name][number] = lines
    good = {name: found for name, found in gains.items() if _is_safe(name, pages, keep)}
    chosen: list[str] = []
    gone: list[set[int]] = [set() for _ in pages]
    while good and len(chosen) < MAX_DROPS:
        best = max(good, key=lambda name: (_gain(good[name], gone), -len(name), name))
        if _gain(good[best], gone) < MIN_PAGES:
            break
        found = good.pop(best)
        if sum(bool(lines - gone[number]) for number, lines in found.items()) < MIN_PAGES:
            continue
        chosen.append(best)
        for number, lines in found.items():
            gone[number] |= lines
    return chosen


def _is_lasting(name: str) -> bool:
    """Whether a locator means the same on pages with more paragraphs; the cells of a layout table have their place."""
    last = name.rpartition(" > ")[2]
    return ":nth-of-type" not in name or last.startswith(("td:", "tr:", "table:"))


def _gain(found: dict[int, frozenset[int]], gone: Sequence[set[int]]) -> int:
    return sum(len(lines - gone[number]) for number, lines in found.items())


def _needed(page: Observed) -> frozenset[int]:
    """Headline and its neighbours, and the lines that a value was read from."""
    lines = {index for name in FIELDS for index, _, _ in page.evidence(name)}
    if page.headline is not None:
        lines.add(page.headline)
    return frozenset(lines)


def _touches(needed: frozenset[int], start: int, stop: int) -> bool:
    return any(start <= index < stop for index in needed)


def _is_safe(name: str, pages: Sequence[Observed], keep: Sequence[frozenset[int]]) -> bool:
    """Whether a locator holds nothing needed on any page, or next to nothing of it."""
    for page, needed in zip(pages, keep, strict=True):
        total = sum(page.sizes[index] for index in needed) or 1
        held = sum(
            page.sizes[index] for start, stop in page.spans_of(name) for index in range(start, stop) if index in needed
        )
        if held > MAX_HELD * total:
            return False
    return True
