"""Stub, being written."""

from __future__ import annotations

from pipelines.draft import Draft


def normalize_edition(draft: Draft) -> None:
    """Being written."""
