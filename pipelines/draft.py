"""What travels through the pipelines: a page that was read, and the record that grows from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from scraper.article import Article, Evidence
from scraper.extraction.reading import Candidate, PageReading
from scraper.profiles import Profile
from scraper.reasons import Reason


@dataclass(slots=True, kw_only=True)
class Draft:
    """A reading and the article that the pipelines fill from it."""

    reading: PageReading
    fetched_at: datetime | None = None
    """Aware; relative and year-less dates are read against it, and nothing later than a day after it is believed.
    None where nobody knows when the page was had: then such dates are not read, and now bounds the others."""
    profile: Profile | None = None
    article: Article = field(default_factory=Article)
    reason: Reason | None = None
    """Why no record comes of it; None while it is an article."""
    detail: str | None = None

    def prove(self, field_name: str, candidate: Candidate, confidence: float | None = None) -> None:
        """Keep the evidence of the candidate that won a field."""
        self.article.evidence[field_name] = Evidence(
            method=candidate.method,
            locator=candidate.locator,
            raw=candidate.raw,
            confidence=round(candidate.confidence if confidence is None else confidence, 3),
        )
