"""The index of an archive as CDXJ: which record answers for an address at a time.

A line is ``<key> <14 digits> <JSON>``; lines are sorted by bytes. The key is the address in SURT form, host reversed:
``https://www.Example.com/a/?b=2&a=1`` becomes ``com,example)/a?a=1&b=2``. Replay tools look up what they compute the
same way (pywb and wacz: the canonicalizer of the Internet Archive), so the rules below are theirs. Left out is what
they do with session ids, which the crawl does not follow.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

import orjson

from scraper.storage.reading import StoredRecord, read_records

_DEFAULT_PORTS = {"http": 80, "https": 443}
_SAFE = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in "#%")
_WWW = re.compile(r"www\d*\.")
_CONTENT_TYPE = re.compile(rb"(?im)^content-type:[ \t]*([^;\r\n]+)")


def surt(url: str) -> str:
    """The key of an address."""
    parts = urlsplit(url)
    host = _WWW.sub("", (parts.hostname or "").rstrip("."), count=1)
    if not host.isascii():
        host = host.encode("idna").decode()
    port = "" if parts.port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f":{parts.port}"
    path = _escape(_resolve(parts.path)).lower()
    path = path.rstrip("/") or "/"
    query = "&".join(sorted(_escape(parts.query).lower().split("&")))
    return f"{','.join(reversed(host.split('.')))}{port}){path}{f'?{query}' if query else ''}"


def _resolve(path: str) -> str:
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            kept = kept[:-1]
        elif part not in ("", "."):
            kept.append(part)
    return "/" + "/".join(kept)


def _escape(text: str) -> str:
    return quote_from_bytes(unquote_to_bytes(text), safe=_SAFE)


def index_archives(files: list[tuple[Path, int | None]]) -> Iterator[bytes]:
    """The lines of the index, sorted, newline included. They are sorted on disk, so memory stays flat.

    Args:
        files: WARC files of ours, each with the length to read or None for all of it.

    Raises:
        BrokenArchiveError: a file is damaged.
    """
    with closing(sqlite3.connect("")) as db:
        db.execute("CREATE TABLE line (key TEXT, time TEXT, facts BLOB)")
        db.executemany(
            "INSERT INTO line VALUES (?, ?, ?)",
            (
                (surt(record.url), re.sub(r"\D", "", record.headers["warc-date"])[:14], _facts(record, path.name))
                for path, end in files
                for record in read_records(path, end)
                if is_indexed(record)
            ),
        )
        for key, time, facts in db.execute("SELECT key, time, facts FROM line ORDER BY key, time, rowid"):
            yield f"{key} {time} ".encode() + facts + b"\n"


def is_indexed(record: StoredRecord) -> bool:
    """Whether the index has a line for a record.

    "Not modified" has none: a replay would show the empty answer in place of the page, which stands there already. Our
    archive has held no such answer for some time, older folders do.
    """
    return record.kind in ("response", "revisit") and record.status != 304


def _facts(record: StoredRecord, file_name: str) -> bytes:
    content_type = _CONTENT_TYPE.search(record.block.partition(b"\r\n\r\n")[0])
    mime = content_type[1].decode("latin-1").strip() if content_type else "unk"
    return orjson.dumps(
        {
            "url": record.url,
            "mime": "warc/revisit" if record.kind == "revisit" else mime,
            "status": str(record.status or "-"),
            "digest": record.headers.get("warc-payload-digest", "-"),
            "length": str(record.length),
            "offset": str(record.offset),
            "filename": file_name,
        }
    )
