"""A ledger that an older version of the program wrote."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from scraper.ledger import Ledger
from scraper.ledger.schema import MIGRATIONS, SCHEMA_VERSION

VERSION_2 = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE url (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, url TEXT NOT NULL, host TEXT NOT NULL, kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('new', 'done', 'failed', 'gone')), tries INTEGER NOT NULL DEFAULT 0,
    failed_runs INTEGER NOT NULL DEFAULT 0, next_at REAL NOT NULL DEFAULT 0, run INTEGER NOT NULL DEFAULT 0,
    is_later INTEGER NOT NULL DEFAULT 0, reason TEXT, detail TEXT, etag TEXT, last_modified TEXT, text_hash TEXT,
    article_id TEXT, version INTEGER, via TEXT NOT NULL, depth INTEGER NOT NULL, priority INTEGER NOT NULL
);
CREATE INDEX url_ready ON url (host, priority DESC, id) WHERE state = 'new' AND next_at = 0;
CREATE INDEX url_waiting ON url (next_at) WHERE state = 'new' AND next_at > 0;
CREATE INDEX url_failed ON url (next_at) WHERE state = 'failed' AND next_at > 0;
CREATE INDEX url_sources ON url (id) WHERE (kind != 'page' OR via = 'seed') AND NOT is_later;
CREATE INDEX url_counts ON url (reason, state);
CREATE TABLE host (name TEXT PRIMARY KEY, rests_until REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE article (
    line INTEGER PRIMARY KEY, id TEXT NOT NULL, version INTEGER NOT NULL, text_hash TEXT, UNIQUE (id, version)
);
CREATE INDEX article_text ON article (text_hash, line);
CREATE TABLE payload (digest TEXT PRIMARY KEY, url TEXT NOT NULL, date TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (name TEXT PRIMARY KEY, bytes INTEGER NOT NULL, lines INTEGER NOT NULL, sha256 TEXT) WITHOUT ROWID;
CREATE TABLE run (name TEXT PRIMARY KEY, started TEXT NOT NULL, ended TEXT, exit_reason TEXT) WITHOUT ROWID;
INSERT INTO url (key, url, host, kind, state, run, article_id, version, text_hash, via, depth, priority) VALUES
    ('http://p.example/1.html', 'http://p.example/1.html', 'p.example', 'page', 'done', 1, 'a', 1, 't', 'link', 1, 20),
    ('http://p.example/', 'http://p.example/', 'p.example', 'listing', 'done', 1, NULL, NULL, NULL, 'seed', 0, 100),
    ('http://p.example/feed', 'http://p.example/feed', 'p.example', 'feed', 'done', 1, NULL, NULL, NULL, 'link', 0, 80);
INSERT INTO article (id, version, text_hash) VALUES ('a', 1, 't');
INSERT INTO run VALUES ('1', '', NULL, NULL);
INSERT INTO meta VALUES ('discovered', 3);
PRAGMA user_version = 2;
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with sqlite3.connect(tmp_path / "ledger.sqlite") as db:
        db.executescript(VERSION_2)
    db.close()
    return tmp_path / "ledger.sqlite"


def tables(path: Path) -> dict[str, set[str]]:
    """Columns by table, and the names of the indexes."""
    with sqlite3.connect(path) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {name: {row[1] for row in db.execute(f"PRAGMA table_info({name})")} for name in names}
        found["indexes"] = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    db.close()
    return found


def test_it_gets_the_tables_of_this_version(path: Path, tmp_path: Path) -> None:
    Ledger(path).close()
    Ledger(tmp_path / "new.sqlite").close()
    assert tables(path) == tables(tmp_path / "new.sqlite")


def test_it_keeps_what_it_holds(path: Path) -> None:
    ledger = Ledger(path)
    assert (ledger.discovered(), ledger.articles(), ledger.by_state()["done"]) == (3, 1, 3)
    assert ledger.gave_text("http://p.example/1.html", "t")
    ledger.close()


def test_its_sources_are_asked_and_its_articles_of_unknown_age_are_not(path: Path) -> None:
    ledger = Ledger(path)
    ledger.start_run("2", "")
    assert {lease.url for lease in ledger.lease(9, 0)} == {"http://p.example/", "http://p.example/feed"}
    ledger.close()


def test_a_migration_that_is_cut_short_leaves_the_old_version(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tables(path)
    monkeypatch.setitem(MIGRATIONS, 2, MIGRATIONS[2] + "CREATE TABLE url (broken);\n")
    with pytest.raises(Exception, match="url"):
        Ledger(path)
    assert tables(path) == before


def test_each_older_version_has_its_migration() -> None:
    assert set(MIGRATIONS) == set(range(2, SCHEMA_VERSION))
