"""Scrapy's HTTP/1.1 handler with a bound on the size of response headers."""

from __future__ import annotations

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.crawler import Crawler
from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure
from twisted.web._newclient import HTTP11ClientProtocol, ParseError

# Twisted bounds a header line (16 KiB) but not their number, and its clients have no public place to count: an
# endless answer of headers fills the memory until the time limit.


class BoundedHandler(HTTP11DownloadHandler):
    """Setting `MAX_HEADER_BYTES`: an answer with more bytes of headers is given up (BAD_HTTP)."""

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

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        parser = self._parser
        in_headers = parser is not None and getattr(parser, "state", "") in ("STATUS", "HEADER")
        self._header_bytes = self._header_bytes + len(data) if in_headers else 0
        # The last piece may hold the start of the body too, so only a piece that begins within the bound is judged.
        if in_headers and self._header_bytes - len(data) > self._max_bytes:
            error = ParseError(f"more than {self._max_bytes} bytes of headers", b"")  # type: ignore[no-untyped-call]
            self._giveUp(Failure(error))  # type: ignore[no-untyped-call]
            return
        super().dataReceived(data)  # type: ignore[no-untyped-call]
