"""Harvested records in other formats, and datasets to deposit."""

from __future__ import annotations

from scraper.export.dataset import DatasetError, Options, build_dataset
from scraper.export.extras import MissingExtraError
from scraper.export.filters import FilterError, parse_filter
from scraper.export.formats import FORMATS, export_records, format_of
from scraper.export.records import BrokenRecordError, Record, read_site, read_sites
from scraper.export.targets import TargetError
from scraper.export.verification import is_dataset, verify_dataset

__all__ = [
    "FORMATS",
    "BrokenRecordError",
    "DatasetError",
    "FilterError",
    "MissingExtraError",
    "Options",
    "Record",
    "TargetError",
    "build_dataset",
    "export_records",
    "format_of",
    "is_dataset",
    "parse_filter",
    "read_site",
    "read_sites",
    "verify_dataset",
]
