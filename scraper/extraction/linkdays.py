"""The day that a list prints beside each of its links."""

from __future__ import annotations

from datetime import date

from scraper.discovery.links import Joining
from scraper.extraction.dateforms import find_dates, has_date
from scraper.extraction.reading import PageReading
from scraper.extraction.view import PageView

LIST_KINDS = frozenset({"listing", "section", "other"})

MAX_LINES_BELOW = 4
"""Lines below a headline in which its day is looked for: a teaser and the line of source and time."""


def read_link_days(view: PageView, reading: PageReading) -> None:
    """Give the links of a list their `day`. Runs behind the kind of the page.

    Two conventions: the day in the line of the link (``<li><a>…</a><span>2026-11-20</span></li>``), or in one of the
    lines below it and above the next link, as in tables and under teasers. A day without its year tells too little.
    """
    if reading.kind not in LIST_KINDS:
        return
    by_url = {link.url: link for link in reading.links}
    join = Joining(view.base_url or view.url).join
    waiting: list[str] = []
    below = 0
    for line in view.lines:
        beside = line.text
        for text, _ in line.links:
            beside = beside.replace(text, " ", 1)
        day = _day_in(beside)
        if line.links:
            waiting, below = [href for _, href in line.links], 0
        else:
            below += 1
        if day is None or below > MAX_LINES_BELOW:
            continue
        for href in waiting:
            if link := by_url.get(join(href) or ""):
                link.day = day
        waiting = []


def _day_in(text: str) -> date | None:
    for printed in find_dates(text) if has_date(text) else ():
        if printed.year and printed.month and printed.day and not printed.is_ambiguous:
            try:
                return date(printed.year, printed.month, printed.day)
            except ValueError:
                continue
    return None
