"""The places on a page where labels and bylines are believed: the headline, both ends of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from scraper.extraction.lines import Line
from scraper.extraction.view import PageView

PROSE_CHARS, HAN_PROSE_CHARS = 100, 40
"""From how many characters a line is a paragraph and no furniture."""

MAX_GAP_LINES = 12
"""More short lines than this in a row do not stand inside an article."""

_HAN = re.compile("[\u4e00-\u9fff]")
_NOTICE = re.compile("版权声明|免责声明|版权均属|版權聲明|转载目的|凡本网|凡注明|未经授权|未经.{0,6}书面")
_NOTICE_SIGNS = "版免转凡未"
"""What the words of a notice begin with: to look for each takes a tenth of the time of the pattern."""

FAR_TAIL_LINES = 60
"""How far behind the text an editor line is still believed: related lists may stand between the two."""


@dataclass(slots=True)
class Places:
    """Lines by place; a line stands in one place only, but `opening` and `closing` may share lines."""

    above: list[Line] = field(default_factory=list)
    """At most six lines above the headline."""
    head: list[Line] = field(default_factory=list)
    """Between the headline and the first paragraph: the first 12 and the last 25."""
    opening: list[Line] = field(default_factory=list)
    """The first eight lines of the text."""
    closing: list[Line] = field(default_factory=list)
    """The last four lines of the text."""
    tail: list[Line] = field(default_factory=list)
    """Up to 15 lines behind the text."""
    far: list[Line] = field(default_factory=list)
    """Short lines further behind it."""


def find_places(view: PageView) -> Places:
    """The places of a page; all empty where neither headline nor body is known.

    The body as an engine gives it may begin with the info line and end with a related list; the first and the
    last paragraph, that is the first and last long line that is no link, are its ends here.
    """
    lines, headline, body = view.lines, view.headline, view.body
    if headline is None and body is None:
        return Places()
    if body is None:
        first = headline or 0
        return Places(above=lines[max(0, first - 6) : first], head=lines[first + 1 : first + 16])
    start, stop = body.start, body.stop
    if headline is not None and start <= headline < stop - 1:
        start = headline + 1
    prose = [line.index for line in lines[start:stop] if is_prose(line)]
    if prose:
        start = stop = prose[0]
        for index in prose:
            if index - stop > MAX_GAP_LINES:
                break
            stop = index + 1
    top = headline if headline is not None and headline < start else max(0, start - 12)
    return Places(
        above=lines[max(0, top - 6) : top],
        head=_head(lines, top + 1, start),
        opening=lines[start : min(start + 8, stop)],
        closing=lines[max(stop - 4, start) : stop],
        tail=lines[stop : stop + 15],
        far=[line for line in lines[stop + 15 : stop + FAR_TAIL_LINES] if len(line.text) < 40],
    )


def _head(lines: list[Line], start: int, stop: int) -> list[Line]:
    return lines[start:stop] if stop - start <= 37 else lines[start : start + 12] + lines[stop - 25 : stop]


def _is_notice(text: str) -> bool:
    return not text.isascii() and any(sign in text for sign in _NOTICE_SIGNS) and _NOTICE.search(text) is not None


def is_prose(line: Line) -> bool:
    """Whether a line is a paragraph by its length: a Chinese one is shorter."""
    size = len(line.text)
    if size < HAN_PROSE_CHARS or line.is_heading or line.link_share > 0.5 or _is_notice(line.text):
        return False
    return size >= PROSE_CHARS or len(_HAN.findall(line.text)) > size / 2
