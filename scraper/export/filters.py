"""A small language that says which records are wanted: ``section=要闻 and date_published>=2026-11-01``.

    filter = term { "and" term }
    term   = field operator value
    field  = key of the record, parts joined by a dot: section, source.name, credits.role, evidence.title.method
    operator:  =  !=   equal; `null` stands for no value
               ~  !~   contains, upper and lower case alike
               <  <=  >  >=   by number or, for text, by code point

A value may stand in double quotes, and has to where it contains ``and``. Dates are compared as they stand in the
record, and only as far as the value goes: ``date_published<=2026-11`` includes the last evening of November. Of a list
one entry is enough: ``authors=林晚舟``; ``!=`` and ``!~`` mean that no entry is.
"""

from __future__ import annotations

import difflib
import re
import types
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from scraper.article import Article

Filter = Callable[[dict[str, Any]], bool]

_TERM = re.compile(
    r"""\s*(?P<field>[a-z_.]+)\s*(?P<operator>!=|!~|>=|<=|=|~|<|>)\s*
        (?P<value>"(?:[^"\\]|\\.)*"|.*?)
        (?:\s+and\s+(?=[a-z_.]+\s*[!=<>~])|\s*$)""",
    re.VERBOSE | re.DOTALL,
)
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_STRAY = re.compile(r"^=|\bor(?=\s+[a-z_.]+\s*[!=<>~])|(?<=\s)and$")
_STRAYS = {
    "=": "expected one = alone",
    "or": "filters are joined by `and` alone",
    "and": "behind `and` stands another FIELD OPERATOR VALUE",
}
_DATES = frozenset({"date_published", "date_modified", "edition.date", "crawl.fetched_at"})


class FilterError(ValueError):
    """A filter cannot be understood; the message says what was found and what is expected."""


def parse_filter(text: str) -> Filter:
    """A function that says whether a record is wanted.

    Raises:
        FilterError: it is no filter, or names what a record does not have.
    """
    terms: list[Filter] = []
    position = 0
    while position < len(text):
        match = _TERM.match(text, position)
        if match is None:
            expected = "expected FIELD OPERATOR VALUE, such as date_published>=2026-11-01 or text~洪水"
            raise FilterError(f"the filter cannot be read at {text[position:].strip()[:40]!r}; {expected}")
        terms.append(_term(match["field"], match["operator"], match["value"]))
        position = match.end()
    if not terms:
        raise FilterError("the filter is empty; expected FIELD OPERATOR VALUE, such as section=要闻")
    return lambda record: all(term(record) for term in terms)


def _term(field: str, operator: str, written: str) -> Filter:
    is_quoted = written.startswith('"')
    if is_quoted and (len(written) == 1 or not written.endswith('"')):
        raise FilterError(f"a quote is not closed in {field}{operator}{written}")
    if not is_quoted and (stray := _STRAY.search(written)):
        raise FilterError(f"{stray[0].strip()!r} is no part of a value without quotes; {_STRAYS[stray[0].strip()]}")
    value = re.sub(r"\\(.)", r"\1", written[1:-1]) if is_quoted else written
    path = tuple(field.split("."))
    kind = _kind_of(field)
    if value == "null" and not is_quoted:
        if operator not in ("=", "!="):
            raise FilterError(f"null is compared by = or !=, found {field}{operator}null")
        return lambda record: any(True for _ in _values(record, path)) == (operator == "!=")
    if kind is None:
        parts = ", ".join(f"{field}.{name}" for name in _parts(field))
        raise FilterError(f"{field} has parts: say one of {parts}, or {field}=null")
    if value == "":
        raise FilterError(f"{field}{operator} has no value; without a value a field is null: {field}=null")
    negated = operator.startswith("!")
    holds = _comparison(field, operator.removeprefix("!"), value, kind)
    return lambda record: any(holds(found) for found in _values(record, path)) != negated


def _comparison(field: str, operator: str, value: str, kind: type) -> Callable[[Any], bool]:
    if operator == "~":
        needle = value.casefold()
        return lambda found: needle in str(found).casefold()
    if field in _DATES:
        if not _is_day(value):
            raise FilterError(f"{field} is compared with YYYY, YYYY-MM or YYYY-MM-DD, found {value!r}")
        compare = _OPERATORS[operator]
        return lambda found: compare(found[: len(value)], value)
    wanted = _convert(field, value, kind)
    compare = _OPERATORS[operator]
    return lambda found: compare(found, wanted)


def _is_day(value: str) -> bool:
    """Whether it is a year, a month or a day of the calendar."""
    try:
        date.fromisoformat(value + "-01" * (2 - value.count("-")))
    except ValueError:
        return False
    return _DAY.fullmatch(value) is not None


_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda found, wanted: bool(found == wanted),
    "<": lambda found, wanted: bool(found < wanted),
    "<=": lambda found, wanted: bool(found <= wanted),
    ">": lambda found, wanted: bool(found > wanted),
    ">=": lambda found, wanted: bool(found >= wanted),
}


def _convert(field: str, value: str, kind: type) -> Any:
    if kind is bool:
        if value not in ("true", "false"):
            raise FilterError(f"{field} is true or false, found {value!r}")
        return value == "true"
    if kind is str:
        return value
    try:
        return kind(value)
    except ValueError as error:
        raise FilterError(f"{field} is a number, found {value!r}") from error


def _values(value: Any, path: tuple[str, ...]) -> Iterator[Any]:
    """What stands at a path: nothing for null, every entry of a list."""
    if value is None or value == {}:
        return
    if isinstance(value, list):
        for entry in value:
            yield from _values(entry, path)
    elif not path:
        yield value
    elif isinstance(value, dict):
        yield from _values(value.get(path[0]), path[1:])


def _kind_of(field: str) -> type | None:
    """What a field holds: str, int, float or bool; None for one that has parts.

    Raises:
        FilterError: a record has no such field.
    """
    hint: Any = Article
    for number, part in enumerate(field.split(".")):
        parts = _parts_of(hint)
        if part not in parts:
            known = list(parts)
            before = "".join(f"{name}." for name in field.split(".")[:number])
            close = difflib.get_close_matches(part, known, n=1)
            known_names = ", ".join(before + name for name in known)
            hint_text = (
                f"did you mean {before}{close[0]}?" if close else f"there is {known_names or 'nothing below it'}"
            )
            raise FilterError(f"a record has no field {field!r}; {hint_text}")
        hint = parts[part]
    inner = _plain(hint)
    return None if is_dataclass(inner) or get_origin(inner) is dict else _scalar(inner)


def _parts(field: str) -> list[str]:
    hint: Any = Article
    for part in field.split("."):
        hint = _parts_of(hint)[part]
    return list(_parts_of(hint))


def _parts_of(hint: Any) -> dict[str, Any]:
    inner = _plain(hint)
    if get_origin(inner) is dict:  # evidence: one entry a field of the record
        return {field.name: get_args(inner)[1] for field in fields(Article)}
    return get_type_hints(inner, include_extras=True) if is_dataclass(inner) else {}


def _plain(hint: Any) -> Any:
    """The type within Annotated, Optional and list."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated or origin is list:
        return _plain(args[0])
    if origin in (Union, types.UnionType):
        return _plain(next(arg for arg in args if arg is not types.NoneType))
    return hint


def _scalar(hint: Any) -> type:
    if get_origin(hint) is Literal:
        return str
    assert isinstance(hint, type)
    return hint
