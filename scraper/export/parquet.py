"""Apache Parquet: the record with all that is nested in it, typed from the class."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import is_dataclass
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from scraper.article import Article
from scraper.export.extras import require
from scraper.export.records import Record
from scraper.export.targets import ZSTD_LEVEL, replacing

GROUP_BYTES = 6_000_000
"""Of the lines whose records are compressed together: 1,000 records where one has 6 kB."""

ROWS_A_BATCH = 50
"""Rows that are dicts at a time. 20 to 100 are made into columns in two thirds of the time of 1,000, and read back in
less memory."""


@contextmanager
def write_parquet(path: Path) -> Iterator[Callable[[Record], object]]:
    """One row a record; lists, structs and the map of the evidence are kept, so that nothing is lost.

    Times stay text: some are days, some have an offset, and a column of instants can say neither.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    pa, parquet, schema = require("pyarrow"), require("pyarrow.parquet"), arrow_schema()
    options = {"compression": "zstd", "compression_level": ZSTD_LEVEL, "version": "2.6"}
    # Arrow's own allocator is no faster here and keeps more of what was freed: 50 MB of 170.
    pool = pa.system_memory_pool()
    with (
        replacing(path) as part,
        parquet.ParquetWriter(part, schema, memory_pool=pool, **options) as writer,
        ThreadPoolExecutor(1) as beside,
    ):
        rows = _Rows(writer, pool, beside)
        yield rows.add
        rows.flush()


class _Rows:
    """Rows on their way into the file. A group is compressed in a thread while the next one is read."""

    def __init__(self, writer: Any, pool: Any, beside: Executor) -> None:
        self._arrow = require("pyarrow")
        self._writer = writer
        self._pool = pool
        self._beside = beside
        self._rows: list[dict[str, Any]] = []
        self._batches: list[Any] = []
        self._bytes = 0
        self._writing: Future[None] | None = None

    def add(self, record: Record) -> None:
        self._rows.append({**record.data, "evidence": list(record.data["evidence"].items())})
        self._bytes += len(record.line)
        if len(self._rows) == ROWS_A_BATCH:
            self._batch()
        if self._bytes >= GROUP_BYTES:
            self._group()

    def flush(self) -> None:
        """Write what waits, and come back when all is written."""
        self._group()
        if self._writing is not None:
            self._writing.result()

    def _batch(self) -> None:
        if self._rows:
            schema = self._writer.schema
            columns = [
                self._arrow.array([row.get(field.name) for row in self._rows], field.type, memory_pool=self._pool)
                for field in schema
            ]
            self._batches.append(self._arrow.RecordBatch.from_arrays(columns, schema=schema))
            self._rows.clear()

    def _group(self) -> None:
        self._batch()
        if self._writing is not None:
            self._writing.result()
        if self._batches:
            # In one piece, as each piece of a table would begin pages of its own.
            group = self._arrow.Table.from_batches(self._batches).combine_chunks(self._pool)
            self._writing = self._beside.submit(self._writer.write_table, group)
            self._batches.clear()
            self._bytes = 0


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
