"""Servers that ask to wait: what comes before the time is over is counted as early."""

from __future__ import annotations

import math
import time
from email.utils import formatdate

from faultsite.faults import ROBOTS_ADDRESS, House, busy, closed
from faultsite.server import Call
from scraper.reasons import Reason

WAIT_S = 4.0


@busy.good(pages=12)
def retry_after_seconds(call: Call) -> None:
    """The first page is answered 429 with Retry-After in seconds; whoever waits gets all twelve stories."""
    left = call.site.closed_for(call.house)
    if left is None:
        call.ask_to_wait("429 Too Many Requests", WAIT_S, f"{WAIT_S:g}")
    elif left > 0:
        call.reply(b"", "429 Too Many Requests", headers=[f"Retry-After: {math.ceil(left)}"])
    else:
        call.reply_story()


@closed.good(pages=10)
def retry_after_date(call: Call) -> None:
    """The first page is answered 503 with Retry-After as a date; whoever waits gets all ten stories."""
    left = call.site.closed_for(call.house)
    if left is None:
        # A date counts whole seconds: the house opens at the second that it names.
        opens_at = math.ceil(time.time() + WAIT_S)
        call.ask_to_wait("503 Service Unavailable", opens_at - time.time(), formatdate(opens_at, usegmt=True))
    elif left > 0:
        opens_at = math.ceil(time.time() + left)
        call.reply(b"", "503 Service Unavailable", headers=[f"Retry-After: {formatdate(opens_at, usegmt=True)}"])
    else:
        call.reply_story()


@House("away", ROBOTS_ADDRESS).bad(Reason.RATE_LIMITED, pages=3)
def retry_after_an_hour(call: Call) -> None:
    """429 with Retry-After: 3600: nothing more is asked, and all is left for the next run."""
    call.ask_to_wait("429 Too Many Requests", 3600, "3600")
