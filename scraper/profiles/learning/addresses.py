"""Patterns of addresses from addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

MAX_PATTERNS = 6
MIN_URLS = 2
_DIGITS = re.compile(r"\d+")
_SLUG = re.compile(r".*(?:[_-].*[_-]|%|[0-9a-f]{12}|[^\x00-\x7f]).*|.{25,}|[^a-z]*#[^a-z]*[a-z]+#.*")
_KEPT_QUERY = re.compile(r"(?i)(?:^|&)([a-z_]*(?:id|no|num|sn|code|key|article|news)[a-z_]*=)")


def pattern_of(url: str) -> str | None:
    """The form of an address: digits as `#`, what looks like words of a headline as `*`; None for a bare host."""
    parts = urlsplit(url)
    steps = parts.path.strip("/").split("/")
    if not steps[0] and not parts.query:
        return None
    shaped = []
    for number, step in enumerate(steps):
        shape = _DIGITS.sub("#", step)
        if number == len(steps) - 1:
            name, dot, ending = shape.rpartition(".")
            name, tail = (name, dot + ending) if dot and len(ending) <= 5 else (shape, "")
            shape = ("*" if _SLUG.fullmatch(name) else name) + tail
        elif _SLUG.fullmatch(shape):
            shape = "*"
        shaped.append(shape)
    path = "/" + "/".join(shaped) + ("/" if parts.path.endswith("/") and steps[0] else "")
    if parts.query and _KEPT_QUERY.search(parts.query):
        path += "?" + "&".join(_shape_pair(pair) for pair in parts.query.split("&"))
    return path


def _shape_pair(pair: str) -> str:
    name, equals, value = pair.partition("=")
    return name + equals + ("#" if value.isdigit() else "*" if value else "")


def find_patterns(urls: Iterable[str]) -> tuple[str, ...]:
    """A few patterns that fit all of these addresses, most frequent first; none where the addresses have no form.

    Sections are named by a word in the path (`/politics/#.html`); where there are many, the word becomes `*`.
    """
    shapes = [pattern_of(url) for url in urls]
    if not shapes or None in shapes:
        return ()
    counts = Counter(shape for shape in shapes if shape)
    if len(counts) > 1:
        counts = _loosened(counts)
    if len(counts) > MAX_PATTERNS or len(shapes) < MIN_URLS * len(counts):
        return ()
    patterns = tuple(shape for shape, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return () if any(not pattern.strip("/*") for pattern in patterns) else patterns


def _loosened(counts: Counter[str]) -> Counter[str]:
    """Shapes that differ in the words of their folders alone put together."""
    families: dict[tuple[int, str], list[str]] = {}
    for shape in sorted(counts):
        steps = shape.split("/")
        families.setdefault((len(steps), steps[-1]), []).append(shape)
    loose: Counter[str] = Counter()
    for shapes in families.values():
        columns = list(zip(*(shape.split("/") for shape in shapes), strict=True))
        joined = "/".join(column[0] if len(set(column)) == 1 else "*" for column in columns)
        loose[joined] += sum(counts[shape] for shape in shapes)
    return loose
