"""The editions of e-papers that a run reads: what stands on which page, and what of it is wanted."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from datetime import date

from pipelines.halves import same_page
from scraper.discovery.epapers import EditionPage, PaperPage, read_edition_page
from scraper.extraction.reading import PageReading
from scraper.profiles.paperforms import parse_address

PAGE_PRIORITY = 25
"""The pages of an edition go before its articles: they say what stands where, and there are few of them."""

ASKED_FOR = 200
"""Added to the priority of what belongs to editions that the user asked for; a run for these leases nothing below."""

MAX_EDITIONS = 64
"""Editions kept in memory, some 30 kB each."""

EditionKey = tuple[str, date]


class Editions:
    """Remembers the pages of editions as they are read.

    Args:
        fronts: front pages of the editions that were asked for; empty where everything is wanted.
    """

    def __init__(self, fronts: Iterable[str] = ()) -> None:
        addresses = [address for front in fronts if (address := parse_address(front))]
        self._wanted = {(address.root, address.day) for address in addresses}
        self._read: OrderedDict[EditionKey, dict[str, EditionPage]] = OrderedDict()

    @property
    def lift(self) -> int:
        """What is added to the priority of everything that is found."""
        return ASKED_FOR if self._wanted else 0

    def admits(self, url: str) -> bool:
        """Whether an address is within what was asked for."""
        return not self._wanted or _key(url) in self._wanted

    def take(self, reading: PageReading) -> dict[str, tuple[str, int | None]]:
        """Remember a page of an edition.

        Returns:
            For the pages and articles that it lists: how they were found, and their priority (None: the usual one).
        """
        edition = read_edition_page(reading)
        key = _key(reading.url or "")
        if edition is None or key is None:
            return {}
        if key not in self._read and len(self._read) >= MAX_EDITIONS:
            self._read.popitem(last=False)
        pages = self._read.setdefault(key, {})
        pages[edition.page.url] = edition
        places: dict[str, tuple[str, int | None]] = {page.url: ("edition", PAGE_PRIORITY) for page in edition.pages}
        via = self._named(edition.page, pages.values()).via
        return places | {link.url: (via, None) for link in edition.articles}

    def page(self, url: str, number: str) -> EditionPage | str | None:
        """The page with this number, of the edition that an address belongs to.

        Returns:
            The page; its address where it was not read yet; None where nothing is known of it.
        """
        pages = self._read.get(_key(url) or ("", date.min), {})
        for edition in pages.values():
            page = self._named(edition.page, pages.values())
            if page.number and same_page(page.number, number):
                return edition
        others = (page for edition in pages.values() for page in edition.pages)
        return next((page.url for page in others if page.number and same_page(page.number, number)), None)

    def pages_linked(self, reading: PageReading) -> list[str]:
        """Pages of the paper of the same day that an article links to, the first few."""
        key = _key(reading.url or "")
        linked = [link.url for link in reading.links if (found := parse_address(link.url)) and found.is_page]
        return [url for url in linked if key is not None and _key(url) == key][:2]

    @staticmethod
    def _named(page: PaperPage, others: Iterable[EditionPage]) -> PaperPage:
        """A page with number and name, where not it but another page prints them."""
        names = [page, *(other.by_url[page.url] for other in others if page.url in other.by_url)]
        number = next((named.number for named in names if named.number), None)
        return PaperPage(url=page.url, number=number, name=next((named.name for named in names if named.name), None))


def _key(url: str) -> EditionKey | None:
    address = parse_address(url)
    return (address.root, address.day) if address else None
