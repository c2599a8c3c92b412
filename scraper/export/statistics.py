"""What a dataset holds, counted while its records pass by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Any

from scraper.article import Article

COUNTED_FIELDS = tuple(
    entry.name
    for entry in fields(Article)
    if entry.name not in ("id", "requested_url", "canonical_url", "version", "text_hash", "evidence", "crawl")
)
"""Fields whose share of filled records says something about the site or about the harvest."""

MAX_PRINTED = 200
"""Registrations that are told apart: a site has some, and a page could print any number."""


@dataclass(slots=True)
class Counts:
    """Sums over records; they take the same memory however many there are."""

    records: int = 0
    characters: int = 0
    duplicates: int = 0
    reprints: int = 0
    unarchived: int = 0
    """Records that name no archive record."""
    first_day: str | None = None
    last_day: str | None = None
    first_fetched: str | None = None
    last_fetched: str | None = None
    days: Counter[str] = field(default_factory=Counter)
    """Records by day of publication, YYYY-MM-DD."""
    filled: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    publishers: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By name and domain."""
    registrations: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """What pages print about their site: domain, kind, value."""

    def add(self, data: dict[str, Any]) -> None:
        """Count one record."""
        self.records += 1
        self.characters += len(data["text"] or "")
        self.duplicates += data["duplicate_of"] is not None
        self.reprints += bool(data["source"] and data["source"]["is_reprint"])
        self.unarchived += data["crawl"]["warc"] is None
        if day := (data["date_published"] or "")[:10]:
            self.days[day] += 1
            self.first_day, self.last_day = min(day, self.first_day or day), max(day, self.last_day or day)
        if fetched := data["crawl"]["fetched_at"]:
            self.first_fetched = min(fetched, self.first_fetched or fetched)
            self.last_fetched = max(fetched, self.last_fetched or fetched)
        self.filled.update(name for name in COUNTED_FIELDS if data[name] not in (None, [], {}))
        if data["language"]:
            self.languages[data["language"]] += 1
        publisher = data["publisher"] or {"name": None, "domain": None}
        domain = publisher["domain"] or ""
        self.publishers[(publisher["name"] or domain, domain)] += 1
        for printed in data["site_records"]:
            key = (domain, printed["kind"], printed["value"])
            if key in self.registrations or len(self.registrations) < MAX_PRINTED:
                self.registrations[key] += 1
