"""The values that go into the ledger and come out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scraper.outcome import AddressKind
from scraper.reasons import Reason

RETRYABLE: frozenset[Reason] = frozenset(
    {
        Reason.DNS,
        Reason.CONNECT,
        Reason.TLS,
        Reason.TIMEOUT,
        Reason.RESET,
        Reason.TRUNCATED,
        Reason.BAD_HTTP,
        Reason.HTTP_5XX,
        Reason.RATE_LIMITED,
        Reason.ROBOTS_UNREACHABLE,
        Reason.EXTRACT_CRASH,
    }
)
"""Failures that may be over by the next run."""

RETRY_AFTER_S = (0.0, 3600.0, 6 * 3600.0, 24 * 3600.0)
"""A page that failed for such a reason is asked again by the first run after so many seconds: after the first failed
run at once, after the second when an hour has passed, … After the fifth it has failed for good."""


Revisit = Literal["due", "all", "none"]
"""Which articles that are stored a run asks again."""


@dataclass(frozen=True, slots=True)
class Lease:
    """An address handed out to be asked for."""

    key: str
    url: str
    host: str
    kind: AddressKind
    via: str
    depth: int
    priority: int
    tries: int
    """How often it is asked in this run, this time included."""
    etag: str | None
    """Validators of the last answer, for a conditional request."""
    last_modified: str | None
    is_revisit: bool = False
    """Whether it has given an article that is stored: it is asked whether the article changed or went away."""
    told_title: str | None = None
    """See `Address.told_title`."""
    told_date: str | None = None


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """The newest version of an article that is in the output."""

    version: int
    text_hash: str | None


@dataclass(frozen=True, slots=True)
class FileState:
    """How far a file is committed."""

    name: str
    bytes: int
    lines: int
    sha256: str | None = None
