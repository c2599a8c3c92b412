"""From bytes to a reading: decode, tree, links, kind of page, body, and raw metadata with the place it stood in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scraper.extraction.reading import Block, Candidate, Link, PageReading

if TYPE_CHECKING:
    from scraper.extraction.page import read_page

__all__ = ["Block", "Candidate", "Link", "PageReading", "read_page"]


def __getattr__(name: str) -> Any:
    # Lazy: the readers take links and paging from scraper.discovery, which takes its plain values from here.
    if name == "read_page":
        from scraper.extraction.page import read_page

        return read_page
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
