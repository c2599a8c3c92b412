"""What is seen of each printed line that speaks for or against its being body: names of traits, each with an amount.

Traits are conventions of many sites: how a line looks, what stands around it, what designers call the part it stands
in, what the page says about its text elsewhere. `scraper.extraction.weights` says how much each of them counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator
from itertools import islice
from typing import Any

from scraper.extraction.echoes import find_described, find_told
from scraper.extraction.lines import Line, width
from scraper.extraction.regions import Regions
from scraper.extraction.surroundings import Surroundings
from scraper.extraction.view import PageView

_SENTENCE_END = tuple('。！？；…”」』）)!?.:：;"»')
_CLAUSE = re.compile(r"[，、,;；。.!?！？]")
_FURNITURE = (
    *"版权所有 版權所有 copyright © icp备 icp證 许可证 分享到 分享至 转发 收藏 打印 字号 字体".split(),
    *"免责声明 声明: 声明： 责任编辑 責任編輯 责编 编辑: 编辑： 評論 评论".split(),
    *"相关新闻 相关阅读 相关链接 相关报道 延伸阅读 推荐阅读 热门 排行".split(),
    *"tweet facebook email e-mail comment subscribe newsletter advertis cookie login register related".split(),
    *"następn komentarz czytaj комментар читайте подпис σχόλι διαβάστε κοινοποί".split(),
    *("all rights reserved", "sign up", "read more", "read also", "log in"),
)
_SHARE = re.compile(r"\b(?:share|print)\b")
_INLINE_BOXES = frozenset("p li h1 h2 h3 h4 blockquote span ul ol".split())

LONG_PARAGRAPH = 150
"""A paragraph of so many letters, or a run of lines, is not printed twice on purpose."""
RUN = 3
"""In lines."""
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\d{4}年")
_NOT_BODY = frozenset({"caption", "comment", "hidden"})
# Whatever the engine takes: fact boxes, posts of other sites, dialogs over the page.
_NEVER_BODY = frozenset({"facts", "post", "dialog"})

Trait = tuple[str, float]
"""The name of what was seen and how much of it, mostly 1."""


def find_traits(view: PageView, covered: set[int], among: Container[int] | None = None) -> list[list[Trait] | None]:
    """What speaks for and against each line; None for a line that cannot be body. Arguments as for `weigh`."""
    return PageTraits(view, covered).of_all(among)


class PageTraits:
    """What the lines of one page say about each other.

    Args:
        view: the page, its headline found.
        covered: indices of the lines that the engine takes for body.
    """

    def __init__(self, view: PageView, covered: set[int]) -> None:
        lines, headline = view.lines, view.headline
        self.lines, self.covered, self.headline = lines, covered, headline
        self.described, self.told = find_described(view), find_told(view, covered)
        self.around = Surroundings(lines)
        self.sizes = [width(line.text) for line in lines]
        self.prose = [_prose(line, size) for line, size in zip(lines, self.sizes, strict=True)]
        self.boxes = [_box(line) for line in lines]
        self.density: dict[Any, float] = defaultdict(float)
        self.entries: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
        self.look_alikes: dict[Any, list[float]] = defaultdict(lambda: [0.0, 0.0])
        self.looks: list[Any] = []
        self.repeated: set[int] = set()
        held: dict[Any, float] = defaultdict(float)
        in_article: dict[Any, float] = defaultdict(float)
        printed: set[str] = set()
        for index, line in enumerate(lines):
            node, box, size, amount = line.node, self.boxes[index], self.sizes[index], self.prose[index]
            entries = self.entries[box]
            entries[0] += line.link_share > 0.8 or line.is_linked_title
            entries[1] += 1
            outer = node.getparent()
            look = (node.tag, node.get("class"), *(() if outer is None else (outer.tag, outer.get("class"))))
            self.looks.append(look)
            alike = self.look_alikes[look]
            alike[1] += min(size, 400)
            if index in covered:
                alike[0] += min(size, 400)
                in_article[self.around.article(node)] += amount
            if not amount:
                continue
            if size >= LONG_PARAGRAPH:
                if line.text in printed:
                    self.repeated.add(index)
                printed.add(line.text)
            self.density[box] += amount
            if (around := box.getparent()) is not None:
                self.density[around] += amount / 2
            while node is not None:
                held[node] += amount
                node = node.getparent()
        self.repeated |= _repeated_runs([line.text for line in lines], self.sizes)
        self.densest = max(self.density.values(), default=1.0)
        self.article = max(in_article, key=lambda article: in_article[article], default=None)
        self.regions = Regions(held, sum(self.prose), self._around_the_start())
        strong = [index for index in covered if self.sizes[index] >= 60] or list(covered)
        self.first, self.last = (min(strong), max(strong)) if strong else (len(lines), len(lines))
        starts = max(self.first, -1 if headline is None else headline)
        self.next_headline = next(
            (line.index for line in lines[starts + 1 :] if line.node.tag == "h1"),
            len(lines),
        )

    def _around_the_start(self) -> set[Any] | None:
        """The elements around the first two paragraphs below the headline; None where it is not known."""
        if self.headline is None:
            return None
        below = (line.node for line in self.lines[self.headline + 1 :] if self.prose[line.index])
        return {level for node in islice(below, 2) for level in (node, *node.iterancestors())} or None

    def of_all(self, among: Container[int] | None = None) -> list[list[Trait] | None]:
        """The traits of each line; None for one that cannot be body, or is not among those that can."""
        return [self._of(index) if among is None or index in among else None for index in range(len(self.lines))]

    def _of(self, index: int) -> list[Trait] | None:
        line, size = self.lines[index], self.sizes[index]
        is_covered = index in self.covered
        standing = self.regions.of(line.node)
        not_body = standing & _NOT_BODY
        if "accordion" in standing:  # its answers are hidden until they are asked for
            not_body -= {"hidden"}
        if index in self.repeated or (not is_covered and not_body) or standing & _NEVER_BODY:
            return None
        found: list[Trait] = [("any", 1), *((f"in {region}", 1) for region in standing)]
        found += ((name, 1) for name in _look(line, size))
        is_long, is_item = size >= 60, line.node.tag == "li"
        # A cell of a table with more than one column: a short line for all that it may say.
        is_cell = line.node.tag in ("td", "th") and size <= 150 and len(line.node.getparent()) > 1
        if is_cell:
            found.append(("cell", 1))
        if is_item and line.is_linked_title and not line.links[0][1].startswith("#"):
            found.append(("linked item", 1))
        if self.around.is_caption(line):
            found.append(("beside picture", 1))
        if is_covered:
            found.append(("covered", 1))
            found += [("covered, long", 1)] if is_long else []
            found += [("covered, list item", 1)] if is_item else []
            found += [("covered, cell", 1)] if is_cell else []
        if index in self.described:
            found.append(("described", 1))
        if self.told is not None and index in self.told:
            found.append(("told", 1))
        elif self.told is not None and index not in self.described and not line.is_heading:
            found.append(("untold", 1))
        covered = self.covered
        above = index - 1 in covered or index - 2 in covered
        below = index + 1 in covered or index + 2 in covered
        if above and below:
            found.append(("covered on both sides", 1))
        elif above or below:
            found.append(("covered on one side", 1))
        box = self.boxes[index]
        if share := min(1.0, self.density.get(box, 0.0) / self.densest):
            found.append(("density" if is_long else "density, short", share))
        linked, entries = self.entries[box]
        if linked:
            found.append(("among links", linked / entries))
        taken, alike = self.look_alikes[self.looks[index]]
        if taken:
            found.append(("looks covered", taken / alike))
        if self.article is not None:
            is_inside = self.around.article(line.node) is self.article
            found.append(("in the article" if is_inside else "outside the article", 1))
        if index > self.last:
            found.append(("below the covered", 1))
        elif index > self.first:
            found.append(("amid the covered", 1))
        if index >= self.next_headline:
            found.append(("below a second headline", 1))
        if line.is_heading:
            if any(self.prose[index + 1 : index + 3]):
                found.append(("heads prose", 1))
            elif index + 1 < len(self.lines) and self.lines[index + 1].link_share > 0.8:
                found.append(("heads links", 1))
        if self.headline is not None:
            if index < self.headline:
                found.append(("above the headline", 1))
            elif 0 < index - self.headline <= 4 and is_long:
                found.append(("right below the headline", 1))
        return found


def _repeated_runs(texts: list[str], sizes: list[int]) -> set[int]:
    """Lines that stand once more among the same neighbours: some pages print an article for each width of screen."""
    repeated: set[int] = set()
    seen: set[tuple[str, ...]] = set()
    for index in range(len(texts) - RUN + 1):
        run = tuple(texts[index : index + RUN])
        if sum(sizes[index : index + RUN]) < LONG_PARAGRAPH or len(set(run)) < RUN:
            continue
        if run in seen:
            repeated.update(range(index, index + RUN))
        seen.add(run)
    return repeated


def _prose(line: Line, size: int) -> float:
    if size < 40 or line.link_share >= 0.4 or not _CLAUSE.search(line.text):
        return 0.0
    return size * (1 - line.link_share)


def _box(line: Line) -> Any:
    """The element that a paragraph shares with its neighbors: readability's idea of a candidate."""
    parent = line.node.getparent()
    if parent is not None and parent.tag == "blockquote" and parent.getparent() is not None:
        parent = parent.getparent()
    return parent if line.node.tag in _INLINE_BOXES and parent is not None else line.node


def _has_furniture_word(text: str) -> bool:
    for word in _FURNITURE:  # a loop, because a generator takes twice the time, and this is the costliest trait
        if word in text:
            return True
    return _SHARE.search(text) is not None


def _look(line: Line, size: int) -> Iterator[str]:
    """What the line by itself says."""
    share = 1.0 if line.is_linked_title else line.link_share
    if share > 0.05:
        yield "all link" if share > 0.9 else "mostly link" if share > 0.5 else "some link"
    if size >= 400:
        yield "very long"
    elif size < 150:
        yield "short" if size < 60 else "middling"
        if _has_furniture_word(line.text.lower()):
            yield "furniture word"
        if _DATE.search(line.text):
            yield "year"
    if line.text.endswith(_SENTENCE_END):
        yield "sentence end"
    if line.is_heading:
        yield "heading"
    elif line.node.tag == "li":
        yield "list item"
    elif line.node.tag == "p":
        yield "paragraph"
