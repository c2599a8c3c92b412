"""The model of py3langid where forked processes share it.

It has 70 MB. As ordinary memory it would count in full to the server that workers are forked from and to every worker,
even one that tells no language. In a mapped file it belongs to no process: each maps the parts that a text leads to,
and gives them back.
"""

from __future__ import annotations

import mmap
import tempfile
from typing import Any

import numpy as np
from py3langid import langid, modelio


def load_shared_model() -> None:
    """Load the model that `py3langid.classify` asks, for this process and those that are forked from it.

    Raises:
        OSError: there is no room for the temporary file.
        ValueError: the model of this version of py3langid has another layout.
    """
    table, prior, classes, moves, rows, outputs = modelio.load_model(langid.MODEL_DIR / langid.MODEL_FILE)
    files = [_mapped(table), _mapped(moves)]
    mapped_table = np.frombuffer(files[0], dtype=table.dtype).reshape(table.shape)
    mapped_moves = memoryview(files[1]).cast("B").cast(moves.typecode)
    langid.IDENTIFIER = _MappedIdentifier(files, mapped_table, prior, classes, mapped_moves, outputs, tk_row=rows)


class _MappedIdentifier(langid.LanguageIdentifier):  # type: ignore[misc]  # py3langid has no types
    """An identifier that gives back what a text mapped, which the kernel makes far more than was read."""

    def __init__(self, files: list[mmap.mmap], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._files = files

    def classify(self, text: str | bytes) -> tuple[str, float]:
        language: tuple[str, float] = super().classify(text)
        for file in self._files:
            file.madvise(mmap.MADV_DONTNEED)  # of this process: the next text maps it again, and finds it in memory
        return language


def _mapped(values: Any) -> mmap.mmap:
    """The bytes of an array, read-only, in a file that has no name and goes with its last process."""
    with tempfile.TemporaryFile() as file:
        file.write(memoryview(values).cast("B"))
        file.flush()
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
