"""Budgets against addresses without end: calendars, facets, growing paths, session ids.

An address is a trap by its form (too deep, segments that repeat, a heap of parameters), or by what its like has given:
a form of address that was asked many times and hardly ever gave an article is not asked any more.
"""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

MAX_SEGMENTS = 16
MAX_REPEATS = 3
"""How often one segment may stand in a path: /a/a/a/a/ comes of a relative link on a page that answers everywhere."""

MAX_PARAMETERS = 6

FRUITLESS_PER_PATTERN = 80
"""Addresses of one form that may be asked without an article; each article of that form earns four more."""

FRUITLESS_PER_PATH = 120
"""The same for a path with any parameters: the filters of a shop window combine without end."""

FRUITLESS_PER_HOST = 3000
"""The same for a host as a whole, where each address has a form of its own."""

EARNED = 4

_MAX_PATTERNS = 20_000
_DIGITS = re.compile(r"\d+")
_HEX = re.compile(r"(?i)\b(?=[a-f]*\d)[0-9a-f]{8,}\b")


def url_pattern(url: str) -> str:
    """Host and path with numbers as N and hexadecimal ids as H, and the names of the parameters, sorted.

    Raises:
        ValueError: it cannot be read as a URL.
    """
    parts = urlsplit(url)
    path = _DIGITS.sub("N", _HEX.sub("H", parts.path))
    names = sorted({pair.partition("=")[0] for pair in parts.query.split("&") if pair})
    return f"{parts.netloc}{path}?{'&'.join(names)}"


def has_trap_form(url: str) -> bool:
    """Whether the address alone tells a trap. True for what cannot be read as a URL."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return True
    segments = [segment for segment in parts.path.split("/") if segment]
    if len(segments) > MAX_SEGMENTS or parts.query.count("&") >= MAX_PARAMETERS:
        return True
    return any(count > MAX_REPEATS for count in Counter(segments).values())


class TrapBudget:
    """Counts what the forms of addresses give, and says which are exhausted. Holds at most 20,000 forms."""

    def __init__(self) -> None:
        self._balance: Counter[str] = Counter()

    def record(self, url: str, gave_new: bool) -> None:
        """Note that an address was asked, and whether it gave an article that was not seen before."""
        for key, limit in self._keys(url):
            if gave_new:
                self._balance[key] = max(self._balance[key] - EARNED, -limit)
            elif key in self._balance or len(self._balance) < _MAX_PATTERNS:
                self._balance[key] += 1

    def is_exhausted(self, url: str) -> bool:
        """Whether the form of this address, or its host, has used up its budget."""
        return any(self._balance[key] >= limit for key, limit in self._keys(url))

    @staticmethod
    def _keys(url: str) -> list[tuple[str, int]]:
        try:
            pattern = url_pattern(url)
            keys = [(pattern, FRUITLESS_PER_PATTERN), (urlsplit(url).netloc, FRUITLESS_PER_HOST)]
            path, _, names = pattern.partition("?")
            return [*keys, (path + "?*", FRUITLESS_PER_PATH)] if names else keys
        except ValueError:
            return []
