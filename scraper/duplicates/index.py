"""The texts of all sites of one output folder, so that the same text is known again: `duplicates.sqlite`."""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from uuid import uuid4

import orjson

from scraper.duplicates.sketch import Sketch, is_near, sketch_text
from scraper.ledger.errors import StorageError

logger = logging.getLogger(__name__)

_VERSION = 1
_SCHEMA = f"""
BEGIN;
-- How far articles.jsonl of each site is entered, and what stood right before: another file is entered anew.
CREATE TABLE site (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, bytes INTEGER NOT NULL, tail BLOB NOT NULL);
-- The texts in the order in which they were seen. `first` is the article that had the text first, if another had.
CREATE TABLE text (
    id INTEGER PRIMARY KEY,
    site INTEGER NOT NULL,
    article TEXT NOT NULL,
    first TEXT,
    publisher TEXT,
    published TEXT,
    sketch BLOB NOT NULL
);
CREATE INDEX text_site ON text (site);
CREATE TABLE mark (key INTEGER NOT NULL, text INTEGER NOT NULL, PRIMARY KEY (key, text)) WITHOUT ROWID;
PRAGMA user_version = {_VERSION};
COMMIT;
"""

_NEWEST = 24
"""Texts looked up by one key: the frame of a daily column stands in thousands."""
_COMPARED = 6
_LINES = 500
"""Lines entered in one transaction; other harvests write between two."""
_BUSY_S = 60.0
_CACHE_KIB = 16_384
"""Of pages of the file, instead of SQLite's 2 MB: the upper levels of a large index stay in memory."""
_WAL_PAGES = 4000
"""Pages that the log holds, 16 MB, before they go into the file: keys are entered all over it, so most pages that are
written again are so before that. SQLite has 1000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A text that was seen before."""

    article: str
    """Id of the article that had it first."""
    publisher: str | None = None
    """Registrable domain that served it."""
    published: str | None = None
    """`date_published` of the article that was found; not of the first, where that is another."""
    keys: int = field(default=0, compare=False)
    """Keys of its sketch that are also of the text in question: of several texts the one with most of them is meant."""


