"""A SQLite database: a table of articles, and one for each list of things that have parts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import orjson

from scraper.article import Evidence
from scraper.export.columns import COLUMNS
from scraper.export.records import Record
from scraper.export.targets import replacing

_SQL_TYPES = {int: "INTEGER", bool: "INTEGER", float: "REAL"}

_ROW = [column for column in COLUMNS if column.type is list or column.type.__module__ == "builtins"]
_LISTS = [column for column in COLUMNS if column not in _ROW]


@contextmanager
def write_sqlite(path: Path) -> Iterator[Callable[[Record], object]]:
    """Tables ``articles`` (one row a version; lists of texts as JSON arrays), ``credits``, ``images``,
    ``site_records``, ``edition_jumps`` and ``evidence``, joined by the article's id and version.
    """
    with replacing(path) as part, closing(sqlite3.connect(part, isolation_level=None)) as db:
        # The file has another name until it is whole: a journal would guard nothing.
        db.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_schema()}")
        db.execute("BEGIN")
        insert = _insert("articles", [column.name for column in _ROW])
        list_inserts = [
            (column, [field.name for field in fields(column.type)], _insert_part(column.name, column.type))
            for column in _LISTS
        ]
        insert_evidence = _insert("evidence", ["id", "version", "field", *_names(Evidence)])

        def write(record: Record) -> None:
            data = record.data
            key = (data["id"], data["version"])
            db.execute(insert, [_value(column.of(data)) for column in _ROW])
            for column, names, statement in list_inserts:
                parts = column.of(data) or []
                rows = [(*key, position, *(part[name] for name in names)) for position, part in enumerate(parts, 1)]
                db.executemany(statement, rows)
            evidence = data["evidence"].items()
            db.executemany(
                insert_evidence, [(*key, field, *(why[name] for name in _names(Evidence))) for field, why in evidence]
            )

        yield write
        db.execute("COMMIT")


def _schema() -> str:
    columns = ", ".join(f"{column.name} {_sql_type(column.type)}" for column in _ROW)
    statements = [f"CREATE TABLE articles ({columns}, PRIMARY KEY (id, version))"]
    for column in _LISTS:
        parts = ", ".join(f"{name} TEXT" for name in _names(column.type))
        statements.append(
            f"CREATE TABLE {column.name} (id TEXT, version INTEGER, position INTEGER, {parts},"
            " PRIMARY KEY (id, version, position), FOREIGN KEY (id, version) REFERENCES articles) WITHOUT ROWID"
        )
    statements.append(
        "CREATE TABLE evidence (id TEXT, version INTEGER, field TEXT, method TEXT, locator TEXT, raw TEXT,"
        " confidence REAL, PRIMARY KEY (id, version, field), FOREIGN KEY (id, version) REFERENCES articles)"
        " WITHOUT ROWID"
    )
    return ";\n".join([*statements, "CREATE INDEX articles_date ON articles (date_published);"])


def _sql_type(kind: Any) -> str:
    return _SQL_TYPES.get(kind, "TEXT")


def _names(cls: type) -> list[str]:
    return [field.name for field in fields(cls)]


def _insert(table: str, names: list[str]) -> str:
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


def _insert_part(table: str, cls: type) -> str:
    return _insert(table, ["id", "version", "position", *_names(cls)])


def _value(value: Any) -> Any:
    return orjson.dumps(value).decode() if isinstance(value, list) else value
