"""Records of harvested sites, one at a time: what every export and dataset reads."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson

from scraper.storage.site import ARTICLES, SiteFolder

_BUFFER = 1 << 18
"""Bytes read at a time: the usual 8 kB hold one line or two."""

_ID = re.compile(rb'\{"id":"([0-9a-f]{32})"')


class BrokenRecordError(Exception):
    """A line of articles.jsonl is no record."""

    def __init__(self, path: Path, offset: int, problem: str) -> None:
        super().__init__(f"{path} at byte {offset}: {problem}; `scraper verify` tells more")


class Record:
    """One line of articles.jsonl, parsed when something is asked of it."""

    def __init__(self, line: bytes, site: Path, offset: int) -> None:
        self.line = line
        """As it stands in the file, newline included."""
        self.site = site
        """The folder that it was read from."""
        self._offset = offset

    @cached_property
    def data(self) -> dict[str, Any]:
        """The line as plain dicts and lists.

        Raises:
            BrokenRecordError: it is no JSON object.
        """
        try:
            data = orjson.loads(self.line)
        except orjson.JSONDecodeError as error:
            raise BrokenRecordError(self.site / ARTICLES, self._offset, f"the line is not JSON ({error})") from error
        if not isinstance(data, dict):
            raise BrokenRecordError(self.site / ARTICLES, self._offset, "the line is no JSON object")
        return data

    @property
    def id(self) -> bytes:
        """The article's id, in hex."""
        match = _ID.match(self.line)
        return match[1] if match else str(self.data.get("id")).encode()


def read_site(path: Path, begin: int = 0) -> Iterator[Record]:
    """The records of a site folder in the order of the harvest, every version of each article.

    What a run at work has not committed yet is left alone, so the folder may be read while it grows.

    Args:
        path: the site folder.
        begin: byte at which a line begins, to read only what came behind it.

    Raises:
        OSError: articles.jsonl cannot be read.
    """
    folder = SiteFolder(path)
    end = committed_lengths(folder).get(ARTICLES)
    offset = begin
    with folder.articles.open("rb", _BUFFER) as file:
        file.seek(begin)
        for line in file:
            if (end is not None and offset >= end) or not line.endswith(b"\n"):
                return
            yield Record(line, path, offset)
            offset += len(line)


def committed_lengths(folder: SiteFolder) -> dict[str, int]:
    """How long each file of a site is by its ledger; empty without one.

    The ledger is opened for reading alone: the folder may lie on a disk that cannot be written.
    """
    uri = f"{folder.ledger.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as db:
            return dict(db.execute("SELECT name, bytes FROM file").fetchall())
    except sqlite3.Error:
        # No ledger, or one that only `scraper verify` should judge: the whole lines are then what there is.
        return {}


def read_sites(paths: Sequence[Path], *, latest: bool = False) -> Iterator[Record]:
    """The records of several site folders, one folder after the other.

    Args:
        paths: site folders.
        latest: only the last line of each article id instead of every version. Memory stays flat: the ids are kept in
            a temporary file of SQLite.
    """
    if not latest:
        for path in paths:
            yield from read_site(path)
        return
    # An empty name is a temporary file that SQLite deletes by itself and keeps in memory while it is small.
    with closing(sqlite3.connect("")) as seen:
        seen.execute("CREATE TABLE seen (id BLOB PRIMARY KEY, line INTEGER NOT NULL) WITHOUT ROWID")
        seen.executemany(
            "INSERT INTO seen VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET line = excluded.line",
            ((record.id, number) for number, record in enumerate(read_sites(paths))),
        )
        last_lines = (line for (line,) in seen.execute("SELECT line FROM seen ORDER BY line"))
        wanted = next(last_lines, None)
        for number, record in enumerate(read_sites(paths)):
            if wanted is None:
                return
            if number == wanted:
                yield record
                wanted = next(last_lines, None)
