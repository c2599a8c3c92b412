"""A small news site on loopback that misbehaves in the ways that sites do."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

Answer = Callable[["Handler"], None]

HEAD = "<!DOCTYPE html><html><head><meta charset='utf-8'>"
SENTENCE = "这一年，村里的茶山又添了新绿，采茶的人们一早就上了山，到傍晚才背着竹篓回来。"


def article(title: str, words: str, after: str = "") -> str:
    """A page with a text of its own: `words` stands in each of its paragraphs."""
    paragraphs = "".join(f"<p>{words}第{number}段。{SENTENCE}{words}的事大家都在说。</p>" for number in range(6))
    body = f"<div class='info'>2018-01-05 08:30 来源：难写日报</div><div class='content'>{paragraphs}</div>{after}"
    return f"{HEAD}<title>{title}-难写新闻网</title></head><body><h1>{title}</h1>{body}</body></html>"


def listing(*links: str) -> str:
    """A page that is nothing but links."""
    items = "".join(f"<li><a href='{link}'>茶山上的新闻第{number}条</a></li>" for number, link in enumerate(links))
    return f"{HEAD}<title>频道</title></head><body><ul>{items}</ul></body></html>"


class Handler(BaseHTTPRequestHandler):
    """Looks the path up among the answers of the site."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or each answer waits 40 ms for the client's delayed acknowledgement
    server: Site

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.hits.append((path, time.time()))
        answer = self.server.answers.get(path) or self.server.answer_other(path)
        if answer is None:
            self.send(404, b"not here")
        elif callable(answer):
            answer(self)
        else:
            self.send(200, answer.encode())

    def send(self, status: int, body: bytes, *headers: tuple[str, str], length: int | None = None) -> None:
        """Send an answer; `length` announces another one than it has."""
        self.send_response(status)
        names = {name.lower() for name, _ in headers}
        if "content-type" not in names:
            self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        if length is not None:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Site(ThreadingHTTPServer):
    """The server: `answers` by path, and `hits` with path and time."""

    daemon_threads = True

    def __init__(self, host: str = "127.0.0.1") -> None:
        super().__init__((host, 0), Handler)
        self.url = f"http://{host}:{self.server_address[1]}"
        self.answers: dict[str, str | Answer] = {}
        self.other: Callable[[str], str | Answer | None] = lambda path: None
        self.hits: list[tuple[str, float]] = []
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def answer_other(self, path: str) -> str | Answer | None:
        return self.other(path)

    def asked(self, path: str) -> list[float]:
        """When a path was asked."""
        return [moment for asked, moment in self.hits if asked == path]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()
        self.server_close()


def first_then(status: int, later: str, *headers: tuple[str, str]) -> Answer:
    """An error the first time, a page from then on."""
    asked: list[bool] = []

    def answer(handler: Handler) -> None:
        asked.append(True)
        if len(asked) == 1:
            handler.send(status, b"busy", *headers)
        else:
            handler.send(200, later.encode())

    return answer


def redirect(target: str) -> Answer:
    """301 to another address."""
    return lambda handler: handler.send(301, b"", ("Location", target))


def half_gzip(page: str) -> Answer:
    """A gzip stream that ends in the middle, its length as announced."""
    coded = gzip.compress(page.encode())
    return lambda handler: handler.send(200, coded[: len(coded) // 2], ("Content-Encoding", "gzip"))


def bomb(handler: Handler) -> None:
    """40 MB of nothing in 40 KB."""
    handler.send(200, gzip.compress(b"0" * 40_000_000), ("Content-Encoding", "gzip"))


def endless_headers(handler: Handler) -> None:
    """300 KB of headers."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    try:
        for number in range(3000):
            handler.wfile.write(f"X-{number}: {'x' * 90}\r\n".encode())
        handler.wfile.write(b"\r\n")
    except OSError:
        pass  # the client has hung up, as it should
    handler.close_connection = True


def hang_up(handler: Handler) -> None:
    """Close without an answer."""
    handler.close_connection = True


def announced_too_long(page: str) -> Answer:
    """More bytes announced than come."""
    return lambda handler: handler.send(200, page.encode(), length=len(page.encode()) + 500)
