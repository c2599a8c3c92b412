"""JSON Lines and WARC files, and the commit that ties them to the ledger."""

from __future__ import annotations

from scraper.storage.site import SiteFolder, require_space
from scraper.storage.store import Store

__all__ = ["SiteFolder", "Store", "require_space"]
