"""The edition: where an article of an e-paper stood in print."""

from __future__ import annotations

from datetime import date

from pipelines.draft import Draft
from scraper.article import Edition


def normalize_edition(draft: Draft) -> None:
    """Fill `edition` from what the page of an e-paper prints; an ordinary web page has none."""
    parts = {candidate.label: candidate for candidate in reversed(draft.reading.candidates.get("edition", []))}
    page = parts.get("page")
    if page is None:
        return

    def printed(part: str) -> str | None:
        return parts[part].raw.strip() if part in parts else None

    draft.article.edition = Edition(
        newspaper=printed("newspaper"),
        date=_valid(printed("date")),
        issue=printed("issue"),
        page=page.raw.strip(),
        page_name=printed("page_name"),
    )
    draft.prove("edition", page)


def _valid(text: str | None) -> str | None:
    """A date as printed, if the calendar has it."""
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        return None
