"""The region of the text: the locator whose lines agree best with the general way on the pages of a site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from scraper.profiles.learning.naming import locators_of, named_locators
from scraper.profiles.learning.observed import Observed, Span, Sums

MIN_PAGES = 3
MAX_WRONG = 0.2
"""Share of the pages with a region on which it may hold something else."""
MAX_REFUSED = 10
LEAST_TEXT = 60
"""Letters from which on a region is there."""
FITS = 0.75
"""F1 of a region against the general way from which on a page counts as printed with the template."""
PROPOSES = 0.6
"""F1 from which on an element of a page is worth trying on the others."""
SEVERAL = 0.03
"""F1 by which paragraphs named one by one must be better than a box around them: the box also holds what is no `p`."""
COUNTED = 0.02
"""F1 by which a place counted among neighbours must be better than a name: it moves when a box is added."""
AGREES = 0.85
"""Mean F1 on pages left out that a template needs."""
_FOOTER = re.compile(r"(?i)(?:(?:page|site|main|global)[_-]?)?foot(?:er)?")


@dataclass(slots=True)
class Weighed:
    """A page with what its lines weigh: all but the recurring ones, and those of the body among them."""

    page: Observed
    printed: Sums
    wanted: Sums

    def agreement(self, spans: Sequence[Span]) -> float:
        """F1 of the lines in some spans against the body by the general way, by letters."""
        both = self.wanted.over(spans)
        size = self.printed.over(spans) + self.wanted.total
        return 2 * both / size if both else 0.0


@dataclass(slots=True)
class Region:
    """A locator and the pages that it fits."""

    locator: str
    pages: list[int]
    """Indices of the pages."""
    agreement: float
    """Mean F1 over these pages, each with the locator that the others would have chosen."""


def weigh_page(page: Observed, recurring: frozenset[str]) -> Weighed:
    """What the lines of a page weigh: recurring ones and the headline nothing."""
    sizes = [
        0 if line.text in recurring or line.index == page.headline else size
        for line, size in zip(page.lines, page.sizes, strict=True)
    ]
    return Weighed(
        page=page,
        printed=Sums(sizes),
        wanted=Sums(size if index in page.body else 0 for index, size in enumerate(sizes)),
    )


def find_regions(pages: Sequence[Weighed]) -> tuple[list[Region], list[str]]:
    """The regions of a site's templates, the one with most pages first, and why other locators are none.

    Pages that no region fits are in none. A locator that holds other things than the text on some of the pages is not
    used: it would make wrong records of pages that the general way reads well.
    """
    tried = [_try(locator, pages) for locator in sorted(_proposals(pages))]
    rest = [index for index, one in enumerate(pages) if one.wanted.total]
    regions: list[Region] = []
    refused: list[str] = []
    while len(rest) >= MIN_PAGES and tried and len(refused) < MAX_REFUSED:
        best = max(tried, key=lambda one: one.rank(rest))
        fitting = [index for index in rest if best.scores[index] >= FITS]
        if len(fitting) < MIN_PAGES:
            break
        tried.remove(best)
        wrong = [index for index in rest if best.is_there[index] and best.scores[index] < FITS]
        agreement = _held_out([best, *tried], fitting)
        if len(wrong) > MAX_WRONG * (len(fitting) + len(wrong)):
            refused.append(f"{best.locator}: the text on {len(fitting)} pages, something else on {len(wrong)}")
        elif agreement < AGREES:
            refused.append(f"{best.locator}: agrees only to {agreement:.2f} with the general way, on pages left out")
        else:
            regions.append(Region(best.locator, fitting, agreement))
            rest = [index for index in rest if index not in set(fitting)]
    return regions, refused


@dataclass(slots=True)
class _Tried:
    """A locator with how well it agrees on each page."""

    locator: str
    scores: list[float]
    is_there: list[bool]
    """Whether it has text on a page."""
    lines: int
    """That it names on all pages."""
    is_single: bool
    """Whether it names one block a page, and not paragraph by paragraph."""

    def rank(self, pages: Sequence[int]) -> tuple[float, int, int, str]:
        """How good it is for some pages: a hundredth of F1 makes no difference, then the tighter one is better."""
        gain = sum(self._gain(index) for index in pages) / len(pages)
        price = (0 if self.is_single else SEVERAL) + (COUNTED if ":nth-of-type" in self.locator else 0)
        return round(gain - price, 2), -self.lines, -len(self.locator), self.locator

    def _gain(self, index: int) -> float:
        if self.scores[index] >= FITS:
            return self.scores[index] - PROPOSES
        return PROPOSES - 1 if self.is_there[index] else 0.0


def _try(locator: str, pages: Sequence[Weighed]) -> _Tried:
    spans = [one.page.spans_of(locator) for one in pages]
    return _Tried(
        locator=locator,
        scores=[one.agreement(own) for one, own in zip(pages, spans, strict=True)],
        is_there=[one.printed.over(own) >= LEAST_TEXT for one, own in zip(pages, spans, strict=True)],
        lines=sum(stop - start for own in spans for start, stop in own),
        is_single=sum(len(own) > 1 for own in spans) <= 0.2 * len(pages),
    )


def _held_out(tried: Sequence[_Tried], pages: Sequence[int]) -> float:
    """Mean F1 over some pages of the locator that the others would choose; 0 where it is on less than half of them.

    A page that lacks the region does not count: it is read in the general way.
    """
    scores = []
    for index in pages:
        others = [other for other in pages if other != index]
        best = max(tried, key=lambda one: one.rank(others))
        if best.scores[index]:
            scores.append(best.scores[index])
    return fmean(scores) if len(scores) * 2 >= len(pages) else 0.0


def _proposals(pages: Sequence[Weighed]) -> set[str]:
    """Locators of the elements that hold the body and not much else, on at least two pages."""
    counts: Counter[str] = Counter()
    for one in pages:
        found: set[str] = set()
        for element, span in one.page.spans.items():
            if element.tag in ("html", "body") or one.agreement([span]) < PROPOSES:
                continue
            if not _stands_in_footer(element, one.page):
                found.update(locators_of(element))
        for index in one.page.body:
            if _stands_in_footer(one.page.lines[index].node, one.page):
                continue
            # Paragraphs that stand in no box of their own: all `p.text` together.
            found.update(named_locators(one.page.lines[index].node))
        counts.update(found)
    return {locator for locator, count in counts.items() if count > 1}


def _stands_in_footer(element: Any, page: Observed) -> bool:
    """Whether an element is, or stands in, what is called the footer of the page and does not hold its headline."""
    while element is not None:
        names = [*(element.get("class") or "").split(), element.get("id") or ""]
        if element.tag == "footer" or any(map(_FOOTER.fullmatch, names)):
            start, stop = page.spans.get(element, (0, 0))
            if page.headline is None or not start <= page.headline < stop:
                return True
        element = element.getparent()
    return False
