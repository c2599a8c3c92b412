"""Servers that take their time. All are left out of the quick selection but the one that is slow and right."""

from __future__ import annotations

from faultsite.faults import ROBOTS_ADDRESS, House, slow
from faultsite.server import Call
from scraper.reasons import Reason

FOREVER_S = 600.0


@slow.good()
def slow_and_right(call: Call) -> None:
    """The body comes in ten pieces over two seconds."""
    page = call.page
    call.start(length=len(page))
    step = len(page) // 10 + 1
    for at in range(0, len(page), step):
        call.send(page[at : at + step])
        call.wait(0.2)


@slow.bad(Reason.TIMEOUT, slow=True)
def slow_headers(call: Call) -> None:
    """One byte of the headers comes each half second: no pause is long, and there is no end."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Padding: "
    for at in range(int(FOREVER_S * 2)):
        call.send(head[at : at + 1] or b"x")
        call.wait(0.5)


@slow.bad(Reason.TIMEOUT, Reason.TRUNCATED, slow=True)
def slow_body(call: Call) -> None:
    """The page comes at one byte each half second."""
    call.start(length=len(call.page))
    for byte in call.page:
        call.send(bytes([byte]))
        call.wait(0.5)


@slow.bad(Reason.TIMEOUT, slow=True)
def silent(call: Call) -> None:
    """The request is taken and nothing is ever said."""
    call.wait(FOREVER_S)


@House("robots-silent", ROBOTS_ADDRESS, own_port=True).bad(
    Reason.ROBOTS_UNREACHABLE, slow=True, untouched=True, pages=2
)
def robots_silent(call: Call) -> None:
    """robots.txt is never answered: nothing else may be asked (RFC 9309 §2.3.1.4)."""
    call.wait(FOREVER_S)
