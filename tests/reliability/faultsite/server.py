"""The misbehaving newspaper on loopback: plain sockets, so that it can break every rule of HTTP.

One thread a connection, one request a connection. `/__stats` of any house tells, as JSON, what was asked, when and of
whom; `FaultSite.requests` is the same for a test in this process.
"""

from __future__ import annotations

import errno
import json
import os
import re
import select
import selectors
import socket
import struct
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from faultsite.faults import FAULTS, INTERNAL_ADDRESSES, Fault, House, front
from faultsite.stories import Story, print_listing, print_page, write_story

MAX_REQUEST_BYTES = 64 * 1024


class HangupError(Exception):
    """The connection is over: the client went away, or the fault wanted it so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as it was counted."""

    house: str
    host: str
    """Address and port that it came in on."""
    target: str
    at: float
    """Monotonic seconds since the site opened."""
    internal: bool = False
    """It reached the internal host."""
    early: bool = False
    """It came before the time that a Retry-After of this house had named."""
    user_agent: str = ""

    @property
    def fault(self) -> str:
        """Name of the fault that the address belongs to, "" for the front page, robots.txt and the like."""
        return self.target.split("/")[1].partition("?")[0] if self.target.count("/") > 1 else ""


class Call:
    """One request, and what a fault can do with it."""

    def __init__(self, site: FaultSite, house: House, connection: socket.socket, fault: Fault | None) -> None:
        self.site = site
        self.house = house
        self.connection = connection
        self.fault = fault
        self.target = "/"
        self.headers: dict[str, str] = {}
        self.visit = 1
        """How often this target has been asked for, this time included."""

    # What was asked.

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> str:
        return urlsplit(self.target).query

    @property
    def rest(self) -> str:
        """The path behind `/name/`."""
        return self.path.split("/", 2)[-1]

    @property
    def number(self) -> int:
        """Number of the story page that was asked for; 1 where it is none."""
        match = re.search(r"/1(\d{3})\.html$", self.path)
        return int(match[1]) if match else 1

    @property
    def origin(self) -> str:
        """Scheme, address and port of the house."""
        return self.site.origin(self.house)

    # What stands there.

    @property
    def story(self) -> Story:
        assert self.fault is not None
        return self.fault.story(self.number)

    @property
    def html(self) -> str:
        """The story as a faultless page."""
        return print_page(self.story)

    @property
    def page(self) -> bytes:
        """`html` in UTF-8."""
        return self.html.encode()

    # What is answered.

    def send(self, data: bytes) -> None:
        """Send bytes as they are. Raises `HangupError` when nobody listens any more."""
        try:
            self.connection.sendall(data)
        except OSError as error:
            raise HangupError from error

    def start(
        self,
        status: str = "200 OK",
        *,
        content_type: str | None = "text/html; charset=utf-8",
        length: int | str | None = None,
        headers: Iterable[str] = (),
    ) -> None:
        """Send a status line and headers."""
        lines = [f"HTTP/1.1 {status}", "Connection: close"]
        if content_type:
            lines.append(f"Content-Type: {content_type}")
        if length is not None:
            lines.append(f"Content-Length: {length}")
        self.send("\r\n".join([*lines, *headers, "", ""]).encode("latin-1"))

    def reply(
        self,
        body: bytes | str,
        status: str = "200 OK",
        *,
        content_type: str | None = "text/html; charset=utf-8",
        headers: Iterable[str] = (),
    ) -> None:
        """Send a whole and correct answer."""
        data = body.encode() if isinstance(body, str) else body
        self.start(status, content_type=content_type, length=len(data), headers=headers)
        self.send(data)

    def reply_story(self, **markup: str) -> None:
        """Send the story; keywords as of `print_page`."""
        self.reply(print_page(self.story, **markup))

    def redirect(self, location: str, status: str = "302 Found") -> None:
        self.reply(b"", status, headers=[f"Location: {location}"])

    def reset(self) -> None:
        """End the connection with RST."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        raise HangupError

    def wait(self, seconds: float) -> None:
        """Do nothing for a while. Raises `HangupError` when the site closes or the client has gone away."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            if self.site.closing.wait(min(left, 0.2)):
                raise HangupError
            self._look_for_client()

    def _look_for_client(self) -> None:
        try:
            readable, _, _ = select.select([self.connection], [], [], 0)
            if readable and self.connection.recv(1, socket.MSG_PEEK) == b"":
                raise HangupError
        except OSError as error:
            raise HangupError from error

    def ask_to_wait(self, status: str, seconds: float, retry_after: str) -> None:
        """Answer with Retry-After; whatever comes to this house before the time is over counts as early."""
        self.site.close_house(self.house, seconds)
        self.reply(b"", status, headers=[f"Retry-After: {retry_after}"])


