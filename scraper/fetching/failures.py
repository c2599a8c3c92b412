"""What went wrong with a request, as a reason from the closed list."""

from __future__ import annotations

from typing import Any

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost, SSLError
from twisted.web._newclient import ParseError
from twisted.web.client import ResponseNeverReceived
from twisted.web.http import PotentialDataLoss

from scraper.reasons import Reason

__all__ = ["HeadersTooLargeError", "Refused", "why"]


class Refused(IgnoreRequest):
    """A request that we do not make, or an answer that we do not take.

    Attributes:
        reason: one of the closed list.
        detail: what was seen, for the person who asks why.
        next_at: POSIX seconds at which it may be asked again; None where that goes by the reason.
        is_final: whether it was tried as often as it should be in this run.
    """

    def __init__(
        self, reason: Reason, detail: str | None = None, next_at: float | None = None, *, is_final: bool = False
    ) -> None:
        super().__init__(f"{reason}: {detail or reason.describe}")
        self.reason = reason
        self.detail = detail
        self.next_at = next_at
        self.is_final = is_final


class HeadersTooLargeError(ParseError):
    """An answer has more bytes of headers than are taken."""

    def __init__(self, max_bytes: int) -> None:
        super().__init__(f"more than {max_bytes} bytes of headers", b"")  # type: ignore[no-untyped-call]


_REASONS: tuple[tuple[type[BaseException], Reason], ...] = (
    (HeadersTooLargeError, Reason.TOO_LARGE),
    (CannotResolveHostError, Reason.DNS),
    (DownloadConnectionRefusedError, Reason.CONNECT),
    (DownloadTimeoutError, Reason.TIMEOUT),
    (ResponseDataLossError, Reason.TRUNCATED),
    (UnsupportedURLSchemeError, Reason.SCHEME),
    (ConnectError, Reason.CONNECT),
    (ConnectionLost, Reason.RESET),
    (ConnectionDone, Reason.RESET),
    (PotentialDataLoss, Reason.TRUNCATED),
)


def why(error: BaseException) -> tuple[Reason, str]:
    """Reason and detail of a failed request.

    Scrapy wraps Twisted's exceptions, and Twisted wraps those of a connection in lists, so the causes are looked
    through for the first that says something.
    """
    if isinstance(error, Refused):
        return error.reason, error.detail or error.reason.describe
    detail = f"{type(error).__name__}: {error}"[:300]
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, Refused):
            return cause.reason, cause.detail or cause.reason.describe
        if isinstance(cause, SSLError) or type(cause).__module__.startswith(("OpenSSL", "service_identity", "ssl")):
            return Reason.TLS, f"{type(cause).__name__}: {cause}"[:300]
    if isinstance(error, DownloadCancelledError):
        return Reason.TOO_LARGE, detail
    for cause in causes:
        for kind, reason in _REASONS:
            if isinstance(cause, kind):
                return reason, f"{type(cause).__name__}: {cause}"[:300]
    if any(isinstance(cause, DownloadFailedError | ResponseNeverReceived) for cause in causes):
        return Reason.BAD_HTTP, detail
    return Reason.CONNECT, detail


def _causes(error: BaseException, depth: int = 0) -> Any:
    if depth > 5:
        return
    yield error
    for failure in getattr(error, "reasons", None) or ():
        if getattr(failure, "value", None) is not None:
            yield from _causes(failure.value, depth + 1)
    if error.__cause__ is not None:
        yield from _causes(error.__cause__, depth + 1)
