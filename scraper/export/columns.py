"""A record as a row: the nested keys of the record as columns, for tables that know no nesting."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass
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

    def of(self, data: dict[str, Any]) -> Any:
        """Its value in a record; None where there is none."""
        value: Any = data
        for part in self.path:
            if value is None:
                return None
            value = value.get(part)
        return value


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
