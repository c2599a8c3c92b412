"""From what a page, feed or sitemap lists to addresses for the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from scraper.discovery.dayrange import DayRange
from scraper.discovery.feeds import FeedEntry
from scraper.discovery.listings import PRIORITY, choose_links, days_in_url
from scraper.discovery.moments import day_of, is_shared, to_iso, to_utc
from scraper.discovery.paging import is_later_page
from scraper.discovery.sitemaps import Sitemap, SitemapEntry
from scraper.discovery.traps import TrapBudget, has_trap_form, url_pattern
from scraper.extraction.reading import Link, PageReading
from scraper.outcome import Address, AddressKind
from scraper.profiles.forms import AddressForms
from scraper.urls import UrlPolicy, canonicalize
from spiders.bounds import Walk
from spiders.editions import Editions

FEED_DEPTH = 1
"""Feeds are taken from the start and the pages next to it; further down they are comments of single articles."""

PORTION = 500
"""Entries of a sitemap that are judged in one go, some 30 ms: the reactor has other things to do."""

_MAX_OFFERED = 100_000


class LinkChooser:
    """Judges every address that the crawl comes across, by the policy, the traps and the range of dates.

    Args:
        policy: what may be asked at all.
        traps: which forms of addresses are exhausted.
        days: what is known to lie out of these days is left out.
        editions: of e-papers, as far as they are read; nothing else is followed where some were asked for.
        walk: is told what the pages of listings list.
        forms: of the site's addresses, as far as its profile names them.
    """

    def __init__(
        self,
        policy: UrlPolicy,
        traps: TrapBudget,
        days: DayRange | None = None,
        editions: Editions | None = None,
        walk: Walk | None = None,
        forms: AddressForms | None = None,
    ) -> None:
        self._forms = forms or AddressForms(None)
        self._editions = editions or Editions()
        self._policy = policy
        self._traps = traps
        self._days = days or DayRange()
        self._walk = walk
        # The navigation of a site stands on every page. What was handed on in this run is not handed on again, and a
        # link that was judged for good is not looked at again: hashes of canonical addresses, and of links as written.
        self._offered: set[int] = set()
        self._judged: set[int] = set()
        self.found_articles = False
        """Whether the last reading listed what looks like articles that were not known to this run."""

    def from_reading(self, reading: PageReading, depth: int) -> list[Address]:
        """Links, feeds and the next page of a page that was read."""
        is_source = reading.kind in ("listing", "section", "edition")
        via = "edition" if reading.kind == "edition" else "listing" if is_source else "link"
        found: list[Address] = []
        self.found_articles = False
        own_pattern = _pattern(reading.url)
        places = self._editions.take(reading) if reading.kind == "edition" else {}
        if reading.kind != "article" and (later := self._later_pages(reading)):
            # Their links stand among the others too.
            following = [self._offer(url, kind="listing", via="listing", depth=depth, priority=5) for url in later]
            found += [] if self._is_beyond(reading, later) else [address for address in following if address]
        for choice in choose_links(self._not_judged(reading.links), self._forms.shape_of):
            if choice.days and not self._days.holds(*choice.days):
                continue
            found_as, priority = places.get(choice.url, (via, None))
            kind: AddressKind = (
                "listing" if choice.shape != "article" and self._forms.is_listing(choice.url) else "page"
            )
            if address := self._offer(
                choice.url, kind=kind, via=found_as, depth=depth + 1, priority=priority or choice.priority
            ):
                found.append(address)
                # A calendar links to days that look like articles, but in its own form.
                if choice.shape == "article" and _pattern(choice.url) != own_pattern:
                    self.found_articles = True
        if depth <= FEED_DEPTH:
            for url in reading.feeds:
                if address := self._offer(url, kind="feed", via="link", depth=depth + 1, priority=80):
                    found.append(address)
        return found

    def from_continuation(self, reading: PageReading, depth: int) -> list[Address]:
        """The first page of an article that was come across by a later one."""
        address = self._offer(reading.first_page or "", via="link", depth=depth, priority=PRIORITY["article"] + 1)
        return [address] if address else []

    def from_feed(self, entries: Iterable[FeedEntry]) -> list[Address]:
        """The entries of a feed that may belong to the range."""
        offers = (
            _with_told(
                self._offer(entry.url, via="feed", depth=1, priority=30, lastmod=to_utc(entry.updated)),
                entry.title,
                entry.published,
            )
            for entry in entries
            if self._holds(entry.url, day_of(entry.published), day_of(entry.updated))
        )
        return [address for address in offers if address]

    def from_sitemap(self, sitemap: Sitemap) -> Iterator[list[Address]]:
        """The pages of a sitemap, and the sitemaps of an index, `PORTION` entries at a time.

        What was not changed since the range began is left out. A time that most entries share is that of the file.
        """
        entries = [*sitemap.sitemaps, *sitemap.pages]
        times = [to_utc(entry.lastmod) for entry in entries]
        if is_shared(times):
            times = [None] * len(entries)
        for start in range(0, len(entries), PORTION):
            offers = (
                self._offer_entry(entries[place], times[place], is_sitemap=place < len(sitemap.sitemaps))
                for place in range(start, min(start + PORTION, len(entries)))
            )
            yield [address for address in offers if address]

    def _not_judged(self, links: list[Link]) -> list[Link]:
        """Those that are seen for the first time in this run; from now on they count as judged."""
        if len(self._judged) >= _MAX_OFFERED:
            self._judged.clear()
        fresh = [link for link in links if hash(link.url) not in self._judged]
        self._judged.update(hash(link.url) for link in fresh)
        return fresh

    def _later_pages(self, reading: PageReading) -> list[str]:
        """The next page of a listing, and what the profile says are later pages of it."""
        named = [link.url for link in reading.links if self._forms.is_later_page(link.url)]
        return list(dict.fromkeys([reading.next_page, *named] if reading.next_page else named))

    def _is_beyond(self, reading: PageReading, later: list[str]) -> bool:
        """Whether a list has left the range of days: what follows on it is older still."""
        if self._days.since is None:
            return False
        choices = choose_links(reading.links, self._forms.shape_of)
        if self._walk is not None:
            undated = {choice.url for choice in choices if choice.shape == "article" and choice.days is None}
            for url in later:
                self._walk.note_page(url, undated)
        return self._days.is_passed(choice.day for choice in choices)

    def _offer_entry(self, entry: SitemapEntry, lastmod: str | None, is_sitemap: bool) -> Address | None:
        if not self._holds(entry.loc, day_of(entry.publication_date), day_of(lastmod)):
            return None
        if is_sitemap:
            return self._offer(entry.loc, kind="sitemap", via="sitemap", depth=1, priority=70, lastmod=lastmod)
        shape = self._forms.shape_of(entry.loc)
        if shape is None:
            return None
        address = self._offer(entry.loc, via="sitemap", depth=1, priority=PRIORITY[shape], lastmod=lastmod)
        return _with_told(address, entry.title, entry.publication_date)

    def _holds(self, url: str, published: date | None, changed: date | None) -> bool:
        """Whether an entry may belong to the range: it came out in it, and was not left alone since before it."""
        first, last = days_in_url(url) or (published, published)
        return self._days.holds(first, last) and not self._days.is_older(changed)

    def _offer(
        self, url: str, *, kind: AddressKind = "page", via: str, depth: int, priority: int, lastmod: str | None = None
    ) -> Address | None:
        if self._policy.judge(url) is not None or not self._editions.admits(url):
            return None
        # The first of a place is entered all the same: it is refused before it is asked, and so is told.
        if has_trap_form(url) and not self._traps.tell(url):
            self._judged.discard(hash(url))
            return None
        try:
            canonical = canonicalize(url)
        except ValueError:
            return None
        # With its time it is handed on once more, for the ledger to tell whether it changed.
        mark = hash((canonical, lastmod)) if lastmod else hash(canonical)
        if mark in self._offered:
            return None
        if self._traps.is_exhausted(canonical):
            self._judged.discard(hash(url))  # an article of its form may open it again
            return None
        if len(self._offered) >= _MAX_OFFERED:
            self._offered.clear()
        self._offered.add(mark)
        priority += self._editions.lift
        if kind == "page" and is_later_page(canonical):
            priority -= 1  # behind the first pages: who asks for page 1 of an article asks for the others too
        return Address(url=canonical, kind=kind, via=via, depth=depth, priority=priority, lastmod=lastmod)


def _with_told(address: Address | None, title: str | None, published: str | None) -> Address | None:
    if address is not None:
        address.told_title, address.told_date = title, to_iso(published)
    return address


def _pattern(url: str | None) -> str:
    try:
        return url_pattern(url or "")
    except ValueError:
        return ""
