"""What kind of page this is: an article, or which of the others."""

from __future__ import annotations

from scraper.extraction.reading import PageReading
from scraper.extraction.view import PageView
from scraper.reasons import Reason


def judge_kind(view: PageView, reading: PageReading) -> None:
    """Set `reading.kind`, and `reading.reason` and `reading.detail` where the page is no article."""
    if reading.blocks:
        reading.kind = "article"
    else:
        reading.kind, reading.reason, reading.detail = "other", Reason.NO_TEXT, "no body text was found"
