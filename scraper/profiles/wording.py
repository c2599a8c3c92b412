"""What pydantic finds wrong in a TOML file, in words for the person who wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

SHOWN = 60
"""Letters of what was found that are shown."""

_EXPECTED = {
    "greater_than_equal": "expected {ge:g} or more",
    "greater_than": "expected more than {gt:g}",
    "less_than_equal": "expected at most {le:g}",
    "less_than": "expected less than {lt:g}",
    "string_type": 'expected text in quotes, such as "…"',
    "string_too_short": "is empty, expected text",
    "too_short": "expected at least {min_length} of them",
    "enum": "expected {expected}",
    "literal_error": "expected {expected}",
    "int_from_float": "expected a whole number",
    **dict.fromkeys(("int_type", "int_parsing", "float_type", "float_parsing"), "expected a number"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "expected true or false"),
    **dict.fromkeys(("list_type", "tuple_type", "frozen_set_type", "set_type"), 'expected a list, such as ["…", "…"]'),
    **dict.fromkeys(("model_type", "dict_type"), 'expected a table of keys, such as url = "…"'),
}


_SYNTAX = {
    "Cannot overwrite a value": "this key stands there twice",
    "Cannot declare": "this table stands there twice",
    "Expected '='": "expected key = value",
    "Illegal character '\\n'": "a text is not closed, expected a quote at its end",
    "Unterminated string": "a text is not closed, expected a quote at its end",
    "Unescaped '\\\\'": "a backslash in quotes is written twice, or the text is put in single quotes",
    "Unclosed array": "a list is not closed, expected ] at its end",
    "Invalid value": 'expected a value, such as "text", 2.5, true, 2026-01-31 or ["…", "…"]',
    "Expected newline": "expected the end of the line behind the value; text stands in quotes, a day is 2026-01-31",
}
"""What is meant by the messages of tomllib, by how they begin."""


def explain_syntax(text: str, message: str) -> str:
    """What tomllib says of a text that is no TOML, with the line that it stumbled over."""
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    said = message[: found.start()] if found else message
    lines = text.splitlines()
    number = int(found[1]) if found and found[1] else len(lines)
    words = next((words for begin, words in _SYNTAX.items() if said.startswith(begin)), said)
    shown = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    return f"not TOML: line {number}: {words}" + (f" (found {shown[:SHOWN]})" if shown else "")


def explain(entry: Mapping[str, Any]) -> str:
    """One entry of `pydantic.ValidationError.errors` as what was expected, and what was found.

    The types are those of pydantic's documentation ("Validation Errors"); one that is not listed here speaks in
    pydantic's own words.
    """
    kind = str(entry["type"])
    found = entry["input"]
    message = str(entry["msg"]).removeprefix("Value error, ")
    if kind == "tuple_type" and isinstance(found, dict):
        return f"expected a list; a table of it is headed [[{entry['loc'][-1]}]]"
    words = "expected a day, such as 2026-01-31" if kind.startswith("date") else _EXPECTED.get(kind)
    if words is not None:
        message = words.format(**entry.get("ctx", {}))
    elif isinstance(found, list | dict):
        return message  # it says itself which of them is wrong
    return message if "found" in message else f"{message} (found {_shown(found)})"


def _shown(found: Any) -> str:
    if isinstance(found, dict):
        return "a table"
    text = repr(found) if isinstance(found, str | list) else str(found)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
