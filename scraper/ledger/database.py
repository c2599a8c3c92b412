"""The SQLite file under the ledger: opening it, transactions, and its errors in words."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scraper.ledger.errors import DamagedError, StorageError
from scraper.ledger.schema import MIGRATIONS, SCHEMA, SCHEMA_VERSION


class Database:
    """An open SQLite file with the tables of the ledger: write-ahead log, one writer, any thread.

    It has two connections. Transactions go through the one, one at a time, and read what they have written so far.
    What is read outside of a transaction goes through the other: it sees what is committed and never waits for a
    commit, so the event loop may read while a thread writes.

    Raises:
        StorageError: it cannot be read or written (any method may raise it).
        DamagedError: the file is no ledger, or one of another version of the program.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._writing = threading.Lock()
        self._writer: int | None = None
        """The thread that is within a transaction."""
        self._reading = threading.RLock()
        with self._in_words("open"):
            self._db = self._connect()
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            version = self._bring_up_to_date()
            self._committed = self._connect()
        if version != SCHEMA_VERSION:
            found = f"it has format {version}, this program knows {SCHEMA_VERSION}"
            raise DamagedError("open", self.path, found, "install the program that wrote it, or `scraper rebuild`")

    def _bring_up_to_date(self) -> int:
        """Make the tables, or those of an older version those of this one, all or nothing. Returns the version."""
        version = self._version()
        if version != 0 and version not in MIGRATIONS:
            return version
        self._db.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have been at it meanwhile.
            while (version := self._version()) != SCHEMA_VERSION:
                for statement in (SCHEMA if version == 0 else MIGRATIONS[version]).split(";\n"):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION if version == 0 else version + 1}")
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        return version

    def _version(self) -> int:
        version: int = self._db.execute("PRAGMA user_version").fetchone()[0]
        return version

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)

    def close(self) -> None:
        """Fold the write-ahead log into the file and close it."""
        self._committed.close()
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of what is done inside, on the disk when it is over. Another thread waits for its turn."""
        with self._writing, self._in_words("write"):
            self._db.execute("BEGIN IMMEDIATE")
            self._writer = threading.get_ident()
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                # SQLite has rolled back by itself where the disk is full.
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            finally:
                self._writer = None

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read inside is of one moment, while another process or thread writes."""
        with self._reading, self._in_words("read"):
            self._committed.execute("BEGIN")
            try:
                yield
            finally:
                self._committed.execute("COMMIT")

    def _query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        with self._in_words("read"):
            if self._writer == threading.get_ident():
                return self._db.execute(sql, parameters).fetchall()
            with self._reading:
                return self._committed.execute(sql, parameters).fetchall()

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
