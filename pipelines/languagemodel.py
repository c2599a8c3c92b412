"""The model of py3langid, unpacked by the first process that asks for a language and shared with those beside it.

It has 70 MB, and unpacking it takes half a second. Most pages say their language or show it by their script, so nothing
is loaded before a text asks. As ordinary memory the model would count in full to every worker; in a mapped file it
belongs to no process: each maps the parts that a text leads to, and gives them back.
"""

from __future__ import annotations

import fcntl
import functools
import logging
import mmap
import struct
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Protocol

import orjson

logger = logging.getLogger(__name__)

_SIZE = struct.Struct("<Q")
"""Bytes of the table of contents, at the begin of the file; 0 while the file is not whole."""
_FIRST = 4096
"""Where the first array of the model begins; before it stands the table of contents."""

_shared: IO[bytes] | None = None


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


def share_model() -> None:
    """Make the file in which this process and those that are forked from it share the model; the first fills it.

    Raises:
        OSError: there is no place for temporary files.
    """
    global _shared
    _shared = tempfile.TemporaryFile()  # noqa: SIM115  # without a name, it goes with its last process


def tell_language(text: str) -> str:
    """What language a text looks like, as py3langid names it (ISO 639)."""
    return str(_identifier().classify(text)[0])


@functools.cache
def _identifier() -> _Identifier:
    if _shared is not None:
        try:
            return _MappedIdentifier(_shared)
        except OSError as error:
            logger.warning("the language model is not shared: %s", error)  # it has room in memory yet
    from py3langid import langid  # late, as in all of this module: with it comes numpy

    in_memory: _Identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
    return in_memory


class _MappedIdentifier:
    """An identifier that gives back what a text mapped, which the kernel makes far more than was read.

    Args:
        file: that holds the model, or will when this has returned.

    Raises:
        OSError: there is no room for it.
    """

    def __init__(self, file: IO[bytes]) -> None:
        import numpy as np
        from py3langid import langid

        with _locked(file):
            if file.read(_SIZE.size) in (b"", bytes(_SIZE.size)):
                _unpack(file)
        self._file = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        (size,) = _SIZE.unpack_from(self._file)
        table, prior, classes, moves, rows, outputs = (
            np.ndarray(shape, kind, self._file, place)
            for kind, shape, place in orjson.loads(self._file[_SIZE.size : _SIZE.size + size])
        )
        self._identifier = langid.LanguageIdentifier(
            table, prior, classes.tolist(), moves.data, outputs.tolist(), tk_row=rows.tolist()
        )

    def classify(self, text: str) -> tuple[str, float]:
        language: tuple[str, float] = self._identifier.classify(text)
        self._file.madvise(mmap.MADV_DONTNEED)  # of this process: the next text maps it again, and finds it in memory
        return language


def _unpack(file: IO[bytes]) -> None:
    """Write the model as arrays that can be mapped, and at last what says that they are whole."""
    import numpy as np
    from py3langid import langid, modelio

    contents: list[tuple[str, list[int], int]] = []
    place = _FIRST
    for values in map(np.ascontiguousarray, modelio.load_model(langid.MODEL_DIR / langid.MODEL_FILE)):
        contents.append((values.dtype.str, list(values.shape), place))
        file.seek(place)
        file.write(values.data.cast("B") if values.dtype.kind != "U" else values.tobytes())
        place += -(-values.nbytes // mmap.PAGESIZE) * mmap.PAGESIZE
    table = orjson.dumps(contents)
    file.seek(_SIZE.size)
    file.write(table)
    file.flush()  # a process may be ended here, and the next begins anew
    file.seek(0)
    file.write(_SIZE.pack(len(table)))
    file.flush()


@contextmanager
def _locked(file: IO[bytes]) -> Iterator[None]:
    """Keep the processes beside this one from the file; the kernel gives up the lock of one that dies."""
    fcntl.lockf(file, fcntl.LOCK_EX)
    try:
        file.seek(0)
        yield
    finally:
        fcntl.lockf(file, fcntl.LOCK_UN)
