"""Pages that a script fills, rendered by Chromium before they are read. Off unless a profile says `javascript = true`.

The browser has no network of its own: what its page asks for is fetched here, by the handler that fetches everything
else, and handed to it. So the URL policy, robots.txt, the check of addresses behind DNS and the bounds of sizes hold
for whatever a script comes up with, redirects included; only the delay between requests does not. Documents, scripts
and data are fetched; pictures, styles and fonts are not.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, Response

from scraper.fetching.decoding import Decoded, decode_body
from scraper.fetching.handler import RECEIVED_HEAD, BoundedHandler
from scraper.fetching.policy import policy_of
from scraper.fetching.robots import RobotsMiddleware

logger = logging.getLogger(__name__)

RENDERING_HANDLER = "scraper.fetching.browser.RenderingHandler"
"""Takes the place of `BoundedHandler` in DOWNLOAD_HANDLERS."""

FETCHED_KINDS = frozenset({"document", "script", "xhr", "fetch"})
MAX_FETCHED = 60
"""Requests that one page may make."""
MAX_REDIRECTS = 5
QUIET_S = 3.0
"""Seconds that a page may take to become quiet after it has loaded."""

# A port where nobody listens: what is not fetched here goes nowhere. Loopback addresses are no exception.
_NO_NETWORK = [
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--disable-background-networking",
]
_NOT_OF_THE_RENDERED = (RECEIVED_HEAD, b"Content-Encoding", b"Content-Length", b"ETag", b"Last-Modified")
"""Headers of the empty page, which changes less often than what a script puts into it."""


def require_browser() -> None:
    """Raise `ImportError`, with what to do, where the extra is not installed."""
    try:
        import playwright.async_api  # noqa: F401
    except ImportError as error:
        raise ImportError("the profile says javascript = true; run `pip install news-scraper[js]` first") from error


class RenderingHandler(BoundedHandler):
    """Hands on HTML pages as they are when their scripts have run; everything else as it is received.

    Settings: `BROWSER_PATH`, the Chromium to use; by default the one of the system, else that of playwright.
    `RENDER_TIMEOUT_S`, seconds for one page; what it shows then is taken.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._crawler = crawler
        self._path: str | None = crawler.settings["BROWSER_PATH"] or _system_browser()
        self._timeout_s = crawler.settings.getfloat("RENDER_TIMEOUT_S")
        self._max_bytes = crawler.settings.getint("MAX_DECODED_BYTES")
        self._starting = asyncio.Lock()
        self._playwright: Any = None
        self._browser: Any = None

    async def download_request(self, request: Request) -> Response:
        """The answer, rendered where it is a page."""
        response = await super().download_request(request)
        lease = request.meta.get("lease")
        is_page = request.meta.get("exchanges") is not None and not request.meta.get("is_robots_txt")
        is_page = is_page and (lease is None or lease.kind not in ("sitemap", "feed"))
        content_type = (response.headers.get("Content-Type") or b"").lower()
        if not is_page or response.status != 200 or b"html" not in content_type or not self._is_whole(response):
            return response
        html = await self._render(request, response)
        headers = response.headers.copy()
        for name in _NOT_OF_THE_RENDERED:
            headers.pop(name, None)
        headers[b"Content-Type"] = b"text/html; charset=utf-8"
        headers[b"X-Rendered-By"] = b"Chromium"
        return HtmlResponse(
            response.url,
            status=200,
            headers=headers,
            body=html.encode("utf-8", "surrogatepass"),
            encoding="utf-8",
            flags=response.flags,
            request=request,
            ip_address=response.ip_address,
            protocol=response.protocol,
        )

    async def close(self) -> None:
        """Close the browser with the crawl."""
        await super().close()
        if self._browser is not None:
            await self._browser.close()
            await self._playwright.stop()

    async def _start(self) -> Any:
        from playwright.async_api import async_playwright

        async with self._starting:
            if self._browser is None:
                self._playwright = await async_playwright().start()
                self._browser = await self._playwright.chromium.launch(executable_path=self._path, args=_NO_NETWORK)
        return self._browser

    async def _render(self, request: Request, response: Response) -> str:
        from playwright.async_api import Error

        browser = await self._start()
        context = await browser.new_context(user_agent=(request.headers.get("User-Agent") or b"").decode("latin-1"))
        try:
            page = await context.new_page()
            fetching = _PageFetches(self, request, response, policy_of(self._crawler))
            await page.route("**/*", fetching.answer)
            with contextlib.suppress(Error, TimeoutError):  # what it shows by then is taken
                async with asyncio.timeout(self._timeout_s):
                    await page.goto(response.url, wait_until="load", timeout=self._timeout_s * 1000)
                    await page.wait_for_load_state("networkidle", timeout=QUIET_S * 1000)
            html: str = await page.content()
            return html[: self._max_bytes]
        finally:
            await context.close()

    async def fetch(self, request: Request) -> Response:
        """An answer as it is received, for a page being rendered. Raises `Refused` where robots.txt forbids it."""
        assert self._crawler.engine is not None
        for middleware in self._crawler.engine.downloader.middleware.middlewares:
            if isinstance(middleware, RobotsMiddleware):
                await middleware.process_request(request)
        return await super().download_request(request)

    def decode(self, response: Response) -> Decoded:
        """The body with its content coding undone. Raises `ValueError` where that cannot be done within the bounds."""
        codings = b",".join(response.headers.getlist(b"Content-Encoding")).decode("latin-1").split(",")
        return decode_body(response.body, codings, self._max_bytes)

    def _is_whole(self, response: Response) -> bool:
        """Whether there is a page to render. A cut one is refused further up, as any is."""
        try:
            return "dataloss" not in response.flags and self.decode(response).complete
        except ValueError:
            return False


