"""One printed date string to one point in time, without guessing more than is printed.

Strict forms come first (`scraper.extraction.dateforms`); what they do not know goes to dateparser, held to the
languages of the page, because its automatic choice reads 12月28日 as the 28th of January 2012.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from pipelines.timezones import printed_zone
from scraper.article import Precision
from scraper.extraction.dateforms import PrintedDate, find_dates, find_relative

MAX_CHARS = 100
FIRST_YEAR = 1990

_YEAR = re.compile(r"(?:19|20)\d\d")
_EPOCH = re.compile(r"\A(\d{10})(\d{3})?\Z")
_DAY_FIRST_ENGLISH = frozenset({"gb", "uk", "au", "nz", "ie", "za", "in", "sg", "ng", "ke", "na", "gh"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDate:
    """A date as exact as it was printed."""

    day: date
    """The day as printed, on the clock of the string."""
    moment: datetime | None = None
    """Aware; None where only the day is known."""
    precision: Precision = "day"
    has_zone: bool = False
    """Whether the string itself says its offset."""
    has_year: bool = True
    """Whether the year was printed (or follows from a distance to now)."""

    def text(self) -> str:
        """RFC 3339 with offset and the printed precision (seconds are 00 for minutes), or the day alone."""
        if self.moment is None:
            return self.day.isoformat()
        return self.moment.isoformat(timespec="seconds")


def parse_date(
    raw: str,
    *,
    now: datetime,
    zone: tzinfo | None = None,
    languages: Sequence[str] = (),
    year: int | None = None,
    is_live: bool = True,
) -> ParsedDate | None:
    """Read the first date of a string.

    Args:
        raw: as printed; only the first 100 characters count.
        now: aware time that relative and year-less dates count from; nothing beyond a day after it is believed.
        zone: clock of a printed time without an offset; UTC where None.
        languages: BCP 47, best first; they decide 03/05/2024 and what dateparser may try.
        year: the year that a year-less date is in, if something else on the page says so.
        is_live: whether `now` is when the page was had. Else a date told by its distance, or without a year, is none.

    Returns:
        None for a string without a date, for a day that does not exist, before 1990, or later than a day after now.
        A time of exactly midnight is what systems print that know the day only, and is read as the day.
    """
    text = raw[:MAX_CHARS].strip()
    clock = zone or UTC
    if epoch := _EPOCH.match(text):
        return _believed(_of_moment(datetime.fromtimestamp(int(epoch[1]), clock), "second", has_zone=True), now)
    for printed in find_dates(text):
        if printed.year is None and year is None and not is_live:
            continue
        parsed = _resolve(printed, now, clock, languages, year)
        if parsed is not None:
            return _believed(parsed, now)
    relative = find_relative(text)
    if relative is not None:
        return _believed(_resolve_relative(relative, now, clock), now) if is_live else None
    if not is_live and not _YEAR.search(text):
        return None
    return _believed(_ask_dateparser(text, tuple(languages), now, clock), now)


def _believed(parsed: ParsedDate | None, now: datetime) -> ParsedDate | None:
    if parsed is None or parsed.day.year < FIRST_YEAR:
        return None
    latest = now + timedelta(days=1)
    if parsed.moment is not None:
        return parsed if parsed.moment <= latest else None
    return parsed if parsed.day <= latest.date() else None


def _of_moment(moment: datetime, precision: Precision, *, has_zone: bool = False, has_year: bool = True) -> ParsedDate:
    return ParsedDate(day=moment.date(), moment=moment, precision=precision, has_zone=has_zone, has_year=has_year)


def _resolve(
    printed: PrintedDate, now: datetime, clock: tzinfo, languages: Sequence[str], year: int | None
) -> ParsedDate | None:
    month, day = printed.month or 0, printed.day or 0
    if printed.is_ambiguous and printed.year is not None:
        ways = [found for found in (_day(printed.year, month, day), _day(printed.year, day, month)) if found]
        if _is_month_first(languages):
            ways.reverse()
        # Of the two ways the one that is not yet to come.
        past = [found for found in ways if found <= now.date() + timedelta(days=1)]
        month, day = (past or ways)[0].month, (past or ways)[0].day
    if printed.year is not None:
        found = _day(printed.year, month, day)
    else:
        found = _day(year, month, day) if year else None
        found = found or _latest(month, day, now.astimezone(clock).date() + timedelta(days=1))
    if found is None:
        return None
    has_year = printed.year is not None
    if printed.hour is None or not (printed.hour or printed.minute or printed.second):
        return ParsedDate(day=found, has_year=has_year)
    is_chinese = any(language.lower().startswith("zh") for language in languages) or clock.utcoffset(
        datetime(2020, 1, 1)
    ) == timedelta(hours=8)
    zone = printed_zone(printed.zone, is_chinese=is_chinese) if printed.zone else None
    # 24:00 is the end of the day.
    midnight = datetime(found.year, found.month, found.day, tzinfo=zone or clock)
    moment = midnight.replace(
        hour=printed.hour % 24, minute=printed.minute or 0, second=printed.second or 0
    ) + timedelta(days=printed.hour // 24)
    return _of_moment(
        moment, "minute" if printed.second is None else "second", has_zone=zone is not None, has_year=has_year
    )


def _resolve_relative(printed: PrintedDate, now: datetime, clock: tzinfo) -> ParsedDate | None:
    here = now.astimezone(clock)
    if printed.ago is not None:
        # 3小时前 was 40 minutes more or less; only minutes and seconds tell a time.
        if printed.ago >= timedelta(hours=1):
            return ParsedDate(day=(here - printed.ago).date())
        return _of_moment((here - printed.ago).replace(second=0, microsecond=0), "minute")
    day = (here - timedelta(days=printed.days_back or 0)).date()
    if printed.hour is None:
        return ParsedDate(day=day)
    moment = datetime(day.year, day.month, day.day, printed.hour % 24, printed.minute or 0, tzinfo=clock)
    return _of_moment(moment, "minute")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest(month: int, day: int, until: date) -> date | None:
    """The last day of that month and number that is not later than `until`."""
    for year in range(until.year, until.year - 9, -1):  # 8 years hold a 29th of February
        found = _day(year, month, day)
        if found is not None and found <= until:
            return found
    return None


def _is_month_first(languages: Sequence[str]) -> bool:
    """Whether 03/05/2024 is in March: so in the United States, and nowhere else that matters."""
    parts = languages[0].lower().replace("_", "-").split("-") if languages else ["en"]
    return parts[0] == "en" and not _DAY_FIRST_ENGLISH & set(parts[1:])


def _ask_dateparser(text: str, languages: tuple[str, ...], now: datetime, clock: tzinfo) -> ParsedDate | None:
    # Chinese, Japanese and Korean are read above, and dateparser makes the 13th of January of 2017年13月1日.
    languages = tuple(language for language in languages if not language.lower().startswith(("zh", "ja", "ko")))
    # Its time grows with the words of a string; no date is longer, and one with less than three digits is not whole.
    if not languages or len(text) > 60 or sum(char.isdigit() for char in text) < 3:
        return None
    found = _parse_with_dateparser(text, languages, now.astimezone(clock).replace(tzinfo=None, microsecond=0))
    if found is None:
        return None
    if not (found.hour or found.minute or found.second):
        return ParsedDate(day=found.date())
    return _of_moment(
        found if found.tzinfo else found.replace(tzinfo=clock), "minute", has_zone=found.tzinfo is not None
    )


@lru_cache(maxsize=2048)
def _parse_with_dateparser(text: str, languages: tuple[str, ...], base: datetime) -> datetime | None:
    import dateparser  # loads for a third of a second, and most harvests never need it

    known = [language.split("-")[0].lower() for language in languages if language]
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past", "REQUIRE_PARTS": ["day", "month", "year"]}
    try:
        found = dateparser.parse(text, languages=list(dict.fromkeys(known)), settings=settings)
    except (ValueError, OverflowError, TypeError, RecursionError):
        return None  # a language it does not know, or a number that no calendar holds
    return found if isinstance(found, datetime) else None
