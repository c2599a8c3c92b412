"""A page as learning sees it: its printed lines, which of them the general way took for what, and its elements."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from scraper.extraction.lines import Line, width
from scraper.extraction.page import open_page, read_tree
from scraper.extraction.reading import PageReading
from scraper.extraction.view import PageView
from scraper.profiles.locators import find_all

_LINE = re.compile(r"\bline (\d+)")

Span = tuple[int, int]
"""First line and the line behind the last one."""


@dataclass(slots=True, eq=False)
class Observed:
    """One page of the learning set. Lives while a site is learned; the tree is not changed."""

    reading: PageReading
    tree: Any
    lines: list[Line]
    sizes: list[int]
    """Letters of each line; a Chinese sign counts three."""
    body: frozenset[int]
    """Lines that the general way took for the body."""
    headline: int | None
    spans: dict[Any, Span]
    """Block elements and the lines that they hold."""
    found: dict[str, list[Span]] = field(default_factory=dict)
    """Locators that were looked up, and the lines that they name."""

    @property
    def url(self) -> str | None:
        """Where the page answered, else what it calls its own address."""
        return self.reading.url or self.reading.canonical_url

    def spans_of(self, locator: str) -> list[Span]:
        """The lines that a locator names, as spans in order that do not overlap; inline elements name none."""
        known = self.found.get(locator)
        if known is None:
            known = self.found[locator] = merge(
                self.spans[element] for element in find_all(locator, self.tree) if element in self.spans
            )
        return known

    def evidence(self, field_name: str) -> list[tuple[int, str | None, float]]:
        """(line, label, confidence) of the candidates of a field that stood in a printed line, best first."""
        found = []
        for candidate in self.reading.candidates.get(field_name, ()):
            match = _LINE.search(candidate.locator or "")
            if match and int(match[1]) < len(self.lines):
                found.append((int(match[1]), candidate.label, candidate.confidence))
        return sorted(found, key=lambda one: -one[2])


def observe_page(html: bytes | str, url: str | None = None, http_charset: str | None = None) -> Observed | None:
    """Read a page in the general way, for learning; None where it is no page."""
    reading = PageReading(url=url)
    tree = open_page(html, http_charset, reading)
    return None if tree is None else observe(read_tree(tree, reading), reading)


def observe(view: PageView, reading: PageReading) -> Observed:
    """A page that the general way has read."""
    return Observed(
        reading=reading,
        tree=view.tree,
        lines=view.lines,
        sizes=[width(line.text) for line in view.lines],
        body=frozenset(view.body_lines),
        headline=view.headline,
        spans=_spans(view.lines),
    )


def _spans(lines: Iterable[Line]) -> dict[Any, Span]:
    spans: dict[Any, Span] = {}
    for line in lines:
        element = line.node
        while element is not None:
            start = spans[element][0] if element in spans else line.index
            spans[element] = (start, line.index + 1)
            element = element.getparent()
    return spans


def merge(spans: Iterable[Span]) -> list[Span]:
    """Spans in order without those that stand in another."""
    merged: list[Span] = []
    for start, stop in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not merged or start >= merged[-1][1]:
            merged.append((start, stop))
    return merged


class Sums:
    """The sum of a number a line over any span, in constant time."""

    def __init__(self, values: Iterable[float]) -> None:
        self._sums = [0.0, *accumulate(values)]

    @property
    def total(self) -> float:
        return self._sums[-1]

    def over(self, spans: Iterable[Span]) -> float:
        return sum(self._sums[stop] - self._sums[start] for start, stop in spans)