class DuplicateIndex:
    """An open index. Harvests of several sites may work on the same file at the same time.

    It holds nothing that is not in the `articles.jsonl` files: each site enters its own lines, as far as they are
    committed, and what a killed run did not enter the next one does. The file may be deleted; each site then enters
    itself again at its next start, some 3,000 lines a second. Memory does not grow with it.

    Two sites that bring the same text within the same moment, before either has committed, stay without a link.

    Args:
        path: of the file; it is made where there is none.

    Raises:
        StorageError: it cannot be read or written (any method may raise it).
    """

    NAME = "duplicates.sqlite"

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._in_words("open"):
            if not path.exists():
                _create(path)
            self._db = self._open()

    def _open(self) -> sqlite3.Connection:
        try:
            return _connect(self._path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            logger.warning("%s cannot be used (%s); it is put aside and made anew", self._path, error)
        for suffix in ("", "-wal", "-shm"):
            old = self._path.with_name(self._path.name + suffix)
            if old.exists():
                old.replace(self._path.with_name(f"{self._path.name}.broken{suffix}"))
        _create(self._path)
        return _connect(self._path)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def find(self, article_id: str, sketch: Sketch) -> Seen | None:
        """The text seen before that is nearly this one.

        Args:
            article_id: the article in question; its own earlier versions do not count, nor texts that are its copies.
            sketch: of its text.
        """
        with self._in_words("read"):
            candidates = self._db.execute(_candidates(len(sketch.keys)), sketch.keys).fetchall()
        for article, first, packed, publisher, published, keys in candidates:
            if article_id not in (article, first) and is_near(sketch, Sketch.unpack(packed)):
                return Seen(article=first or article, publisher=publisher, published=published, keys=keys)
        return None

    def follow(self, site: str, articles: Path, committed_bytes: int) -> int:
        """Enter the lines of a site that are not entered yet.

        Args:
            site: name of its folder.
            articles: its `articles.jsonl`.
            committed_bytes: how far the file is committed.

        Returns:
            How many lines were entered.
        """
        with self._in_words("write"):
            number, at = self._entered(site, articles, committed_bytes)
            entered = 0
            while at < committed_bytes:
                lines, end = _read_lines(articles, at, committed_bytes)
                with _transaction(self._db):
                    for line in lines:
                        self._enter(number, line)
                    tail = _tail(articles, end)
                    self._db.execute("UPDATE site SET bytes = ?, tail = ? WHERE id = ?", (end, tail, number))
                at, entered = end, entered + len(lines)
        return entered

    def _entered(self, site: str, articles: Path, committed_bytes: int) -> tuple[int, int]:
        """Number of the site, and up to which byte its lines are entered."""
        row = self._db.execute("SELECT id, bytes, tail FROM site WHERE name = ?", (site,)).fetchone()
        if row is None:
            with _transaction(self._db):
                self._db.execute("INSERT INTO site (name, bytes, tail) VALUES (?, 0, ?)", (site, b""))
            return self._entered(site, articles, committed_bytes)
        number, size, tail = row
        if size <= committed_bytes and (size == 0 or _tail(articles, size) == tail):
            return number, size
        logger.info("%s is not the file that %s has entered; it is entered anew", articles, self._path)
        with _transaction(self._db):
            for text, packed in self._db.execute("SELECT id, sketch FROM text WHERE site = ?", (number,)).fetchall():
                keys = Sketch.unpack(packed).keys
                self._db.executemany("DELETE FROM mark WHERE key = ? AND text = ?", [(key, text) for key in keys])
            self._db.execute("DELETE FROM text WHERE site = ?", (number,))
            self._db.execute("UPDATE site SET bytes = 0, tail = ? WHERE id = ?", (b"", number))
        return number, 0

    def _enter(self, site: int, line: bytes) -> None:
        record = orjson.loads(line)
        sketch = sketch_text(record["text"] or "")
        if sketch is None:
            return
        publisher = record["publisher"] and record["publisher"]["domain"]
        text = self._db.execute(
            "INSERT INTO text (site, article, first, publisher, published, sketch) VALUES (?, ?, ?, ?, ?, ?)",
            (site, record["id"], record["duplicate_of"], publisher, record["date_published"], sketch.pack()),
        ).lastrowid
        self._db.executemany("INSERT INTO mark VALUES (?, ?)", [(key, text) for key in sketch.keys])

    @contextmanager
    def _in_words(self, action: str) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            raise StorageError.of(action, self._path, error) from error


@cache
def _candidates(keys: int) -> str:
    """SQL for the texts that share most of so many keys; of equally many the one seen first."""
    newest = f"SELECT text FROM (SELECT text FROM mark WHERE key = ? ORDER BY text DESC LIMIT {_NEWEST})"
    everywhere = " UNION ALL ".join([newest] * keys)
    shared = f"SELECT text, count(*) AS keys FROM ({everywhere}) GROUP BY text"
    return (
        "SELECT article, first, sketch, publisher, published, seen.keys"
        f" FROM ({shared} ORDER BY keys DESC, text LIMIT {_COMPARED}) AS seen JOIN text ON text.id = seen.text"
        " ORDER BY seen.keys DESC, text.id"
    )


def _create(path: Path) -> None:
    """Make an empty index. It gets its name when it is whole, so two runs that begin together do not meet."""
    part = path.with_name(f"{path.name}.{uuid4().hex}.part")
    db = sqlite3.connect(part)
    db.execute("PRAGMA journal_mode = WAL")
    db.executescript(_SCHEMA)
    db.close()
    try:
        os.link(part, path)
    except FileExistsError:
        pass  # another run was first
    finally:
        part.unlink()


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
    # Whatever a power failure takes is entered again from the lines.
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    db.execute(f"PRAGMA wal_autocheckpoint = {_WAL_PAGES}")
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version != _VERSION:
        db.close()
        raise sqlite3.DatabaseError(f"it has format {version}, this program knows {_VERSION}")
    return db


@contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _read_lines(path: Path, start: int, end: int) -> tuple[list[bytes], int]:
    """At most `_LINES` whole lines from an offset on, and where they end."""
    lines: list[bytes] = []
    with path.open("rb") as file:
        file.seek(start)
        while start < end and len(lines) < _LINES:
            line = file.readline()
            if not line:
                raise OSError(errno.EIO, f"{path} ends at byte {start}, committed are {end}")
            lines.append(line)
            start += len(line)
    return lines, start


def _tail(path: Path, end: int) -> bytes:
    """A mark of what stands right before an offset."""
    with path.open("rb") as file:
        file.seek(max(0, end - 1024))
        return hashlib.sha256(file.read(min(end, 1024))).digest()[:8]
