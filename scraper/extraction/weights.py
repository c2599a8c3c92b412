"""How much each printed line speaks for being body: evidence for and against, as log odds.

The weights come from a logistic regression over the lines of 1,570 labelled news pages of some 300 sites, fitted on
one half of the sites and checked on the other (the two halves differ little); rounded, because the second digit is
noise. `make bench-accuracy` shows what a change does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from scraper.extraction.lines import Line
from scraper.extraction.regions import Regions

EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SENTENCE_END = re.compile(r"[。！？；…”」』）)!?.:：;\"»]\s*$")
_CLAUSE = re.compile(r"[，、,;；。.!?！？]")
_FURNITURE = re.compile(
    r"版权所有|版權所有|copyright|©|ICP备|ICP證|许可证|分享到|分享至|转发|收藏|打印|字号|字体|相关新闻|相关阅读|相关链接|延伸阅读|"
    r"推荐阅读|相关报道|热门|排行|免责声明|声明[:：]|责任编辑|責任編輯|责编|编辑[:：]|評論|评论|"
    r"all rights reserved|\bshare\b|tweet|facebook|e-?mail|\bprint\b|comment|subscribe|newsletter|sign up|related|"
    r"read more|read also|advertis|cookie|log ?in|register|"
    r"następn|komentarz|czytaj|комментар|читайте|подпис|σχόλι|διαβάστε|κοινοποί",
    re.I,
)
_INLINE_BOXES = frozenset("p li h1 h2 h3 h4 blockquote span ul ol".split())

_BIAS = -3.1
_COVERED, _COVERED_LONG = 0.7, 0.6
_ONE_NEIGHBOR, _BOTH_NEIGHBORS = 0.8, 1.8
_ALL_LINK, _MOSTLY_LINK, _SOME_LINK = -1.5, -1.9, -1.1
_SHORT, _MEDIUM, _VERY_LONG = -0.4, -0.9, 0.7
_SENTENCE, _HEADING, _LIST_ITEM = 0.4, 0.7, 1.4
_DENSITY, _DENSITY_SHORT = 2.6, -0.9
_FURNITURE_WORD = -1.5
_HEADLINE_ABOVE, _RIGHT_BELOW = -1.4, 1.2
_REGION = {"related": -0.7, "share": -0.3, "consent": -1.0, "chrome": -0.6, "content": 1.1}
_NEVER_BODY = frozenset({"caption", "comment", "hidden"})


def width(text: str) -> int:
    """How much a text says, in letters: a Chinese, Japanese or Korean sign counts as three."""
    return len(text) + 2 * len(EAST_ASIAN.findall(text))


def weigh(lines: list[Line], covered: set[int], headline: int | None) -> list[float | None]:
    """Log odds of being body for each line, times the amount of text that it stands for.

    Args:
        lines: the printed lines.
        covered: indices of the lines that the engine takes for body.
        headline: index of the headline, if it is known.

    Returns:
        Above 0 speaks for body, below against; None for a line that cannot be body: captions, comments, hidden text.
    """
    widths = [width(line.text) for line in lines]
    prose = [_prose(line, size) for line, size in zip(lines, widths, strict=True)]
    held: dict[Any, float] = defaultdict(float)
    density: dict[Any, float] = defaultdict(float)
    for line, amount in zip(lines, prose, strict=True):
        if not amount:
            continue
        box = _box(line)
        density[box] += amount
        if (outer := box.getparent()) is not None:
            density[outer] += amount / 2
        element = line.node
        while element is not None:
            held[element] += amount
            element = element.getparent()
    densest = max(density.values(), default=1.0)
    regions = Regions(held, sum(prose))
    weights: list[float | None] = []
    for index, (line, size) in enumerate(zip(lines, widths, strict=True)):
        standing = regions.of(line.node)
        if standing & _NEVER_BODY:
            weights.append(None)
            continue
        odds = _BIAS + _look(line, size) + sum(_REGION.get(region, 0) for region in standing)
        if index in covered:
            odds += _COVERED + (_COVERED_LONG if size >= 60 else 0)
        above = index - 1 in covered or index - 2 in covered
        below = index + 1 in covered or index + 2 in covered
        odds += _BOTH_NEIGHBORS if above and below else _ONE_NEIGHBOR if above or below else 0
        share = min(1.0, density.get(_box(line), 0.0) / densest)
        odds += share * (_DENSITY + (_DENSITY_SHORT if size < 60 else 0))
        if headline is not None:
            if index < headline:
                odds += _HEADLINE_ABOVE
            elif 0 < index - headline <= 4 and size > 60:
                odds += _RIGHT_BELOW
        weights.append(odds * (0.5 + min(size, 600) / 100))
    return weights


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


def _look(line: Line, size: int) -> float:
    """What the line by itself says."""
    odds = 0.0
    share = 1.0 if line.is_linked_title else line.link_share
    if share > 0.05:
        odds += _ALL_LINK if share > 0.9 else _MOSTLY_LINK if share > 0.5 else _SOME_LINK
    if size >= 400:
        odds += _VERY_LONG
    elif 60 <= size < 150:
        odds += _MEDIUM
    elif 20 <= size < 60:
        odds += _SHORT
    if _SENTENCE_END.search(line.text):
        odds += _SENTENCE
    if line.is_heading:
        odds += _HEADING
    if line.node.tag == "li":
        odds += _LIST_ITEM
    if size < 150 and _FURNITURE.search(line.text):
        odds += _FURNITURE_WORD
    return odds
