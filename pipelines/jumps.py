"""Jump lines of print healed: (下转四版) … (上接一版).

Where an article runs over to another page of the paper, print cuts it anywhere, often inside a sentence, and the web
page keeps both marks. The sentence is joined again, and the record says which marks stood there.
"""

from __future__ import annotations

import re
from dataclasses import replace

from scraper.article import Jump
from scraper.extraction.reading import Block

_PAGE = r"第?\s*([A-Z]{{0,2}}\d{{1,3}}|[A-Z]?[一二三四五六七八九十]{{1,3}})\s*版"
# Inside brackets the name of the page may follow: （下转第四版·要闻）.
_MARK = (
    r"((?P<open>[（(【\[])?\s*[▲△▼▽◆■●→]*\s*(?:{words})"
    + _PAGE
    + r"(?(open)[^，。！？）)】\]]{{0,8}}[）)】\]]|[→▲△▼▽]*))"
)
_DEPARTURE = re.compile(r"\s*" + _MARK.format(words="下转|下轉|转|轉") + r"\s*$")
_ARRIVAL = re.compile(r"^\s*" + _MARK.format(words="上接|紧接|緊接") + r"\s*")

PAGE_WORD = "版"
"""Every jump line holds it; to look for a line in a text without it would cost more than all else here."""
_SENTENCE_END = re.compile(r"[。！？…!?.][”’」』）)]*$")
_BETWEEN_WORDS = re.compile(r"[A-Za-z0-9]\n[A-Za-z0-9]")


def find_departure(text: str) -> re.Match[str] | None:
    """The jump line at the end of a paragraph; the third group is the page number."""
    return _DEPARTURE.search(text) if PAGE_WORD in text and ("转" in text or "轉" in text) else None


def find_arrival(text: str) -> re.Match[str] | None:
    """The jump line at the beginning of a paragraph; the third group is the page number."""
    return _ARRIVAL.match(text) if PAGE_WORD in text else None


def heal_jumps(blocks: list[Block]) -> tuple[list[Block], list[Jump]]:
    """The blocks without jump marks, cut sentences joined, and the jumps in order.

    A mark at the end of the text, or one whose other half is missing, goes out too and is recorded. Where the text
    before the jump ends with a whole sentence, the paragraphs stay two.
    """
    healed: list[Block] = []
    jumps: list[Jump] = []
    is_open = joins = False
    for block in blocks:
        text = block.text
        if arrival := find_arrival(text):
            text = text[arrival.end() :]
            if is_open:
                jumps[-1] = replace(jumps[-1], text=jumps[-1].text + arrival[1].strip(), from_page=arrival[3])
            else:
                jumps.append(Jump(text=arrival[1].strip(), from_page=arrival[3]))
        departure = find_departure(text)
        if departure:
            text = text[: departure.start()]
        if text and (joins or (arrival and is_open)) and healed and not _SENTENCE_END.search(healed[-1].text):
            before = healed[-1].text
            space = " " if _BETWEEN_WORDS.search(f"{before[-1]}\n{text[0]}") else ""
            healed[-1] = replace(healed[-1], text=before + space + text)
        elif text:
            healed.append(replace(block, text=text))
        if departure:
            jumps.append(Jump(text=departure[1].strip(), to_page=departure[3]))
        # A mark that stands alone on its line: the sentence goes on in the next block.
        joins = is_open and bool(arrival) and not text
        is_open = bool(departure)
    return healed, jumps
