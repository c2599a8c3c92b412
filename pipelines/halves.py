"""The halves of an article that print carried over to another page of the paper, each on a web page of its own.

The first ends with 下转四版; the second begins with 上接一版, as its first line or with its headline, which is the
first one's, cut short. Two fit together where the pages that their lines name and the headlines agree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipelines.jumps import PAGE_WORD, find_arrival, find_departure
from scraper.extraction.reading import Block, PageReading
from scraper.extraction.titlekeys import fits, title_key

_NEAR_THE_END = 3
"""Blocks at the end, or at the beginning, among which the line stands: an editor line may come behind it."""

_ANY_MARK = re.compile(
    r"[（(【\[]?\s*[▲△▼▽◆■●→]*\s*(?:下转|下轉|上接|紧接|緊接)第?\s*[A-Z一二三四五六七八九十\d]{1,3}\s*版[^（(【\[）)】\]]{0,8}[）)】\]]?"
)
_DIGITS = {numeral: value for value, numeral in enumerate("一二三四五六七八九", start=1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class JumpEnd:
    """A jump line whose other half is on another page of the paper."""

    page: str
    """Page number that it names, as printed."""
    is_departure: bool
    """Whether the text goes on there; else it comes from there."""
    title: str
    """Headline of this half, jump line off; empty where it has none."""

    def may_be(self, listed: str) -> bool:
        """Whether what a page lists under these words may be the other half."""
        words = _ANY_MARK.sub("", listed)
        return not title_key(words) or not self.title or fits(self.title, words)


def leaves_for(reading: PageReading) -> JumpEnd | None:
    """Where a text goes on that does not end here; None for one that does."""
    for block in reversed(reading.blocks[-_NEAR_THE_END:]):
        if find_arrival(block.text):
            return None
        if match := find_departure(block.text):
            return JumpEnd(page=match[3], is_departure=True, title=_headline(reading))
    return None


def arrives_from(reading: PageReading) -> JumpEnd | None:
    """Where a text comes from that does not begin here; None for one that does."""
    for block in reading.blocks[:_NEAR_THE_END]:
        if match := find_arrival(block.text):
            return JumpEnd(page=match[3], is_departure=False, title=_headline(reading))
        if find_departure(block.text):
            return None
    mark = _arrival_in_head(reading)
    return JumpEnd(page=mark[1], is_departure=False, title=_headline(reading)) if mark else None


def fits_together(first: PageReading, second: PageReading) -> bool:
    """Whether the second half is that of the first."""
    leaving, arriving = leaves_for(first), arrives_from(second)
    if leaving is None or arriving is None:
        return False
    on_first, on_second = _page_of(first), _page_of(second)
    if (on_second and not same_page(leaving.page, on_second)) or (on_first and not same_page(arriving.page, on_first)):
        return False
    return not arriving.title or not leaving.title or fits(leaving.title, arriving.title)


def cut_behind_departure(first: PageReading) -> PageReading:
    """A first half that ends with its jump line: the editors named behind it are no part of the text."""
    for index in range(len(first.blocks) - 1, -1, -1):
        if find_departure(first.blocks[index].text):
            return replace(first, blocks=first.blocks[: index + 1])
    return first


def begin_with_arrival(second: PageReading) -> PageReading:
    """A second half whose text begins with its jump line, wherever near the headline that stood."""
    for index, block in enumerate(second.blocks[:_NEAR_THE_END]):
        if find_arrival(block.text):
            return replace(second, blocks=second.blocks[index:])
    mark = _arrival_in_head(second)
    return replace(second, blocks=[Block(text=mark[0]), *second.blocks]) if mark else second


def same_page(one: str, other: str) -> bool:
    """Whether two page numbers are one: 四, 4 and 04; A4 and A04."""
    return _number(one) == _number(other)


def _number(page: str) -> str:
    letters = re.match(r"[A-Za-z]*", page)
    prefix = letters[0].upper() if letters else ""
    rest = page[len(prefix) :]
    if rest.isdigit():
        return f"{prefix}{int(rest)}"
    tens, ten, ones = rest.rpartition("十")
    value = (10 * _DIGITS.get(tens, 1) if ten else 0) + _DIGITS.get(ones, 0)
    return f"{prefix}{value or rest}"


def _page_of(reading: PageReading) -> str | None:
    return next((found.raw.strip() for found in reading.candidates.get("edition", []) if found.label == "page"), None)


def _headline(reading: PageReading) -> str:
    titles = reading.candidates.get("title", [])
    best = max(titles, key=lambda title: title.confidence, default=None)
    return _ANY_MARK.sub("", best.raw).strip() if best else ""


def _arrival_in_head(reading: PageReading) -> tuple[str, str] | None:
    """The jump line that stands with the headline, and its page."""
    printed = [found.raw for name in ("title", "kicker", "subtitle") for found in reading.candidates.get(name, [])]
    for text in [*printed, *reading.head]:
        if PAGE_WORD in text and (mark := _ANY_MARK.search(text)) and (match := find_arrival(mark[0])):
            return mark[0], match[3]
    return None
