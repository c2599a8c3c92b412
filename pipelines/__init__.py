"""Normalization: from what a page printed to the fields of a record.

Each module holds one normalization: pure functions first, then a step `Draft -> None`, then one small Scrapy
class. `normalize` runs all steps in order; the live crawl, the archive replay and the notebook call the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipelines.draft import Draft
    from pipelines.steps import STEPS, normalize

__all__ = ["STEPS", "Draft", "normalize"]


def __getattr__(name: str) -> Any:
    # Lazy: the process of the event loop stores records and makes none, and the steps load for half a second.
    if name == "Draft":
        from pipelines.draft import Draft

        return Draft
    if name in ("STEPS", "normalize"):
        import pipelines.steps

        return getattr(pipelines.steps, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
