"""The live crawl of one site: asks what the ledger leases, hands on one outcome for each address."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any, Self

import scrapy
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from pipelines.pages import PRELOAD
from scraper.discovery.robots import RobotsRules
from scraper.discovery.traps import TrapBudget
from scraper.extraction.workers import ReaderError, ReaderPool
from scraper.fetching.browser import RENDERING_HANDLER, require_browser
from scraper.fetching.failures import Refused
from scraper.fetching.redirects import AlreadyAnswered
from scraper.ledger import Lease
from scraper.outcome import Address, PageOutcome
from scraper.profiles.forms import AddressForms
from scraper.reasons import Reason
from scraper.storage import Store
from spiders.bounds import Walk
from spiders.choosing import LinkChooser
from spiders.editions import ASKED_FOR, Editions
from spiders.judging import Judge
from spiders.learning import SiteTemplates, StoppedError
from spiders.reading import PageReader
from spiders.repeats import AnsweredPages
from spiders.revisits import judge_revisit
from spiders.sources import PRIORITY_OF_SOURCES, first_sources, sitemaps_of
from spiders.target import parse_target, user_agent

logger = logging.getLogger(__name__)


class SiteSpider(scrapy.Spider):
    """Crawls one site into its folder.

    Spider arguments (`scrapy crawl site -a name=value`):
        url: where to start: an address, a host, or the name of a profile that ships.
        allow_host: further hosts, addresses or ranges that may be asked, separated by commas.
        delay: seconds between two requests to one host; goes before profile and robots.txt.
        max_articles: stop cleanly after so many articles.
        since: YYYY-MM-DD; what was published before is not stored, and listings are not followed beyond it.
        until: YYYY-MM-DD; what was published behind this day is not stored.
        edition: YYYY-MM-DD, or YYYY-MM-DD..YYYY-MM-DD; these editions of the e-paper and nothing else.
        revisit: which articles that are stored are asked again: those that are due (by default), all, or none.
        profile: name or path of the profile, where it is not that of the site.
        output: folder that holds the site folders.
        archive: 0 keeps no WARC files.
        only_sources: 1 asks starts, sitemaps and feeds, and neither sections nor articles.
        learn: 0 learns no templates.

    Statistics, for progress and reports:
        harvest/pages: addresses that have their outcome.
        harvest/articles: articles handed to the store, each counted once.
        harvest/problems: of these, those where an article may have been lost.
        harvest/reason/<reason>: addresses without an article, by reason.
        harvest/postponed: times that an address was put back, to be asked later.
        harvest/queued: addresses found, handed to the ledger (known ones among them).
    """

    name = "site"

    # Of this spider and not of the project: `scrapy shell` and `scrapy fetch` have neither ledger nor store.
    custom_settings = {  # noqa: RUF012 - the name and the type are Scrapy's
        "SCHEDULER": "scraper.ledger.scheduler.LedgerScheduler",
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
        "ITEM_PIPELINES": {"pipelines.store.StorePipeline": 900},
    }

    def __init__(
        self, url: str = "", output: str = "output", archive: str = "1", only_sources: str = "", **target: str
    ) -> None:
        super().__init__()
        self.target = parse_target(url, output=output, **target)
        self.policy = self.target.policy
        """Judged before every request, see `scraper.fetching.policy`."""
        self.traps = TrapBudget()
        self.delay_s = self.target.delay_s
        """Goes before the Crawl-delay of robots.txt, see `scraper.fetching.robots`."""
        self._output = output
        self._only_sources = bool(only_sources)
        self._archive = archive.lower() not in ("0", "false", "no")
        self.walk = Walk(lambda url: self.store.ledger.is_asked(url))
        """Where the walk through a listing ends, see `scraper.fetching.policy`."""
        self._editions = Editions(self.target.fronts)
        forms = AddressForms(self.target.profile)
        self._chooser = LinkChooser(self.policy, self.traps, self.target.days, self._editions, self.walk, forms)
        self._articles: set[str] = set()
        self._answered = AnsweredPages()
        self._announced: list[Address] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        settings = crawler.settings
        kwargs["output"] = kwargs.get("output") or settings["OUTPUT_DIR"]
        spider = super().from_crawler(crawler, *args, **kwargs)
        if spider.delay_s is not None:
            settings.set("DOWNLOAD_DELAY", spider.delay_s, priority="spider")
        settings.set("USER_AGENT", user_agent(settings["USER_AGENT"], settings["CONTACT"]), settings.maxpriority())
        if spider.target.profile is not None and spider.target.profile.javascript:
            require_browser()
            settings.set("DOWNLOAD_HANDLERS", dict.fromkeys(("http", "https"), RENDERING_HANDLER), priority="spider")
        spider.store = Store(
            Path(spider._output) / spider.target.site,
            archive=spider._archive,
            scope=",".join(spider.target.allowed),
            days=spider.target.days,
            revisit=spider.target.revisit,
            revisit_ages_s=spider.target.revisit_ages_s,
        )
        if spider.target.fronts:
            spider.store.ledger.least_priority = ASKED_FOR
        elif spider._only_sources:
            spider.store.ledger.least_priority = PRIORITY_OF_SOURCES
        spider.store.ledger.add(first_sources(spider.target, date.today()))
        spider.reader = ReaderPool(settings.getint("READER_PROCESSES") or None, preload=(PRELOAD,))
        spider.templates = SiteTemplates(crawler, spider.store, spider.target, spider._answered)
        spider._judge = Judge(
            store=spider.store,
            target=spider.target,
            settings=settings,
            workers=spider.reader,
            pages=PageReader(crawler, spider.reader, spider._announced.append, spider._editions, spider.templates),
            templates=spider.templates,
            chooser=spider._chooser,
            traps=spider.traps,
            walk=spider.walk,
        )
        crawler.signals.connect(spider._opened, signals.spider_opened)
        crawler.signals.connect(spider._idle, signals.spider_idle)
        crawler.signals.connect(spider._closed, signals.spider_closed)
        crawler.signals.connect(spider._robots_parsed, signals.robots_parsed)
        return spider

    store: Store
    """The open site folder; the scheduler and the store pipeline work on it."""
    reader: ReaderPool
    templates: SiteTemplates
    _judge: Judge

    def _opened(self) -> None:
        self.reader.warm_up()

    def _idle(self) -> None:
        if self.templates.is_at_work():
            raise DontCloseSpider

    def _closed(self, reason: str) -> None:
        self.end_workers()
        self.store.close(reason)

    def end_workers(self) -> None:
        """Give up what is being read. May be called again: a stop may end the event loop before the spider closes."""
        self.templates.close()
        self.reader.close()

    async def is_answered(self, request: Request) -> bool:
        """Whether a page need not be asked, see `scraper.fetching.redirects`."""
        is_done = await self._answered.has(request.url, request.meta["over"], "redirect_urls" in request.meta)
        return is_done or self.store.ledger.is_done_page(request.url)

    async def start(self) -> AsyncIterator[Any]:
        """Nothing: the scheduler leases the seeds from the ledger like any other address."""
        return
        yield

    def build_request(self, lease: Lease) -> Request:
        """The request for an address that the ledger leased."""
        headers = {}
        if lease.etag:
            headers["If-None-Match"] = lease.etag
        if lease.last_modified:
            headers["If-Modified-Since"] = lease.last_modified
        meta: dict[str, Any] = {"lease": lease, "exchanges": [], "over": asyncio.Event()}
        if lease.kind == "sitemap":
            meta["max_decoded_bytes"] = self.settings.getint("MAX_SITEMAP_BYTES")
        return Request(
            lease.url,
            callback=self.parse,
            errback=self.failed,
            headers=headers,
            meta=meta,
            priority=lease.priority,
            dont_filter=True,
        )

    async def parse(self, response: Response, **_: Any) -> AsyncIterator[PageOutcome]:
        """The outcome of an address that answered."""
        assert response.request is not None
        lease: Lease = response.meta["lease"]
        outcome = await self._outcome(lease, response)
        passed = [*response.meta.get("redirect_urls", []), response.url]
        outcome.covers = [url for url in dict.fromkeys([*passed, *outcome.covers]) if url != lease.url]
        outcome.status = response.status
        yield self._hand_on(lease, outcome, response.meta)

    async def _outcome(self, lease: Lease, response: Response) -> PageOutcome:
        try:
            return await self._judge.judge(lease, response)
        except Refused as error:  # a continuation page that cannot be had
            return self._judge.refuse(lease, error)
        except StoppedError:
            return PageOutcome(url=lease.url, state="new", kind=lease.kind)
        except ReaderError as error:  # a feed or a sitemap that killed its worker
            return self._judge.refuse(lease, Refused(error.reason, error.detail))
        except Exception as error:  # a page is data: whatever is wrong with it, the crawl goes on and tells it
            logger.exception("no outcome for %s", lease.url)
            return self._judge.refuse(lease, Refused(Reason.EXTRACT_CRASH, f"{type(error).__name__}: {error}"))

    async def failed(self, failure: Failure) -> AsyncIterator[PageOutcome]:
        """The outcome of an address that gave no answer."""
        request: Request = failure.request  # type: ignore[attr-defined]
        lease: Lease = request.meta["lease"]
        if isinstance(failure.value, AlreadyAnswered):
            other = str(failure.value)
            detail = f"answered by {other}"[:300] if other != lease.url else "answered with another address"
            outcome = PageOutcome(url=lease.url, state="done", detail=detail)
        else:
            outcome = self._judge.refuse(lease, failure.value)
        yield self._hand_on(lease, outcome, request.meta)

    def _hand_on(self, lease: Lease, outcome: PageOutcome, meta: dict[str, Any]) -> PageOutcome:
        """Count the outcome and add what was announced meanwhile."""
        stats, engine = self.crawler.stats, self.crawler.engine
        assert stats is not None
        assert engine is not None
        judge_revisit(lease, outcome)
        if outcome.article is not None and not outcome.is_revisit and self._has_enough():
            outcome = PageOutcome(url=lease.url, state="new", kind=lease.kind)
        if outcome.state == "done" and outcome.kind == "page":
            self._answered.add([lease.url, *outcome.covers])
        meta["over"].set()
        if outcome.state == "new":
            stats.inc_value("harvest/postponed")
            return outcome
        if outcome.state != "done":
            # "Not modified" must never hide an article that was not taken the first time.
            outcome.etag = outcome.last_modified = outcome.is_later = None
        if outcome.article is not None and outcome.article.pages:
            outcome.etag = outcome.last_modified = None  # they are of the first page; a later one may change alone
        outcome.exchanges = meta["exchanges"]
        outcome.links += self._announced
        self._announced.clear()
        stats.inc_value("harvest/pages")
        stats.inc_value("harvest/queued", len(outcome.links))
        if outcome.reason is not None:
            stats.inc_value(f"harvest/reason/{outcome.reason}")
            if outcome.is_problem:
                stats.inc_value("harvest/problems")
        if outcome.article is not None and not outcome.is_revisit:
            self._articles.add(outcome.article.id)
            stats.set_value("harvest/articles", len(self._articles))
            if self._has_enough():
                self._closing = asyncio.ensure_future(engine.close_spider_async(reason="max_articles"))
        return outcome

    def _has_enough(self) -> bool:
        return self.target.max_articles is not None and len(self._articles) >= self.target.max_articles

    def _robots_parsed(self, robotparser: RobotsRules, request: Request) -> None:
        """Sitemaps that robots.txt names, or the usual place on the hosts of the starts, come with the next outcome."""
        self._announced += sitemaps_of(robotparser, request.url, self.target)
