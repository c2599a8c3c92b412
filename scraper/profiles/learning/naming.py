"""Locators for an element: by id, by class, by a named parent, by its place below a named ancestor.

Only names that can recur are used: an id with an article's number in it names one page, its stem names all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

_SAFE = re.compile(r"-?[A-Za-z_][\w-]*", re.ASCII)
_NUMBERED = re.compile(r"([A-Za-z_][A-Za-z_-]{2,})\d", re.ASCII)
_LONG_NUMBER = re.compile(r"\d{3}")
MAX_CLASSES = 4
MAX_STEPS = 6


def name_element(element: Any) -> list[str]:
    """Locators that need the element alone, the most particular first."""
    tag = element.tag
    if not isinstance(tag, str) or not _SAFE.fullmatch(tag):
        return []
    names = []
    identity = (element.get("id") or "").strip()
    if identity and _LONG_NUMBER.search(identity):
        if stem := _NUMBERED.match(identity):
            names.append(f'{tag}[id^="{stem[1]}"]')
    elif _SAFE.fullmatch(identity):
        names.append(f"{tag}#{identity}")
    for word in (element.get("class") or "").split()[:MAX_CLASSES]:
        if _SAFE.fullmatch(word) and not _LONG_NUMBER.search(word):
            names.append(f"{tag}.{word}")
    if tag in ("article", "main", "h1"):
        names.append(tag)
    prop = element.get("itemprop") or ""
    if _SAFE.fullmatch(prop):
        names.append(f'{tag}[itemprop="{prop}"]')
    return names


def locators_of(element: Any) -> Iterator[str]:
    """Locators of an element, the simplest first; some may name others on the page too."""
    yield from named_locators(element)
    yield from _path(element)


def locators_around(element: Any, levels: int, is_candidate: Callable[[Any], bool]) -> set[str]:
    """Locators of an element and of those around it, so many levels up, to the first that is no candidate."""
    found: set[str] = set()
    for _ in range(levels):
        if element is None or not is_candidate(element):
            break
        found.update(locators_of(element))
        element = element.getparent()
    return found


def named_locators(element: Any) -> Iterator[str]:
    """Locators by the names of an element and its parent, whatever its place among its neighbours."""
    own = name_element(element)
    yield from own
    parent = element.getparent()
    if parent is not None and isinstance(element.tag, str) and _SAFE.fullmatch(element.tag):
        for outer in name_element(parent):
            yield f"{outer} > {element.tag}"
            for inner in own:
                yield f"{outer} > {inner}"


def _path(element: Any) -> Iterator[str]:
    """By place below the nearest named ancestor: `table#main > tr:nth-of-type(2) > td:nth-of-type(1)`."""
    steps: list[str] = []
    level = element
    for _ in range(MAX_STEPS):
        parent = level.getparent()
        if parent is None or not isinstance(level.tag, str) or not _SAFE.fullmatch(level.tag):
            return
        position = 1 + sum(1 for _ in level.itersiblings(level.tag, preceding=True))
        steps.insert(0, f"{level.tag}:nth-of-type({position})")
        names = name_element(parent)
        if names or parent.tag == "body":
            yield from (f"{name} > {' > '.join(steps)}" for name in names[:2] or ["body"])
            return
        level = parent
