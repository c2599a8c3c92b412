"""The formats by name, and the one function that writes any of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scraper.export.csv import write_csv
from scraper.export.jsonl import write_jsonl
from scraper.export.newsplease import write_news_please
from scraper.export.parquet import write_parquet
from scraper.export.records import Record
from scraper.export.schemaorg import write_schema_org
from scraper.export.sqlite import write_sqlite
from scraper.export.targets import TargetError


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write records."""

    write: Callable[..., AbstractContextManager[Callable[[Record], object]]]
    """Given a path, a context in which records are taken."""
    suffixes: tuple[str, ...]
    """File names by which it is known, before .gz or .zst."""
    is_text: bool = True
    """Whether it can go to standard output and be compressed."""


FORMATS: dict[str, Format] = {
    "jsonl": Format(write_jsonl, (".jsonl", ".ndjson")),
    "csv": Format(write_csv, (".csv",)),
    "parquet": Format(write_parquet, (".parquet",), is_text=False),
    "sqlite": Format(write_sqlite, (".sqlite", ".sqlite3", ".db"), is_text=False),
    "schema.org": Format(write_schema_org, (".jsonld",)),
    "news-please": Format(write_news_please, ()),
}


def format_of(path: Path | None) -> str:
    """Name of the format that a file name stands for; jsonl for a name that ends with nothing.

    Raises:
        TargetError: the end of the name stands for no format.
    """
    if path is None:
        return "jsonl"
    suffix = (Path(path.stem) if path.suffix in (".gz", ".zst") else path).suffix
    known = {end: name for name, entry in FORMATS.items() for end in entry.suffixes}
    if suffix and suffix not in known:
        raise TargetError(
            f"the end of {path.name} stands for no format; say which with --format, or end it with {', '.join(known)}"
        )
    return known.get(suffix, "jsonl")


def export_records(records: Iterable[Record], path: Path | None, format_name: str, **options: Any) -> int:
    """Write records in one pass, in constant memory.

    Args:
        records: see `scraper.export.records.read_sites`.
        path: the file, which appears when it is whole; None for standard output.
        format_name: a name of `FORMATS`.
        options: of the format, such as `bom` of csv.

    Returns:
        How many were written.

    Raises:
        TargetError: the format cannot go there.
        MissingExtraError: a library is not installed.
        BrokenRecordError: a line is no record; there is no new file then.
        OSError: a file cannot be read or written.
    """
    chosen = FORMATS[format_name]
    if not chosen.is_text:
        if path is None:
            raise TargetError(f"{format_name} goes to a file, not to standard output: name one with -o")
        if path.suffix in (".gz", ".zst"):
            raise TargetError(f"{format_name} is not compressed as a whole, found {path.name}: leave {path.suffix} off")
        if path.exists() and not path.is_file():
            raise TargetError(f"{format_name} goes to a file, {path} is none: name one with -o")
    if path is not None and path.is_dir():
        raise TargetError(f"{path} is a folder; name a file in it")
    if path is not None and not path.parent.is_dir():
        raise TargetError(f"there is no folder {path.parent}; make it first, or name a file elsewhere")
    count = 0
    with chosen.write(path, **options) as write:
        for record in records:
            write(record)
            count += 1
    return count
