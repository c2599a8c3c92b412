"""Each request and its answer, kept for the archive.

Bodies are the bytes that were received, their content coding not undone. Heads are the lines that were received, each
ended with CR LF. Only the chunks of a chunked transfer are joined, and the header `Transfer-Encoding` is left out: head
and body fit each other. Requests are written as the HTTP client writes them.
"""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Headers, Response

from scraper.fetching.handler import RECEIVED_HEAD
from scraper.outcome import Exchange
from scraper.rfc3339 import to_text

_TRANSFER_ENCODING = re.compile(rb"\r\ntransfer-encoding[ \t]*:[^\r]*", re.IGNORECASE)


class ExchangeMiddleware:
    """Takes out `RECEIVED_HEAD`; appends an `Exchange` to `request.meta["exchanges"]`, if the request has that list.

    Stands next to the downloader, below the decoding. Redirects share the list of
    the request that they came from, so one address gives all its exchanges in order.
    """

    def process_response(self, request: Request, response: Response) -> Response:
        received = response.headers.pop(RECEIVED_HEAD, None)
        exchanges = request.meta.get("exchanges")
        if exchanges is not None:
            exchanges.append(
                Exchange(
                    url=request.url,
                    request=_request_bytes(request),
                    response_head=_received_head(received[-1]) if received else _head_bytes(response),
                    body=response.body,
                    fetched_at=to_text(datetime.now(UTC)),
                    ip=str(response.ip_address) if response.ip_address else None,
                    truncated="length" if "dataloss" in response.flags else None,
                )
            )
        return response


def _request_bytes(request: Request) -> bytes:
    parts = urlsplit(request.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host = parts.netloc.rpartition("@")[2].encode()
    line = f"{request.method} {target} HTTP/1.1".encode()
    return b"\r\n".join([line, *_header_lines(request.headers), b"Host: " + host, b"", b""])


def _received_head(coded: bytes) -> bytes:
    return _TRANSFER_ENCODING.sub(b"", base64.b64decode(coded)) + b"\r\n"


def _head_bytes(response: Response) -> bytes:
    """For an answer that another handler brought."""
    try:
        phrase = HTTPStatus(response.status).phrase
    except ValueError:
        phrase = ""
    status = f"{response.protocol or 'HTTP/1.1'} {response.status} {phrase}".rstrip().encode()
    return b"\r\n".join([status, *_header_lines(response.headers), b"", b""])


def _header_lines(headers: Headers) -> list[bytes]:
    return [name + b": " + value for name, values in headers.items() for value in values]
