"""When an article is asked again: by its age, a few times, then never more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

DEFAULT_AGES_S: tuple[float, ...] = (3600.0, 86400.0, 7 * 86400.0, 30 * 86400.0)
"""Ages, in seconds, from which on the next run asks an article again: an hour, a day, a week, a month. Corrections come
within hours, take-downs within weeks; what is older changes too seldom to be worth a request."""

EARLY = 0.1
"""Share of an age that may be missing: a run at the same hour of every day is a day after the last, a minute less."""

PRIORITY = -10
"""Of an article that is asked again: behind everything that may be new."""


def next_revisit(born: float, now: float, ages_s: Sequence[float] = DEFAULT_AGES_S) -> float:
    """When an article is due again.

    Args:
        born: POSIX seconds from which its age counts, see `birth`; for one that went away, when it did.
        now: POSIX seconds. However many ages were missed until now, they make one revisit.
        ages_s: the rule.

    Returns:
        POSIX seconds; 0 where the article is older than the last age, and never asked again by itself.
    """
    return min((due for due in (born + age * (1 - EARLY) for age in ages_s) if due > now), default=0.0)


def birth(published: str | None, stored: float) -> float:
    """From when on the age of an article counts, in POSIX seconds.

    That is when it was published, or stored first where that came before or the date is not known: the archive of a
    site, taken in on one day, must not be asked again as if it were of that day.

    Args:
        published: `Article.date_published`. A day alone counts as its end in UTC.
        stored: POSIX seconds.
    """
    if not published:
        return stored
    try:
        moment = datetime.fromisoformat(published if len(published) > 10 else f"{published}T23:59:59+00:00")
    except ValueError:
        return stored
    return min(stored, (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
