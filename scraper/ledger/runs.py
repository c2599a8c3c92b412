"""The newest run of a site, read beside a run that may be at work: nothing is written, no lock is taken."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scraper.ledger.errors import StorageError


@dataclass(frozen=True, slots=True)
class LastRun:
    """A run as the ledger knows it."""

    name: str
    started: datetime
    ended: datetime | None
    """None for one that is at work, or was killed."""


def last_run(path: Path) -> LastRun | None:
    """The run that started last, or None where there was none.

    Args:
        path: ``ledger.sqlite`` of a site.

    Raises:
        StorageError: it is no ledger, or cannot be read.
    """
    try:
        database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            row = database.execute("SELECT name, started, ended FROM run ORDER BY name DESC LIMIT 1").fetchone()
        finally:
            database.close()
    except sqlite3.Error as error:
        raise StorageError.of("read", path, error) from error
    if row is None:
        return None
    name, started, ended = row
    return LastRun(name, datetime.fromisoformat(started), datetime.fromisoformat(ended) if ended else None)
