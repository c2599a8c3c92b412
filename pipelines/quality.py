"""The last look: what has no headline or no text is no record."""

from __future__ import annotations

from pipelines.draft import Draft
from scraper.extraction.lines import width
from scraper.reasons import Reason

MIN_WIDTH = 60
"""Least amount of text for a record, in letters (a Chinese sign counts three): a news flash is one sentence."""


def check_quality(draft: Draft) -> None:
    """Give the draft a reason where its article lacks a title or a text."""
    if draft.reason is not None:
        return
    article = draft.article
    size = width(article.text or "")
    if size < MIN_WIDTH:
        draft.reason = Reason.NO_TEXT
        draft.detail = f"the text has {len(article.text or '')} characters after furniture was cut"
    elif not article.title:
        draft.reason = Reason.NO_TITLE
        draft.detail = "no heading, title element or metadata names a headline"
