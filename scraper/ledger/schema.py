"""The tables of `ledger.sqlite`."""

from __future__ import annotations

SCHEMA_VERSION = 5

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
    -- POSIX seconds from which on it may be asked; 0: for what is new at once, for a failure or an article never,
    -- for a source in the next run.
    next_at REAL NOT NULL DEFAULT 0,
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
    priority INTEGER NOT NULL,
    lastmod TEXT,                          -- newest that a sitemap or feed said of it, see `Address.lastmod`
    told_title TEXT,                       -- see `Address.told_title`
    told_date TEXT,
    born REAL,                             -- POSIX seconds from which the age of its article counts
    gone_at REAL                           -- POSIX seconds since which its article is gone; null while it is there
);
-- What may be leased, in the order of leasing; what waits for its time; and the few that have to be found at a start.
CREATE INDEX url_ready ON url (host, priority DESC, id) WHERE state = 'new' AND next_at = 0;
CREATE INDEX url_waiting ON url (next_at) WHERE state = 'new' AND next_at > 0;
CREATE INDEX url_failed ON url (next_at) WHERE state = 'failed' AND next_at > 0;
CREATE INDEX url_sources ON url (id) WHERE (kind != 'page' OR via = 'seed') AND NOT is_later;
CREATE INDEX url_revisits ON url (next_at) WHERE kind = 'page' AND state IN ('done', 'gone') AND next_at > 0;
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
    offset INTEGER,                        -- bytes from the start of articles.jsonl; null where nobody looked yet
    UNIQUE (id, version)
);
CREATE INDEX article_text ON article (text_hash, line);

-- How often a listing, feed, sitemap or edition is asked, see `scraper.ledger.schedule`.
CREATE TABLE source (
    key TEXT PRIMARY KEY,
    asked_at REAL NOT NULL,                -- POSIX seconds of the last answer
    new_at REAL,                           -- of the last that led to something new
    rest_s REAL NOT NULL,                  -- seconds that it is left alone after an answer; 0: never
    listed INTEGER                         -- addresses that it listed when it was read last
) WITHOUT ROWID;

-- Whether a template of the profile fitted one of the last pages that it should have read.
CREATE TABLE look (
    id INTEGER PRIMARY KEY,
    template TEXT NOT NULL,
    places TEXT NOT NULL,                  -- what it looked for, see `Template.places`
    url TEXT NOT NULL,
    missed_on TEXT,                        -- day on which the page was fetched; null where it fitted
    why TEXT,
    is_checked INTEGER NOT NULL            -- whether the page was read both ways
);

-- Bodies that are in the archive: the same body again becomes a revisit record.
CREATE TABLE payload (digest TEXT PRIMARY KEY, url TEXT NOT NULL, date TEXT NOT NULL) WITHOUT ROWID;

-- How long each file is: what lies beyond was never committed. `sha256` is null since the last change.
CREATE TABLE file (name TEXT PRIMARY KEY, bytes INTEGER NOT NULL, lines INTEGER NOT NULL, sha256 TEXT) WITHOUT ROWID;

CREATE TABLE run (name TEXT PRIMARY KEY, started TEXT NOT NULL, ended TEXT, exit_reason TEXT) WITHOUT ROWID;
"""

MIGRATIONS: dict[int, str] = {
    2: """
    ALTER TABLE url ADD COLUMN lastmod TEXT;
    ALTER TABLE url ADD COLUMN born REAL;
    ALTER TABLE url ADD COLUMN gone_at REAL;
    CREATE INDEX url_revisits ON url (next_at) WHERE kind = 'page' AND state IN ('done', 'gone') AND next_at > 0;
    ALTER TABLE article ADD COLUMN offset INTEGER;
    CREATE TABLE source (
        key TEXT PRIMARY KEY, asked_at REAL NOT NULL, new_at REAL, rest_s REAL NOT NULL, listed INTEGER
    ) WITHOUT ROWID;
    """,
    3: """
    ALTER TABLE url ADD COLUMN told_title TEXT;
    ALTER TABLE url ADD COLUMN told_date TEXT;
    """,
    4: """
    CREATE TABLE look (
        id INTEGER PRIMARY KEY, template TEXT NOT NULL, places TEXT NOT NULL, url TEXT NOT NULL, missed_on TEXT,
        why TEXT, is_checked INTEGER NOT NULL
    );
    """,
}
"""From a version to the next. What a ledger of that version holds stays; what it does not know is null: articles stored
before have no age, so they are asked again when a sitemap says that they changed, or by ``--revisit all``."""
