"""Faults of the connection and of HTTP framing."""

from __future__ import annotations

import random
from gzip import compress

from faultsite.faults import NO_SUCH_HOST, front, wire
from faultsite.server import Call
from scraper.reasons import Reason

BROKEN = (Reason.BAD_HTTP, Reason.RESET, Reason.TRUNCATED)
"""Framing that contradicts itself: which of the three is named depends on what the client notices first."""


@front.good(pages=12)
def plain(call: Call) -> None:
    """Nothing is wrong with these pages: they have to come out although all the others misbehave."""
    call.reply_story()


@front.good(language="en", pages=2)
def plain_english(call: Call) -> None:
    """Nothing is wrong with these pages either."""
    call.reply_story()


@front.bad(Reason.DNS, links=(f"http://{NO_SUCH_HOST}/no-such-host/20250304/1001.html",))
def no_such_host(call: Call) -> None:
    """The host name has no address."""
    raise AssertionError("nobody can ask this")


@front.bad(Reason.CONNECT, links=("http://127.0.0.20:{dead_port}/dead-port/20250304/1001.html",))
def dead_port(call: Call) -> None:
    """Nobody listens on the port."""
    raise AssertionError("nobody can ask this")


@wire.bad(Reason.RESET, Reason.BAD_HTTP)
def reset_before_headers(call: Call) -> None:
    """The connection is reset instead of an answer."""
    call.reset()


@wire.bad(Reason.RESET, Reason.BAD_HTTP, Reason.EMPTY)
def closed_before_headers(call: Call) -> None:
    """The connection is closed in good order, without an answer."""


@wire.bad(*BROKEN)
def reset_in_headers(call: Call) -> None:
    """The connection is reset in the middle of a header line."""
    call.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/ht")
    call.reset()


