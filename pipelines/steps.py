"""All normalizations in their order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pipelines.dates import normalize_dates
from pipelines.draft import Draft
from pipelines.edition import normalize_edition
from pipelines.identity import identify
from pipelines.language import normalize_language
from pipelines.people import normalize_people
from pipelines.quality import check_quality
from pipelines.section import normalize_section
from pipelines.source import normalize_source
from pipelines.text import normalize_text
from pipelines.titles import normalize_titles
from scraper.extraction.reading import PageReading
from scraper.profiles import Profile

__all__ = ["STEPS", "Draft", "normalize"]

STEPS: tuple[Callable[[Draft], None], ...] = (
    normalize_titles,
    normalize_dates,
    normalize_source,
    normalize_people,
    normalize_section,
    normalize_edition,
    normalize_text,
    normalize_language,
    identify,
    check_quality,
)


def normalize(reading: PageReading, *, fetched_at: datetime | None = None, profile: Profile | None = None) -> Draft:
    """Fill a record from a reading.

    Args:
        reading: what `scraper.extraction.read_page` gave.
        fetched_at: aware time at which the page was had; None where that is not known, as for a saved page: dates such
            as 3小时前 and 12月28日 are then not read.
        profile: the site's profile, if there is one.

    Returns:
        A draft whose `article` is complete where its `reason` is None.
    """
    draft = Draft(reading=reading, fetched_at=fetched_at, profile=profile)
    if reading.reason is not None:
        draft.reason, draft.detail = reading.reason, reading.detail
        return draft
    for step in STEPS:
        step(draft)
    return draft
