"""Text folded for comparison: what printing houses change without changing what is said."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

_NO_WORD = re.compile(r"[\W_]+")
_NO_WORD_OR_SPACE = re.compile(r"[^\w\s]|_")


def fold_text(text: str, *, spaces: bool = False) -> str:
    """Letters and digits alone, in one width and case, traditional characters simplified.

    Whether a simplified text was made of a traditional one or the other way round makes no difference: 發 and 髮 both
    become 发.

    Args:
        text: anything.
        spaces: keep white space between words, for scripts that have it.
    """
    folded = unicodedata.normalize("NFKC", text)
    folded = _NO_WORD_OR_SPACE.sub(" ", folded) if spaces else _NO_WORD.sub("", folded)
    return folded.casefold().translate(_simplified())


@cache
def _simplified() -> dict[int, str]:
    table = (files("scraper.duplicates") / "variants.txt").read_text("utf-8")
    pairs = [pair for line in table.splitlines() if not line.startswith("#") for pair in line.split()]
    return {ord(pair[0]): pair[1] for pair in pairs}
