"""How much each printed line speaks for being body: evidence for and against, as log odds.

Every trait of a line has a weight. The weights are fitted to the lines of labelled news pages by
`python -m bench.accuracy.fit --every 2`, which holds whole sites back to check itself, and are rounded to a tenth:
the second digit differs from one half of the sites to the other. `make bench-accuracy` shows what a change does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator
from typing import Any

from scraper.extraction.lines import Line
from scraper.extraction.regions import Regions

EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
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

WEIGHTS: dict[str, float] = {
    "above the headline": -1.0,
    "all link": -1.1,
    "amid the covered": 0.5,
    "among links": -1.4,
    "any": -2.9,
    "below a second headline": -1.1,
    "below the covered": -1.5,
    "covered": -0.1,
    "covered on both sides": 1.2,
    "covered on one side": -0.1,
    "covered, list item": 0.5,
    "covered, long": 0.7,
    "density": 3.7,
    "density, short": 1.3,
    "furniture word": -1.7,
    "heading": 0.0,
    "heads links": -0.5,
    "heads prose": 1.0,
    "in about": -0.5,
    "in box": -0.9,
    "in caption": 0.8,
    "in chrome": -1.5,
    "in comment": -0.1,
    "in consent": -2.2,
    "in content": 1.3,
    "in hidden": -0.8,
    "in related": -1.2,
    "in share": -1.1,
    "in the article": 1.5,
    "list item": 1.7,
    "looks covered": 0.9,
    "middling": -1.8,
    "mostly link": -2.1,
    "outside the article": -0.8,
    "paragraph": 0.8,
    "right below the headline": 2.2,
    "sentence end": 0.9,
    "short": -0.3,
    "some link": -1.1,
    "very long": 0.2,
    "year": -1.3,
}
"""Log odds of each trait that `find_traits` names."""

Trait = tuple[str, float]
"""The name of what was seen and how much of it, mostly 1."""


def width(text: str) -> int:
    """How much a text says, in letters: a Chinese, Japanese or Korean sign counts as three."""
    return len(text) if text.isascii() else len(text) + 2 * len(EAST_ASIAN.findall(text))


def weigh(
    lines: list[Line], covered: set[int], headline: int | None, among: Container[int] | None = None
) -> list[float | None]:
    """Log odds of being body for each line, times the amount of text that it stands for.

    Args:
        lines: the printed lines.
        covered: indices of the lines that the engine takes for body.
        headline: index of the headline, if it is known.
        among: the lines that can be body; None for all.

    Returns:
        Above 0 speaks for body, below against; None for a line that cannot be body: captions, comments and hidden
        text which the engine does not take either, and a paragraph that was printed before.
    """
    page = _Page(lines, covered, headline)
    return [
        None if traits is None else emphasis(size) * sum(WEIGHTS[name] * value for name, value in traits)
        for size, traits in zip(page.sizes, page.all_traits(among), strict=True)
    ]


def emphasis(size: int) -> float:
    """How much a line of this many letters counts: a long one says more surely what it is."""
    return 0.5 + min(size, 600) / 100


def find_traits(
    lines: list[Line], covered: set[int], headline: int | None, among: Container[int] | None = None
) -> list[list[Trait] | None]:
    """What speaks for and against each line; None for a line that cannot be body. Arguments as for `weigh`."""
    return _Page(lines, covered, headline).all_traits(among)


class _Page:
    """What the lines of one page say about each other."""

    def __init__(self, lines: list[Line], covered: set[int], headline: int | None) -> None:
        self.lines, self.covered, self.headline = lines, covered, headline
        self.sizes = [width(line.text) for line in lines]
        self.prose = [_prose(line, size) for line, size in zip(lines, self.sizes, strict=True)]
        self.boxes = [_box(line) for line in lines]
        self.density: dict[Any, float] = defaultdict(float)
        self.entries: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
        self.look_alikes: dict[Any, list[float]] = defaultdict(lambda: [0.0, 0.0])
        self.looks: list[Any] = []
        self.repeated: set[int] = set()
        self._articles: dict[Any, Any] = {}
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
                in_article[self._article(node)] += amount
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
        self.regions = Regions(held, sum(self.prose))
        strong = [index for index in covered if self.sizes[index] >= 60] or list(covered)
        self.first, self.last = (min(strong), max(strong)) if strong else (len(lines), len(lines))
        starts = max(self.first, -1 if headline is None else headline)
        self.next_headline = next(
            (line.index for line in lines[starts + 1 :] if line.node.tag == "h1"),
            len(lines),
        )

    def all_traits(self, among: Container[int] | None) -> list[list[Trait] | None]:
        return [self.traits(index) if among is None or index in among else None for index in range(len(self.lines))]

    def traits(self, index: int) -> list[Trait] | None:
        line, size = self.lines[index], self.sizes[index]
        is_covered = index in self.covered
        standing = self.regions.of(line.node)
        if index in self.repeated or (not is_covered and standing & _NOT_BODY):
            return None
        found: list[Trait] = [("any", 1), *((f"in {region}", 1) for region in standing)]
        found += ((name, 1) for name in _look(line, size))
        is_long, is_item = size >= 60, line.node.tag == "li"
        if is_covered:
            found.append(("covered", 1))
            found += [("covered, long", 1)] if is_long else []
            found += [("covered, list item", 1)] if is_item else []
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
            found.append(("in the article" if self._article(line.node) is self.article else "outside the article", 1))
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

    def _article(self, element: Any) -> Any:
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
