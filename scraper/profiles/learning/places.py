"""Where headline, date, source, authors, editor and section stand on the pages of a template."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import partial

from scraper.extraction.lines import fold
from scraper.profiles.learning.naming import locators_around
from scraper.profiles.learning.observed import Observed
from scraper.profiles.template import Place

FIELDS = {
    "date": "date_published",
    "source": "source",
    "authors": "author",
    "editor": "editor",
    "section": "breadcrumbs",
    "records": "site_records",
}
"""Key of a template -> field of a reading."""

TITLE_SHARE = 0.8
"""Share of the pages on which the headline must stand at a locator."""
PLACE_SHARE = 0.5
"""Share of the pages that have a value on which it must stand at a locator."""
MIN_PAGES = 2
MAX_LINES = 6
"""An element of more lines is no place of a value."""
LEVELS = 3


def find_title(pages: Sequence[Observed]) -> str | None:
    """The locator whose first element prints the headline and little else, on most of these pages."""
    printed = [page for page in pages if page.headline is not None]
    hits: Counter[str] = Counter()
    for page in printed:
        assert page.headline is not None
        hits.update(locators_around(page.lines[page.headline].node, LEVELS, partial(_is_small, page, 3)))
    best: tuple[float, int, str] | None = None
    for locator, count in hits.items():
        if count < TITLE_SHARE * len(printed):
            continue
        share = sum(_names_headline(page, locator) for page in printed) / len(printed)
        if share >= TITLE_SHARE and (best is None or (share, -len(locator), locator) > best):
            best = (share, -len(locator), locator)
    return best[2] if best and len(printed) >= max(MIN_PAGES, TITLE_SHARE * len(pages)) else None


def find_title_suffix(pages: Sequence[Observed]) -> str | None:
    """What stands behind the headline in the title of the window on most pages; None where it differs."""
    suffixes: Counter[str] = Counter()
    for page in pages:
        window = fold(page.tree.findtext(".//title") or "")
        headline = page.lines[page.headline].text if page.headline is not None else ""
        if headline and window.startswith(headline) and len(window) > len(headline):
            suffixes[window[len(headline) :].rstrip()] += 1
    best = min(suffixes, key=lambda suffix: (-suffixes[suffix], suffix), default=None)
    return best if best is not None and suffixes[best] >= TITLE_SHARE * len(pages) else None


def _names_headline(page: Observed, locator: str) -> bool:
    spans = page.spans_of(locator)
    assert page.headline is not None
    return bool(spans) and spans[0][0] <= page.headline < spans[0][1] <= spans[0][0] + 3


def _is_small(page: Observed, most: int, element: object) -> bool:
    span = page.spans.get(element)
    return span is not None and span[1] - span[0] <= most


def find_place(pages: Sequence[Observed], field_name: str) -> Place | None:
    """Where the values of a field mostly stand; None where they stand in no place of their own.

    Args:
        pages: of one template.
        field_name: of a reading, such as date_published.
    """
    hits: Counter[str] = Counter()
    labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    having = 0
    for page in pages:
        evidence = page.evidence(field_name)[:1]
        having += bool(evidence)
        for index, label, _ in evidence:
            if index in page.body and page.sizes[index] >= 150:
                continue  # within a paragraph: the general rules for text find it there
            for locator in sorted(locators_around(page.lines[index].node, LEVELS, partial(_is_small, page, MAX_LINES))):
                hits[locator] += 1
                # What a licence is called is its kind, not a word that is printed in front of it.
                if label and field_name != "site_records":
                    labels[locator][label] += 1
    if having < MIN_PAGES:
        return None
    good = [
        (count - 0.5 * _strays(pages, locator), -len(locator), locator)
        for locator, count in hits.items()
        if count >= max(MIN_PAGES, PLACE_SHARE * having)
    ]
    if not good:
        return None
    score, _, best = max(good)
    if score < MIN_PAGES * 0.5:
        return None
    common = labels[best].most_common(1)
    return Place(at=best, label=common[0][0] if common else None)


def _strays(pages: Sequence[Observed], locator: str) -> float:
    """How many elements besides the first a locator names, a page."""
    return sum(max(0, len(page.spans_of(locator)) - 1) for page in pages) / len(pages)
