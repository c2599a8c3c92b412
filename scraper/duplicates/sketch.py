"""Nearly the same text: sketches of texts, and whether two of them are of one text.

A text is the set of its shingles (Broder 1997): runs of characters where the script puts no spaces between words, else
runs of words. Of their hashes the smallest are kept (a bottom-k sketch, Cohen and Kaplan 2007), which estimates how
much of the one text stands in the other, also where it was cut. Simhash was not taken: half of a text has hardly more
bits in common with the whole than any other text.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from zlib import crc32

from scraper.duplicates.folding import fold_text

MARKS = 128
"""Hashes kept of a text. The share of common shingles is then estimated with a standard error of .044 at most."""

KEYS = 16
"""The smallest of them, by which similar texts are found: of two texts with 30 % of their shingles in common 99.7 %
share at least one."""

MAX_CHARS = 20_000
"""What stands behind is not looked at, so that a page costs a bounded time."""

LEAST_COMMON = 0.65
FOR_FIGURES = 0.4
LEAST_FIGURES = 0.5
"""Of the shorter text 65 % must stand in the longer one, and so much more where not all of its figures do: 65 % + 40 %
of the share of figures that differ. Notices and columns that come out every day share their frame, but not the figures
in it. Chosen with ``python -m bench.duplicates``, which prints precision and recall."""

LEAST_SHARE_OF_LENGTH = 0.25
"""A longer text is another one: a roundup, in which the shorter is one of many."""

_SHINGLE_CHARS = 6
_SHINGLE_WORDS = 3
_FEWEST = 12
"""Shingles of the shortest text that is compared."""
_MAX_FIGURES = 32

# Thai, Lao, Khmer, Hangul, kana, Han: no spaces between words, or words that change their ends.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1100-\u11ff\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\uff66-\uffdc]+")
_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d+(?:[.:,．：，]\d+)*")


@dataclass(frozen=True)
class Sketch:
    """What is kept of a text to compare it with others."""

    size: int
    """Number of its different shingles."""
    marks: tuple[int, ...]
    """The smallest hashes of shingles, ascending; all of them for a short text."""
    figures: tuple[int, ...]
    """Hashes of the numbers printed in it, the smallest, ascending."""

    @property
    def keys(self) -> tuple[int, ...]:
        """By one of these a similar text is found."""
        return self.marks[:KEYS]

    @cached_property
    def _mark_set(self) -> frozenset[int]:
        return frozenset(self.marks)

    @cached_property
    def _key_set(self) -> frozenset[int]:
        return frozenset(self.keys)

    def common_keys(self, other: Sketch) -> int:
        """How many keys two texts have in common."""
        return len(self._key_set & other._key_set)

    def pack(self) -> bytes:
        """The sketch as bytes, at most 654; `unpack` is the inverse."""
        head = struct.pack("<IHH", self.size, len(self.marks), len(self.figures))
        return head + struct.pack(f"<{len(self.marks) + len(self.figures)}I", *self.marks, *self.figures)

    @classmethod
    def unpack(cls, packed: bytes) -> Sketch:
        """A sketch from its bytes."""
        size, marks, figures = struct.unpack_from("<IHH", packed)
        numbers = struct.unpack_from(f"<{marks + figures}I", packed, 8)
        return cls(size, numbers[:marks], numbers[marks:])


def sketch_text(text: str) -> Sketch | None:
    """The sketch of a text; None where it is too short to be compared."""
    return _sketch(text[:MAX_CHARS])


# A text is looked for before its commit and entered behind it.
@lru_cache(maxsize=64)
def _sketch(text: str) -> Sketch | None:
    if 4 * sum(map(len, _UNSPACED.findall(text[:2000]))) > len(text[:2000]):
        letters = fold_text(text).encode("utf-16-le", "surrogatepass")
        width = 2 * _SHINGLE_CHARS
        shingles = {crc32(letters[at : at + width]) for at in range(0, len(letters) - width + 2, 2)}
    else:
        words = fold_text(text, spaces=True).encode("utf-8", "surrogatepass").split()
        runs = zip(*(words[start:] for start in range(_SHINGLE_WORDS)), strict=False)
        shingles = {crc32(b" ".join(run)) for run in runs}
    if len(shingles) < _FEWEST:
        return None
    figures = sorted({crc32(unicodedata.normalize("NFKC", figure).encode()) for figure in _FIGURE.findall(text)})
    return Sketch(len(shingles), tuple(_smallest(shingles)), tuple(figures[:_MAX_FIGURES]))


def _smallest(hashes: set[int]) -> list[int]:
    """The `MARKS` smallest, ascending. They lie evenly, so those of a long text are among the lowest part of it."""
    lowest = (1 << 33) * MARKS // len(hashes)
    low = [number for number in hashes if number < lowest]
    return sorted(low if len(low) >= MARKS else hashes)[:MARKS]


def common_share(one: Sketch, other: Sketch) -> float:
    """How much of the shorter text stands in the longer one, 0 to 1: estimated, exact for short texts."""
    union = sorted(one._mark_set | other._mark_set)[:MARKS]
    shared = sum(mark <= union[-1] for mark in one._mark_set & other._mark_set)
    resemblance = shared / len(union)
    in_both = resemblance / (1 + resemblance) * (one.size + other.size)
    return min(1.0, in_both / min(one.size, other.size))


def common_figures(one: Sketch, other: Sketch) -> float:
    """How many of the numbers of the text with fewer of them stand in the other, 0 to 1; 1 where one has none."""
    limit = min(_last(one), _last(other))
    ours = {figure for figure in one.figures if figure <= limit}
    theirs = {figure for figure in other.figures if figure <= limit}
    fewer = min(len(ours), len(theirs))
    return len(ours & theirs) / fewer if fewer else 1.0


def _last(sketch: Sketch) -> int:
    """Up to which hash all figures are known."""
    return sketch.figures[-1] if len(sketch.figures) == _MAX_FIGURES else 1 << 32


def is_near(one: Sketch, other: Sketch) -> bool:
    """Whether two texts are one, but for edits, cuts, lines put in front or behind, and the script."""
    shorter, longer = sorted((one.size, other.size))
    if not one._key_set & other._key_set or shorter < LEAST_SHARE_OF_LENGTH * longer:
        return False
    figures = common_figures(one, other)
    return figures >= LEAST_FIGURES and common_share(one, other) >= LEAST_COMMON + FOR_FIGURES * (1 - figures)
