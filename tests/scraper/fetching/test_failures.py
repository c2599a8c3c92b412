"""From exceptions to reasons."""

from __future__ import annotations

import pytest
from OpenSSL.SSL import Error as OpenSSLError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from twisted.internet.error import ConnectionLost, NoRouteError
from twisted.python.failure import Failure
from twisted.web.client import ResponseNeverReceived

from scraper.fetching.failures import HeadersTooLargeError, Refused, why
from scraper.reasons import Reason


def caused_by(error: Exception, cause: BaseException) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (CannotResolveHostError("no such name"), Reason.DNS),
        (DownloadConnectionRefusedError("refused"), Reason.CONNECT),
        (NoRouteError(), Reason.CONNECT),
        (DownloadTimeoutError("60 s"), Reason.TIMEOUT),
        (ResponseDataLossError(), Reason.TRUNCATED),
        (DownloadCancelledError("too large"), Reason.TOO_LARGE),
        (caused_by(DownloadFailedError(), ResponseNeverReceived([Failure(ConnectionLost())])), Reason.RESET),
        (caused_by(DownloadFailedError(), ResponseNeverReceived([Failure(OpenSSLError([]))])), Reason.TLS),
        (caused_by(DownloadFailedError(), ResponseNeverReceived([Failure(ValueError("bad status"))])), Reason.BAD_HTTP),
        (caused_by(DownloadFailedError(), ResponseNeverReceived([Failure(HeadersTooLargeError(9))])), Reason.TOO_LARGE),
        (Refused(Reason.BOMB, "too much"), Reason.BOMB),
    ],
)
def test_an_exception_has_its_reason(error: Exception, reason: Reason) -> None:
    assert why(error)[0] is reason


def test_the_detail_of_a_refusal_is_kept() -> None:
    assert why(Refused(Reason.ROBOTS, "http://a.com/robots.txt")) == (Reason.ROBOTS, "http://a.com/robots.txt")
