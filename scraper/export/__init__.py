"""Harvested records in other formats, and datasets to deposit."""

from __future__ import annotations

from scraper.export.extras import MissingExtraError
from scraper.export.filters import FilterError, parse_filter
from scraper.export.formats import FORMATS, TargetError, export_records, format_of
from scraper.export.records import BrokenRecordError, Record, read_site, read_sites

__all__ = [
    "FORMATS",
    "BrokenRecordError",
    "FilterError",
    "MissingExtraError",
    "Record",
    "TargetError",
    "export_records",
    "format_of",
    "parse_filter",
    "read_site",
    "read_sites",
]
