"""How a site prints its dates.

Whether 03/04/2026 is in March or in April shows where one number is above 12, or where the page tells its date in
another place too: in its meta data, or in its address.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from scraper.profiles.learning.observed import Observed

SHARE = 0.8
"""Share of the printed dates that must be of one form."""
MIN_DATES = 3
MIN_SHOWN = 2
"""Dates that must show which number is the day: a single one may be that of an event."""

_PRINTED = frozenset({"label", "text"})
_YEAR_FIRST = re.compile(r"(?<!\d)(?:19|20)\d\d([-/.年])\d{1,2}([-/.月])\d{1,2}(日?)(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(?:19|20)\d\d(?!\d)")
_ISO = re.compile(r"((?:19|20)\d\d)[-/]?(\d\d)[-/]?(\d\d)(?!\d)")
_TIME = re.compile(r"\d(\D{0,3})\d{1,2}:\d\d(:\d\d)?(?!\d)")


def find_date_format(pages: Sequence[Observed]) -> str | None:
    """The form of the dates as for strptime, such as %d/%m/%Y %H:%M; None where it differs or cannot be known."""
    dated = [(raw, _told(page)) for page in pages if (raw := _printed(page)) is not None]
    order = _order(dated)
    printed = [raw for raw, _ in dated]
    forms = Counter(form for raw in printed if (form := _form(raw, order)))
    best = min(forms, key=lambda form: (-forms[form], form), default=None)
    if best is None or forms[best] < max(MIN_DATES, SHARE * len(printed)):
        return None
    return best


def _printed(page: Observed) -> str | None:
    candidates = page.reading.candidates.get("date_published", ())
    return next((one.raw for one in candidates if one.method in _PRINTED), None)


def _told(page: Observed) -> set[tuple[int, int]]:
    """Months and days that the page tells in places where their order is known."""
    candidates = page.reading.candidates.get("date_published", ())
    matches = [_ISO.match(one.raw) for one in candidates if one.method not in _PRINTED]
    return {(int(match[2]), int(match[3])) for match in matches if match}


def _order(dated: Sequence[tuple[str, set[tuple[int, int]]]]) -> tuple[str, str] | None:
    """Which of two numbers is the day; None where too few dates show it, or dates disagree."""
    day_first = month_first = 0
    for raw, told in dated:
        if match := _YEAR_LAST.search(raw):
            one, other = int(match[1]), int(match[3])
            if one != other:
                day_first += one > 12 or (other, one) in told
                month_first += other > 12 or (one, other) in told
    if (day_first > 0) == (month_first > 0) or max(day_first, month_first) < MIN_SHOWN:
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