class FaultSite:
    """The running site; a context manager.

    Args:
        faults: which faults it has; all that are registered where None.
    """

    def __init__(self, faults: Iterable[Fault] | None = None) -> None:
        self.faults = list(FAULTS.values() if faults is None else faults)
        self.requests: list[Request] = []
        self.files_read: list[str] = []
        """Names of faults whose bait file somebody opened."""
        self.broken: list[tuple[str, str]] = []
        """Faults that raised: name and exception. A mistake in this package, not of the crawl."""
        self.closing = threading.Event()
        self._by_name = {fault.name: fault for fault in self.faults}
        houses = {id(front): front} | {id(fault.house): fault.house for fault in self.faults}
        self._houses = list(houses.values())
        self._visits: Counter[tuple[str, str]] = Counter()
        self._closed_until: dict[str, float] = {}
        self._lock = threading.Lock()
        self._opened = time.monotonic()
        self._folder = tempfile.TemporaryDirectory(prefix="faultsite-")
        self._listeners, self.port = self._open_listeners()
        self._ports = {
            house.name: listener.getsockname()[1] for listener, house in self._listeners if house is not None
        }
        self._dead = socket.create_server((front.address, 0))
        self.dead_port: int = self._dead.getsockname()[1]
        self._dead.close()
        self._threads = [
            threading.Thread(target=self._accept, name="faultsite", daemon=True),
            threading.Thread(target=self._watch_bait, name="faultsite-bait", daemon=True),
        ]
        for fault in self.faults:
            os.mkfifo(self.bait(fault.name))

    # Addresses.

    @property
    def url(self) -> str:
        """The front page."""
        return self.origin(front) + "/"

    def origin(self, house: House) -> str:
        return f"http://{house.address}:{self._ports[house.name]}"

    def address(self, fault: Fault, entry: str) -> str:
        """Absolute URL of an entry of a fault."""
        if entry.startswith("/"):
            return self.origin(fault.house) + entry
        return entry.format(origin=self.origin(fault.house), dead_port=self.dead_port)

    def internal(self, fault: str, host: str = "127.0.0.66") -> str:
        """A URL of the internal host, which must never be asked for."""
        return f"http://{host}:{self.port}/{fault}/20250304/admin.html"

    def bait(self, fault: str) -> Path:
        """A file on this machine that must never be read: a pipe, so that every reader is noticed."""
        return Path(self._folder.name) / f"{fault}.html"

    # Counting.

    def stats(self) -> dict[str, object]:
        """Everything that `check` wants to know about the requests."""
        with self._lock:
            return {"requests": [asdict(request) for request in self.requests], "files_read": list(self.files_read)}

    def close_house(self, house: House, seconds: float) -> None:
        """From now on, requests to the house are early until the time is over."""
        with self._lock:
            self._closed_until[house.name] = time.monotonic() + seconds

    def closed_for(self, house: House) -> float | None:
        """Seconds until the house opens again, 0 or less where it has; None where it never closed."""
        until = self._closed_until.get(house.name)
        return None if until is None else until - time.monotonic()

    # Opening and closing.

    def __enter__(self) -> FaultSite:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.closing.set()
        for thread in self._threads:
            thread.join(timeout=5)
        for listener, _ in self._listeners:
            listener.close()
        self._folder.cleanup()

    def _open_listeners(self) -> tuple[list[tuple[socket.socket, House | None]], int]:
        # The shared port has to be free on all addresses: try until one is.
        for _ in range(50):
            listeners: list[tuple[socket.socket, House | None]] = []
            port = 0
            try:
                for house in self._houses:
                    opened = socket.create_server((house.address, 0 if house.own_port else port), backlog=128)
                    listeners.append((opened, house))
                    port = port or opened.getsockname()[1]
                for address in INTERNAL_ADDRESSES:
                    family = socket.AF_INET6 if ":" in address else socket.AF_INET
                    try:
                        listeners.append((socket.create_server((address, port), family=family), None))
                    except OSError as error:
                        if error.errno == errno.EADDRINUSE:
                            raise
                        # No IPv6 on this machine: then nobody can reach the internal host by it either.
                return listeners, port
            except OSError as error:
                for listener, _house in listeners:
                    listener.close()
                if error.errno != errno.EADDRINUSE:
                    raise
        raise OSError(errno.EADDRINUSE, "no port is free on all addresses of the site")

    # Serving.

    def _accept(self) -> None:
        with selectors.DefaultSelector() as selector:
            for listener, house in self._listeners:
                listener.setblocking(False)
                selector.register(listener, selectors.EVENT_READ, house)
            while not self.closing.is_set():
                for key, _ in selector.select(timeout=0.1):
                    assert isinstance(key.fileobj, socket.socket)
                    try:
                        connection, _address = key.fileobj.accept()
                    except OSError:
                        continue  # the client was gone before we looked
                    connection.settimeout(60)
                    threading.Thread(target=self._serve, args=(connection, key.data), daemon=True).start()

    def _serve(self, connection: socket.socket, house: House | None) -> None:
        with connection:
            try:
                request = self._read_request(connection)
                if request is not None:
                    self._answer(connection, house, *request)
                    connection.shutdown(socket.SHUT_WR)
                    # Wait for the client to close: closing with unread input would reset what was just sent.
                    connection.settimeout(2)
                    while connection.recv(4096):
                        pass
            except (HangupError, OSError):
                pass  # the other side went away, which is its right

    def _read_request(self, connection: socket.socket) -> tuple[str, dict[str, str]] | None:
        data = b""
        while b"\r\n\r\n" not in data:
            piece = connection.recv(4096)
            if not piece or len(data) > MAX_REQUEST_BYTES:
                return None
            data += piece
        first, *lines = data.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        parts = first.split(" ")
        return (parts[1] if len(parts) > 1 else "/"), headers

    def _answer(self, connection: socket.socket, house: House | None, target: str, headers: dict[str, str]) -> None:
        name = target.split("/")[1].partition("?")[0] if target.startswith("/") else ""
        fault = self._by_name.get(name)
        call = Call(self, house or front, connection, fault)
        call.target, call.headers = target, headers
        if target == "/__stats":
            call.reply(json.dumps(self.stats()), content_type="application/json")
            return
        self._count(call, house, connection)
        if house is None:
            call.reply(print_page(write_story(f"internal{target}")))
        elif target == "/robots.txt":
            self._answer_robots(call)
        elif target == "/":
            call.reply(self._front_page() if house is front else print_listing(house.name, []))
        elif fault is None or fault.house is not house or not fault.answers(call.path):
            call.reply("<html><title>404 Not Found</title><h1>404 Not Found</h1></html>", "404 Not Found")
        elif (fault.entry or house.own_port) and call.path in map(fault.path, range(1, fault.pages + 1)):
            call.reply_story()
        else:
            try:
                fault.serve(call)
            except HangupError:
                raise
            except Exception as error:  # a mistake in a fault is told by the test, not by a thread nobody looks at
                self.broken.append((fault.name, repr(error)))

    def _count(self, call: Call, house: House | None, connection: socket.socket) -> None:
        address, port = connection.getsockname()[:2]
        with self._lock:
            where = house.name if house else "internal"
            self._visits[where, call.target] += 1
            call.visit = self._visits[where, call.target]
            self.requests.append(
                Request(
                    house=where,
                    host=f"{address}:{port}",
                    target=call.target,
                    at=time.monotonic() - self._opened,
                    internal=house is None,
                    early=time.monotonic() < self._closed_until.get(where, 0.0),
                    user_agent=call.headers.get("user-agent", ""),
                )
            )

    def _answer_robots(self, call: Call) -> None:
        own = next((fault for fault in self.faults if fault.house is call.house and call.house.own_port), None)
        if own is not None:
            call.fault = own
            own.serve(call)
            return
        lines = ["User-agent: *", "Disallow: /private/", ""]
        lines += [
            f"Sitemap: {self.address(fault, entry)}"
            for fault in self.faults
            if fault.house is call.house and fault.announced == "robots"
            for entry in fault.entries
        ]
        call.reply("\n".join(lines), content_type="text/plain")

    def _front_page(self) -> str:
        links, feeds = [], []
        for fault in self.faults:
            titles = [story.title for story in fault.stories]
            for at, entry in enumerate(fault.entries):
                url = self.address(fault, entry)
                if fault.announced == "home":
                    says = titles[at] if fault.entry is None and at < len(titles) else f"{fault.name} {at + 1}"
                    links.append((url, says))
                elif fault.announced == "feed":
                    feeds.append(f'<link rel="alternate" type="application/rss+xml" href="{url}">')
        return print_listing("首页", links, head="".join(feeds))

    def _watch_bait(self) -> None:
        # A pipe can be opened for writing without waiting only while somebody has it open for reading.
        while not self.closing.wait(0.05):
            for fault in self.faults:
                try:
                    pipe = os.open(self.bait(fault.name), os.O_WRONLY | os.O_NONBLOCK)
                except OSError:
                    continue  # nobody reads it: as it should be
                try:
                    self.files_read.append(fault.name)
                    os.write(pipe, print_page(write_story(f"bait/{fault.name}")).encode())
                except OSError:
                    pass  # the reader has gone again, but it was there
                finally:
                    os.close(pipe)
