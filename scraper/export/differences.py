"""Two sets of records of the same pages, field by field: what today's code reads in another way."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import orjson

from scraper.export.records import read_site
from scraper.storage.site import ARTICLES

NOT_COMPARED = frozenset({"requested_url", "version", "previous_hash", "text_hash", "evidence", "crawl"})
"""Keys that say nothing of what the page printed, or nothing that another key does not say."""

Change = Literal["changed", "filled", "emptied"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One record that is not what it was."""

    id: str
    url: str | None
    what: Literal["changed", "new", "gone"]
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """Before and after, for each field that changed."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """Sums over all records."""

    same: int = 0
    changed: int = 0
    new: int = 0
    gone: int = 0
    fields: dict[str, Counter[Change]] = field(default_factory=dict)


def compare(site: Path, target: Path, tally: Tally) -> Iterator[Difference]:
    """Compare the records of a site folder with those that were made anew.

    A record is paired with the one of the same archive record, or without one of the same id and version. Memory
    stays flat: which line belongs to which is kept in a temporary file of SQLite.

    Args:
        site: the site folder.
        target: the folder with the new ``articles.jsonl``.
        tally: is filled while the differences are taken.
    """
    with closing(sqlite3.connect("")) as db, (site / ARTICLES).open("rb") as before:
        db.execute(
            "CREATE TABLE line (key TEXT PRIMARY KEY, offset INTEGER, is_paired INTEGER DEFAULT 0) WITHOUT ROWID"
        )
        offset = 0
        for record in read_site(site):
            db.execute("INSERT OR REPLACE INTO line (key, offset) VALUES (?, ?)", (_key(record.data), offset))
            offset += len(record.line)
        for record in read_site(target):
            new = record.data
            found = db.execute("SELECT offset FROM line WHERE key = ?", (_key(new),)).fetchone()
            if found is None:
                tally.new += 1
                yield Difference(id=new["id"], url=new["url"], what="new")
                continue
            db.execute("UPDATE line SET is_paired = 1 WHERE key = ?", (_key(new),))
            before.seek(found[0])
            old = orjson.loads(before.readline())
            fields = {name: (old.get(name), new[name]) for name in new if _differs(name, old, new)}
            if not fields:
                tally.same += 1
                continue
            tally.changed += 1
            for name, (was, now) in fields.items():
                tally.fields.setdefault(name, Counter())[_change(was, now)] += 1
            yield Difference(id=new["id"], url=new["url"], what="changed", fields=fields)
        for (offset,) in db.execute("SELECT offset FROM line WHERE NOT is_paired ORDER BY offset"):
            before.seek(offset)
            old = orjson.loads(before.readline())
            tally.gone += 1
            yield Difference(id=old["id"], url=old["url"], what="gone")


def _key(data: dict[str, Any]) -> str:
    warc = data["crawl"]["warc"]
    return warc["record_id"] if warc else f"{data['id']} {data['version']}"


def _differs(name: str, old: dict[str, Any], new: dict[str, Any]) -> bool:
    return name not in NOT_COMPARED and old.get(name) != new[name]


def _change(was: Any, now: Any) -> Change:
    empty: tuple[Any, ...] = (None, [], {})
    return "filled" if was in empty else "emptied" if now in empty else "changed"
