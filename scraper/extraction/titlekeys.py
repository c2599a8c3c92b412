"""Titles made comparable: case, width, punctuation and white space do not count."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=1024)  # the same titles and names of sections are compared again and again
def title_key(text: str) -> str:
    """Letters and digits of a text after NFKC and case folding; empty for a text that has none.

    Only the first 1,000 characters count: no title is longer.
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text[:1000]).casefold()))


def fits(a: str, b: str) -> bool:
    """Whether two titles name the same text: one holds the other, or they share most pairs of letters.

    The pairs let a headline pass that was reworded for the window title.
    """
    key_a, key_b = title_key(a), title_key(b)
    if not key_a or not key_b:
        return False
    short, long = sorted((key_a, key_b), key=len)
    if short in long:
        return len(short) >= 4 or len(short) * 2 >= len(long)
    pairs = {short[i : i + 2] for i in range(len(short) - 1)}
    shared = pairs & {long[i : i + 2] for i in range(len(long) - 1)}
    return bool(pairs) and len(shared) >= 0.6 * len(pairs)
