"""The sources of a site as its ledger knows them: where articles are looked for, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.ledger.ledger import Ledger
from scraper.outcome import AddressKind


@dataclass(frozen=True, slots=True)
class Source:
    """A start, sitemap, feed, list or edition."""

    url: str
    kind: AddressKind
    via: str
    """How it was found: seed, profile, robots, usual place, link, listing, sitemap."""
    state: str
    reason: str | None
    detail: str | None
    listed: int | None
    """Addresses that it listed when it was read last; None where it was never read."""
    asked_at: float | None
    """POSIX seconds of its last answer; None where there was none."""
    new_at: float | None
    """Of the last that led to something new."""
    rest_s: float | None
    """Seconds that it is left alone after an answer; see `scraper.ledger.schedule`."""
    is_later: bool
    """See `PageOutcome.is_later`."""

    @property
    def is_used(self) -> bool:
        """Whether the next runs take addresses from it."""
        return self.state == "new" or (self.state == "done" and bool(self.listed))


def read_sources(ledger: Ledger) -> list[Source]:
    """Every source of a site: the starts, then sitemaps, feeds, lists and editions, each as they were found."""
    rows = ledger._query(
        "SELECT url.url, kind, via, state, reason, detail, listed, asked_at, new_at, rest_s, is_later"
        " FROM url LEFT JOIN source USING (key) WHERE kind != 'page' OR via = 'seed'"
        " ORDER BY via != 'seed', instr('sitemap feed listing edition', kind), id"
    )
    return [Source(*row) for row in rows]


def count_sections(ledger: Ledger, priority: int) -> int:
    """How many addresses wait that look like sections, by the priority that they are entered with."""
    return int(
        ledger._query("SELECT count(*) FROM url WHERE kind = 'page' AND state = 'new' AND priority = ?", (priority,))[
            0
        ][0]
    )
