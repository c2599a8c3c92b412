"""What a run leaves behind for people and monitors: its manifest, its comparison with earlier runs, its page."""

from __future__ import annotations

from scraper.report.gates import Breach, find_breaches
from scraper.report.history import Harvested, Run, load_runs, parse_run
from scraper.report.manifest import build_manifest, hash_settings, write_manifest

__all__ = [
    "Breach",
    "Harvested",
    "Run",
    "build_manifest",
    "find_breaches",
    "hash_settings",
    "load_runs",
    "parse_run",
    "write_manifest",
]
