"""Decode answers within the limits, and refuse those that are cut or grow too large."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from scraper.fetching.decoding import CODINGS, Decoded, TooBigError, UnknownCodingError, decode_body
from scraper.fetching.failures import Refused
from scraper.reasons import Reason


class DecodingMiddleware:
    """Takes the place of Scrapy's HttpCompressionMiddleware, which reads half a gzip stream as if it were whole.

    Setting `MAX_DECODED_BYTES`; a request may lower or raise it with `meta["max_decoded_bytes"]`, and
    `meta["cut_is_fine"]` takes what there is of a body that is cut (robots.txt).
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DecodingMiddleware:
        return cls(crawler.settings.getint("MAX_DECODED_BYTES"))

    def process_request(self, request: Request) -> None:
        request.headers.setdefault(b"Accept-Encoding", ", ".join(CODINGS).encode())

    def process_response(self, request: Request, response: Response) -> Response:
        cut_is_fine = bool(request.meta.get("cut_is_fine"))
        codings = b",".join(response.headers.getlist(b"Content-Encoding")).decode("latin-1").split(",")
        try:
            decoded = decode_body(response.body, codings, request.meta.get("max_decoded_bytes", self._max_bytes))
        except TooBigError as error:
            raise Refused(Reason.BOMB, str(error)) from error
        except UnknownCodingError as error:
            raise Refused(Reason.BAD_HTTP, str(error)) from error
        if not cut_is_fine:
            self._check_whole(response, decoded)
        if decoded.body is response.body and not any(codings):
            return response
        headers = response.headers.copy()
        headers.pop(b"Content-Encoding", None)
        cls = responsetypes.from_args(headers=headers, url=response.url, body=decoded.body)
        changed: dict[str, Any] = {"body": decoded.body, "headers": headers, "cls": cls}
        replaced: Response = response.replace(**changed)
        return replaced

    @staticmethod
    def _check_whole(response: Response, decoded: Decoded) -> None:
        if not decoded.complete:
            raise Refused(Reason.TRUNCATED, "the compressed stream ends before its end")
        if "dataloss" in response.flags and b"</html" not in decoded.body[-2048:].lower():
            # A wrong Content-Length around a complete page is common; a page without its end is a loss.
            raise Refused(Reason.TRUNCATED, "fewer bytes than announced")
