"""The ledger: SQLite, every URL of a site and what became of it. `scraper.ledger.scheduler` feeds Scrapy from it."""

from __future__ import annotations

from scraper.ledger.errors import DamagedError, LockedError, SiteError, StorageError
from scraper.ledger.ledger import Ledger
from scraper.ledger.values import FileState, KnownArticle, Lease, Revisit

__all__ = [
    "DamagedError",
    "FileState",
    "KnownArticle",
    "Lease",
    "Ledger",
    "LockedError",
    "Revisit",
    "SiteError",
    "StorageError",
]