@wire.bad(Reason.RESET, Reason.TRUNCATED)
def reset_in_body(call: Call) -> None:
    """The connection is reset after half of the body."""
    call.start(length=len(call.page))
    call.send(call.page[: len(call.page) // 2])
    call.reset()


@wire.bad(Reason.RESET, Reason.TRUNCATED)
def body_cut(call: Call) -> None:
    """The body ends at the half of its Content-Length."""
    call.start(length=len(call.page))
    call.send(call.page[: len(call.page) // 2])


@wire.good()
def length_too_long(call: Call) -> None:
    """Content-Length counts 100 bytes too many; the page itself is complete."""
    call.start(length=len(call.page) + 100)
    call.send(call.page)


@wire.bad(*BROKEN, Reason.NO_TEXT, Reason.NO_TITLE, Reason.EMPTY)
def length_too_short(call: Call) -> None:
    """Content-Length ends within the head of the page, the rest follows uncounted."""
    call.start(length=60)
    call.send(call.page)


@wire.bad(*BROKEN)
def two_lengths(call: Call) -> None:
    """Two Content-Length headers contradict each other (RFC 9112 §6.3: unrecoverable)."""
    call.start(length=len(call.page), headers=["Content-Length: 17"])
    call.send(call.page)


@wire.bad(*BROKEN)
def negative_length(call: Call) -> None:
    """Content-Length is below zero."""
    call.start(length=-1)
    call.send(call.page)


@wire.bad(*BROKEN)
def length_in_words(call: Call) -> None:
    """Content-Length is no number."""
    call.start(length="many")
    call.send(call.page)


@wire.bad(*BROKEN)
def bad_chunk_size(call: Call) -> None:
    """A chunk has a size that is no number."""
    call.start(headers=["Transfer-Encoding: chunked"])
    call.send(b"zz\r\n" + call.page + b"\r\n0\r\n\r\n")


@wire.either()
def chunk_overflow(call: Call) -> None:
    """A chunk claims more bytes than 64 bits can count, and holds a complete page."""
    call.start(headers=["Transfer-Encoding: chunked"])
    call.send(b"fffffffffffffffff\r\n" + call.page + b"\r\n0\r\n\r\n")


@wire.bad(*BROKEN, Reason.TOO_LARGE)
def chunk_overflow_cut(call: Call) -> None:
    """A chunk claims more bytes than 64 bits can count, and holds half a page."""
    call.start(headers=["Transfer-Encoding: chunked"])
    call.send(b"fffffffffffffffff\r\n" + call.page[: len(call.page) // 2] + b"\r\n0\r\n\r\n")


@wire.bad(Reason.RESET, Reason.TRUNCATED)
def chunks_cut(call: Call) -> None:
    """The connection ends within a chunk."""
    call.start(headers=["Transfer-Encoding: chunked"])
    half = call.page[: len(call.page) // 2]
    call.send(b"%x\r\n" % len(call.page) + half)


@wire.either()
def chunks_without_end(call: Call) -> None:
    """The page is complete, but the last chunk of size 0 is missing."""
    call.start(headers=["Transfer-Encoding: chunked"])
    call.send(b"%x\r\n" % len(call.page) + call.page + b"\r\n")


@wire.good()
def many_chunks(call: Call) -> None:
    """The page comes in chunks of 7 bytes, which is ugly and right."""
    call.start(headers=["Transfer-Encoding: chunked"])
    page = call.page
    pieces = (page[at : at + 7] for at in range(0, len(page), 7))
    call.send(b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n")


@wire.bad(*BROKEN)
def not_http(call: Call) -> None:
    """The server speaks another protocol."""
    call.send(b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n\r\n\x00\x00\x04\x14")


@wire.bad(*BROKEN)
def bad_status_line(call: Call) -> None:
    """The status is a word."""
    call.send(b"HTTP/1.1 fine OK\r\nContent-Type: text/html\r\n\r\n" + call.page)


@wire.bad(*BROKEN)
def body_only(call: Call) -> None:
    """HTML without status line and headers, as HTTP/0.9 did."""
    call.send(call.page)


@wire.either()
def bare_line_feeds(call: Call) -> None:
    """Header lines end with LF alone (RFC 9112 §2.2 lets a recipient accept it)."""
    call.send(b"HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8\nConnection: close\n\n" + call.page)


@wire.good()
def odd_header_bytes(call: Call) -> None:
    """A header has bytes that are neither ASCII nor UTF-8, another has no value."""
    call.send(
        b"HTTP/1.1 200 OK\r\nServer: \xb9\xfe\xff\r\nX-Nothing:\r\nContent-Type: text/html; charset=utf-8\r\n"
        b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(call.page) + call.page
    )


@wire.good()
def bytes_after_the_end(call: Call) -> None:
    """More bytes follow the body that Content-Length counts."""
    call.reply(call.page)
    call.send(b"HTTP/1.1 500 Surprise\r\n\r\n<p>more</p>")


@wire.good()
def flaky_reset(call: Call) -> None:
    """The first answer is a reset, the second is right."""
    if call.visit == 1:
        call.reset()
    call.reply_story()


@wire.good()
def flaky_cut(call: Call) -> None:
    """The first answer is cut, the second is whole."""
    if call.visit == 1:
        call.start(length=len(call.page))
        call.send(call.page[: len(call.page) // 2])
    else:
        call.reply_story()


@wire.good()
def flaky_503(call: Call) -> None:
    """The first answer is a 503 without Retry-After, the second is right."""
    if call.visit == 1:
        call.reply("busy", "503 Service Unavailable")
    else:
        call.reply_story()


@wire.bad(Reason.TRUNCATED, Reason.RESET, Reason.BAD_HTTP)
def gzip_cut(call: Call) -> None:
    """The gzip stream ends in the middle, and Content-Length agrees with the cut."""
    packed = compress(call.page)
    call.reply(packed[: len(packed) * 2 // 3], headers=["Content-Encoding: gzip"])


@wire.good()
def gzip_label_on_plain_bytes(call: Call) -> None:
    """Content-Encoding says gzip, the bytes are plain HTML."""
    call.reply(call.page, headers=["Content-Encoding: gzip"])


@wire.good()
def gzip_whole(call: Call) -> None:
    """An ordinary page in gzip."""
    call.reply(compress(call.page), headers=["Content-Encoding: gzip"])


@wire.either()
def gzip_without_label(call: Call) -> None:
    """The body is gzip and nothing says so."""
    call.reply(compress(call.page))


@wire.bad(*BROKEN, Reason.NOT_HTML, Reason.CHARSET, Reason.EMPTY, Reason.NO_TEXT, Reason.NO_TITLE)
def gzip_garbage(call: Call) -> None:
    """Content-Encoding says gzip, the body starts as gzip and goes on as noise."""
    call.reply(b"\x1f\x8b\x08\x00" + random.Random(1).randbytes(4000), headers=["Content-Encoding: gzip"])


@wire.either()
def unknown_coding(call: Call) -> None:
    """Content-Encoding names a coding that nobody knows, the bytes are plain HTML."""
    call.reply(call.page, headers=["Content-Encoding: zip-o-matic"])
