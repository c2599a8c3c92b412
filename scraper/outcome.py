"""What became of one address: the unit that the store commits.

A spider asks for an address and hands on exactly one `PageOutcome` for it, whatever happened.
The store writes the archive records, the article or the problem, the new state of the address
and the addresses discovered on it in one commit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from scraper.article import Article
from scraper.reasons import Reason

Turn = Literal["version", "gone", "returned"]
"""What may happen to an article that is stored: its text changed, it went away, it is there again."""

State = Literal["new", "leased", "done", "failed", "gone"]
AddressKind = Literal["page", "listing", "feed", "sitemap", "edition"]


@dataclass(slots=True, kw_only=True)
class Address:
    """A URL of the site, as it enters the ledger."""

    url: str
    """Absolute http(s) URL to ask for."""
    kind: AddressKind = "page"
    """A page is asked once; listings, feeds, sitemaps and editions are asked again in every run."""
    via: str = "link"
    """How it was found: seed, link, listing, feed, sitemap, edition; an article of an e-paper with the page that lists
    it (edition 02 民生)."""
    depth: int = 0
    """Clicks from a seed."""
    priority: int = 0
    """Higher is asked sooner."""
    lastmod: str | None = None
    """When a sitemap or feed says that it changed last, in the form of `scraper.discovery.moments`: a later one than
    before has a known article or sitemap asked again. None where nothing is said."""
    told_title: str | None = None
    """Headline of the page, as the news sitemap or the feed that led to it has it."""
    told_date: str | None = None
    """When it came out, as they print it."""


@dataclass(slots=True, kw_only=True)
class Exchange:
    """One HTTP request and its response, for the archive; see `scraper.fetching.archive` for what is as received."""

    url: str
    request: bytes
    """Request line and headers."""
    response_head: bytes
    """Status line and headers."""
    body: bytes
    """Body as received: content coding not undone."""
    fetched_at: str
    """RFC 3339, UTC."""
    ip: str | None = None
    truncated: str | None = None
    """WARC-Truncated: length, time, disconnect, unspecified; None where the body is whole."""


@dataclass(slots=True, frozen=True, kw_only=True)
class TemplateLook:
    """Whether a template of the profile fitted a page that it should have read."""

    template: str
    """What messages call it."""
    places: str = ""
    """What it looked for: with another value the name stands for another template by now."""
    missed_on: date | None = None
    """Day on which the page was fetched; None where it fitted."""
    why: str | None = None
    """What was missing."""
    is_checked: bool = False
    """Whether the page was read both ways."""


@dataclass(slots=True, kw_only=True)
class PageOutcome:
    """What became of one address."""

    url: str
    """The address as it was leased from the ledger."""
    state: State
    """`new` puts the address back: it is asked again at or after `next_at`."""
    kind: AddressKind = "page"
    """What the address turned out to be."""
    reason: Reason | None = None
    """None for an article, and for a source that was read."""
    detail: str | None = None
    article: Article | None = None
    links: list[Address] = field(default_factory=list)
    covers: list[str] = field(default_factory=list)
    """Other addresses that this outcome answers too: where it redirected to, later pages of the same article."""
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    is_later: bool | None = None
    """For a listing or an edition: a later page, or one of a day long past. It is asked again only when a page that
    leads to it brings something new, and not in every run. None: as it was."""
    next_at: float | None = None
    """POSIX seconds before which it is not asked again; None for at once."""
    exchanges: list[Exchange] = field(default_factory=list)
    looks: list[TemplateLook] = field(default_factory=list)
    """Whether the template fitted that read the page; where none did, those that should have read it."""
    is_revisit: bool = False
    """Whether it gave an article before, see `Lease.is_revisit`."""
    listed: int | None = None
    """Of a source: how many addresses it lists; None where it did not change or is none."""
    brought_new: bool = False
    """Of a source: whether addresses that it lists, and that were entered before this outcome, were not known."""
    turns: list[Turn] = field(default_factory=list)
    """Set by the store: what happened to the article that is stored."""

    @property
    def is_problem(self) -> bool:
        """Whether an article may have been lost. One that is stored and went away is none."""
        is_kept = self.is_revisit and self.state == "gone"
        return self.reason is not None and self.reason.is_problem and self.state != "new" and not is_kept
