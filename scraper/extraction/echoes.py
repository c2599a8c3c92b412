"""Lines that the page says once more where no reader sees it: its description, the text in its structured data."""

from __future__ import annotations

from scraper.extraction.lines import Line, width
from scraper.extraction.view import PageView

STANDFIRST_LINES = 20
"""A standfirst stands at most so far below the headline, in lines."""
LONG = 60
"""From how many letters a line can be told by itself from the same words elsewhere."""


def find_told(view: PageView, covered: set[int]) -> set[int] | None:
    """Indices of the lines that the `articleBody` of the structured data holds.

    None where it does not hold most of the text that the engine took: many are cut off, and some are of another text.
    """
    if not view.told:
        return None
    found = set()
    told = taken = 0
    for line in view.lines:
        size = width(line.text)
        key = "".join(line.text.split())
        if len(key) > 8 and key[:60] in view.told:
            found.add(line.index)
            told += size if size >= LONG else 0
        if line.index in covered and size >= LONG:
            taken += size
    return found if told > 200 and told > 0.6 * taken else None


def find_described(view: PageView) -> set[int]:
    """Indices of the lines below the headline that the page's description repeats: its standfirst, as a rule."""
    description = "".join(view.description.split())
    if not description or view.headline is None:
        return set()

    def is_described(line: Line) -> bool:
        key = "".join(line.text.split())
        return width(line.text) > 40 and (key[:40] in description or description[:60] in key)

    below = view.lines[max(0, view.headline - 2) : view.headline + STANDFIRST_LINES]
    return {line.index for line in below if is_described(line)}
