"""A record as a row: the nested keys of the record as columns, for tables that know no nesting."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, is_dataclass
from itertools import groupby
from operator import itemgetter
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from scraper.article import Article


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``source.name`` of the record is the column ``source_name``."""

    path: tuple[str, ...]
    type: Any
    """str, int, float, bool; ``list`` for a list of texts, a dataclass for a list of these."""

    @property
    def name(self) -> str:
        """Its name in the table."""
        return "_".join(self.path)


def _columns(cls: type, path: tuple[str, ...]) -> Iterator[Column]:
    for name, hint in get_type_hints(cls, include_extras=True).items():
        inner = _without_null(hint)
        if is_dataclass(inner) and isinstance(inner, type):
            yield from _columns(inner, (*path, name))
        elif get_origin(inner) is list:
            entry = get_args(inner)[0]
            yield Column((*path, name), list if entry is str else entry)
        elif get_origin(inner) is not dict:
            yield Column((*path, name), inner if isinstance(inner, type) else str)


def _without_null(hint: Any) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _without_null(args[0])
    if origin in (Union, types.UnionType):
        return _without_null(next(arg for arg in args if arg is not types.NoneType))
    return hint


COLUMNS: tuple[Column, ...] = tuple(_columns(Article, ()))
"""All columns in the order of the record. `Article.evidence` has none: it is a table of its own."""


def read_row(data: dict[str, Any]) -> list[Any]:
    """The values of `COLUMNS` in a record; None where there is none."""
    row: list[Any] = []
    for take in _TAKES:
        row += take(data)
    return row


def _take(parent: tuple[str, ...], names: tuple[str, ...]) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
    """A function that takes values which stand side by side out of a record: one step for many columns."""
    pick = itemgetter(*names) if len(names) > 1 else lambda part: (part[names[0]],)
    nothing = (None,) * len(names)

    def take(data: dict[str, Any]) -> tuple[Any, ...]:
        part: Any = data
        for key in parent:
            part = part.get(key)
            if part is None:
                return nothing
        try:
            found: tuple[Any, ...] = pick(part)
        except KeyError:  # a line of an earlier version of the program, which did not have all of these
            return tuple(map(part.get, names))
        return found

    return take


_TAKES = [
    _take(parent, tuple(column.path[-1] for column in run))
    for parent, run in groupby(COLUMNS, key=lambda column: column.path[:-1])
]