class _PageFetches:
    """Answers what one page asks for."""

    def __init__(self, handler: RenderingHandler, request: Request, response: Response, policy: Any) -> None:
        self._handler = handler
        self._request = request
        self._first: Response | None = response
        self._policy = policy
        self._left = MAX_FETCHED

    async def answer(self, route: Any) -> None:
        from playwright.async_api import Error

        with contextlib.suppress(Error):  # the page may be gone by now
            try:
                response = await self._fetch(route.request)
            except Exception as error:  # whatever a page asks for and cannot have is missing on it, as in any browser
                logger.debug("not fetched for %s: %s: %s", self._request.url, route.request.url, error)
                await route.abort()
                return
            if response is None:
                await route.abort()
                return
            headers = {
                name.decode("latin-1"): b", ".join(values).decode("latin-1")
                for name, values in response.headers.items()
                if name.lower() not in (b"content-encoding", b"content-length", b"x-received-head", b"set-cookie")
            }
            await route.fulfill(status=response.status, headers=headers, body=self._handler.decode(response).body)

    async def _fetch(self, asked: Any) -> Response | None:
        """The answer; None for what is not fetched."""
        first, self._first = self._first, None
        if first is not None:
            return first
        if asked.resource_type not in FETCHED_KINDS or (asked.is_navigation_request() and not asked.frame.parent_frame):
            return None  # a page that leads elsewhere by script is read as it is
        url = asked.url
        for _ in range(MAX_REDIRECTS):
            if self._left <= 0 or (self._policy is not None and self._policy.judge(url) is not None):
                logger.debug("refused for %s: %s", self._request.url, url)
                return None
            self._left -= 1
            headers = {"User-Agent": self._request.headers.get("User-Agent"), "Referer": self._request.url}
            if content_type := asked.headers.get("content-type"):
                headers["Content-Type"] = content_type
            body = asked.post_data_buffer or b""
            meta = {"download_timeout": self._request.meta.get("download_timeout", 30)}
            response = await self._handler.fetch(
                Request(url, method=asked.method, headers=headers, body=body, meta=meta)
            )
            location = response.headers.get("Location")
            if response.status not in (301, 302, 303, 307, 308) or not location:
                return response
            url = response.urljoin(location.decode("latin-1"))
        return None


def _system_browser() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)
