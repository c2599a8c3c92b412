"""The elements that readers look for by their names, wherever on the page they stand."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from lxml import etree


class Elements:
    """Elements of a page by name, in document order, collected in one walk.

    A walk of a whole tree takes up to 0.2 ms, because its nodes lie scattered in memory, and a dozen readers would
    each make one.

    Args:
        tree: root element of the page (lxml).
    """

    def __init__(self, tree: Any) -> None:
        self.tree = tree
        self.links: list[Any] = []
        """`a`, `area`, `frame` and `link`."""
        self.headings: list[Any] = []
        """`h1`, `h2` and `h3`."""
        self.metas: list[Any] = []
        self.scripts: list[Any] = []
        self.times: list[Any] = []
        self.bases: list[Any] = []
        self.comments: list[Any] = []
        places: dict[Any, list[Any]] = {
            **dict.fromkeys(("a", "area", "frame", "link"), self.links),
            **dict.fromkeys(("h1", "h2", "h3"), self.headings),
            "meta": self.metas,
            "script": self.scripts,
            "time": self.times,
            "base": self.bases,
            etree.Comment: self.comments,
        }
        for element in tree.iter(*places):
            places[element.tag].append(element)

    @cached_property
    def related_links(self) -> list[tuple[str, list[str]]]:
        """(href, words of its `rel` in small letters) of each `a` and `link` that has both."""
        related = ((element, element.get("rel")) for element in self.links)
        return [
            (href, relation.lower().split())
            for element, relation in related
            if relation and element.tag in ("a", "link") and (href := element.get("href"))
        ]
