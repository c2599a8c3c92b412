"""Answers that are too large, and those that become so: bombs, endless streams, heavy markup."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator
from gzip import compress

from faultsite.faults import front, sizes
from faultsite.server import Call
from faultsite.stories import print_page
from scraper.reasons import Reason

MIB = 1 << 20
TOO_MUCH = (Reason.BOMB, Reason.TOO_LARGE)
GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"

# 1 GiB of the letter a in brotli (809 bytes), itself packed: the standard library cannot write brotli.
BROTLI_BOMB = zlib.decompress(
    base64.b64decode(
        "eNo7//9/PYPKoUcbHYre///5/z9/A4uDjFjDu7/2////Z5zA0HGY6cLe/8///7dnEGIojGDY9f3/n///2R2YFPi4Hb7/mw9UxeDBcCSR8cW9/5///5dn4Gyw0GG4+7v+3///zAqMAu2sC6r/nwdbwvBoA0PJqCWjlgxFS+wBUhqvoA=="
    )
)


def gzip_bomb(mib: int, filler: bytes = b"a") -> Iterator[bytes]:
    """A gzip stream that grows to `mib` MiB: one block that stands for itself, again and again.

    After a full flush a deflate block refers to nothing before it, so the same bytes can be sent as often as wanted.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(filler * (MIB // len(filler))) + packer.flush(zlib.Z_FULL_FLUSH)
    yield GZIP_HEADER
    for _ in range(mib):
        yield block
    yield packer.flush(zlib.Z_FINISH)


def zstd_bomb(mib: int) -> bytes:
    """A zstd frame that grows to `mib` MiB: run-length blocks of 128 KiB, four bytes each (RFC 8878 §3.1.1.2)."""
    block_size = 128 * 1024
    run = ((block_size << 3) | (1 << 1)).to_bytes(3, "little") + b"a"
    last = ((block_size << 3) | (1 << 1) | 1).to_bytes(3, "little") + b"a"
    frame_header = b"\x28\xb5\x2f\xfd" + b"\x00" + b"\x50"  # no content size; window of 1 MiB
    return frame_header + run * (mib * 8 - 1) + last


@sizes.bad(*TOO_MUCH)
def gzip_bomb_10_gib(call: Call) -> None:
    """10 MB of gzip grow to 10 GiB."""
    call.start(headers=["Content-Encoding: gzip"])
    for piece in gzip_bomb(10 * 1024):
        call.send(piece)


@sizes.bad(*TOO_MUCH, Reason.BAD_HTTP, Reason.NOT_HTML)
def gzip_in_gzip(call: Call) -> None:
    """The bomb is packed twice, and the header says so."""
    call.reply(compress(b"".join(gzip_bomb(1024))), headers=["Content-Encoding: gzip, gzip"])


@sizes.bad(*TOO_MUCH, Reason.BAD_HTTP)
def zstd_bomb_10_gib(call: Call) -> None:
    """330 kB of zstd grow to 10 GiB; whoever does not know zstd may say so instead."""
    call.reply(zstd_bomb(10 * 1024), headers=["Content-Encoding: zstd"])


@sizes.bad(*TOO_MUCH)
def brotli_bomb_1_gib(call: Call) -> None:
    """809 bytes of brotli grow to 1 GiB."""
    call.reply(BROTLI_BOMB, headers=["Content-Encoding: br"])


@sizes.bad(*TOO_MUCH)
def html_320_mb_in_gzip(call: Call) -> None:
    """1 MB of gzip is 320 MB of honest-looking HTML."""
    call.start(headers=["Content-Encoding: gzip"])
    for piece in gzip_bomb(320, b"<div><p>" + "日子照常过去。".encode() + b"</p></div>"):
        call.send(piece)


@front.bad(*TOO_MUCH, entry="sitemap.xml.gz", announced="robots", pages=0)
def sitemap_bomb(call: Call) -> None:
    """A sitemap in gzip grows to 10 GiB."""
    call.start(content_type="application/x-gzip")
    for piece in gzip_bomb(10 * 1024, b"<url><loc>http://127.0.0.20/x</loc></url>"):
        call.send(piece)


@sizes.bad(Reason.TOO_LARGE)
def html_50_mb(call: Call) -> None:
    """A page of 50 MB, and its Content-Length says so."""
    filler = "<p>这一天没有发生什么特别的事情。</p>\n".encode() * (MIB // 52)
    call.start(length=len(call.page) + 50 * len(filler))
    call.send(call.page)
    for _ in range(50):
        call.send(filler)


@sizes.bad(Reason.TOO_LARGE)
def endless_body(call: Call) -> None:
    """A page that never ends, without a length."""
    call.start()
    call.send(call.page)
    while True:
        call.send(b"<p>and so on and so on</p>\n" * 2000)


@sizes.bad(Reason.TOO_LARGE)
def endless_headers(call: Call) -> None:
    """Header lines that never end."""
    call.send(b"HTTP/1.1 200 OK\r\n")
    number = 0
    while True:
        call.send(b"".join(b"X-Header-%d: %s\r\n" % (number + at, b"x" * 100) for at in range(500)))
        number += 500


@sizes.bad(Reason.TOO_LARGE)
def one_endless_header(call: Call) -> None:
    """One header line that never ends."""
    call.send(b"HTTP/1.1 200 OK\r\nX-Header: ")
    while True:
        call.send(b"x" * 65536)


@sizes.either()
def many_tags(call: Call) -> None:
    """1 MB of div, p and a behind the article."""
    call.reply_story(after="<div><p><a>" * (MIB // 11))


@sizes.either()
def many_paragraphs(call: Call) -> None:
    """Half a MB of short paragraphs behind the article."""
    call.reply_story(after="<p>短短的一行。</p>\n" * 20_000)


@sizes.either()
def huge_text_node(call: Call) -> None:
    """One text node of 8 MB behind the article."""
    call.reply_story(after=f"<div>{'word ' * (8 * MIB // 5)}</div>")


@sizes.bad(Reason.TOO_LARGE)
def huger_text_node(call: Call) -> None:
    """One text node of 20 MB behind the article, above the limit of a response."""
    call.reply_story(after=f"<div>{'word ' * (4 * MIB)}</div>")


@sizes.good()
def huge_jsonld(call: Call) -> None:
    """JSON-LD of 5 MB in the head."""
    padding = ",".join(f'"key{number}": "value {number}"' for number in range(200_000))
    script = f'<script type="application/ld+json">{{"@type": "WebPage", {padding}}}</script>'
    call.reply(print_page(call.story, head='<meta charset="utf-8">' + script))


@sizes.good()
def nested_300(call: Call) -> None:
    """The article stands within 300 div; libxml2 gives up at a depth of 256 unless told otherwise."""
    call.reply_story(before="<div>" * 300, after="</div>" * 300)


@sizes.good()
def nested_5000(call: Call) -> None:
    """5,000 nested div stand behind the article."""
    call.reply_story(after="<div>" * 5000 + "</div>" * 5000)


@sizes.either()
def nested_100000(call: Call) -> None:
    """100,000 nested div stand behind the article."""
    call.reply_story(after="<div>" * 100_000)


@sizes.either()
def nested_around_5000(call: Call) -> None:
    """The article stands within 5,000 div."""
    call.reply_story(before="<div>" * 5000, after="</div>" * 5000)


@sizes.good()
def rowspan_bomb(call: Call) -> None:
    """A table behind the article has cells of 65,534 rows and columns (adbar/trafilatura#657)."""
    cell = '<td rowspan="65534" colspan="65534">1</td>'
    call.reply_story(after=f"<table><tr>{cell * 20}</tr></table>")
