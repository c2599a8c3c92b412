"""What archives hold: which pages there are to read again, and where each answer stands.

Of our own archives the pages are the addresses that were asked: the record of what became of one stands behind its
answers (`scraper.storage.archive`). Of the archives of other programs every answer that may be a page is one.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import orjson

from scraper.profiles.paperforms import parse_address
from scraper.storage.messages import Message, UnreadableMessageError, parse_message
from scraper.storage.reading import BrokenArchiveError, StoredRecord, read_record, read_records
from scraper.urls import canonicalize
from spiders.answers import is_no_page

MAX_PAGE_BYTES = 20_000_000
"""Largest page, decoded; the limit of a crawl."""

_CONTENT_TYPE = re.compile(rb"(?im)^content-type:[ \t]*([^\r\n]+)")
_PAGES = ("text/html", "application/xhtml+xml")
_NO_PAGES = ("text/css", "text/javascript", "text/plain", "text/xml")
"""Texts that a browser asks for beside a page; a crawl of ours does not."""

_SCHEMA = """
CREATE TABLE answer (
    number INTEGER PRIMARY KEY,      -- in the order of the files
    key TEXT NOT NULL,               -- canonical form of the address
    file TEXT NOT NULL,
    offset INTEGER NOT NULL,
    at REAL NOT NULL,                -- POSIX seconds
    digest TEXT,                     -- of the payload; null for a revisit
    url TEXT NOT NULL,
    record_id TEXT NOT NULL
);
CREATE TABLE page (
    number INTEGER PRIMARY KEY,
    answer INTEGER NOT NULL,         -- the answer that may be an article
    last INTEGER NOT NULL,           -- the last answer that belongs to it
    requested TEXT NOT NULL,
    requested_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    run TEXT,
    is_asked INTEGER NOT NULL        -- whether a crawl of ours asked for it, and so not for its later pages
);
CREATE TABLE edition_page (root TEXT NOT NULL, day TEXT NOT NULL, url TEXT NOT NULL, UNIQUE (root, day, url));
CREATE TABLE via (key TEXT PRIMARY KEY, via TEXT NOT NULL, told_title TEXT, told_date TEXT) WITHOUT ROWID;
"""
_INDEXES = "CREATE INDEX answer_key ON answer (key); CREATE INDEX answer_digest ON answer (digest)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedPage:
    """A page to be read again."""

    answer: int
    """Number of the answer in the index."""
    url: str
    requested: str
    kind: str
    """What a crawl of ours took it for: page, listing or edition."""
    at: float
    """When it was fetched, POSIX seconds."""
    run: str | None
    via: str | None
    """How it was found, where the archive tells."""
    told: tuple[str | None, str | None]
    """Headline and date, as the sitemap or feed that led to it has them."""
    is_asked: bool
    file: str
    """File, byte and id of the last record that belongs to it, as `Crawl.warc` has them."""
    offset: int
    record_id: str


class ArchiveIndex:
    """The answers of some WARC files, in a file of SQLite that worker processes may read.

    Args:
        path: the file of the index.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = sqlite3.connect(path.absolute().as_uri(), isolation_level=None, uri=True)

    def build(self, files: Iterable[tuple[Path, int | None]], ledger: Path | None = None) -> list[BrokenArchiveError]:
        """Read WARC files, each with its length or None for all of it, in order.

        Args:
            files: in the order of their records.
            ledger: of the site, if there is one: it knows how an address was found where the files do not tell, as of
                what the crawl began with.

        Returns:
            Where a file could not be read on; what stands before is in the index.
        """
        faults = []
        self._db.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_SCHEMA}")
        self._db.execute("BEGIN")
        for path, end in files:
            try:
                self._add_file(path, end)
            except BrokenArchiveError as error:
                faults.append(error)
        self._db.execute("COMMIT")
        self._db.executescript(_INDEXES)
        if ledger is not None:
            self._ask_ledger(ledger)
        return faults

    def _ask_ledger(self, ledger: Path) -> None:
        query = "INSERT OR IGNORE INTO via SELECT key, via, told_title, told_date FROM ledger.url"
        try:
            self._db.execute("ATTACH ? AS ledger", (f"{ledger.absolute().as_uri()}?mode=ro",))
            self._db.execute(query)
            self._db.execute("DETACH ledger")
        except sqlite3.Error:
            # Damaged, or of another version of the program: what it would have told stays unknown.
            return

    def _add_file(self, path: Path, end: int | None) -> None:
        is_ours = False
        first: int | None = None
        """Number of the first answer of the address whose outcome has not come yet."""
        last = 0
        for record in read_records(path, end):
            if record.kind == "warcinfo":
                is_ours = b"software: news-scraper/" in record.block
            elif record.kind in ("response", "revisit", "resource") and record.url.startswith(("http://", "https://")):
                # "Not modified" is no answer that could be read.
                number = self._add_answer(path, record) if record.status != 304 else None
                if number is None:
                    continue
                first, last = first or number, number
                if not is_ours and _may_be_page(record):
                    self._add_page(number, number, record.url, "page", None, False)
            elif is_ours and record.kind == "metadata":
                self._add_outcome(record, first, last)
                first = None

    def _add_answer(self, path: Path, record: StoredRecord) -> int | None:
        try:
            key = canonicalize(record.url)
        except ValueError:
            return None
        at = _posix(record.headers["warc-date"])
        digest = record.headers.get("warc-payload-digest") if record.kind == "response" else None
        row = (key, str(path), record.offset, at, digest, record.url, record.record_id)
        place = parse_address(record.url)
        if place is not None and place.is_page:
            page = (place.root, place.day.isoformat(), record.url)
            self._db.execute("INSERT OR IGNORE INTO edition_page VALUES (?, ?, ?)", page)
        cursor = self._db.execute("INSERT INTO answer VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", row)
        return cursor.lastrowid

    def _add_outcome(self, record: StoredRecord, first: int | None, last: int) -> None:
        facts: dict[str, Any] = orjson.loads(record.block)
        self._db.executemany(
            "INSERT INTO via VALUES (?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
            [
                (canonicalize(found["url"]), found["via"], found.get("told_title"), found.get("told_date"))
                for found in facts["discovered"]
            ],
        )
        is_page = facts["kind"] in ("page", "listing", "edition") and 200 <= (facts["status"] or 0) < 300
        if first is None or not is_page:
            return
        lead = self._lead(record.url, first, last)
        if lead is not None:
            self._add_page(lead, last, record.url, facts["kind"], facts["run"], True)

    def _lead(self, requested: str, first: int, last: int) -> int | None:
        """Which of its answers an address came to: behind redirects, failed attempts and the robots.txt of the host."""
        url = requested
        rows = self._db.execute(
            "SELECT number, key, url FROM answer WHERE number BETWEEN ? AND ? ORDER BY number", (first, last)
        )
        for number, key, answered in rows.fetchall():
            message = self.message(number) if key == canonicalize(url) else None
            if message is None:
                continue
            if 200 <= message.status < 300:
                return int(number)
            if "location" in message.headers:
                url = urljoin(answered, message.headers["location"])
        return None

    def _add_page(self, answer: int, last: int, requested: str, kind: str, run: str | None, is_asked: bool) -> None:
        row = (answer, last, requested, canonicalize(requested), kind, run, is_asked)
        self._db.execute("INSERT INTO page VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", row)

    def pages(self) -> Iterator[ArchivedPage]:
        """What is to be read again, in the order of the archive."""
        rows = self._db.execute(
            "SELECT answer.number, answer.url, requested, kind, answer.at, run, via.via, told_title, told_date,"
            " is_asked, last.file, last.offset, last.record_id"
            " FROM page JOIN answer ON answer.number = page.answer JOIN answer AS last ON last.number = page.last"
            " LEFT JOIN via ON via.key = page.requested_key ORDER BY page.number"
        )
        for answer, url, requested, kind, at, run, via, title, date, is_asked, file, offset, record_id in rows:
            yield ArchivedPage(
                answer=answer,
                url=url,
                requested=requested,
                kind=kind,
                at=at,
                run=run,
                via=via,
                told=(title, date),
                is_asked=bool(is_asked),
                file=file,
                offset=offset,
                record_id=record_id,
            )

    def message(self, number: int) -> Message | None:
        """The response of an answer; None where it cannot be read, or is a revisit whose body is not in the files."""
        ((file, offset),) = self._db.execute("SELECT file, offset FROM answer WHERE number = ?", (number,))
        record = read_record(Path(file), offset)
        if record.kind == "resource":
            # A file without an HTTP head, as warcit writes it; replay tools show it as what was asked for and found.
            headers = {"content-type": record.headers.get("content-type", "")}
            return Message(200, headers, record.block) if len(record.block) <= MAX_PAGE_BYTES else None
        body = None
        if record.kind == "revisit":
            original = self._original(record)
            if original is None and (record.status or 0) // 100 != 3:
                return None
            body = original.payload if original else None
        try:
            return parse_message(record.block, MAX_PAGE_BYTES, body)
        except UnreadableMessageError:
            return None

    def _original(self, revisit: StoredRecord) -> StoredRecord | None:
        """The response whose body a revisit had again: by the digest of the payload, else by what it refers to
        (WARC 1.1 §6.7.2).
        """
        digest = revisit.headers.get("warc-payload-digest")
        found = self._db.execute("SELECT file, offset FROM answer WHERE digest = ? LIMIT 1", (digest,)).fetchall()
        if not found and (url := revisit.headers.get("warc-refers-to-target-uri")):
            at = _posix(revisit.headers.get("warc-refers-to-date", revisit.headers["warc-date"]))
            found = self._db.execute(
                "SELECT file, offset FROM answer WHERE key = ? ORDER BY abs(at - ?) LIMIT 5", (canonicalize(url), at)
            ).fetchall()
        records = (read_record(Path(file), offset) for file, offset in found)
        return next((record for record in records if record.kind == "response"), None)

    def find(self, url: str, beside: int) -> tuple[str, Message] | None:
        """What an address answered nearest to an answer, by time and then by place; redirects are followed.

        Returns:
            The address that answered, and the response; None where it is not in the files.
        """
        for _ in range(5):
            try:
                key = canonicalize(url)
            except ValueError:
                return None
            found = self._db.execute(
                "SELECT answer.number, answer.url FROM answer, answer AS near WHERE near.number = ? AND answer.key = ?"
                " ORDER BY abs(answer.at - near.at), abs(answer.number - near.number) LIMIT 1",
                (beside, key),
            ).fetchone()
            message = self.message(found[0]) if found else None
            if message is None:
                return None
            if not 300 <= message.status < 400 or "location" not in message.headers:
                return found[1], message
            url = urljoin(found[1], message.headers["location"])
        return None

    def edition_pages(self, url: str) -> list[str]:
        """The pages of the paper in whose edition an address stands, in the order in which they were first fetched."""
        place = parse_address(url)
        if place is None:
            return []
        query = "SELECT url FROM edition_page WHERE root = ? AND day = ? ORDER BY rowid"
        return [found for (found,) in self._db.execute(query, (place.root, place.day.isoformat()))]

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _posix(warc_date: str) -> float:
    return datetime.fromisoformat(warc_date).timestamp()


def _may_be_page(record: StoredRecord) -> bool:
    """Whether an answer in the archive of another program may be an article: 2xx, and by its type no other thing."""
    if record.kind == "resource":
        return record.headers.get("content-type", "").lower().startswith(_PAGES)
    content_type = _CONTENT_TYPE.search(record.block.partition(b"\r\n\r\n")[0])
    kind = content_type[1].decode("latin-1").lower() if content_type else ""
    return (record.status or 0) // 100 == 2 and not is_no_page(kind) and not kind.startswith(_NO_PAGES)
