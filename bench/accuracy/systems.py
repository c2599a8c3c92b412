"""The two systems that are compared, each as a function from a page to the same plain answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import trafilatura

from bench.accuracy.corpora import Page
from pipelines import Draft, normalize
from scraper.extraction import read_page

FETCHED_AT = datetime(2026, 11, 1, tzinfo=UTC)
"""Well after every page, so that relative dates and the bound on future dates do not move with the clock."""


@dataclass(slots=True, kw_only=True)
class Answer:
    """What a system says about a page; the names are those of the measures."""

    is_article: bool | None = None
    """None where the system does not judge it."""
    reason: str | None = None
    title: str | None = None
    date: str | None = None
    authors: list[str] = field(default_factory=list)
    editor: list[str] = field(default_factory=list)
    source: str | None = None
    section: list[str] = field(default_factory=list)
    text: str = ""
    confidence: dict[str, float] = field(default_factory=dict)
    """By field of the record; of ours only."""


def ours(page: Page) -> Answer:
    """The way of the harvester: read the page, normalize the reading."""
    return answer_of(normalize(read_page(page.html, page.url), fetched_at=FETCHED_AT))


def answer_of(draft: Draft) -> Answer:
    """A draft as an answer."""
    if draft.reason is not None:
        return Answer(is_article=False, reason=f"{draft.reason}: {draft.detail}")
    article = draft.article
    return Answer(
        is_article=True,
        title=article.title,
        date=article.date_published,
        authors=article.authors,
        editor=article.responsible_editors,
        source=article.source.name if article.source else None,
        section=article.breadcrumbs,
        text=article.text or "",
        confidence={name: proof.confidence for name, proof in article.evidence.items()},
    )


def trafilatura_alone(page: Page) -> Answer:
    """What trafilatura gives as it comes, text and metadata in one call."""
    document = trafilatura.bare_extraction(page.html, url=page.url, with_metadata=True, include_comments=False)
    if document is None or isinstance(document, dict):
        return Answer()
    return Answer(
        title=document.title,
        date=document.date,
        authors=[name.strip() for name in (document.author or "").split(";") if name.strip()],
        section=list(document.categories or []),
        text=document.text or "",
    )


SYSTEMS: dict[str, Callable[[Page], Answer]] = {"ours": ours, "trafilatura": trafilatura_alone}


def run(pages: list[Page]) -> tuple[dict[str, list[Answer]], dict[str, float]]:
    """Both systems on the same pages, alternating which goes first, so that caches and heat favour neither.

    Returns:
        The answers of each system in page order, and its CPU seconds in all.
    """
    names = list(SYSTEMS)
    answers: dict[str, list[Answer]] = {name: [] for name in names}
    seconds = dict.fromkeys(names, 0.0)
    for name in names:  # first calls load word lists and tables; that is start-up, not extraction
        for page in pages[:2]:
            SYSTEMS[name](page)
    for number, page in enumerate(pages):
        for name in names if number % 2 else reversed(names):
            start = time.process_time()
            answer = SYSTEMS[name](page)
            seconds[name] += time.process_time() - start
            answers[name].append(answer)
    return answers, seconds
