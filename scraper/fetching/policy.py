"""The URL policy before each request, and again when the name has an address."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from scraper.discovery.traps import has_trap_form
from scraper.fetching.failures import Refused
from scraper.reasons import Reason
from scraper.urls import UrlPolicy

DEAD_REST_S = 3600.0
"""Seconds after which addresses of a dead form may be asked again."""


def policy_of(crawler: Crawler) -> UrlPolicy | None:
    """The policy of the running spider; None for a spider without one, such as that of `scrapy shell`."""
    return getattr(crawler.spider, "policy", None)


class PolicyMiddleware:
    """Refuses every request that the spider's `UrlPolicy` does not allow: pages, redirects, robots.txt alike.

    Also leased addresses of a form that the spider's `TrapBudget` has exhausted since they were found; the first of a
    form as TRAP, the others as OF_TRAP. Those of a dead form are put back for a later run. And pages of a listing that
    come behind the days of the harvest, by the spider's `walk`, as OLDER.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PolicyMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        policy = policy_of(self._crawler)
        refused = policy.judge(request.url) if policy else None
        if refused is not None:
            raise Refused(refused, request.url[:300])
        traps = getattr(self._crawler.spider, "traps", None)
        lease = request.meta.get("lease")
        if lease is None or traps is None or lease.via == "seed":
            return
        walk = getattr(self._crawler.spider, "walk", None)
        if walk is not None and lease.kind == "listing" and await walk.is_beyond(request.url):
            raise Refused(Reason.OLDER, "the page of the list before this one is older already")
        if traps.must_rest(request.url):
            raise Refused(Reason.TRAP, "of this form, one after the other is gone", time.time() + DEAD_REST_S)
        if lease.via not in ("link", "listing"):
            return  # what a sitemap or a feed names has an end
        if has_trap_form(request.url):
            raise Refused(Reason.TRAP, "too deep, or its parts repeat")
        if traps.is_exhausted(request.url):
            reason = Reason.TRAP if traps.tell(request.url) else Reason.OF_TRAP
            raise Refused(reason, "many of this form gave no article")

    def process_response(self, request: Request, response: Response) -> Response:
        traps = getattr(self._crawler.spider, "traps", None)
        if traps is not None and "lease" in request.meta and response.status // 100 in (2, 4):
            traps.note_answer(request.meta["lease"].url, is_gone=response.status >= 400)
        return response


class AddressGuard:
    """Scrapy extension: while the spider is open, names resolve only to addresses that its policy permits.

    A name in scope can be made to point to a private address (DNS rebinding). The connection is opened to the very
    address that was checked, because the check stands inside the reactor's resolver: there is no second look-up.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._previous: Any = None
        crawler.signals.connect(self._spider_opened, signals.spider_opened)
        crawler.signals.connect(self._spider_closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AddressGuard:
        if not crawler.settings.getbool("TWISTED_REACTOR_ENABLED"):
            raise NotConfigured("the guard of addresses needs the Twisted reactor")
        return cls(crawler)

    def _spider_opened(self) -> None:
        from twisted.internet import reactor

        policy = policy_of(self._crawler)
        if policy is not None:
            self._previous = reactor.nameResolver
            reactor.installNameResolver(_GuardedResolver(self._previous, policy))

    def _spider_closed(self) -> None:
        from twisted.internet import reactor

        if self._previous is not None:
            reactor.installNameResolver(self._previous)


@implementer(IHostnameResolver)
class _GuardedResolver:
    def __init__(self, resolver: Any, policy: UrlPolicy) -> None:
        self._resolver = resolver
        self._policy = policy

    def resolveHostName(  # noqa: N802 - the name is Twisted's
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        receiver = _PermittedOnly(resolutionReceiver, self._policy)
        return self._resolver.resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)


@implementer(IResolutionReceiver)
class _PermittedOnly:
    """Hands on the addresses that are permitted. None left looks like a name without an address: DNS."""

    def __init__(self, receiver: Any, policy: UrlPolicy) -> None:
        self._receiver = receiver
        self._policy = policy

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IPv4Address | IPv6Address) -> None:  # noqa: N802
        if self._policy.permits_address(address.host, address.port):
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        self._receiver.resolutionComplete()
