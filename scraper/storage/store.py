"""The open site folder: what one run writes, and the commit that ties the files to the ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from scraper.article import Article
from scraper.ledger import Ledger, StorageError
from scraper.outcome import PageOutcome
from scraper.storage.site import SiteFolder, SiteLock

Settle = Callable[[Article, Ledger], bool]
"""Gives an article its version and duplicate_of; False where the text is known and no line is to be written."""


class Store:
    """One run at work on one site folder. Opening takes the lock and puts right what a killed run left.

    A spider carries it as its attribute `store`: the scheduler leases from `store.ledger`, the store pipeline
    commits to it. Whoever opened it closes it.
    """

    folder: SiteFolder
    ledger: Ledger
    run: str
    """Name of the run and of its folder: its start in UTC, 20261123T084200Z."""
    failure: StorageError | None
    """What stopped the run, where the disk did."""

    def __init__(
        self, path: Path | str, *, archive: bool = True, run: str | None = None, min_free_bytes: int | None = None
    ) -> None:
        raise NotImplementedError

    def commit(self, outcomes: Sequence[PageOutcome], settle: Settle) -> int:
        """Store outcomes durably, all or none; returns how many lines articles.jsonl grew by."""
        raise NotImplementedError

    def close(self, exit_reason: str = "finished") -> None:
        """Note the end of the run, close the files and let the next run in."""
        raise NotImplementedError


__all__ = ["SiteLock", "Store"]
