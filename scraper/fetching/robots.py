"""robots.txt is asked before a host's first page, and obeyed (RFC 9309)."""

from __future__ import annotations

import asyncio
import logging
import time
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured, StopDownload

from scraper.discovery.robots import MAX_BYTES, RobotsRules
from scraper.fetching.failures import Refused, why
from scraper.reasons import Reason

logger = logging.getLogger(__name__)

ATTEMPTS = 3
"""How often a robots.txt is asked before its host is unreachable, with `RETRY_FIRST_S` and twice that between."""

ATTEMPTS_NO_ANSWER = 2
"""How often where nobody answers: a wrong name stays wrong, each silence costs a minute, and the user is waiting."""

ASK_AGAIN_S = 3600.0
"""When the addresses of a host are tried again whose robots.txt could not be read."""

_UNAVAILABLE = frozenset({Reason.REDIRECT_LOOP, Reason.OFF_SITE, Reason.SCHEME, Reason.BAD_URL})
"""Ways to say that there is no robots.txt here, which allows everything (RFC 9309 §2.3.1.3)."""


_NO_HOST = frozenset({Reason.BLOCKED_ADDRESS, Reason.DNS, Reason.CONNECT, Reason.TLS})
"""Ways in which it is not robots.txt that cannot be had, but the host."""


class RobotsMiddleware:
    """Takes the place of Scrapy's, which fetches everything from a host whose robots.txt cannot be read.

    4xx allows everything; 5xx, 429 or no answer forbids everything for now: `Refused` with ROBOTS_UNREACHABLE and a
    time to ask again (RFC 9309 §2.3.1.4). A Crawl-delay becomes the delay of the host, unless the spider has set one
    of its own (`spider.delay_s`). Sends Scrapy's `robots_parsed` signal with the `RobotsRules`.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._user_agent = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self._rules: dict[str, asyncio.Future[RobotsRules | Refused]] = {}
        crawler.signals.connect(self._stop_at_limit, signals.bytes_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("dont_obey_robotstxt"):
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._fetch(origin, request))
        rules = await asyncio.shield(self._rules[origin])
        if isinstance(rules, Refused):
            raise Refused(rules.reason, rules.detail, rules.next_at, is_final=rules.is_final)
        if not rules.allows(request.url):
            raise Refused(Reason.ROBOTS, f"{origin}/robots.txt")

    async def _fetch(self, origin: str, request: Request) -> RobotsRules | Refused:
        refusal = Refused(Reason.ROBOTS_UNREACHABLE)
        for attempt in range(ATTEMPTS):
            if attempt:
                await asyncio.sleep(self._wait_s(attempt, refusal.reason))
            try:
                rules = await self._ask(origin, request)
            except Refused as error:
                refusal = error
                if error.reason is Reason.BLOCKED_ADDRESS or attempt + 1 == ATTEMPTS_NO_ANSWER:
                    break
                continue
            if isinstance(rules, RobotsRules):
                self._crawler.signals.send_catch_log(signals.robots_parsed, robotparser=rules, request=request)
                self._slow_down(request, rules)
                return rules
            refusal = Refused(Reason.ROBOTS_UNREACHABLE, rules, time.time() + ASK_AGAIN_S)
        logger.warning("%s/robots.txt gave %s: nothing is asked of this host", origin, refusal.detail)
        return refusal

    def _wait_s(self, attempt: int, reason: Reason) -> float:
        first_s = self._crawler.settings.getfloat("RETRY_FIRST_S")
        # A refused connection comes back at once, and at a wrong port somebody sits and waits for the answer.
        return first_s / 4 if reason is Reason.CONNECT else first_s * 2.0 ** (attempt - 1)

    async def _ask(self, origin: str, request: Request) -> RobotsRules | str:
        """The rules, or in words why there are none."""
        asked = Request(
            f"{origin}/robots.txt",
            dont_filter=True,
            meta={
                "dont_obey_robotstxt": True,
                "cut_is_fine": True,
                "is_robots_txt": True,
                "download_fail_on_dataloss": False,
                "max_decoded_bytes": 50 * MAX_BYTES,
                "exchanges": request.meta.get("exchanges"),
            },
        )
        assert self._crawler.engine is not None
        try:
            response = await self._crawler.engine.download_async(asked)
        except Exception as error:  # whatever the network does, it is the same to us: no answer
            reason, detail = why(error)
            if reason in _NO_HOST:
                raise Refused(reason, detail, is_final=True) from error
            if reason is Reason.TIMEOUT:
                raise Refused(Reason.ROBOTS_UNREACHABLE, detail, time.time() + ASK_AGAIN_S) from error
            if reason in _UNAVAILABLE:
                return RobotsRules(b"", self._user_agent)
            return detail
        if response.status >= 500 or response.status == 429:
            return f"status {response.status}"
        return RobotsRules(response.body if response.status == 200 else b"", self._user_agent)

    def _slow_down(self, request: Request, rules: RobotsRules) -> None:
        delay_s = rules.crawl_delay_s
        if delay_s is None or getattr(self._crawler.spider, "delay_s", None) is not None:
            return
        assert self._crawler.engine is not None
        downloader = self._crawler.engine.downloader
        key = downloader.get_slot_key(Request(request.url))
        delay_s = max(delay_s, self._crawler.settings.getfloat("DOWNLOAD_DELAY"))
        downloader.per_slot_settings[key] = {"concurrency": 1, "delay": delay_s, "jitter": 0.0}
        if key in downloader.slots:
            downloader.slots[key].delay = delay_s
            downloader.slots[key].concurrency = 1
        logger.info("%s asks for a delay of %g s between requests", key, delay_s)

    def _stop_at_limit(self, data: bytes, request: Request) -> None:
        if request.meta.get("is_robots_txt"):
            received = request.meta["received_bytes"] = request.meta.get("received_bytes", 0) + len(data)
            if received > MAX_BYTES:
                raise StopDownload(fail=False)
