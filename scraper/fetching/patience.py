"""Patience with a host: Retry-After is waited for, and failures are tried again later and later."""

from __future__ import annotations

import asyncio
import random
import time
from datetime import UTC
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from scraper.fetching.failures import Refused
from scraper.reasons import Reason

TRIES = 3
"""How often an address is asked in all before it counts as failed."""

TRIES_OF = {Reason.TIMEOUT: 2, Reason.DNS: 2, Reason.TLS: 1, Reason.TOO_LARGE: 1, Reason.BOMB: 1}
"""Reasons that are asked less often: each try of a timeout costs a minute, and a bomb stays a bomb."""

TRANSIENT = frozenset(
    {Reason.DNS, Reason.CONNECT, Reason.TIMEOUT, Reason.RESET, Reason.TRUNCATED, Reason.BAD_HTTP, Reason.HTTP_5XX}
)
"""Failures that may be over in a moment."""

LONGEST_SLEEP_S = 30.0
"""A request waits in place for so long; for a longer rest its address goes back to the ledger."""

MAX_REST_S = 24 * 3600.0


def parse_retry_after(value: str | None, now: float) -> float | None:
    """Seconds to wait, from a Retry-After header in seconds or as a date (RFC 9110 §10.2.3).

    Returns:
        At least 0 and at most a day; None without a readable header.
    """
    if not value:
        return None
    value = value.strip()
    if value.isdigit():
        return min(float(value[:9]), MAX_REST_S)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(0.0, moment.timestamp() - now), MAX_REST_S)


def retry_at(reason: Reason, tries: int, now: float, first_s: float) -> float | None:
    """When to ask again after a failure.

    Args:
        reason: why it failed.
        tries: how often it was asked, this time included.
        now: POSIX seconds.
        first_s: seconds to wait after the first try; after each more it is twice as long.

    Returns:
        POSIX seconds, with half of the wait up or down at random so that the addresses of a host do not come back at
        once; None where it is final.
    """
    if reason not in TRANSIENT or tries >= TRIES_OF.get(reason, TRIES):
        return None
    wait_s: float = first_s * 2.0 ** (tries - 1)
    return now + wait_s * random.uniform(0.5, 1.5)


class PatienceMiddleware:
    """Lets a host rest that asked for it with 429, or with 503 and Retry-After; other hosts go on.

    During a rest no request reaches the host. Requests that come wait in place while the rest is short and few are
    waiting; else `Refused` with RATE_LIMITED puts their address back, to be asked when the rest is over. Each refusal
    in a row doubles the least rest, so a host that always refuses ends beyond the horizon of the run.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._until: dict[str, float] = {}
        self._refusals: dict[str, int] = {}
        self._waiting = 0
        self._most_waiting = max(1, crawler.settings.getint("CONCURRENT_REQUESTS") // 2)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PatienceMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        host = urlsplit(request.url).netloc
        until = self._until.get(host, 0.0)
        if until <= time.time():
            return
        if until - time.time() > LONGEST_SLEEP_S or self._waiting >= self._most_waiting:
            raise Refused(Reason.RATE_LIMITED, f"{host} asked to wait", until)
        self._waiting += 1
        try:
            while (left := self._until.get(host, 0.0) - time.time()) > 0:
                if self._is_closing() or left > LONGEST_SLEEP_S:
                    raise Refused(Reason.RATE_LIMITED, f"{host} asked to wait", self._until[host])
                await asyncio.sleep(min(left, 0.5))
        finally:
            self._waiting -= 1

    def process_response(self, request: Request, response: Response) -> Response:
        host = urlsplit(request.url).netloc
        now = time.time()
        header = response.headers.get(b"Retry-After")
        wait = parse_retry_after(header.decode("latin-1") if header else None, now)
        if response.status == 429 or (response.status == 503 and wait is not None):
            self._refusals[host] = self._refusals.get(host, 0) + 1
            # The first rest is what the host asks for; a host that gives no time gets 5 s.
            least = 5.0 * 2 ** (self._refusals[host] - 1) if wait is None else float(2 ** (self._refusals[host] - 1))
            self._until[host] = max(self._until.get(host, 0.0), now + max(wait or 0.0, least))
            raise Refused(Reason.RATE_LIMITED, f"status {response.status}", self._until[host])
        if response.status < 500:
            self._refusals.pop(host, None)
        return response

    def _is_closing(self) -> bool:
        engine = self._crawler.engine
        return engine is None or not engine.running
