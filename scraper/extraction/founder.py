"""The comment that the Founder (方正) content system leaves in its pages.

    <!--enpproperty <articleid>…</articleid><date>2011-12-14 18:10:52.0</date><author>…</author><title>…</title>
    <keyword>…</keyword><subtitle>…</subtitle><introtitle>…</introtitle><nodename>…</nodename>/enpproperty-->

It holds seconds where the page prints minutes, and the kicker (引题) apart from the title. Its author is sometimes
the editor, so that is worth little.
"""

from __future__ import annotations

import html
import re

from scraper.extraction.elements import Elements
from scraper.extraction.lines import fold
from scraper.extraction.reading import Candidate, PageReading

MAX_CHARS = 20_000

_FIELDS = {
    "title": ("title", 0.85),
    "introtitle": ("kicker", 0.8),
    "subtitle": ("subtitle", 0.8),
    "date": ("date_published", 0.8),
    "author": ("author", 0.3),
    "sourcename": ("source", 0.6),
    "nodename": ("section", 0.5),
    "keyword": ("keywords", 0.5),
}
_PROPERTY = re.compile(r"<(" + "|".join(_FIELDS) + r")>([^<]{1,400})</", re.ASCII)
_TAG = re.compile(r"&lt;/?[a-z]{1,10}\s{0,3}/?&gt;|&nbsp;", re.ASCII | re.IGNORECASE)


def read_founder(elements: Elements, reading: PageReading) -> None:
    """Add what the `enpproperty` comment says, if the page has one."""
    for comment in elements.comments:
        text = comment.text or ""
        if "enpproperty" not in text[:200]:
            continue
        for name, value in _PROPERTY.findall(text[:MAX_CHARS]):
            field_name, confidence = _FIELDS[name]
            raw = fold(html.unescape(_TAG.sub(" ", value)))
            reading.add(
                field_name,
                Candidate(raw=raw, method="comment", locator=f"enpproperty/{name}", confidence=confidence),
            )
        return
