"""The days that a harvest is about, and what lies before and behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scraper.reasons import Reason


@dataclass(frozen=True, slots=True)
class DayRange:
    """From `since` to `until`, both days included; None for no limit. A day that is not known is never out of it."""

    since: date | None = None
    until: date | None = None

    def is_older(self, last: date | None) -> bool:
        """Whether something whose last day this is lies before the range."""
        return last is not None and self.since is not None and last < self.since

    def is_newer(self, first: date | None) -> bool:
        """Whether something whose first day this is lies behind the range."""
        return first is not None and self.until is not None and first > self.until

    def holds(self, first: date | None, last: date | None) -> bool:
        """Whether something of these days may belong to the range."""
        return not self.is_older(last) and not self.is_newer(first)

    def is_passed(self, days: Iterable[date | None]) -> bool:
        """Whether a listing that goes from new to old has left the range: more than half of its days lie before it.

        Not all of them: beside an old list stand the headlines of today.
        """
        known = [day for day in days if day is not None]
        return sum(map(self.is_older, known)) * 2 > len(known)

    def judge(self, published: str | None) -> Reason | None:
        """Why an article is not stored, by its `date_published`; None where it is."""
        day = date.fromisoformat(published[:10]) if published else None
        return Reason.OLDER if self.is_older(day) else Reason.NEWER if self.is_newer(day) else None
