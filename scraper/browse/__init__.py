"""Searching and reading a harvest in a browser: a SQLite database, and the pages that Datasette makes of it."""

from __future__ import annotations

from scraper.browse.index import Indexed, update_index
from scraper.browse.serving import write_pages

__all__ = ["Indexed", "update_index", "write_pages"]
