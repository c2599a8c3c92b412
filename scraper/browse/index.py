"""The database to search: the newest version of each article, and an index of the text that finds Chinese.

Chinese is written without spaces, so an index of words finds nothing in it. The index is one of *trigrams* (SQLite
FTS5): every three characters in a row, of any script; whatever stands in a text is found, from three characters on.
What is shorter, as the many Chinese words of two, is compared with every article: `scraper.browse.queries`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from scraper.export import read_site

FORMAT = 2
"""Of the database: one of another format is built anew."""

SCHEMA = """
CREATE TABLE article (
    number INTEGER PRIMARY KEY,
    site TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    date TEXT,
    title TEXT,
    kicker TEXT,
    subtitle TEXT,
    authors TEXT,
    responsible_editors TEXT,
    source TEXT,
    section TEXT,
    language TEXT,
    text TEXT,
    url TEXT,
    duplicate_of TEXT,
    fetched_at TEXT,
    UNIQUE (site, id)
);
CREATE INDEX article_date ON article (date DESC);
CREATE INDEX article_id ON article (id);
CREATE TABLE evidence (
    article INTEGER NOT NULL REFERENCES article (number),
    place INTEGER NOT NULL,
    field TEXT NOT NULL,
    value TEXT,
    method TEXT,
    locator TEXT,
    raw TEXT,
    confidence REAL,
    PRIMARY KEY (article, place)
) WITHOUT ROWID;
-- How far each articles.jsonl is in the tables.
CREATE TABLE progress (site TEXT PRIMARY KEY, bytes INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5 (
    title, authors, source, text, content = 'article', content_rowid = 'number', tokenize = 'trigram'
);
"""

_TABLES = ("search", "evidence", "progress", "article")
_COLUMNS = (
    "site", "id", "version", "date", "title", "kicker", "subtitle", "authors", "responsible_editors", "source",
    "section", "language", "text", "url", "duplicate_of", "fetched_at",
)  # fmt: skip
_SEARCHED = ("title", "authors", "source", "text")


@dataclass(frozen=True, slots=True)
class Indexed:
    """What an update did."""

    sites: int
    records: int
    """Lines that were read: new articles and new versions."""
    articles: int
    """In the database now."""


def update_index(database: Path, folders: Sequence[Path]) -> Indexed:
    """Bring the database up to what the sites have; only lines that were added since are read.

    A site is taken in whole or not at all, so an update that was killed is done again. A site whose articles.jsonl is
    shorter than it was, as after `scraper rebuild`, is read anew.

    Args:
        database: a SQLite file; it is made where there is none.
        folders: of the sites; each is known by the name of its folder.

    Raises:
        sqlite3.Error: the file is no database, or cannot be written.
        BrokenRecordError: a line is no record.
        OSError: a site cannot be read.
    """
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        # It may be served meanwhile: in this mode readers see what was, until a site is in it as a whole.
        db.execute("PRAGMA journal_mode = WAL")
        if db.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
            _begin_anew(db)
        records = sum(_update_site(db, folder) for folder in folders)
        articles = db.execute("SELECT count(*) FROM article").fetchone()[0]
    return Indexed(sites=len(folders), records=records, articles=articles)


def _begin_anew(db: sqlite3.Connection) -> None:
    known = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    drops = "".join(f"DROP TABLE {name};" for name in _TABLES if name in known)
    db.executescript(f"BEGIN IMMEDIATE; {drops} {SCHEMA} PRAGMA user_version = {FORMAT}; COMMIT")


def _update_site(db: sqlite3.Connection, folder: Path) -> int:
    path, site = folder / "articles.jsonl", folder.name
    if not path.exists():
        return 0
    db.execute("BEGIN IMMEDIATE")
    try:
        row = db.execute("SELECT bytes FROM progress WHERE site = ?", (site,)).fetchone()
        done = row[0] if row else 0
        if done > path.stat().st_size:
            for (number,) in db.execute("SELECT number FROM article WHERE site = ?", (site,)).fetchall():
                _remove(db, number)
            done = 0
        records = 0
        for record in read_site(folder, done):
            _enter(db, site, record.data)
            done += len(record.line)
            records += 1
        db.execute("INSERT OR REPLACE INTO progress VALUES (?, ?)", (site, done))
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    return records


def _enter(db: sqlite3.Connection, site: str, record: dict[str, Any]) -> None:
    known = db.execute("SELECT number FROM article WHERE site = ? AND id = ?", (site, record["id"])).fetchone()
    if known is not None:
        _remove(db, known[0])
    source, crawl = record.get("source") or {}, record.get("crawl") or {}
    values = {
        **{name: record.get(name) for name in _COLUMNS},
        "site": site,
        "date": record.get("date_published"),
        "authors": _join(record.get("authors")),
        "responsible_editors": _join(record.get("responsible_editors")),
        "source": source.get("name"),
        "fetched_at": crawl.get("fetched_at"),
    }
    marks = ", ".join("?" * len(_COLUMNS))
    number = db.execute(
        f"INSERT INTO article ({', '.join(_COLUMNS)}) VALUES ({marks})", [values[name] for name in _COLUMNS]
    ).lastrowid
    db.execute(
        "INSERT INTO search (rowid, title, authors, source, text) VALUES (?, ?, ?, ?, ?)",
        (number, *(values[name] for name in _SEARCHED)),
    )
    db.executemany(
        "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (number, place, field, _show(record.get(field)), *(why.get(name) for name in _WHY))
            for place, (field, why) in enumerate((record.get("evidence") or {}).items())
        ],
    )


_WHY = ("method", "locator", "raw", "confidence")


def _remove(db: sqlite3.Connection, number: int) -> None:
    # An index beside its content is told what the content was.
    db.execute(
        "INSERT INTO search (search, rowid, title, authors, source, text)"
        " SELECT 'delete', number, title, authors, source, text FROM article WHERE number = ?",
        (number,),
    )
    for table, key in (("evidence", "article"), ("article", "number")):
        db.execute(f"DELETE FROM {table} WHERE {key} = ?", (number,))


def _join(names: list[str] | None) -> str | None:
    return "、".join(names) if names else None


def _show(value: Any) -> str | None:
    """A field as one line for people; the text itself stands in the article."""
    if not value:
        return None
    match value:
        case str():
            return value if len(value) < 200 else f"{value[:200]}…"
        case [*items] if all(isinstance(item, str) for item in items):
            return "、".join(items)
        case {"name": str(name)} | {"domain": str(name)}:
            return name
        case _:
            return orjson.dumps(value).decode()
