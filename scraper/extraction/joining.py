"""An article over several web pages, joined into one reading."""

from __future__ import annotations

import re

from scraper.extraction.lines import fold
from scraper.extraction.reading import PageReading

_SEAM = re.compile(
    r"(?i)[\s\[\]()（）【】<>«»|]*(?:上一?[页頁]|下一?[页頁]|余下全文|阅读全文|第\s*\d+\s*[页頁]|共\s*\d+\s*[页頁]|\d{1,3}|"
    r"首[页頁]|尾[页頁]|末[页頁]|previous(?: page)?|next(?: page)?|page \d+(?: of \d+)?|[\s,，/·.…>»|\]\[【】]+|"
    r"未完待续|continued on (?:the )?next page)+[\s\[\]()（）【】<>«»|]*"
)

# The headline of a later page, as 春到茶山(2).
_NUMBERED = re.compile(r"\s*[(（\[【]\d{1,2}[)）\]】]$")


def join_readings(readings: list[PageReading]) -> PageReading:
    """Join the pages of one article, given in order.

    Head, candidates and addresses are the first page's, the tail is the last page's. Blocks follow one another without
    paging lines, and without what a later page repeats: the headline, the lines of the head, a paragraph that stood
    before. Images are merged.

    Args:
        readings: at least one; a single one comes back as it is.
    """
    if len(readings) == 1:
        return readings[0]
    first, last = readings[0], readings[-1]
    printed = {fold(text) for text in [*first.head, *(c.raw for c in first.candidates.get("title", []))]}
    blocks = [block for block in first.blocks if not _SEAM.fullmatch(block.text)]
    seen = {fold(block.text) for block in blocks}
    for reading in readings[1:]:
        for block in reading.blocks:
            text = fold(block.text)
            if text not in seen and _NUMBERED.sub("", text) not in printed and not _SEAM.fullmatch(text):
                seen.add(text)
                blocks.append(block)
    images = {image.url: image for reading in reversed(readings) for image in reversed(reading.images)}
    return PageReading(
        url=first.url,
        kind=first.kind,
        reason=first.reason,
        detail=first.detail,
        charset=first.charset,
        canonical_url=first.canonical_url,
        links=list({link.url: link for reading in readings for link in reading.links}.values()),
        feeds=first.feeds,
        page_number=first.page_number,
        candidates={
            **{name: found for name, found in last.candidates.items() if name in _AT_THE_END},
            **first.candidates,
        },
        head=first.head,
        blocks=blocks,
        tail=last.tail,
        images=list(reversed(images.values())),
        pages=[reading.url for reading in readings if reading.url],
    )


_AT_THE_END = frozenset({"editor", "author", "credit", "source"})
"""Fields that are printed behind the text: the last page has them where the first does not."""
