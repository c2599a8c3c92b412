"""What reading one page gives: plain values that travel between processes.

`PageReading` holds everything that was seen on a page, undecided: for each field the candidates, each
with the place where it stood. The pipelines choose among them. Nothing here knows lxml or Scrapy.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from scraper.article import Image
from scraper.reasons import Reason

Kind = Literal["article", "listing", "section", "search", "edition", "gallery", "video", "forum", "error", "other"]
BlockKind = Literal["paragraph", "heading", "list_item", "quote", "caption", "table"]


@dataclass(slots=True, kw_only=True)
class Candidate:
    """One string that may be the value of a field, and where it stood."""

    raw: str
    """The printed string, white space at the ends off, label included where it is a label's."""
    method: str
    """Kind of place: jsonld, microdata, meta, comment, label, byline, dateline, heading, title, breadcrumb,
    url, text, embedded, template, http."""
    locator: str | None = None
    """The place itself: an XPath, a meta name, a JSON path, a line."""
    confidence: float = 0.5
    """0 to 1, the prior of this kind of place; a pipeline may lower or raise it."""
    label: str | None = None
    """The printed label or role word in front of the value (来源, 责任编辑, By); None without one."""
    href: str | None = None
    """Absolute link around the value, if there is one."""


@dataclass(slots=True, kw_only=True)
class Block:
    """A paragraph of the body as printed, white space folded, ends stripped."""

    text: str
    kind: BlockKind = "paragraph"


@dataclass(slots=True, kw_only=True)
class Link:
    """A link of the page: absolute http(s) URL without fragment, its text, its rel."""

    url: str
    text: str = ""
    rel: str | None = None
    day: date | None = None
    """Day that a list prints beside the link; None where it prints none, or the page is no list."""


@dataclass(slots=True, kw_only=True)
class PageReading:
    """One page, read. `kind` is "article" if and only if `reason` is None."""

    url: str | None = None
    """Where the page answered; None for a page without a known address."""
    kind: Kind = "other"
    reason: Reason | None = None
    """Why this page is no article."""
    detail: str | None = None
    """What was seen, for the person who asks why."""
    charset: str | None = None
    canonical_url: str | None = None
    """What the page itself says its address is (rel=canonical, og:url), absolute, unchecked."""
    links: list[Link] = field(default_factory=list)
    feeds: list[str] = field(default_factory=list)
    """Feed addresses that the page announces (link rel=alternate)."""
    next_page: str | None = None
    """Address of the next page of the same article or of the same listing."""
    full_view: str | None = None
    """Address of a view of all pages of the article in one."""
    page_number: int | None = None
    """Which page of several this is, 1-based; None where the page does not say."""
    first_page: str | None = None
    """Address of page 1 where this page is a later one."""
    candidates: dict[str, list[Candidate]] = field(default_factory=dict)
    """By field: title, kicker, subtitle, author, editor, credit, source, publisher, date_published,
    date_modified, section, breadcrumbs, keywords, language, edition, site_records. Best first is not promised."""
    head: list[str] = field(default_factory=list)
    """Printed lines between the headline and the body, and right above the headline."""
    blocks: list[Block] = field(default_factory=list)
    """The body in order, as the engine gave it: byline and editor lines may still stand at its ends."""
    tail: list[str] = field(default_factory=list)
    """Printed lines right behind the body."""
    images: list[Image] = field(default_factory=list)
    template: str | None = None
    """Name or number of the profile's template that read the page; None: it was read in the general way."""
    date_format: str | None = None
    """How the template says that dates are printed, as for strptime."""
    misfits: list[str] = field(default_factory=list)
    """Templates that should have read the page and did not fit, each with what was missing."""
    pages: list[str] = field(default_factory=list)
    """Addresses of the pages joined into this reading, in order; empty for one page."""

    def add(self, field_name: str, candidate: Candidate) -> None:
        """Add a candidate for a field; empty strings are dropped."""
        if candidate.raw.strip():
            self.candidates.setdefault(field_name, []).append(candidate)
