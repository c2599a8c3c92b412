"""Patterns of addresses that a person can read: `/system/#/#/#/#.shtml`.

`#` stands for digits, `*` for anything within a step of the path, `**` for anything. A pattern that begins with `/`
holds for every host of the site, another begins with a host (`news.example.com/**`). Without `?` in it the query does
not matter.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

_WILD = re.compile(r"\*\*|\*|#")
_MEANING = {"**": ".*", "*": "[^/]*", "#": r"\d+"}


def check_pattern(pattern: str) -> str:
    """The pattern itself.

    Raises:
        ValueError: it is none.
    """
    if re.search(r"\s", pattern) or not pattern.strip("/*"):
        raise ValueError(f"expected a pattern such as /news/#/#.html or news.example.com/**, found {pattern!r}")
    if "://" in pattern:
        raise ValueError(f"expected a pattern without http://, found {pattern!r}")
    host, slash, _ = pattern.partition("/")
    if host and not (slash and re.fullmatch(r"[^:]*[.*][^:]*|localhost", host)):
        raise ValueError(f"expected a pattern that begins with / or a host without its port, found {pattern!r}")
    return pattern


UrlPattern = Annotated[str, AfterValidator(check_pattern)]


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = []
    place = 0
    for wild in _WILD.finditer(pattern):
        parts += [re.escape(pattern[place : wild.start()]), _MEANING[wild[0]]]
        place = wild.end()
    parts.append(re.escape(pattern[place:]))
    return re.compile("".join(parts))


def fits(pattern: str, url: str) -> bool:
    """Whether an address is of this form; False for what is no address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    path = parts.path or "/"
    if "?" in pattern:
        path = f"{path}?{parts.query}"
    if not pattern.startswith("/"):
        path = f"{parts.hostname or ''}{path}"
    return _compiled(pattern).fullmatch(path) is not None


def fits_any(patterns: tuple[str, ...], url: str) -> bool:
    """Whether an address is of one of these forms."""
    return any(fits(pattern, url) for pattern in patterns)
