"""What an answer is: page, sitemap, feed, error, nothing new. One outcome for the address that gave it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from datetime import datetime

from scrapy.http import Response
from scrapy.settings import BaseSettings

from scraper.article import Article
from scraper.discovery.feeds import FeedEntry, parse_feed
from scraper.discovery.sitemaps import Sitemap, parse_sitemap
from scraper.discovery.traps import TrapBudget
from scraper.extraction.reading import PageReading
from scraper.extraction.workers import ReaderPool
from scraper.fetching.decoding import TooBigError, UnknownCodingError, gunzip
from scraper.fetching.failures import Refused, why
from scraper.fetching.patience import retry_at
from scraper.ledger import Lease
from scraper.outcome import PageOutcome, State
from scraper.profiles.forms import AddressForms
from scraper.reasons import Reason
from scraper.rfc3339 import to_text
from scraper.storage import Store
from spiders.answers import SOURCE_KINDS, header, is_later, is_list, is_no_page
from spiders.bounds import Walk
from spiders.choosing import LinkChooser
from spiders.learning import SiteTemplates
from spiders.reading import PageReader
from spiders.received import earlier_page, seen_page
from spiders.repeats import SeenTexts
from spiders.target import Target


@dataclass(kw_only=True)
class Judge:
    """Judges the answers of one crawl. Pages, sitemaps and feeds are parsed by the workers."""

    store: Store
    target: Target
    settings: BaseSettings
    workers: ReaderPool
    pages: PageReader
    templates: SiteTemplates
    chooser: LinkChooser
    traps: TrapBudget
    walk: Walk
    _texts: SeenTexts = field(default_factory=SeenTexts)

    async def judge(self, lease: Lease, response: Response) -> PageOutcome:
        """The outcome of an address that answered.

        Raises:
            Refused: a further page of the article cannot be had.
            StoppedError: the crawl ends while the page waits for the templates of its site.
            ReaderError: a feed or a sitemap killed its worker.
        """
        outcome = PageOutcome(url=lease.url, state="done", kind=lease.kind)
        assert response.request is not None
        asked = response.request.headers
        if response.status == 304 and (b"If-None-Match" in asked or b"If-Modified-Since" in asked):
            return outcome
        if not 200 <= response.status < 300:
            return self._error_status(lease, response)
        outcome.etag = header(response, b"ETag")
        outcome.last_modified = header(response, b"Last-Modified")
        if lease.kind == "sitemap":
            return await self._read_sitemap(lease, response, outcome)
        if lease.kind == "feed":
            entries: list[FeedEntry] = await self.workers.call(parse_feed, response.body, response.url)
            outcome.links, outcome.listed = self.chooser.from_feed(entries), len(entries)
            return outcome
        return await self._read_page(lease, response, outcome)

    def refuse(self, lease: Lease, error: BaseException | None) -> PageOutcome:
        """The outcome of an address that gave nothing, and when it is asked again."""
        reason, detail = why(error or RuntimeError("no answer"))
        next_at = error.next_at if isinstance(error, Refused) else None
        if reason is Reason.RATE_LIMITED and next_at is not None:
            self.store.ledger.rest_host(lease.host, next_at)
        if next_at is None and not (isinstance(error, Refused) and error.is_final):
            next_at = retry_at(reason, lease.tries, time.time(), self.settings.getfloat("RETRY_FIRST_S"))
        state: State = "new" if next_at is not None else "failed" if reason.is_problem else "done"
        outcome = PageOutcome(url=lease.url, state=state, kind=lease.kind, reason=reason, detail=detail)
        outcome.next_at, outcome.is_later = next_at, True if reason is Reason.OLDER else None
        return outcome

    def _error_status(self, lease: Lease, response: Response) -> PageOutcome:
        status = response.status
        detail = f"status {status}"
        if lease.via == "usual place":
            # A guess that was wrong is no problem of the site.
            return PageOutcome(url=lease.url, state="done", kind=lease.kind, detail=detail)
        if status in (404, 410):
            return PageOutcome(url=lease.url, state="gone", kind=lease.kind, reason=Reason.GONE, detail=detail)
        reason = Reason.HTTP_5XX if 500 <= status < 600 else Reason.HTTP_4XX if status >= 400 else Reason.BAD_HTTP
        return self.refuse(lease, Refused(reason, detail))

    async def _read_sitemap(self, lease: Lease, response: Response, outcome: PageOutcome) -> PageOutcome:
        body = response.body
        try:
            if body.startswith(b"\x1f\x8b"):
                body, _ = gunzip(body, self.settings.getint("MAX_SITEMAP_BYTES"))
        except TooBigError as error:
            return self.refuse(lease, Refused(Reason.BOMB, str(error)))
        except UnknownCodingError as error:
            return self.refuse(lease, Refused(Reason.BAD_HTTP, str(error)))
        sitemap: Sitemap = await self.workers.call(parse_sitemap, body, response.url)
        for portion in self.chooser.from_sitemap(sitemap):
            # A sitemap may list 50,000 pages: all but the last portion are entered at once. Should the run die in
            # between, the sitemap is not done and is read again.
            outcome.brought_new |= await asyncio.to_thread(self.store.ledger.add, outcome.links) > 0
            outcome.links = portion
        outcome.listed = len(sitemap.pages) + len(sitemap.sitemaps)
        return outcome

    async def _read_page(self, lease: Lease, response: Response, outcome: PageOutcome) -> PageOutcome:
        content_type = header(response, b"Content-Type") or ""
        outcome.kind = "page"
        if is_no_page(content_type) and not self.pages.loads_more(response.url):
            outcome.state, outcome.reason, outcome.detail = "failed", Reason.NOT_HTML, content_type[:100]
            return outcome
        # As the archive has it, so that a record made from there is the same.
        fetched_at = datetime.fromisoformat(response.meta["exchanges"][-1].fetched_at)
        reading, record = await self.pages.read(response, fetched_at, lease)
        outcome.looks = self.templates.see(reading, record, seen_page(response), fetched_at.date())
        if reading.kind == "article" and reading.first_page and (reading.page_number or 1) > 1:
            outcome.reason, outcome.detail = Reason.CONTINUATION, reading.first_page
            outcome.links = self.chooser.from_continuation(reading, lease.depth)
            return outcome
        if is_list(reading, lease):
            reading.kind = "listing"
        outcome.links = self.chooser.from_reading(reading, lease.depth)
        if reading.kind in SOURCE_KINDS:
            outcome.kind, outcome.listed = SOURCE_KINDS[reading.kind], len(reading.links)
            is_later_page = AddressForms(self.target.profile).is_later_page(response.url)
            outcome.is_later = is_later_page or is_later(reading, fetched_at.date())
            self.traps.record(lease.url, self.chooser.found_articles)
            return outcome
        if reading.reason is None:
            if record is None:
                record, later = await self.pages.read_on(reading, response, fetched_at)
                outcome.covers = [page.url for page in later if page.url]
            outcome.reason, outcome.detail, article = record.reason, record.detail, record.article
            if article is not None and not lease.is_revisit:
                outcome.reason = self.target.days.judge(article.date_published)
                self.walk.note_article(lease.url, outcome.reason is Reason.OLDER)
            if article is not None and outcome.reason is not None:
                outcome.detail = article.date_published
            elif article is not None and not await self._is_same_page(article, lease, fetched_at):
                self._tell_crawl(article, lease, response, reading, fetched_at)
                outcome.article = article
        else:
            outcome.reason, outcome.detail = reading.reason, reading.detail
        if outcome.reason is not None and outcome.reason.is_problem:
            outcome.state = "failed"
        is_new = outcome.article is not None and self._texts.recognize(outcome.article)
        self.traps.record(lease.url, is_new or outcome.reason in (Reason.OLDER, Reason.NEWER))
        return outcome

    async def _is_same_page(self, article: Article, lease: Lease, fetched_at: datetime) -> bool:
        """Whether the page of a known article says what it said, though its text was read in another way then: before
        a template was learned, or by an earlier version of the program.
        """
        if not lease.is_revisit or self.store.ledger.gave_text(lease.url, article.text_hash):
            return False
        page = await asyncio.to_thread(earlier_page, self.store, lease.url)
        return page is not None and await self.pages.read_again(page, fetched_at, lease) == article.text_hash

    def _tell_crawl(
        self, article: Article, lease: Lease, response: Response, reading: PageReading, fetched_at: datetime
    ) -> None:
        article.requested_url = lease.url
        article.crawl.fetched_at = to_text(fetched_at)
        article.crawl.status = response.status
        article.crawl.charset = reading.charset
        article.crawl.discovered_via = lease.via
        article.crawl.profile = self.templates.profile.name if self.templates.profile else None
