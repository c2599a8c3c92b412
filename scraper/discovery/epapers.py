"""E-papers (电子报, 数字报): what a page of an edition lists, and where in print an article stood.

Links in, values out; `scraper.profiles.paperforms` knows the addresses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from scraper.extraction.reading import Candidate, Link, PageReading
from scraper.extraction.roles import HAN
from scraper.profiles import Profile
from scraper.profiles.paperforms import parse_address
from scraper.reasons import Reason

_LABEL = re.compile(
    rf"^(?:第\s?)?(?P<number>[A-Z]{{0,2}}\d{{1,3}}|[一二三四五六七八九十]{{1,3}})\s?版?\s?"
    rf"(?:[:：\-—·|]\s?|\s+|(?=[（(【\[])|$)[（(【\[]?(?P<name>[{HAN}A-Za-z·/]{{2,12}})?[）)】\]]?$"
)
_VIA = re.compile(r"edition (?P<number>\S+)(?: (?P<name>.+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPage:
    """A page of the paper as a link names it."""

    url: str
    number: str | None = None
    """版次 as printed, 第 and 版 off: 01, A02, 四."""
    name: str | None = None
    """版名, such as 要闻."""

    @property
    def via(self) -> str:
        """How an article on this page was found, for the ledger: edition 02 民生."""
        return " ".join(part for part in ("edition", self.number, self.name if self.number else None) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionPage:
    """A page of an edition with what stands on it."""

    page: PaperPage
    pages: tuple[PaperPage, ...] = ()
    """The other pages of the edition, in order."""
    articles: tuple[Link, ...] = ()
    """The articles on the page, image map first where there is one; the same address once."""
    by_url: dict[str, PaperPage] = field(default_factory=dict)
    """`pages` by address."""


def read_edition_page(reading: PageReading) -> EditionPage | None:
    """What a page of an e-paper lists; None where its address is of no known form.

    Links to other editions and to other sites are left out. An article's page number in the address goes before the
    page that lists it: some systems list the whole edition on each page.
    """
    own = parse_address(reading.url or "")
    if own is None or not own.is_page:
        return None
    parts = {candidate.label: candidate.raw.strip() for candidate in reversed(reading.candidates.get("edition", []))}
    pages, articles = [], []
    for link in reading.links:
        address = parse_address(link.url)
        if address is None or (address.root, address.day) != (own.root, own.day):
            continue
        if not address.is_page:
            articles.append(link)
        elif link.url != reading.url:
            number, name = parse_label(link.text)
            pages.append(PaperPage(url=link.url, number=number or address.page, name=name))
    return EditionPage(
        page=PaperPage(url=reading.url or "", number=parts.get("page") or own.page, name=parts.get("page_name")),
        pages=tuple(pages),
        articles=tuple(articles),
        by_url={page.url: page for page in pages},
    )


def parse_label(text: str) -> tuple[str | None, str | None]:
    """Number and name of a page as a link prints them: 第02版：民生 gives 02 and 民生; None for what is not there."""
    match = _LABEL.match(text.strip())
    return (match["number"], match["name"]) if match else (None, None)


def place_in_print(reading: PageReading, via: str, profile: Profile | None = None) -> None:
    """Set right what a page of an e-paper is, and add to an article what is known of its place in print.

    What the article's page prints itself goes before it. Nothing is done where the address is none of an e-paper.

    Args:
        reading: of any page.
        via: `PaperPage.via` of the page that lists an article, or how else it was found.
        profile: of the site, if there is one.
    """
    address = parse_address(reading.url or "")
    if address is None:
        return
    if address.is_page:
        if reading.links and reading.kind in ("article", "listing", "other"):
            reading.kind, reading.reason, reading.detail = (
                "edition",
                Reason.EDITION,
                "its address is a page of the paper",
            )
        return
    listed = _VIA.fullmatch(via)
    printed = {candidate.label for candidate in reading.candidates.get("edition", [])}
    found = (
        ("page", address.page, "url", "path"),
        ("page", listed["number"] if listed else None, "edition", "page that lists it"),
        ("page_name", listed["name"] if listed else None, "edition", "page that lists it"),
        ("date", address.day.isoformat(), "url", "path"),
        ("newspaper", _newspaper(profile, address.root), "template", f"profile {profile.name}" if profile else None),
    )
    for label, raw, method, locator in found:
        if raw and label not in printed:
            reading.add("edition", Candidate(raw=raw, method=method, locator=locator, confidence=0.8, label=label))


def _newspaper(profile: Profile | None, root: str) -> str | None:
    """Name of the paper, where the profile gives it."""
    for paper in profile.epapers if profile else ():
        front = parse_address(paper.front)
        if paper.newspaper and front is not None and front.root == root:
            return paper.newspaper
    return None
