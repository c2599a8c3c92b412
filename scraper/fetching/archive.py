"""Each request and its answer, kept for the archive.

Bodies are the bytes that were received, their content coding not undone. Heads are written again from what the HTTP
client parsed, because Scrapy hands on no more: every header with its value is there, but names are in their usual case,
headers of one name stand together, and what concerns the connection alone is left out. So the chunks of a chunked
transfer are joined and `Transfer-Encoding` is off: head and body fit each other.
"""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Headers, Response

from scraper.outcome import Exchange


class ExchangeMiddleware:
    """Appends an `Exchange` to `request.meta["exchanges"]`, if the request has that list.

    Stands next to the downloader, below the decoding. Redirects share the list of
    the request that they came from, so one address gives all its exchanges in order.
    """

    def process_response(self, request: Request, response: Response) -> Response:
        exchanges = request.meta.get("exchanges")
        if exchanges is not None:
            exchanges.append(
                Exchange(
                    url=request.url,
                    request=_request_bytes(request),
                    response_head=_head_bytes(response),
                    body=response.body,
                    fetched_at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
                    ip=str(response.ip_address) if response.ip_address else None,
                    truncated="length" if "dataloss" in response.flags else None,
                )
            )
        return response


def _request_bytes(request: Request) -> bytes:
    parts = urlsplit(request.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"{request.method} {target} HTTP/1.1".encode(), b"Host: " + parts.netloc.encode()]
    return b"\r\n".join([*lines, *_header_lines(request.headers), b"", b""])


def _head_bytes(response: Response) -> bytes:
    try:
        phrase = HTTPStatus(response.status).phrase
    except ValueError:
        phrase = ""
    status = f"{response.protocol or 'HTTP/1.1'} {response.status} {phrase}".rstrip().encode()
    return b"\r\n".join([status, *_header_lines(response.headers), b"", b""])


def _header_lines(headers: Headers) -> list[bytes]:
    return [name + b": " + value for name, values in headers.items() for value in values]
