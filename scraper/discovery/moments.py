"""Times that sitemaps and feeds print, in one form that can be compared as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from scraper.rfc3339 import to_text

SHARED_FROM = 20
"""A file with fewer entries is believed whatever its times: the pages of a small site do change on one day."""


def to_utc(printed: str | None) -> str | None:
    """A W3C date or time (sitemaps.org, RSS 1.0, Atom) or an RFC 822 one (RSS 2.0), in UTC.

    Returns:
        ``2026-11-20`` or ``2026-11-20T10:17:32Z``, which sort as the times do; None for what is neither. A time without
        a zone counts as UTC.
    """
    text = (printed or "").strip()
    if len(text) == 10:
        return text if _as_date(text) else None
    try:
        moment = datetime.fromisoformat(text) if text[:4].isdecimal() else parsedate_to_datetime(text)
        moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return to_text(moment)


def to_iso(printed: str | None) -> str | None:
    """The same in RFC 3339, on the clock on which it was printed; None for what is neither form."""
    text = (printed or "").strip()
    if to_utc(text) is None:
        return None
    return text if text[:4].isdecimal() else parsedate_to_datetime(text).isoformat()


def day_of(printed: str | None) -> date | None:
    """The day of such a time, as printed and not in UTC; None where it cannot be told."""
    text = (printed or "").strip()
    if text[:4].isdecimal():
        return _as_date(text[:10])
    try:
        return parsedate_to_datetime(text).date()
    except ValueError:
        return None


def is_shared(times: Sequence[str | None]) -> bool:
    """Whether the times of a file are those of the file: more than half of its entries say the same minute, or day.

    Many systems print the time at which the sitemap was made as the `lastmod` of every page. It tells nothing of them.

    Args:
        times: as `to_utc` writes them.
    """
    told = [time[:16] for time in times if time]
    if len(told) < SHARED_FROM:
        return False
    return Counter(told).most_common(1)[0][1] * 2 > len(told)


def _as_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
