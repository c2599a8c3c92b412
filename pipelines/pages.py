"""What a worker makes of a page: it reads and normalizes it, and sends back no more than a crawl needs.

The readers and the steps are imported where they run: the process of the event loop only names these functions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scraper.article import Article
from scraper.extraction.reading import PageReading
from scraper.reasons import Reason

if TYPE_CHECKING:
    from datetime import datetime

    from scraper.profiles import Profile

PRELOAD = "pipelines.preload"
"""What the server that workers are forked from should import."""


@dataclass(slots=True, kw_only=True)
class Record:
    """What normalization decided: the article, or the reason why there is none."""

    article: Article | None = None
    reason: Reason | None = None
    detail: str | None = None
    agreement: float | None = None
    """Of the text by a template with that by the general way (F1), where the page was read both ways."""


def read_and_normalize(
    html: bytes,
    url: str | None,
    http_charset: str | None,
    fetched_at: datetime,
    profile: Profile | None,
    via: str = "",
    told: tuple[str | None, str | None] = (None, None),
    is_checked: bool = False,
) -> tuple[PageReading, Record | None]:
    """Read a page and, where it is an article on one page, make the record.

    Args:
        html: the page.
        url: where it answered.
        http_charset: charset of the Content-Type header, if there was one.
        fetched_at: when.
        profile: of the site, if there is one.
        via: how its address was found; of an e-paper's article it may tell the page of the paper.
        told: headline and date, as the sitemap or feed that led to it has them.
        is_checked: whether a page that a template read is read in the general way too, to see that they agree.

    Returns:
        The reading, without what only the record is made of, and the record; None where there is no article. Where the
        article goes on on a next page, or on another page of the paper, the reading is whole and the record None too:
        `normalize_joined` makes it.
    """
    from pipelines.halves import arrives_from, leaves_for
    from scraper.discovery.epapers import place_in_print
    from scraper.extraction.told import fill_told

    reading = read_whole(html, url, http_charset, fetched_at, profile)
    place_in_print(reading, via, profile)
    fill_told(reading, via, *told)
    record = None
    if reading.reason is None:
        if reading.next_page or reading.full_view or leaves_for(reading) or arrives_from(reading):
            return reading, None
        record = normalize_joined([reading], fetched_at, profile)
        if is_checked and profile is not None and reading.template is not None and record.article is not None:
            record.agreement = _agreement(record.article, html, url, http_charset, fetched_at, profile)
    reading.candidates = {"edition": reading.candidates["edition"]} if "edition" in reading.candidates else {}
    reading.head, reading.blocks, reading.tail, reading.images = [], [], [], []
    return reading, record


def _agreement(
    article: Article, html: bytes, url: str | None, http_charset: str | None, fetched_at: datetime, profile: Profile
) -> float:
    from scraper.profiles.drift import agreement

    plain = profile.model_copy(update={"templates": ()})
    reading = read_whole(html, url, http_charset, fetched_at, plain)
    other = normalize_joined([reading], fetched_at, plain) if reading.reason is None else Record()
    return agreement(article.text or "", (other.article.text if other.article else None) or "")


def read_whole(
    html: bytes, url: str | None, http_charset: str | None, fetched_at: datetime, profile: Profile | None
) -> PageReading:
    """The whole reading of a page, with the templates of the profile where one fits."""
    from scraper.extraction.page import read_page

    return read_page(html, url, http_charset=http_charset, profile=profile, day=fetched_at.date())


def normalize_joined(readings: list[PageReading], fetched_at: datetime, profile: Profile | None) -> Record:
    """The record of an article, from the readings of all its pages in order."""
    from pipelines.steps import normalize
    from scraper.extraction.joining import join_readings

    draft = normalize(join_readings(readings), fetched_at=fetched_at, profile=profile)
    article = draft.article if draft.reason is None else None
    return Record(article=article, reason=draft.reason, detail=draft.detail)
