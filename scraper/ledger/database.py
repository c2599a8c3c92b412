"""The SQLite file under the ledger: opening it, transactions, and its errors in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scraper.ledger.errors import DamagedError, StorageError
from scraper.ledger.schema import SCHEMA, SCHEMA_VERSION


class Database:
    """An open SQLite file with the tables of the ledger: write-ahead log, one writer.

    Raises:
        StorageError: it cannot be read or written (any method may raise it).
        DamagedError: the file is no ledger, or one of a newer program.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        with self._in_words("open"):
            self._db = sqlite3.connect(self.path, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                self._db.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT")
        if version not in (0, SCHEMA_VERSION):
            found = f"it has format {version}, this program knows {SCHEMA_VERSION}"
            raise DamagedError("open", self.path, found, "install the program that wrote it, or `scraper rebuild`")

    def close(self) -> None:
        """Fold the write-ahead log into the file and close it."""
        self._db.close()

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[None]:
        """All or nothing of what is done inside.

        Args:
            durable: wait until it is on the disk. Where False, a power cut may undo it, but never half of it.
        """
        with self._in_words("write"):
            self._db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                # SQLite has rolled back by itself where the disk is full.
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read inside is of one moment, while another process writes."""
        self._query("BEGIN")
        try:
            yield
        finally:
            self._query("COMMIT")

    def _query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        with self._in_words("read"):
            return self._db.execute(sql, parameters).fetchall()

    @contextmanager
    def _in_words(self, action: str) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise StorageError.of(action, self.path, error) from error
        except sqlite3.DatabaseError as error:
            # The subclasses say that a statement is wrong, this class itself that the file is.
            if type(error) is not sqlite3.DatabaseError:
                raise
            raise DamagedError(action, self.path, str(error), "build it again with `scraper rebuild`") from error
