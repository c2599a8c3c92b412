"""A record before and after, field by field, in lines that a terminal of 80 columns shows whole."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

from scraper.export.differences import Difference

WIDTH = 80

_MARGIN = 6
_BEFORE_CHANGE = 24
"""Columns of what is the same that stand before the first difference of a value that has to be cut."""


def show(difference: Difference) -> Iterator[str]:
    """The lines: what happened to which article, then each value that differs, as it was and as it is."""
    yield f"{difference.what}  {difference.url or difference.id}"
    for name, (was, now) in difference.fields.items():
        for part, before, after in _parts(name, was, now):
            yield f"  {part}"
            before, after = _cut(before, after)
            yield f"    - {before}"
            yield f"    + {after}"


def _parts(name: str, was: Any, now: Any) -> Iterator[tuple[str, str, str]]:
    """The values within a field that differ, as text: of an object those of its keys, of a list what is not in both."""
    if isinstance(was, dict) and isinstance(now, dict):
        for key in now:
            if was.get(key) != now[key]:
                yield from _parts(f"{name}.{key}", was.get(key), now[key])
        return
    if isinstance(was, list) and isinstance(now, list) and sorted(map(_text, was)) != sorted(map(_text, now)):
        was, now = [entry for entry in was if entry not in now], [entry for entry in now if entry not in was]
    yield name, _text(was), _text(now)


def _text(value: Any) -> str:
    """A value in one line: ``林晚舟 reporter 记者; 何苗 author``."""
    if value in (None, [], {}):
        return "nothing"
    if isinstance(value, str):
        return value.replace("\n", "⏎")
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    if isinstance(value, dict):
        return " ".join(_text(entry) for entry in value.values() if entry not in (None, [], {}))
    return json.dumps(value)


def _cut(before: str, after: str) -> tuple[str, str]:
    """Both as they are where they fit into a line, else from shortly before the first difference on."""
    if max(_width(before), _width(after)) <= WIDTH - _MARGIN:
        return before, after
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    start = same
    while start and _width(before[start - 1 : same]) <= _BEFORE_CHANGE:
        start -= 1
    return _fit(before, start), _fit(after, start)


def _fit(text: str, start: int) -> str:
    shown = "…" if start else ""
    for character in text[start:]:
        if _width(shown) + _width(character) > WIDTH - _MARGIN - 1:
            return shown + "…"
        shown += character
    return shown


def _width(text: str) -> int:
    """Columns on a terminal: two for what is written as wide as a Chinese character (Unicode, UAX 11)."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
