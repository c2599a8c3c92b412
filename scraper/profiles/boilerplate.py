"""Lines that are no body, as a profile has them: a line as it stands, or one with `*` for what differs by page."""

from __future__ import annotations

from collections.abc import Iterable

LEAST_FIXED = 40
"""Letters beside the `*` from which on it stands for anything: `* * *` and `* required` are lines as they stand."""


class Boilerplate:
    """Tells the lines that are boilerplate.

    Args:
        lines: white space folded; in long ones `*` stands for any words.
    """

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._lines = frozenset(lines)
        self._patterns = [line.split("*") for line in self._lines if is_pattern(line)]

    def __contains__(self, line: object) -> bool:
        return line in self._lines or (
            bool(self._patterns) and isinstance(line, str) and any(_fits(pieces, line) for pieces in self._patterns)
        )


def is_pattern(line: str) -> bool:
    """Whether `*` stands for any words in a line."""
    return "*" in line and sum(map(len, line.split("*"))) >= LEAST_FIXED


def _fits(pieces: list[str], line: str) -> bool:
    first, *inner, last = pieces
    end = len(line) - len(last)
    if not line.startswith(first) or not line.endswith(last):
        return False
    place = len(first)
    for piece in inner:
        place = line.find(piece, place, end)
        if place < 0:
            return False
        place += len(piece)
    return place <= end
