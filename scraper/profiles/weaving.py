"""A table of TOML written anew, with the comments that a person left in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tomlkit.items import AoT, Comment, Table, Whitespace

# A `#` within quotes begins no comment (TOML 1.0, "Comment").
_COMMENT = re.compile(r"""\"(?:\\.|[^\"\\])*\"|'[^']*'|(\#[^\n]*)""")


def weave(before: Any, fresh: Any, is_ours: Callable[[str], bool]) -> str:
    """The keys of a fresh table as text, each with the comments that stood above and beside it.

    A key whose value is the same is written as it was. What stood behind the last key is taken over, blank lines
    included: it mostly speaks of what follows.

    Args:
        before: the table as it stood, read by tomlkit.
        fresh: what takes its place, read by tomlkit; its comments are ours.
        is_ours: whether a comment was written by learning, and so gives way.
    """
    above, rest = _comments(before, is_ours)
    lines: list[str] = []
    for key, item in fresh.value.body:
        if isinstance(item, Comment):
            lines.append(item.as_string())
        elif key is not None:
            name = key.key
            remarks = above.pop(name, [])
            old = before.get(name)
            if _is_same(old, item):
                item = old
            elif old is not None:
                remarks += within(old)
            lines += [*(f"{remark}\n" for remark in remarks), f"{name} = {item.as_string()}{beside(old)}\n"]
    for name, remarks in above.items():
        lines += [f"{remark}\n" for remark in [*remarks, *within(before[name]), beside(before[name]).strip()] if remark]
    return "".join(lines) + rest


def _comments(table: Any, is_ours: Callable[[str], bool]) -> tuple[dict[str, list[str]], str]:
    """The comments above each key, and what stands behind the last key."""
    above: dict[str, list[str]] = {}
    pending: list[str] = []
    rest = ""
    for key, item in table.value.body:
        if key is not None:
            above[key.key] = pending
            pending, rest = [], ""
        elif isinstance(item, Comment) and not is_ours(item.as_string().strip()):
            pending.append(item.as_string().strip())
            rest += item.as_string()
        elif isinstance(item, Whitespace):
            rest += item.as_string()
    return above, rest


def _is_same(before: Any, fresh: Any) -> bool:
    """Whether a value is the same, and written behind its key."""
    return before is not None and not isinstance(before, Table | AoT) and bool(before.unwrap() == fresh.unwrap())


def within(item: Any) -> list[str]:
    """The comments in a value."""
    return [found[1] for found in _COMMENT.finditer(item.as_string()) if found[1]]


def beside(item: Any) -> str:
    """The comment on the line of a value, or of the head of a table, with the blanks before it; empty for none."""
    if item is None or not item.trivia.comment:
        return ""
    return f"{item.trivia.comment_ws or '  '}{item.trivia.comment}"
