"""Whether a dataset keeps what it promises: checksums, every line, counts, the table, the archive."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import orjson

from scraper.article import hash_text
from scraper.export.changes import find_changes
from scraper.export.checksums import MANIFEST
from scraper.export.dataset import SCHEMA
from scraper.export.descriptions import JSONL, PARQUET
from scraper.export.extras import require
from scraper.export.parquet import read_rows
from scraper.export.schemacheck import SchemaError, compile_schema
from scraper.export.waczcheck import ArchiveIndex, check_wacz
from scraper.storage.verify import Finding

MAX_FINDINGS = 100
"""Of one kind; a file that is wrong throughout would give one for each line."""

PACKAGE = "datapackage.json"


def is_dataset(path: Path) -> bool:
    """Whether a folder is a dataset or a bag with one, as far as its names tell."""
    return any((path / name).exists() for name in (MANIFEST, "bagit.txt", PACKAGE))


def verify_dataset(path: Path) -> list[Finding]:
    """Check a dataset, or a bag with one in it; nothing is changed.

    First the checksums of every file. Where they hold, each line is checked against the schema that lies beside it and
    its text against its hash, the counts against what the descriptions say, the table against the lines, and each
    record of an archive against its digests, its index and the records that name it.

    Returns:
        What is wrong; an empty list where all is well.

    Raises:
        MissingExtraError: a library is not installed.
    """
    require("pyarrow"), require("zstandard")
    prefix = ""
    # What is not what was written need not be read, and a change in a bag need not be told of both its checksums.
    if (path / "bagit.txt").exists() or (path / "bag-info.txt").exists():
        if changes := find_changes(path, is_bag=True):
            return [Finding(name, None, fault) for name, fault in changes]
        path, prefix = path / "data", "data/"
    if changes := find_changes(path):
        return [Finding(prefix + name, None, fault) for name, fault in changes]
    return [Finding(prefix + found.file, found.offset, found.problem) for found in _check_content(path)]


def _check_content(folder: Path) -> Iterator[Finding]:
    archives: list[ArchiveIndex] = []
    are_whole = True
    for wacz in sorted(folder.glob("archive/*.wacz")):
        name = wacz.relative_to(folder).as_posix()
        archives.append(index := ArchiveIndex(wacz))
        for fault in _first(check_wacz(wacz, index)):
            are_whole = False
            yield Finding(name, None, fault)
    if not are_whole:
        archives = []  # a record that names what is damaged would be told as well
    try:
        package = orjson.loads((folder / PACKAGE).read_bytes())
        check = compile_schema(orjson.loads((folder / SCHEMA).read_bytes()))
        stated, resources = package["news-scraper"], package["resources"]
    except (OSError, orjson.JSONDecodeError, SchemaError, KeyError, TypeError) as error:
        yield Finding(PACKAGE, None, f"the dataset does not describe itself: {type(error).__name__}: {error}")
        return
    for resource in resources:
        file = folder / resource["path"]
        if not file.is_file() or file.stat().st_size != resource.get("bytes", file.stat().st_size):
            yield Finding(PACKAGE, None, f"{resource['path']} is not there as it is described")
    totals = _Totals()
    try:
        faults = _check_lines(folder, check, totals, archives)
        yield from (Finding(JSONL, None, fault) for fault in _first(faults))
        yield from (Finding(PARQUET, None, fault) for fault in _first(_compare_table(folder)))
    except Exception as error:  # zstandard and pyarrow raise errors of their own for a file that is damaged
        yield Finding("data", None, f"the records cannot be read: {type(error).__name__}: {error}")
        return
    for name, found in (("records", totals.records), ("articles", len(totals.ids))):
        if stated[name] != found:
            yield Finding(PACKAGE, None, f"it states {stated[name]} {name}, there are {found}")
    if sum(stated["sites"].values()) != totals.records:
        yield Finding(
            PACKAGE, None, f"its sites have {sum(stated['sites'].values())} records, there are {totals.records}"
        )


class _Totals:
    def __init__(self) -> None:
        self.records = 0
        self.ids: set[bytes] = set()
        """16 bytes an article: a million take some 80 MB."""


def read_lines(folder: Path) -> Iterator[bytes]:
    """The lines of a dataset, unpacked as they are read."""
    zstandard = require("zstandard")
    with (folder / JSONL).open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as stream:
        rest = b""
        while chunk := stream.read(1 << 20):
            *lines, rest = (rest + chunk).split(b"\n")
            yield from lines
        if rest:
            yield rest


def _check_lines(folder: Path, check: Any, totals: _Totals, archives: list[ArchiveIndex]) -> Iterator[str]:
    for number, line in enumerate(read_lines(folder), 1):
        totals.records += 1
        try:
            data = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            yield f"line {number} is not JSON ({error})"
            continue
        faults = list(check(data))
        yield from (f"line {number}: {fault}" for fault in faults)
        if faults:
            continue
        totals.ids.add(bytes.fromhex(data["id"]) if len(data["id"]) == 32 else data["id"].encode())
        if data["text"] is not None and hash_text(data["text"]) != data["text_hash"]:
            yield f"line {number}: the text does not have the text_hash of the line"
        warc = data["crawl"]["warc"]
        if archives and warc and not any(index.has(warc) for index in archives):
            yield f"line {number}: no archive record {warc['record_id']} at byte {warc['offset']} of {warc['file']}"


def _compare_table(folder: Path) -> Iterator[str]:
    pairs = zip_longest(read_lines(folder), read_rows(folder / PARQUET))
    for number, (line, row) in enumerate(pairs, 1):
        if line is None or row is None:
            yield f"{PARQUET} and {JSONL} have not the same number of records"
            return
        if orjson.loads(line) != row:
            yield f"row {number} is not the record of line {number} of {JSONL}"


def _first(faults: Iterator[str]) -> Iterator[str]:
    for number, fault in enumerate(faults):
        if number < MAX_FINDINGS:
            yield fault
        elif number == MAX_FINDINGS:
            yield "… and more of the kind"
