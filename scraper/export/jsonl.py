"""JSON Lines: the records as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from scraper.export.records import Record
from scraper.export.targets import open_target


@contextmanager
def write_jsonl(path: Path | None) -> Iterator[Callable[[Record], object]]:
    """Each record as the line that it is, see `scraper.export.targets.open_target`."""
    with open_target(path) as file:
        yield lambda record: file.write(record.line)
