"""Redirects, by status and by meta refresh: each hop is a request of its own, judged by the policy."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from w3lib.html import get_meta_refresh
from w3lib.url import safe_url_string

from scraper.fetching.failures import Refused
from scraper.reasons import Reason

REFRESH_HEAD_BYTES = 4096
"""A meta refresh further down than this is not looked for."""

REFRESH_MAX_S = 10
"""A page that refreshes later than after so many seconds is a page to be read."""

_REFRESH = re.compile(rb"(?i)http-equiv\s*=\s*[\"']?refresh")
_STATUSES = frozenset({301, 302, 303, 307, 308})


class AlreadyAnswered(IgnoreRequest):
    """A request that need not be made: what it asks for is there, by its own address or by one that led to it."""


class RedirectMiddleware:
    """Follows redirects at once, so that one address gives one answer, and refuses loops and long chains.

    Takes the place of Scrapy's two, which hand a redirect back to the scheduler as a new request. The answer carries
    `meta["redirect_urls"]`: the addresses it came over. A request with `meta["dont_redirect"]` is left alone.

    Where the spider has a method `async is_answered(request)`, a page is not asked twice, under its own address and as
    the target of a redirect: `AlreadyAnswered`. Lists are followed always: they are asked for what is new on them.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._max = crawler.settings.getint("REDIRECT_MAX_TIMES")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RedirectMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        lease = request.meta.get("lease")
        is_answered = getattr(self._crawler.spider, "is_answered", None)
        if lease is None or is_answered is None or lease.kind != "page" or lease.via == "seed":
            return
        if await is_answered(request):
            raise AlreadyAnswered(request.url)

    async def process_response(self, request: Request, response: Response) -> Response:
        target = None if request.meta.get("dont_redirect") else redirect_target(response)
        if target is None or target == request.url:
            return self._unless_loop(request, response, target)
        passed = [*request.meta.get("redirect_urls", []), request.url]
        if len(passed) > self._max:
            raise Refused(Reason.REDIRECT_LOOP, f"more than {self._max} redirects, the last to {target[:200]}")
        if target in passed:
            raise Refused(Reason.REDIRECT_LOOP, f"back to {target[:200]}")
        meta = {key: value for key, value in request.meta.items() if key not in ("download_slot", "download_latency")}
        try:
            following = Request(
                target, headers=_own_headers(request), meta={**meta, "redirect_urls": passed}, dont_filter=True
            )
        except ValueError as error:
            raise Refused(Reason.BAD_URL, f"redirects to {target[:200]}") from error
        assert self._crawler.engine is not None
        return await self._crawler.engine.download_async(following)

    @staticmethod
    def _unless_loop(request: Request, response: Response, target: str | None) -> Response:
        if target == request.url and response.status in _STATUSES:
            raise Refused(Reason.REDIRECT_LOOP, "redirects to itself")
        return response


def _own_headers(request: Request) -> dict[bytes, list[bytes]]:
    # Conditions are of the address asked first; the target may be another page.
    left_out = {b"If-None-Match", b"If-Modified-Since"}
    return {name: values for name, values in request.headers.items() if name not in left_out}


def redirect_target(response: Response) -> str | None:
    """Absolute address that an answer redirects to, fragment off; None where it does not."""
    if response.status in _STATUSES:
        location = response.headers.get(b"Location")
        if not location:
            return None
        try:
            target = location.decode("utf-8")
        except UnicodeDecodeError:
            target = location.decode("gb18030", "replace")
        return _absolute(response.url, target)
    if response.status == 200 and _REFRESH.search(response.body[:REFRESH_HEAD_BYTES]):
        head = response.body[:REFRESH_HEAD_BYTES].decode("latin-1")
        try:
            seconds, refresh = get_meta_refresh(head, response.url)
        except ValueError:
            return None
        if seconds is not None and refresh and seconds < REFRESH_MAX_S:
            found = _absolute(response.url, refresh)
            return None if found == response.url else found
    return None


def _absolute(base: str, target: str) -> str:
    """Resolved; where that cannot be, as it is, for the policy to refuse."""
    try:
        return safe_url_string(urljoin(base, target.strip()).partition("#")[0])
    except ValueError:
        return target
