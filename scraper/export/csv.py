"""CSV (RFC 4180) for spreadsheets: one row a record, nested keys as columns, no cell that begins as a formula does."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scraper.article import Credit, Image, Jump, SiteRecord
from scraper.export.columns import COLUMNS, Column
from scraper.export.records import Record
from scraper.export.targets import open_target

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
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
        lines = io.StringIO(newline="")
        writer = csv.writer(lines)

        def write(row: list[str]) -> None:
            writer.writerow(row)
            file.write(lines.getvalue().encode("utf-8", "surrogatepass"))
            lines.seek(0)
            lines.truncate()

        if bom:
            file.write(b"\xef\xbb\xbf")
        write([column.name for column in COLUMNS])
        yield lambda record: write([_cell(column, column.of(record.data)) for column in COLUMNS])


def _cell(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        value = "; ".join(value if column.type is list else map(_ENTRY[column.type], value))
    if not isinstance(value, str):
        return str(value)
    return f"'{value}" if value.startswith(_FORMULA) else value
