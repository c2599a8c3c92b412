"""What a run leaves behind for people and monitors."""

from __future__ import annotations

from scraper.report.manifest import build_manifest, hash_settings, write_manifest

__all__ = ["build_manifest", "hash_settings", "write_manifest"]
