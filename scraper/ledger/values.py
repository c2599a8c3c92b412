"""The values that go into the ledger and come out of it."""

from __future__ import annotations

from dataclasses import dataclass

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
"""Failures that may be over by the next run: such a page is asked again then."""


@dataclass(frozen=True, slots=True, kw_only=True)
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
    """How often it was handed out, this time included."""
    etag: str | None
    """Validators of the last answer, for a conditional request."""
    last_modified: str | None


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
