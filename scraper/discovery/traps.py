"""Budgets against addresses without end: calendars, facets, growing paths, session ids.

An address is a trap by its form (too deep, segments that repeat, a heap of parameters), or by what its like has given:
a form of address that was asked many times and hardly ever gave an article is not asked any more. A trap is told once,
however many addresses it has.

A form that is dead, of which one address after the other is gone, rests until the next run instead: a sitemap may name
what was taken down years ago before it names the news of today.
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

DEAD_IN_A_ROW = 100
"""So many addresses of one form that are gone, one after the other, and the form rests."""

TOLD_TRAPS = 200
"""Traps that are told in a run; there may be millions."""

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
        self._dead: Counter[str] = Counter()
        self._resting: Counter[str] = Counter()
        self._told: set[str] = set()

    def record(self, url: str, gave_new: bool) -> None:
        """Note that an address was asked, and whether it gave an article that was not seen before."""
        for key, limit in self._keys(url):
            if gave_new:
                self._balance[key] = max(self._balance[key] - EARNED, -limit)
            elif key in self._balance or len(self._balance) < _MAX_PATTERNS:
                self._balance[key] += 1

    def is_exhausted(self, url: str) -> bool:
        """Whether the form of this address, or its host, has used up its budget."""
        return self._exhausted_key(url) is not None

    def note_answer(self, url: str, is_gone: bool) -> None:
        """Note whether an address was there at all."""
        for key, _ in self._keys(url)[:1]:
            if not is_gone:
                del self._dead[key], self._resting[key]
            elif key in self._dead or len(self._dead) < _MAX_PATTERNS:
                self._dead[key] += 1

    def must_rest(self, url: str) -> bool:
        """Whether the form of this address is dead.

        Of the addresses that must rest, the 2nd, 4th, 8th, … may be asked all the same: should one of them be alive,
        so is its form.
        """
        for key, _ in self._keys(url)[:1]:
            if self._dead[key] >= DEAD_IN_A_ROW:
                self._resting[key] += 1
                asked = self._resting[key]
                return asked == 1 or asked.bit_count() > 1
        return False

    def tell(self, url: str) -> bool:
        """Whether a trap is to be told with this address: True once for each form, and once for the addresses below
        one place that are a trap by themselves."""
        key = self._exhausted_key(url) or _place(url)
        if key in self._told or len(self._told) >= TOLD_TRAPS:
            return False
        self._told.add(key)
        return True

    def _exhausted_key(self, url: str) -> str | None:
        """The broadest key that has used up its budget."""
        return next((key for key, limit in reversed(self._keys(url)) if self._balance[key] >= limit), None)

    @staticmethod
    def _keys(url: str) -> list[tuple[str, int]]:
        try:
            pattern = url_pattern(url)
        except ValueError:
            return []
        path, _, names = pattern.partition("?")
        keys = [(pattern, FRUITLESS_PER_PATTERN), (path + "?*", FRUITLESS_PER_PATH)]
        return [*(keys if names else keys[:1]), (urlsplit(url).netloc, FRUITLESS_PER_HOST)]


def _place(url: str) -> str:
    """Host and first segment, for what may not even be a URL."""
    return "/".join(url.split("/", 4)[:4])
