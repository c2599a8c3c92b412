"""What an element stands in: the `<article>` around it, a box that is a picture."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from scraper.extraction.lines import Line, width

CAPTION = 300
"""Captions are no longer, in letters."""
_LEVELS = 3
"""A caption and its picture have a box in common that stands so many levels around it at most."""
_TEXT_LEVELS = 6
_NO_PICTURE_BOX = frozenset("li td body article".split())


class Surroundings:
    """The surroundings of the lines of one page.

    Args:
        lines: all of them.
    """

    def __init__(self, lines: list[Line]) -> None:
        self._articles: dict[Any, Any] = {}
        self._pictured: dict[Any, bool] = {}
        self._texts: dict[Any, int] = defaultdict(int)
        for line in lines:
            size, level = width(line.text), line.node
            for _ in range(_TEXT_LEVELS):
                if level is None:
                    break
                self._texts[level] += size
                level = level.getparent()

    def article(self, element: Any) -> Any:
        """The innermost `<article>` around an element; None outside of any."""
        chain = []
        while element is not None and element not in self._articles:
            chain.append(element)
            if element.tag == "article":
                break
            element = element.getparent()
        else:
            found = self._articles.get(element)
            for inner in chain:
                self._articles[inner] = found
            return found
        for inner in chain:
            self._articles[inner] = element
        return element

    def is_caption(self, line: Line) -> bool:
        """Whether a short line stands in a box with a picture and, but for a credit, nothing else."""
        size = width(line.text)
        if size > CAPTION or line.is_heading:
            return False
        level = line.node
        for _ in range(_LEVELS):
            if level is None or self._texts[level] - size > 60 or level.tag in _NO_PICTURE_BOX:
                return False
            known = self._pictured.get(level)
            if known is None:
                known = self._pictured[level] = next(level.iter("img", "picture", "video"), None) is not None
            if known:
                return True
            level = level.getparent()
        return False
