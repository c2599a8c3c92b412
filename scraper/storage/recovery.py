"""What is done before a run: the files become exactly as long as the ledger says."""

from __future__ import annotations

import logging

from scraper.ledger import DamagedError, FileState, Ledger, StorageError
from scraper.storage.appending import REBUILD, cut_to_committed, part_of
from scraper.storage.crashpoints import reach
from scraper.storage.site import ARTICLES, CHANGES, PROBLEMS, SiteFolder

logger = logging.getLogger(__name__)

LINES = (ARTICLES, PROBLEMS, CHANGES)
"""The files that every site has."""


def open_ledger(folder: SiteFolder) -> Ledger:
    """Open the ledger of a site, or begin one in a site that has no records yet.

    Raises:
        DamagedError: there are records but no ledger. A fresh one would take them for uncommitted and cut them off.
        StorageError: the folder cannot be written.
    """
    try:
        folder.archive.mkdir(parents=True, exist_ok=True)
        has_ledger = folder.ledger.exists() and folder.ledger.stat().st_size > 0
        has_records = any(
            path.exists() and path.stat().st_size > 0
            for path in (folder.articles, folder.problems, folder.changes, *folder.archive.glob("*.warc.gz"))
        )
    except OSError as error:
        raise StorageError.of("create", folder.path, error) from error
    if has_records and not has_ledger:
        raise DamagedError("go on in", folder.path, "there are records but no ledger.sqlite", REBUILD)
    return Ledger(folder.ledger)


def recover(folder: SiteFolder, ledger: Ledger) -> None:
    """Cut off what a killed run wrote and did not commit.

    Raises:
        DamagedError: a file is shorter than committed, or the ledger does not know it.
        StorageError: a file cannot be cut.
    """
    files = ledger.files()
    for name in LINES:
        path = folder.path / name
        if name not in files and path.exists() and path.stat().st_size > 0:
            raise DamagedError("go on with", path, "the ledger does not know it", REBUILD)
    for state in files.values():
        path = folder.path / state.name
        cut = cut_to_committed(path, state)
        if cut:
            logger.info("cut %d bytes off %s that a stopped run had not committed", cut, path)
        if state.bytes == 0 and state.name not in LINES:
            # An archive file that was begun and never committed to.
            path.unlink(missing_ok=True)
            with ledger.transaction():
                ledger.forget_file(state.name)
    part_of(folder.profile).unlink(missing_ok=True)
    with ledger.transaction():
        for name in LINES:
            if name not in files:
                ledger.enter_file(FileState(name, 0, 0))
    reach("recover.done")
