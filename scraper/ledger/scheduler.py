"""Scrapy's scheduler on top of the ledger: requests are leases, and nothing is remembered but what is on its way.

There is no JOBDIR and no duplicate filter: an address is in the ledger once, and is leased once. Set
``SCHEDULER`` to this class and ``DUPEFILTER_CLASS`` to ``scrapy.dupefilters.BaseDupeFilter``.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from typing import TYPE_CHECKING, Any, Protocol

from scrapy import Request, Spider
from scrapy.core.scheduler import BaseScheduler
from scrapy.utils.asyncio import call_later
from scrapy.utils.defer import _schedule_coro

from scraper.ledger.errors import StorageError
from scraper.ledger.ledger import Ledger
from scraper.ledger.values import Lease

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

LEASE_BATCH = 32
"""Addresses leased at a time: one look into the ledger for so many requests."""

MAX_QUEUED = 128
"""Leased addresses that wait for a free connection, over all hosts."""

STORAGE_FAILED = "storage_failed"
"""The reason with which a crawl ends that cannot write: exit code 74."""


class OpenStore(Protocol):
    """What the spider's attribute `store` has; see `scraper.storage.Store`."""

    ledger: Ledger
    failure: StorageError | None


class LedgerScheduler(BaseScheduler):
    """Leases addresses and turns them into requests.

    The spider has the attribute `store` and, where it wants more than a plain request, a method
    ``build_request(lease) -> Request``. Each request carries its lease as ``meta["lease"]``. What the spider or a
    middleware sends behind it (a redirect, a retry, the next page of an article) belongs to the same lease and waits
    in memory: the address gets one outcome when all of it is over.

    Settings: ``WAIT_HORIZON_S`` (300), how long the crawl waits for an address that is to be asked later; what must
    wait longer is left for the next run.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._horizon_s = crawler.settings.getfloat("WAIT_HORIZON_S", 300.0)
        self._per_host = crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self._follow_ups: deque[Request] = deque()
        self._queues: dict[str, deque[Request]] = {}
        self._exhausted: tuple[int, frozenset[str]] | None = None
        self._wake_at: float | None = None
        self._timer: Any = None
        self._store: OpenStore

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LedgerScheduler:
        """The way in which Scrapy builds it."""
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        """Take the store from the spider."""
        self._store = spider.store  # type: ignore[attr-defined]

    def close(self, reason: str) -> None:
        """Give back what was leased and not asked."""
        if self._timer is not None:
            self._timer.cancel()
        leased = self._store.ledger.leased
        queued = sum(map(len, self._queues.values()))
        if reason == "finished" and len(leased) > queued:
            logger.warning("%d addresses were asked but got no outcome; the next run asks them again", len(leased))
        self._store.ledger.release(leased)

    def enqueue_request(self, request: Request) -> bool:
        """Take what follows on a leased request. It goes before anything new."""
        self._follow_ups.append(request)
        self._count("scheduler/follow_ups")
        return True

    def next_request(self) -> Request | None:
        """The next request for a host that has a connection free, or None."""
        if self._store.failure is not None:
            return None
        if self._follow_ups:
            return self._follow_ups.popleft()
        try:
            request = self._pop_ready()
            if request is None and self._refill():
                request = self._pop_ready()
        except StorageError as error:
            stop_for(self._crawler, self._store, error)
            return None
        if request is not None:
            self._count("scheduler/leased")
        return request

    def has_pending_requests(self) -> bool:
        """Whether there is something to ask within the horizon. The engine asks when nothing is on its way."""
        if self._store.failure is not None:
            return False
        if self._follow_ups or self._queues:
            return True
        now = time.time()
        try:
            ready_at = self._store.ledger.next_ready_at(now)
        except StorageError as error:
            stop_for(self._crawler, self._store, error)
            return False
        return ready_at is not None and ready_at <= now + self._horizon_s

    def _pop_ready(self) -> Request | None:
        for host, queue in self._queues.items():
            if self._has_free_connection(host, queue[0]):
                request = queue.popleft()
                # To the end of the line, so that the hosts take turns.
                del self._queues[host]
                if queue:
                    self._queues[host] = queue
                return request
        return None

    def _has_free_connection(self, host: str, request: Request) -> bool:
        # A request waits in the downloader until its host is free. One host that is slow, or polite, would so take all
        # of CONCURRENT_REQUESTS and leave the others idle.
        downloader = self._engine.downloader
        slot = downloader.slots.get(downloader.get_slot_key(request))
        active = sum(1 for other in downloader.active if "lease" in other.meta and other.meta["lease"].host == host)
        return active < (slot.concurrency if slot is not None else self._per_host)

    def _refill(self) -> bool:
        """Lease for the hosts that have nothing queued. Returns whether there was something."""
        ledger, now = self._store.ledger, time.time()
        if sum(map(len, self._queues.values())) >= MAX_QUEUED:
            return False
        situation = (ledger.changes, frozenset(self._queues))
        if situation == self._exhausted and (self._wake_at is None or now < self._wake_at):
            return False
        leases = ledger.lease(LEASE_BATCH, now, exclude_hosts=self._queues.keys())
        for lease in leases:
            self._queues.setdefault(lease.host, deque()).append(self._build_request(lease))
        if not leases:
            self._exhausted = situation
            self._wake_up_at(ledger.next_ready_at(now), now)
        return bool(leases)

    def _build_request(self, lease: Lease) -> Request:
        build = getattr(self._crawler.spider, "build_request", None)
        request: Request = build(lease) if build else Request(lease.url)
        request.meta["lease"] = lease
        return request

    def _wake_up_at(self, ready_at: float | None, now: float) -> None:
        """Have the engine ask again in time; its own heartbeat comes every 5 s only."""
        self._wake_at = ready_at
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if ready_at is not None and now < ready_at <= now + self._horizon_s:
            self._timer = call_later(ready_at - now, self._wake_up)

    def _wake_up(self) -> None:
        self._timer = None
        # There is no public call that makes the engine look for requests.
        slot = self._engine._slot
        if slot is not None:
            slot.nextcall.schedule()

    @property
    def _engine(self) -> Any:
        return self._crawler.engine

    def _count(self, name: str) -> None:
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(name)


def stop_for(crawler: Crawler, store: OpenStore, error: StorageError) -> None:
    """End the crawl because it cannot write. `store.failure` says why."""
    if store.failure is None or store.failure is error:
        logger.error("%s", error)
    store.failure = error
    if crawler.engine is not None and crawler.engine.spider is not None:
        _schedule_coro(crawler.engine.close_spider_async(reason=STORAGE_FAILED))
