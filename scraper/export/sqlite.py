"""A SQLite database: a table of articles, and one for each list of things that have parts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import fields
from operator import itemgetter
from pathlib import Path
from typing import Any

import orjson

from scraper.article import Evidence
from scraper.export.columns import COLUMNS, read_row
from scraper.export.records import Record
from scraper.export.targets import replacing

ROWS_A_BATCH = 100
"""Articles that are handed to SQLite at a time."""

CACHE_KB = 16_000
"""Pages of the file that are kept in memory."""

_SQL_TYPES = {int: "INTEGER", bool: "INTEGER", float: "REAL"}

_ARRAYS = [at for at, column in enumerate(COLUMNS) if column.type is list]
_PARTS = {at: column for at, column in enumerate(COLUMNS) if column.type.__module__ != "builtins"}
"""Columns whose entries have parts, by their place: each is a table of its own."""

_ROW = [at for at in range(len(COLUMNS)) if at not in _PARTS]


@contextmanager
def write_sqlite(path: Path) -> Iterator[Callable[[Record], object]]:
    """Tables ``articles`` (one row a version; lists of texts as JSON arrays), ``credits``, ``images``,
    ``site_records``, ``edition_jumps`` and ``evidence``, whose ``article`` is the ``number`` of a row of ``articles``.
    """
    with replacing(path) as part, closing(sqlite3.connect(part, isolation_level=None)) as db:
        # The file has another name until it is whole: a journal would guard nothing.
        db.executescript(
            f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{CACHE_KB}; {_schema()}"
        )
        db.execute("BEGIN")
        rows = _Rows(db)
        yield lambda record: rows.add(record.data)
        rows.flush()
        # Made in one go an index is sorted; grown with the rows it would be written all over the file.
        db.execute("CREATE INDEX articles_id ON articles (id, version)")
        db.execute("CREATE INDEX articles_date ON articles (date_published)")
        db.execute("COMMIT")


class _Rows:
    """Rows on their way into the tables."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._count = 0
        self._tables: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _INSERTS}

    def add(self, data: dict[str, Any]) -> None:
        self._count += 1
        number, row = self._count, read_row(data)
        for at in _ARRAYS:
            row[at] = None if row[at] is None else orjson.dumps(row[at]).decode()
        self._tables["articles"].append((number, *(row[at] for at in _ROW)))
        for at, table, take in _TAKES:
            if parts := row[at]:
                self._tables[table] += [(number, position, *take(part)) for position, part in enumerate(parts, 1)]
        self._tables["evidence"] += [(number, field, *_TAKE_EVIDENCE(why)) for field, why in data["evidence"].items()]
        if self._count % ROWS_A_BATCH == 0:
            self.flush()

    def flush(self) -> None:
        for table, rows in self._tables.items():
            self._db.executemany(_INSERTS[table], rows)
            rows.clear()


def _names(cls: type) -> list[str]:
    return [field.name for field in fields(cls)]


def _schema() -> str:
    columns = ", ".join(f"{COLUMNS[at].name} {_SQL_TYPES.get(COLUMNS[at].type, 'TEXT')}" for at in _ROW)
    statements = [f"CREATE TABLE articles (number INTEGER PRIMARY KEY, {columns})"]
    for column in _PARTS.values():
        parts = ", ".join(f"{name} TEXT" for name in _names(column.type))
        statements.append(
            f"CREATE TABLE {column.name} (article INTEGER REFERENCES articles, position INTEGER, {parts},"
            " PRIMARY KEY (article, position)) WITHOUT ROWID"
        )
    statements.append(
        "CREATE TABLE evidence (article INTEGER REFERENCES articles, field TEXT, method TEXT, locator TEXT, raw TEXT,"
        " confidence REAL, PRIMARY KEY (article, field)) WITHOUT ROWID"
    )
    return ";\n".join(statements)


def _insert(table: str, names: list[str]) -> str:
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


_TAKES = [(at, column.name, itemgetter(*_names(column.type))) for at, column in _PARTS.items()]
_TAKE_EVIDENCE = itemgetter(*_names(Evidence))

_INSERTS = {
    "articles": _insert("articles", ["number", *(COLUMNS[at].name for at in _ROW)]),
    **{column.name: _insert(column.name, ["article", "position", *_names(column.type)]) for column in _PARTS.values()},
    "evidence": _insert("evidence", ["article", "field", *_names(Evidence)]),
}
