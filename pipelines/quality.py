"""Stub, being written."""

from __future__ import annotations

from pipelines.draft import Draft


def check_quality(draft: Draft) -> None:
    """Being written."""
