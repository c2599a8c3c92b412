"""Checks values against a JSON Schema, as far as the schema of a record goes.

A dataset is checked with the schema that lies in it, so one of an earlier version of the program is checked by what it
promises. The keywords are those that `scraper.article.json_schema` writes; a schema with another one is refused rather
than half checked. Compiled to closures, a record takes some 20 µs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Check = Callable[[Any, str], Iterator[str]]
"""Given a value and its place, the faults."""

_KEYWORDS = frozenset(
    {
        "$schema", "$defs", "$ref", "title", "description", "type", "enum", "anyOf", "items", "properties", "required",
        "additionalProperties",
    }
)  # fmt: skip

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
}


class SchemaError(ValueError):
    """The schema is none that can be checked."""


def compile_schema(schema: dict[str, Any]) -> Callable[[Any], Iterator[str]]:
    """A function that gives the faults of a value: none where it fits.

    Raises:
        SchemaError: the schema has a keyword that is not known here.
    """
    definitions: dict[str, Check] = {}
    for name, definition in schema.get("$defs", {}).items():
        definitions[name] = _compile(definition, definitions)
    check = _compile(schema, definitions)
    return lambda value: check(value, "")


def _compile(schema: Any, definitions: dict[str, Check]) -> Check:
    if not isinstance(schema, dict) or not schema.keys() <= _KEYWORDS:
        unknown = sorted(schema.keys() - _KEYWORDS)[0] if isinstance(schema, dict) else schema
        raise SchemaError(f"the schema has the keyword {unknown!r}, which is not known")
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        # Looked up when it is called: definitions may refer to one another.
        return lambda value, place: definitions[name](value, place)
    if "anyOf" in schema:
        return _any_of([_compile(branch, definitions) for branch in schema["anyOf"]])
    if "enum" in schema:
        return _one_of(schema["enum"])
    kind = schema.get("type")
    if kind not in _TYPES:
        raise SchemaError(f"the schema has the type {kind!r}, which is not known")
    if kind == "object":
        return _object(schema, definitions)
    if kind == "array":
        return _array(_compile(schema["items"], definitions))
    return _scalar(kind)


def _scalar(kind: str) -> Check:
    expected = _TYPES[kind]
    is_number = kind in ("integer", "number")

    def check(value: Any, place: str) -> Iterator[str]:
        # In JSON Schema true is no number, and 1.0 is an integer.
        fits = isinstance(value, expected) and not (is_number and isinstance(value, bool))
        if not fits and not (kind == "integer" and isinstance(value, float) and value.is_integer()):
            yield f"{place or 'the value'} is no {kind}"

    return check


def _one_of(values: list[Any]) -> Check:
    def check(value: Any, place: str) -> Iterator[str]:
        if value not in values:
            yield f"{place} is {str(value)[:40]!r}, expected one of {', '.join(map(str, values))}"

    return check


def _any_of(branches: list[Check]) -> Check:
    def check(value: Any, place: str) -> Iterator[str]:
        faults: list[str] = []
        for branch in branches:
            found = list(branch(value, place))
            if not found:
                return
            # null is a branch of nearly all: what is wrong in the other one says more
            faults = found if value is not None and len(found) >= len(faults) and "null" not in found[0] else faults
        yield from faults or [f"{place} fits none of what is allowed there"]

    return check


def _array(item: Check) -> Check:
    def check(value: Any, place: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{place} is no array"
            return
        for number, entry in enumerate(value):
            yield from item(entry, f"{place}[{number}]")

    return check


def _object(schema: dict[str, Any], definitions: dict[str, Check]) -> Check:
    properties = {name: _compile(entry, definitions) for name, entry in schema.get("properties", {}).items()}
    required = schema.get("required", [])
    more = schema.get("additionalProperties", True)
    other = _compile(more, definitions) if isinstance(more, dict) else None

    def check(value: Any, place: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{place or 'the value'} is no object"
            return
        yield from (f"{place} has no key {name!r}".lstrip() for name in required if name not in value)
        for name, entry in value.items():
            path = f"{place}.{name}" if place else name
            if name in properties:
                yield from properties[name](entry, path)
            elif other is not None:
                yield from other(entry, path)
            elif more is False:
                yield f"{path} is no key of a record"

    return check
