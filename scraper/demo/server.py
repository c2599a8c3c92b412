"""The demo newspaper on a loopback port."""

from __future__ import annotations

import gzip
import threading
from collections import Counter
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from scraper.demo.site import Resource, answer, build_site


class DemoServer:
    """A running newspaper; a context manager that stops it at the end.

    Attributes:
        url: scheme, host and port, no slash at the end.
        hits: how often each path was asked for.
    """

    def __init__(self, port: int = 0, day: int = 1) -> None:
        self.hits: Counter[str] = Counter()
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.hits = self.hits
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.show(day)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def show(self, day: int) -> None:
        """Turn to another day of the demo; the address stays."""
        self._server.site = build_site(day, self.url)

    def put(self, path: str, resource: Resource) -> None:
        """Answer something of one's own at a path, until another day is shown."""
        self._server.site[path] = resource

    def answer(self, path: str) -> Resource:
        """What is answered at a path."""
        return answer(self._server.site, path)

    def close(self) -> None:
        """Stop, and give the port back."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> DemoServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def serve(port: int = 0, day: int = 1) -> DemoServer:
    """Start the newspaper on 127.0.0.1 in a thread.

    Args:
        port: 0 takes a free one.
        day: 1, 2 or 3; see `scraper.demo.site.build_site`.

    Raises:
        OSError: the port is taken.
    """
    return DemoServer(port, day)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: dict[str, Resource]
    hits: Counter[str]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "YunxiuWeb/2.1"
    server: _Server

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the harvest that reads these pages keeps its own log."""

    def _answer(self, with_body: bool) -> None:
        path = urlsplit(self.path).path
        self.server.hits[path] += 1
        resource = answer(self.server.site, path)
        is_unchanged = resource.status == 200 and self._knows(resource)
        body = b"" if is_unchanged else resource.body
        self.send_response(304 if is_unchanged else resource.status)
        if resource.status == 200:
            self.send_header("Last-Modified", format_datetime(resource.changed.astimezone(UTC), usegmt=True))
            self.send_header("ETag", resource.etag)
        for name, value in resource.headers.items():
            self.send_header(name, value)
        if not is_unchanged:
            self.send_header("Content-Type", resource.content_type)
            self.send_header("Vary", "Accept-Encoding")
            if "gzip" in self.headers.get("Accept-Encoding", "") and len(body) > 500:
                self.send_header("Content-Encoding", "gzip")
                body = gzip.compress(body, mtime=0)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _knows(self, resource: Resource) -> bool:
        """Whether the client has this version; If-None-Match goes first (RFC 9110 §13.2.2)."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return tags.strip() == "*" or resource.etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        since = self.headers.get("If-Modified-Since")
        if since is None:
            return False
        try:
            known: datetime = parsedate_to_datetime(since)
        except ValueError:
            return False  # a date that cannot be read is ignored (RFC 9110 §13.1.3)
        return resource.changed.replace(microsecond=0) <= known.replace(tzinfo=known.tzinfo or UTC)
