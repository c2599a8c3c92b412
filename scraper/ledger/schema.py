"""The tables of `ledger.sqlite`."""

from __future__ import annotations

SCHEMA_VERSION = 2

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;

-- Every address of the site, once: `key` is its canonical form, `url` the form in which it is asked for.
CREATE TABLE url (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    host TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- Who is leased is known to the process that leased it alone: it is new until it has its outcome.
    state TEXT NOT NULL CHECK (state IN ('new', 'done', 'failed', 'gone')),
    tries INTEGER NOT NULL DEFAULT 0,      -- outcomes in this run
    failed_runs INTEGER NOT NULL DEFAULT 0, -- in a row
    next_at REAL NOT NULL DEFAULT 0,       -- POSIX seconds; 0: for what is new at once, for what failed never
    run INTEGER NOT NULL DEFAULT 0,        -- number of the run that it has its outcome from
    is_later INTEGER NOT NULL DEFAULT 0,   -- see `PageOutcome.is_later`
    reason TEXT,
    detail TEXT,
    etag TEXT,
    last_modified TEXT,
    text_hash TEXT,
    article_id TEXT,
    version INTEGER,
    via TEXT NOT NULL,
    depth INTEGER NOT NULL,
    priority INTEGER NOT NULL
);
-- What may be leased, in the order of leasing; what waits for its time; and the few that have to be found at a start.
CREATE INDEX url_ready ON url (host, priority DESC, id) WHERE state = 'new' AND next_at = 0;
CREATE INDEX url_waiting ON url (next_at) WHERE state = 'new' AND next_at > 0;
CREATE INDEX url_failed ON url (next_at) WHERE state = 'failed' AND next_at > 0;
CREATE INDEX url_sources ON url (id) WHERE (kind != 'page' OR via = 'seed') AND NOT is_later;
-- `state` does not lead: the planner would take it for the queries of the partial indexes above.
CREATE INDEX url_counts ON url (reason, state);

-- A host that asked to be left alone for a while.
CREATE TABLE host (name TEXT PRIMARY KEY, rests_until REAL NOT NULL) WITHOUT ROWID;

-- One row for each line of articles.jsonl, in its order.
CREATE TABLE article (
    line INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    text_hash TEXT,
    UNIQUE (id, version)
);
CREATE INDEX article_text ON article (text_hash, line);

-- Bodies that are in the archive: the same body again becomes a revisit record.
CREATE TABLE payload (digest TEXT PRIMARY KEY, url TEXT NOT NULL, date TEXT NOT NULL) WITHOUT ROWID;

-- How long each file is: what lies beyond was never committed. `sha256` is null since the last change.
CREATE TABLE file (name TEXT PRIMARY KEY, bytes INTEGER NOT NULL, lines INTEGER NOT NULL, sha256 TEXT) WITHOUT ROWID;

CREATE TABLE run (name TEXT PRIMARY KEY, started TEXT NOT NULL, ended TEXT, exit_reason TEXT) WITHOUT ROWID;
"""
