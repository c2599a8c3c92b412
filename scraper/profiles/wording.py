"""What pydantic finds wrong in a TOML file, in words for the person who wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

_EXPECTED = {
    "greater_than_equal": "expected {ge} or more",
    "greater_than": "expected more than {gt}",
    "less_than_equal": "expected at most {le}",
    "less_than": "expected less than {lt}",
    "string_type": 'expected text in quotes, such as "https://www.example.com/"',
    "string_too_short": "is empty, expected text",
    "too_short": "expected at least {min_length}",
    "enum": "expected {expected}",
    "literal_error": "expected {expected}",
    "int_from_float": "expected a whole number",
    **dict.fromkeys(("int_type", "int_parsing", "float_type", "float_parsing"), "expected a number"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "expected true or false"),
    **dict.fromkeys(("list_type", "tuple_type", "frozen_set_type", "set_type"), 'expected a list, such as ["…", "…"]'),
    **dict.fromkeys(("model_type", "dict_type"), 'expected a table of keys, such as url = "…"'),
}


def explain(entry: Mapping[str, Any]) -> str:
    """One entry of `pydantic.ValidationError.errors` as what was expected, and what was found.

    The types are those of pydantic's documentation ("Validation Errors"); one that is not listed here speaks in
    pydantic's own words.
    """
    kind = str(entry["type"])
    words = "expected a day, such as 2026-01-31" if kind.startswith("date") else _EXPECTED.get(kind)
    message = str(entry["msg"]).removeprefix("Value error, ")
    if words is not None:
        message = words.format(**entry.get("ctx", {}))
    found = entry["input"]
    shown = str(found) if isinstance(found, (date, time)) else repr(found)
    return message if "found" in message else f"{message} (found {shown})"
