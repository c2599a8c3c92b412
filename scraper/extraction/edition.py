"""Pages of an e-paper: 第02版：要闻, 2026年11月20日 星期五, 总第12345期.

A page number is believed only as the page label of an e-paper: alone on its line or in the line of the edition's
date, no link (those lead to the other pages), and on a page that is an e-paper by its address or by its words.
"""

from __future__ import annotations

import re

from scraper.extraction.lines import Line
from scraper.extraction.reading import Candidate, PageReading
from scraper.extraction.roles import HAN
from scraper.extraction.view import PageView

_ADDRESS = re.compile(
    r"/(?:html|content|pc|paper|layout|epaper|szb|page)/.*(?:content|node|art|c)_?\d+|//(?:epaper|szb|paper|dzb|e)\.|/(?:epaper|szb|dzb)/",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"本版新闻|版面导航|版面目录|返回本版|返回首版|返回目录|上一版|下一版|上一期|下一期|数字报|电子报|電子報"
)
_NUMBER = r"(?:[A-Z]{0,2}\d{1,3}|[一二三四五六七八九十]{1,3})"
_PAGE = re.compile(
    rf"(?:^|[\s|>：:（(【\[])(?:版次\s?[:：]\s?)?第?\s?(?P<page>{_NUMBER})\s?版"
    rf"(?:\s?[:：\-—·]\s?|\s+|(?=[（(【\[])|$)[（(【\[]?(?P<name>[{HAN}A-Za-z·/]{{2,12}})?"
)
_PAGE_BEHIND = re.compile(
    rf"^(?:版次|版面)\s?[:：]\s?第?\s?(?P<page>{_NUMBER})\s?版?(?:\s?[:：]?\s?(?P<name>[{HAN}]{{2,10}}))?$"
)
_NAME = re.compile(rf"版名\s?[:：]\s?([{HAN}A-Za-z·/]{{2,12}})")
_DATE = re.compile(r"((?:19|20)\d\d)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日\s?(?:[(（]?\s?星期[一二三四五六日天])?")
_WEEKDAY = re.compile(r"星期[一二三四五六日天]")
_URL_DATE = re.compile(r"/((?:19|20)\d\d)-?(\d\d)[-/](\d\d)(?=/)|/((?:19|20)\d\d)(\d\d)(\d\d)(?=/)")
_ISSUE = re.compile(r"总第\s?\d{1,6}\s?期|第\s?\d{1,6}\s?期|(?:期号|刊号)\s?[:：]\s?([\w-]{1,12})")
_PAPER = re.compile(
    rf"^[《]?([{HAN}]{{2,10}}(?:日报|晚报|早报|晨报|商报|时报|都市报|青年报|周报|报|日報|晚報|時報|報))(?:[》\s]|$|数字报|电子报|電子報)"
)

MAX_LINES = 400
"""The label of the page stands before, beside or right behind the article, never at the end of a long page."""


def read_edition(view: PageView, reading: PageReading) -> None:
    """Add edition candidates, `label` saying which part: page, page_name, date, issue, newspaper.

    Nothing is added where no page number is printed as a label.
    """
    lines = view.lines[:MAX_LINES]
    words = any(len(line.text) <= 60 and _WORDS.search(line.text) for line in lines)
    if not words and not (view.url and _ADDRESS.search(view.url)):
        return
    labels = [(line, match) for line in lines if (match := _page_label(line))]
    if not labels:
        return
    numbers = {match["page"] for _, match in labels}
    if len(numbers) > 1:
        return
    line, match = labels[0]
    _add(reading, "page", match["page"], line)
    name = match["name"] or next((found[1] for other in lines if (found := _NAME.search(other.text))), None)
    if name:
        _add(reading, "page_name", name, line)
    _read_date(view, reading, lines)
    for other in lines:
        issue = _ISSUE.search(other.text) if len(other.text) <= 80 else None
        if issue and (other is line or _DATE.search(other.text) or issue[0].startswith(("总", "期"))):
            _add(reading, "issue", issue[1] or issue[0], other)
            break
    for other in lines[:40]:
        paper = _PAPER.match(other.text) if len(other.text) <= 60 else None
        if paper:
            _add(reading, "newspaper", paper[1], other)
            break


def _page_label(line: Line) -> re.Match[str] | None:
    text = line.text
    if len(text) > 70 or line.link_share > 0.8 or re.search("下转|上接|转第|[。！？]", text):
        return None
    match = _PAGE_BEHIND.match(text) or _PAGE.search(text)
    if match is None or any(match[0].strip() in linked for linked, _ in line.links):
        return None
    # A line that is more than the label must be the line of the edition: its date, its paper or a crumb.
    alone = match.start() == 0 and match.end() >= len(text) - 2
    return match if alone or _DATE.search(text) or ">" in text or _PAPER.match(text) else None


def _read_date(view: PageView, reading: PageReading, lines: list[Line]) -> None:
    for line in lines:
        match = _DATE.search(line.text) if len(line.text) <= 80 else None
        if match and (_WEEKDAY.search(line.text) or _PAGE.search(line.text)):
            _add(reading, "date", f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}", line)
            return
    url = _URL_DATE.search(view.url or "")
    if url:
        year, month, day = url.groups()[:3] if url[1] else url.groups()[3:]
        reading.add(
            "edition",
            Candidate(raw=f"{year}-{month}-{day}", method="url", locator="path", confidence=0.8, label="date"),
        )


def _add(reading: PageReading, part: str, raw: str, line: Line) -> None:
    reading.add("edition", Candidate(raw=raw, method="label", locator=f"line {line.index}", confidence=0.9, label=part))
