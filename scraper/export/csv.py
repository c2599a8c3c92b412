"""CSV (RFC 4180) for spreadsheets: one row a record, nested keys as columns, no cell that begins as a formula does."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from scraper.article import Credit, Image, Jump, SiteRecord
from scraper.export.columns import COLUMNS, Column, read_row
from scraper.export.records import Record
from scraper.export.targets import open_target

_FORMULA = frozenset("=+-@\t\r＝＋－＠")
"""What a spreadsheet may take for a formula at the start of a cell (OWASP, CSV Injection), wide forms included."""

_ENTRY: dict[Any, Callable[[dict[str, Any]], str]] = {
    Credit: lambda credit: f"{credit['name']} ({credit['role']})",
    Image: lambda image: str(image["url"]),
    SiteRecord: lambda record: f"{record['kind']}: {record['value']}",
    Jump: lambda jump: str(jump["text"]),
}


@contextmanager
def write_csv(path: Path | None, *, bom: bool = False) -> Iterator[Callable[[Record], object]]:
    """One row a record below a row of names.

    Lists are joined by ``; ``. A text that begins as a formula does gets an apostrophe before it. The evidence is left
    out.

    Args:
        path: see `scraper.export.targets.open_target`.
        bom: begin with a byte order mark: Excel takes UTF-8 without one for the local code page.
    """
    with open_target(path) as file:
        writer = csv.writer(_Encoder(file))
        if bom:
            file.write(b"\xef\xbb\xbf")
        writer.writerow([column.name for column in COLUMNS])
        yield lambda record: writer.writerow(_cells(record.data))


class _Encoder:
    """Takes the lines of `csv.writer`."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, line: str) -> None:
        self._file.write(line.encode("utf-8", "surrogatepass"))


def _cells(data: dict[str, Any]) -> list[Any]:
    """A row; what is None the writer leaves empty."""
    row = read_row(data)
    for at, join in _JOINS:
        if row[at] is not None:
            row[at] = join(row[at])
    for at in _TEXTS:
        text = row[at]
        if text and text[0] in _FORMULA:
            row[at] = f"'{text}"
    return row


def _joined(column: Column) -> Callable[[Any], str] | None:
    """How a value becomes a text, where it is not written as it is."""
    if column.type is bool:
        return lambda value: str(value).lower()
    if column.type is list:
        return "; ".join
    if column.type in _ENTRY:
        entry = _ENTRY[column.type]
        return lambda values: "; ".join([entry(value) for value in values])
    return None


_JOINS = [(at, join) for at, column in enumerate(COLUMNS) if (join := _joined(column))]
_TEXTS = [at for at, column in enumerate(COLUMNS) if column.type not in (bool, int, float)]
