"""Where an export goes: a file that appears whole or not at all, or standard output."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from isal import igzip

from scraper.export.extras import require

GZIP_LEVEL = 2
"""Of ISA-L, whose highest level, 3, is slower and leaves as much."""

ZSTD_LEVEL = 3
"""Records of the demo newspaper: level 3 leaves 18.6 % at 148 MB/s, 9: 16.7 % at 61 MB/s, 19: 15.4 % at 2 MB/s."""

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

_ZSTD_THREADS = 1
"""Beside the one that writes. The bytes are the same for any number but 0."""


class TargetError(ValueError):
    """The records cannot go there; the message says why and what to do."""


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A name to write to; the file gets its own name when all of it is on the disk, and goes away on a failure."""
    path = path.resolve()  # of a link what it leads to is replaced
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with naming(path):
            yield part
            with part.open("rb") as file:
                os.fsync(file.fileno())
            part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Have the errors of a full disk name what was to be written: they name no file, or one that has gone away.

    Raises:
        OSError: for those of SQLite too.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise OSError(error.errno, os.strerror(error.errno), str(path)) from error
        raise
    except sqlite3.OperationalError as error:
        number = errno.ENOSPC if error.sqlite_errorcode == sqlite3.SQLITE_FULL else errno.EIO
        raise OSError(number, os.strerror(number), str(path)) from error


@contextmanager
def open_target(path: Path | None) -> Iterator[IO[bytes]]:
    """A stream to write to.

    Args:
        path: the file, compressed where its name ends with ``.zst`` or ``.gz``; None for standard output. A device or
            a pipe is written to as it is.

    Raises:
        TargetError: standard output is closed.
        MissingExtraError: zstandard is not installed.
        OSError: the file cannot be written.
    """
    if path is None:
        if sys.stdout is None:
            raise TargetError("standard output is closed; name a file with -o")
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if path.suffix == ".zst":
        require("zstandard")
    if path.exists() and not path.is_file():
        with naming(path), path.open("wb") as file:
            yield file
        return
    with replacing(path) as part, part.open("wb") as file, _compressed(file, path.suffix) as stream:
        yield stream


@contextmanager
def _compressed(file: IO[bytes], suffix: str) -> Iterator[IO[bytes]]:
    if suffix == ".gz":
        # Neither name nor time in the header, so that the same records give the same bytes.
        with igzip.IGzipFile("", "wb", GZIP_LEVEL, file, mtime=0) as stream:  # type: ignore[no-untyped-call]
            yield stream  # type: ignore[misc]
    elif suffix == ".zst":
        zstandard = require("zstandard")
        compressor = zstandard.ZstdCompressor(level=ZSTD_LEVEL, threads=_ZSTD_THREADS, write_checksum=True)
        with compressor.stream_writer(file, closefd=False) as packed:
            yield packed
    else:
        yield file
