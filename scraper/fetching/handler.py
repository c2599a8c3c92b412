"""Scrapy's HTTP/1.1 handler with a bound on the size of response headers, which it hands on as they were received."""

from __future__ import annotations

import base64
from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure
from twisted.web._newclient import HTTP11ClientProtocol, Request
from twisted.web.iweb import IResponse

from scraper.fetching.failures import HeadersTooLargeError

# Twisted bounds a header line (16 KiB) but not their number, and its clients have no public place to count: an
# endless answer of headers fills the memory until the time limit. A line that is too long looks like a connection
# that was closed.

# It also forgets order and case of the headers, and Scrapy hands on nothing of a response but parsed headers. So the
# head travels among these; the archive takes it out, see `scraper.fetching.archive`.

RECEIVED_HEAD = b"X-Received-Head"
"""A header of our own: status line and headers as received, in base 64. A server's header of this name is replaced."""


class BoundedHandler(HTTP11DownloadHandler):
    """Setting `MAX_HEADER_BYTES`: an answer with more bytes of headers is given up (TOO_LARGE)."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        max_bytes = crawler.settings.getint("MAX_HEADER_BYTES")

        class Factory(_BoundedFactory):
            limit = max_bytes

        self._pool._factory = Factory


class _BoundedFactory(_LenientHTTP11ClientFactory):
    limit: int

    def buildProtocol(self, addr: IAddress | None) -> HTTP11ClientProtocol:  # noqa: N802
        return _BoundedProtocol(self.limit, self._quiescentCallback)


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    def __init__(self, max_bytes: int, quiescent_callback: object) -> None:
        super().__init__(quiescent_callback)  # type: ignore[no-untyped-call]
        self._max_bytes = max_bytes
        self._header_bytes = 0

    def request(self, request: Request) -> Deferred[IResponse]:
        self._header_bytes = 0
        answer = super().request(request)
        # As Scrapy does it: the parser that Twisted made becomes one of another class.
        parser: Any = self._parser
        parser.__class__ = _RememberingParser
        parser.lines = []
        return answer

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        parser = self._parser
        in_headers = parser is not None and getattr(parser, "state", "") in ("STATUS", "HEADER")
        self._header_bytes = self._header_bytes + len(data) if in_headers else 0
        # The last piece may hold the start of the body too, so only a piece that begins within the bound is judged.
        if in_headers and self._header_bytes - len(data) > self._max_bytes:
            self._giveUp(Failure(HeadersTooLargeError(self._max_bytes)))  # type: ignore[no-untyped-call]
            return
        if parser is not None and in_headers:
            # The bound of all headers holds for each of them, and comes before that of a line.
            parser.MAX_LENGTH = self._max_bytes + len(data)
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class _RememberingParser(_LenientHTTPClientParser):
    lines: list[bytes]
    """Of the head, without their ends."""

    def lineReceived(self, line: bytes) -> None:  # noqa: N802
        if self.state == "STATUS":
            self.lines.clear()
        self.lines.append(line.removesuffix(b"\r"))
        super().lineReceived(line)

    def allHeadersReceived(self) -> None:  # noqa: N802
        self.headers.setRawHeaders(RECEIVED_HEAD, [base64.b64encode(b"\r\n".join(self.lines))])
        super().allHeadersReceived()  # type: ignore[no-untyped-call]
