"""From what a page, feed or sitemap lists to addresses for the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from scraper.discovery.feeds import FeedEntry
from scraper.discovery.listings import PRIORITY, choose_links, date_in_url, shape_of
from scraper.discovery.sitemaps import Sitemap, SitemapEntry
from scraper.discovery.traps import TrapBudget, has_trap_form, url_pattern
from scraper.extraction.reading import Link, PageReading
from scraper.outcome import Address, AddressKind
from scraper.urls import UrlPolicy, canonicalize
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
        since: what the address dates before this day is left out; None for no limit.
        editions: of e-papers, as far as they are read; nothing else is followed where some were asked for.
    """

    def __init__(
        self, policy: UrlPolicy, traps: TrapBudget, since: date | None = None, editions: Editions | None = None
    ) -> None:
        self._editions = editions or Editions()
        self._policy = policy
        self._traps = traps
        self._since = since
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
        if reading.next_page and reading.kind != "article":
            # The link stands among the others too.
            following = self._offer(reading.next_page, kind="listing", via="listing", depth=depth, priority=5)
            found += [following] if following and not self._is_beyond(reading) else []
        for choice in choose_links(self._not_judged(reading.links)):
            if choice.shape == "article" and self._is_out(date_in_url(choice.url)):
                continue
            found_as, priority = places.get(choice.url, (via, None))
            if address := self._offer(choice.url, via=found_as, depth=depth + 1, priority=priority or choice.priority):
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
        """The entries of a feed."""
        offers = (
            self._offer(entry.url, via="feed", depth=1, priority=30)
            for entry in entries
            if not self._is_out(date_in_url(entry.url))
        )
        return [address for address in offers if address]

    def from_sitemap(self, sitemap: Sitemap) -> Iterator[list[Address]]:
        """The pages of a sitemap, and the sitemaps of an index, `PORTION` entries at a time.

        What was not changed since the range is left out.
        """
        entries = [*sitemap.sitemaps, *sitemap.pages]
        for start in range(0, len(entries), PORTION):
            offers = (
                self._offer_entry(entry, is_sitemap=start + place < len(sitemap.sitemaps))
                for place, entry in enumerate(entries[start : start + PORTION])
            )
            yield [address for address in offers if address]

    def _not_judged(self, links: list[Link]) -> list[Link]:
        """Those that are seen for the first time in this run; from now on they count as judged."""
        if len(self._judged) >= _MAX_OFFERED:
            self._judged.clear()
        fresh = [link for link in links if hash(link.url) not in self._judged]
        self._judged.update(hash(link.url) for link in fresh)
        return fresh

    def _is_beyond(self, reading: PageReading) -> bool:
        """Whether a list is out of the range of dates: what follows on it is older still."""
        if self._since is None:
            return False
        choices = choose_links(reading.links)
        days = [day for choice in choices if choice.shape == "article" and (day := date_in_url(choice.url))]
        return bool(days) and all(map(self._is_out, days))

    def _offer_entry(self, entry: SitemapEntry, is_sitemap: bool) -> Address | None:
        if self._is_before(entry.publication_date or entry.lastmod):
            return None
        if is_sitemap:
            return self._offer(entry.loc, kind="sitemap", via="sitemap", depth=1, priority=70)
        shape = shape_of(entry.loc)
        if shape is None or self._is_out(date_in_url(entry.loc)):
            return None
        return self._offer(entry.loc, via="sitemap", depth=1, priority=PRIORITY[shape])

    def _is_out(self, day: date | None) -> bool:
        """Whether a day lies before the range; False for an unknown day."""
        return day is not None and self._since is not None and day < self._since

    def _is_before(self, printed: str | None) -> bool:
        """Whether a W3C date (sitemaps.org) lies before the range. False where it cannot be told."""
        if self._since is None or not printed or len(printed) < 10:
            return False
        try:
            return date.fromisoformat(printed[:10]) < self._since
        except ValueError:
            return False

    def _offer(self, url: str, *, kind: AddressKind = "page", via: str, depth: int, priority: int) -> Address | None:
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
        mark = hash(canonical)
        if mark in self._offered:
            return None
        if self._traps.is_exhausted(canonical):
            self._judged.discard(hash(url))  # an article of its form may open it again
            return None
        if len(self._offered) >= _MAX_OFFERED:
            self._offered.clear()
        self._offered.add(mark)
        return Address(url=canonical, kind=kind, via=via, depth=depth, priority=priority + self._editions.lift)


def _pattern(url: str | None) -> str:
    try:
        return url_pattern(url or "")
    except ValueError:
        return ""
