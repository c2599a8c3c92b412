"""How much each printed line speaks for being body: evidence for and against, as log odds.

Every trait of a line has a weight. The weights are fitted to the lines of labelled news pages by
`python -m bench.accuracy.fit`, which holds whole sites back to check itself, and are rounded to a tenth:
the second digit differs from one half of the sites to the other. `make bench-accuracy` shows what a change does.
"""

from __future__ import annotations

from collections.abc import Container
from math import fsum

from scraper.extraction.traits import PageTraits
from scraper.extraction.view import PageView

WEIGHTS: dict[str, float] = {
    "above the headline": -1.0,
    "all link": -0.8,
    "amid the covered": 0.5,
    "among links": -1.8,
    "any": -3.4,
    "below a second headline": -0.9,
    "below the covered": -1.3,
    "beside picture": -1.0,
    "cell": 0.4,
    "covered": -0.4,
    "covered on both sides": 1.4,
    "covered on one side": 0.0,
    "covered, cell": 0.7,
    "covered, list item": 0.4,
    "covered, long": 0.7,
    "density": 4.1,
    "density, short": 1.5,
    "described": 1.9,
    "furniture word": -1.6,
    "heading": 0.1,
    "heads links": -0.4,
    "heads prose": 0.9,
    "in about": -0.2,
    "in accordion": -0.1,
    "in aside": -0.6,
    "in author": -1.4,
    "in box": -0.7,
    "in caption": 0.1,
    "in chrome": -1.5,
    "in comment": -0.9,
    "in consent": -2.1,
    "in content": 1.3,
    "in hidden": -0.4,
    "in notes": -1.0,
    "in offer": -0.5,
    "in quote": 0.4,
    "in related": -2.2,
    "in share": -1.0,
    "in the article": 1.6,
    "in unseen": -1.5,
    "linked item": -0.5,
    "list item": 2.6,
    "looks covered": 1.1,
    "middling": -1.7,
    "mostly link": -2.0,
    "outside the article": -0.5,
    "paragraph": 0.9,
    "right below the headline": 2.1,
    "sentence end": 0.9,
    "short": -0.2,
    "some link": -0.9,
    "told": 1.3,
    "untold": -2.1,
    "very long": 0.1,
    "year": -1.2,
}
"""Log odds of each trait that `find_traits` names."""


def weigh(view: PageView, covered: set[int], among: Container[int] | None = None) -> list[float | None]:
    """Log odds of being body for each line, times the amount of text that it stands for.

    Args:
        view: the page, its headline found.
        covered: indices of the lines that the engine takes for body.
        among: the lines that can be body; None for all.

    Returns:
        Above 0 speaks for body, below against; None for a line that cannot be body: captions, comments and hidden
        text which the engine does not take either, a paragraph that was printed before, fact boxes, embedded posts.
    """
    page = PageTraits(view, covered)
    return [
        # Exact: the parts that a line stands in are a set, and their order must not tip a line that is on the edge.
        None if traits is None else emphasis(size) * fsum(WEIGHTS[name] * value for name, value in traits)
        for size, traits in zip(page.sizes, page.of_all(among), strict=True)
    ]


def emphasis(size: int) -> float:
    """How much a line of this many letters counts: a long one says more surely what it is."""
    return 0.5 + min(size, 600) / 100
