"""What to take out: blocks that never hold body, headline or the place of a value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from scraper.extraction.regions import regions_named
from scraper.profiles.learning.naming import locators_of
from scraper.profiles.learning.observed import Observed, Span

MIN_PAGES = 3
MAX_HELD = 0.02
"""Share of a page's body that blocks with one locator may hold and still be dropped."""
MAX_DROPS = 24
_NOT_BODY = frozenset({"caption", "comment", "related", "share", "consent"})
PROSE = 100
"""Letters from which on a line without links may be prose."""
FIELDS = tuple("date_published source author editor breadcrumbs credit kicker subtitle edition site_records".split())


def find_drops(
    pages: Sequence[Observed],
    frames: Sequence[Span],
    regions: Sequence[Sequence[Span]],
    body: Sequence[frozenset[int]],
) -> list[str]:
    """Locators of blocks to drop, those that take out most lines first.

    Args:
        pages: of one template.
        frames: for each page the lines that would be printed.
        regions: for each page the lines of the region.
        body: for each page the lines of the body, recurring ones left out.
    """
    keep = [_needed(page) for page in pages]
    counts: Counter[str] = Counter()
    for page, frame, needed, text in zip(pages, frames, keep, body, strict=True):
        names: set[str] = set()
        for element, (start, stop) in page.spans.items():
            if frame[0] <= start and stop <= frame[1] and not _touches(needed | text, start, stop):
                names.update(locators_of(element))
        counts.update(filter(_is_lasting, names))
    gains = {
        name: {
            number: frozenset(
                index
                for start, stop in page.spans_of(name)
                for index in range(max(start, frame[0]), min(stop, frame[1]))
            )
            for number, (page, frame) in enumerate(zip(pages, frames, strict=True))
        }
        for name, count in sorted(counts.items())
        if count >= MIN_PAGES
    }
    good = {name: found for name, found in gains.items() if _is_safe(name, pages, keep, body, regions)}
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


def _is_safe(
    name: str,
    pages: Sequence[Observed],
    keep: Sequence[frozenset[int]],
    body: Sequence[frozenset[int]],
    regions: Sequence[Sequence[Span]],
) -> bool:
    """Whether a locator holds nothing needed and next to nothing of the body on any page.

    Inside the region only what is no prose, or has a name that says so, is dropped: a caption on five pages is text on
    the sixth.
    """
    is_named = _is_named_no_body(name)
    for page, needed, text, region in zip(pages, keep, body, regions, strict=True):
        lines = [index for start, stop in page.spans_of(name) for index in range(start, stop)]
        if any(index in needed for index in lines):
            return False
        held = sum(page.sizes[index] for index in lines if index in text)
        if held > MAX_HELD * sum(page.sizes[index] for index in text):
            return False
        if is_named:
            continue
        inside = [index for index in lines if any(start <= index < stop for start, stop in region)]
        if any(page.sizes[index] >= PROSE and page.lines[index].link_share < 0.5 for index in inside):
            return False
    return is_named or not _may_lead(name, pages, regions)


def _is_named_no_body(name: str) -> bool:
    words = re.split(r"[^\w-]+", name.rpartition(" > ")[2])
    return any(_NOT_BODY & regions_named(word) for word in words)


def _may_lead(name: str, pages: Sequence[Observed], regions: Sequence[Sequence[Span]]) -> bool:
    """Whether a locator names a box between headline and text that mostly held a few words.

    Such words say nothing of the paragraph that stands there on another page: a credit, an empty slide show, and once
    the first paragraph. A box of links, or one whose prose was no body, is known.
    """
    short = known = 0
    for page, region in zip(pages, regions, strict=True):
        if page.headline is None or not region:
            continue
        lines = [
            page.lines[index]
            for start, stop in page.spans_of(name)
            for index in range(max(start, page.headline + 1), min(stop, region[0][0]))
        ]
        if any(page.sizes[line.index] >= PROSE or line.link_share >= 0.5 for line in lines):
            known += 1
        elif lines:
            short += 1
    return short > known
