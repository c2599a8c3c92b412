"""Moments as text, in the one form in which records, ledgers and reports have them (RFC 3339)."""

from __future__ import annotations

from datetime import datetime


def to_text(moment: datetime) -> str:
    """A moment in UTC to the second, such as ``2026-11-20T10:17:32Z``; another zone keeps its offset."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
