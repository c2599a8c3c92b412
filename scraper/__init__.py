"""News harvester: point it at a news site and it brings home every article as one clean record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scraper.api import extract, read_page
    from scraper.article import Article

__all__ = ["Article", "extract", "read_page"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # Lazy, so that `scraper --help` does not load lxml and trafilatura.
    if name == "Article":
        from scraper.article import Article

        return Article
    if name in ("extract", "read_page"):
        import scraper.api

        return getattr(scraper.api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
