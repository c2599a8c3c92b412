"""Apache Parquet: the record with all that is nested in it, typed from the class."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import is_dataclass
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from scraper.article import Article
from scraper.export.extras import require
from scraper.export.records import Record
from scraper.export.targets import ZSTD_LEVEL, replacing

ROWS_A_GROUP = 1_000
"""Rows that are in memory at a time: 10 MB where a record has 10 kB."""


ROWS_A_BATCH = 100
"""Rows that are made into dicts at a time when they are read."""


@contextmanager
def write_parquet(path: Path) -> Iterator[Callable[[Record], object]]:
    """One row a record; lists, structs and the map of the evidence are kept, so that nothing is lost.

    Times stay text: some are days, some have an offset, and a column of instants can say neither.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    pa, parquet = require("pyarrow"), require("pyarrow.parquet")
    schema = arrow_schema()
    rows: list[dict[str, Any]] = []
    with (
        replacing(path) as part,
        parquet.ParquetWriter(part, schema, compression="zstd", compression_level=ZSTD_LEVEL, version="2.6") as writer,
    ):

        def flush() -> None:
            writer.write_table(pa.Table.from_pylist(rows, schema=schema), row_group_size=ROWS_A_GROUP)
            rows.clear()

        def write(record: Record) -> None:
            rows.append({**record.data, "evidence": list(record.data["evidence"].items())})
            if len(rows) == ROWS_A_GROUP:
                flush()

        yield write
        if rows:
            flush()


def arrow_schema() -> Any:
    """The Arrow schema of a record, with the meaning of each key as its description."""
    return require("pyarrow").schema(_fields(Article))


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a file, as they were before they were written."""
    parquet = require("pyarrow.parquet")
    with parquet.ParquetFile(path) as file:
        # One after the other: read in one go, decoded columns of groups that are done would stay in memory.
        for group in range(file.num_row_groups):
            for batch in file.iter_batches(ROWS_A_BATCH, row_groups=[group], use_threads=False):
                for row in batch.to_pylist():
                    yield {**row, "evidence": dict(row["evidence"])}


def _fields(cls: type) -> list[Any]:
    pa = require("pyarrow")
    return [
        pa.field(name, _type(hint), metadata={"description": get_args(hint)[1]})
        for name, hint in get_type_hints(cls, include_extras=True).items()
    ]


def _type(hint: Any) -> Any:
    pa = require("pyarrow")
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _type(args[0])
    if origin in (Union, types.UnionType):
        return _type(next(arg for arg in args if arg is not types.NoneType))
    if origin is list:
        return pa.list_(_type(args[0]))
    if origin is dict:
        return pa.map_(pa.string(), _type(args[1]))
    if is_dataclass(hint) and isinstance(hint, type):
        return pa.struct(_fields(hint))
    return {int: pa.int64(), float: pa.float64(), bool: pa.bool_()}.get(hint, pa.string())
