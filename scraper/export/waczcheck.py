"""Whether a WACZ is whole: its files, every record of its WARC files, and its index."""

from __future__ import annotations

import gzip
import hashlib
import sqlite3
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from scraper.export.cdxj import is_indexed
from scraper.storage.reading import BrokenArchiveError, read_records

_LOCAL_HEADER = struct.Struct("<26xHH")


class ArchiveIndex:
    """Which records stand where in the WARC files of a WACZ; kept in a temporary file of SQLite."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute("BEGIN")
        self._db.execute(
            "CREATE TABLE record (file TEXT, offset INTEGER, length INTEGER, id TEXT, url TEXT, has_line INTEGER,"
            " PRIMARY KEY (file, offset)) WITHOUT ROWID"
        )

    def add(self, file: str, offset: int, length: int, record_id: str, url: str, has_line: bool) -> None:
        """Enter a record."""
        row = (file, offset, length, record_id, url, has_line)
        self._db.execute("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?)", row)

    def has(self, warc: dict[str, Any]) -> bool:
        """Whether the record that an article names is there."""
        query = "SELECT id FROM record WHERE file = ? AND offset = ?"
        return (warc["record_id"],) in self._db.execute(query, (warc["file"], warc["offset"])).fetchall()

    def find(self, file: str, offset: int) -> tuple[int, str] | None:
        """Length and address of the record at a place."""
        query = "SELECT length, url FROM record WHERE file = ? AND offset = ?"
        found: tuple[int, str] | None = self._db.execute(query, (file, offset)).fetchone()
        return found

    def count_indexed(self) -> int:
        """How many records an index has a line for."""
        ((number,),) = self._db.execute("SELECT count(*) FROM record WHERE has_line")
        return int(number)


def check_wacz(path: Path, index: ArchiveIndex) -> Iterator[str]:
    """The faults of a WACZ: none where it is whole. `index` learns every record."""
    try:
        with zipfile.ZipFile(path) as package:
            yield from _check_files(package)
            for entry in package.infolist():
                if entry.filename.startswith("archive/"):
                    yield from _check_warc(path, entry, index)
            yield from _check_index(package, index)
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, TypeError, EOFError) as error:
        yield f"it cannot be read: {type(error).__name__}: {error}"


def _check_files(package: zipfile.ZipFile) -> Iterator[str]:
    plain = package.read("datapackage.json")
    stated = orjson.loads(package.read("datapackage-digest.json"))["hash"]
    if stated != f"sha256:{hashlib.sha256(plain).hexdigest()}":
        yield "datapackage.json does not have the hash that datapackage-digest.json states"
    resources = {entry["path"]: entry for entry in orjson.loads(plain)["resources"]}
    names = {entry.filename for entry in package.infolist()} - {"datapackage.json", "datapackage-digest.json"}
    yield from (f"{name} is in one of datapackage.json and the file alone" for name in sorted(names ^ set(resources)))
    for name in sorted(names & set(resources)):
        digest = hashlib.sha256()
        with package.open(name) as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
        if resources[name]["hash"] != f"sha256:{digest.hexdigest()}":
            yield f"{name} does not have the hash that datapackage.json states"


def _check_warc(path: Path, entry: zipfile.ZipInfo, index: ArchiveIndex) -> Iterator[str]:
    if entry.compress_type != zipfile.ZIP_STORED:
        yield f"{entry.filename} is compressed within the file, so that no record can be read in place"
        return
    with path.open("rb") as file:
        file.seek(entry.header_offset)
        start = entry.header_offset + 30 + sum(_LOCAL_HEADER.unpack(file.read(30)))
    try:
        for record in read_records(path, start + entry.file_size, start):
            offset = record.offset - start
            index.add(entry.filename, offset, record.length, record.record_id, record.url, is_indexed(record))
            if fault := record.find_fault():
                yield f"{entry.filename} at byte {offset}: {fault}"
    except BrokenArchiveError as error:
        yield f"{entry.filename} at byte {error.offset - start}: {error.problem}"


def _check_index(package: zipfile.ZipFile, index: ArchiveIndex) -> Iterator[str]:
    lines, before = 0, b""
    with package.open("indexes/index.cdx.gz") as packed, gzip.open(packed) as file:
        for line in file:
            lines += 1
            if line < before:
                yield f"line {lines} of the index is not in order"
            before = line
            facts = orjson.loads(line.split(b" ", 2)[2])
            found = index.find(f"archive/{facts['filename']}", int(facts["offset"]))
            if found != (int(facts["length"]), facts["url"]):
                yield f"line {lines} of the index names no record at byte {facts['offset']} of {facts['filename']}"
    if lines != index.count_indexed():
        yield f"the index has {lines} lines, the archive {index.count_indexed()} answers"
