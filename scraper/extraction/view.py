"""The page while it is being read: the one tree, its printed lines, and where things were found so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from scraper.extraction.elements import Elements
from scraper.extraction.lines import Line


@dataclass(slots=True)
class PageView:
    """Lives inside the worker only; the readers share it and never change the tree."""

    tree: Any
    url: str | None = None
    base_url: str | None = None
    """What relative links are resolved against: a usable `<base href>`, else `url`."""
    lines: list[Line] = field(default_factory=list)
    headline: int | None = None
    """Index of the line that prints the headline; None where none does."""
    description: str = ""
    """What the page's meta data say that it is about, in a sentence or two; "" where they say nothing."""
    told: str = ""
    """The text of the article as structured data tell it, without white space; "" where they do not."""
    body: range | None = None
    """Indices of the lines from the first to the last of the body; None where there is no body."""
    body_lines: list[int] = field(default_factory=list)
    """Indices of the lines that are body; some lines between the first and the last may not be."""

    elements: Elements = field(init=False)

    def __post_init__(self) -> None:
        self.elements = Elements(self.tree)

    def head_lines(self) -> list[Line]:
        """The lines between headline and body, at most 15, and none where either is unknown."""
        if self.headline is None or self.body is None:
            return []
        return self.lines[max(self.headline + 1, self.body.start - 15) : self.body.start]

    def tail_lines(self) -> list[Line]:
        """At most 15 lines behind the body."""
        return [] if self.body is None else self.lines[self.body.stop : self.body.stop + 15]
