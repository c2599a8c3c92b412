"""How a site prints its dates. Whether 03/04/2026 is in March or in April shows where one number is above 12."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from scraper.profiles.learning.observed import Observed

SHARE = 0.8
"""Share of the printed dates that must be of one form."""
MIN_DATES = 3

_YEAR_FIRST = re.compile(r"(?<!\d)(?:19|20)\d\d([-/.年])\d{1,2}([-/.月])\d{1,2}(日?)(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(?:19|20)\d\d(?!\d)")
_TIME = re.compile(r"\d(\D{0,3})\d{1,2}:\d\d(:\d\d)?(?!\d)")


def find_date_format(pages: Sequence[Observed]) -> str | None:
    """The form of the dates as for strptime, such as %d/%m/%Y %H:%M; None where it differs or cannot be known."""
    printed = [
        candidate.raw
        for page in pages
        for candidate in page.reading.candidates.get("date_published", ())[:1]
        if candidate.method in ("label", "text")
    ]
    order = _order(printed)
    forms = Counter(form for raw in printed if (form := _form(raw, order)))
    best = min(forms, key=lambda form: (-forms[form], form), default=None)
    if best is None or forms[best] < max(MIN_DATES, SHARE * len(printed)):
        return None
    return best


def _order(printed: Sequence[str]) -> tuple[str, str] | None:
    """Which of two numbers is the day; None where no date shows it, or dates disagree."""
    matches = [match for raw in printed if (match := _YEAR_LAST.search(raw))]
    day_first = any(int(match[1]) > 12 for match in matches)
    month_first = any(int(match[3]) > 12 for match in matches)
    if day_first == month_first:
        return None
    return ("%d", "%m") if day_first else ("%m", "%d")


def _form(raw: str, order: tuple[str, str] | None) -> str | None:
    if match := _YEAR_FIRST.search(raw):
        day = f"%Y{match[1]}%m{match[2]}%d{match[3]}"
    elif order is not None and (match := _YEAR_LAST.search(raw)):
        day = f"{order[0]}{match[2]}{order[1]}{match[2]}%Y"
    else:
        return None
    time = _TIME.search(raw, match.end() - 1)
    return day if time is None else f"{day}{time[1]}%H:%M{':%S' if time[2] else ''}"
