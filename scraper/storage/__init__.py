"""JSON Lines and WARC files, and the commit that ties them to the ledger."""

from __future__ import annotations

from scraper.storage.books import check_books
from scraper.storage.reading import BrokenArchiveError, StoredRecord, read_record, read_records
from scraper.storage.rebuild import Rebuilt, rebuild_site
from scraper.storage.site import SiteFolder, require_space
from scraper.storage.store import Store
from scraper.storage.verify import Finding, verify_site

__all__ = [
    "BrokenArchiveError",
    "Finding",
    "Rebuilt",
    "SiteFolder",
    "Store",
    "StoredRecord",
    "check_books",
    "read_record",
    "read_records",
    "rebuild_site",
    "require_space",
    "verify_site",
]
