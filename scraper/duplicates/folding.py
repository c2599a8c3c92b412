"""Text folded for comparison: what printing houses change without changing what is said."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

_NO_WORD = re.compile(r"[\W_]+")
_NO_WORD_OR_SPACE = re.compile(r"[^\w\s]|_")
_JOINING = re.compile(r"[\u3131-\u318f\uff66-\uffdc]")
"""Kana and jamo of half width, which become one letter with the next one."""


def fold_text(text: str, *, spaces: bool = False) -> str:
    """Letters and digits alone, in one width and case, traditional characters simplified.

    Whether a simplified text was made of a traditional one or the other way round makes no difference: 發 and 髮 both
    become 发.

    Args:
        text: anything.
        spaces: keep white space between words, for scripts that have it.
    """
    # Each character has its own form in NFKC, once those that belong together are joined.
    joined = unicodedata.normalize("NFKC" if _JOINING.search(text) else "NFC", text)
    return "".join(map((_SPACED if spaces else _UNSPACED).__getitem__, joined))


class _Folded(dict[str, str]):
    """What becomes of a character; each is folded when it is first met, which is five times as fast as each time."""

    def __init__(self, marks: re.Pattern[str], instead: str) -> None:
        self._marks = marks
        self._instead = instead

    def __missing__(self, char: str) -> str:
        folded = self._marks.sub(self._instead, unicodedata.normalize("NFKC", char))
        self[char] = folded = folded.casefold().translate(_simplified())
        return folded


_UNSPACED = _Folded(_NO_WORD, "")
_SPACED = _Folded(_NO_WORD_OR_SPACE, " ")


@cache
def _simplified() -> dict[int, str]:
    table = (files("scraper.duplicates") / "variants.txt").read_text("utf-8")
    pairs = [pair for line in table.splitlines() if not line.startswith("#") for pair in line.split()]
    return {ord(pair[0]): pair[1] for pair in pairs}
