"""Dates as printed: around the headline, in time elements, right behind the body, and in the address.

Only the neighbourhood of headline and body is read. The dates of a page that do not belong to its article
(copyright, licences, related items, comments) stand elsewhere, and are often more frequent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from scraper.extraction.dateforms import PrintedDate, find_dates, find_relative
from scraper.extraction.kickers import marks
from scraper.extraction.lines import Line, inner_text
from scraper.extraction.reading import Candidate, PageReading
from scraper.extraction.urldates import url_date
from scraper.extraction.view import PageView

MAX_RAW_CHARS = 100
HEAD_LINES_WITHOUT_BODY = 8
LINES_ABOVE = 4
LINES_BEHIND = 6
LINES_BELOW_STANDFIRST = 4
LINES_UNDER_HEADLINE = 25
MAX_CHARS_BELOW_STANDFIRST = 80
CLOSING_LINES = 2
MAX_TIME_ELEMENTS = 60
MAX_LINES = 3000

_MODIFIED = re.compile(
    r"(?:最后更新|最新更新|最後更新|更新時間|更新时间|更新日期|更新于|更新於|更新|修改时间|最終更新|수정|업데이트|"
    r"updated?|modified|last\s(?:edited|reviewed|change)|revised|edited|aktualisiert|stand:|geändert|mis(?:e)?\sà\sjour|modifié|"
    r"actualizad[oa]|modificad[oa]|aggiornat[oa]|aggiornamento|atualizad[oa]|bijgewerkt|gewijzigd|"
    r"uppdaterad|opdateret|oppdatert|päivitetty|muokattu|aktualizacja|aktualizacji|zaktualizowano|обновлен|изменен|оновлено|"
    r"güncelle|ενημερ|actualizat|frissítve|módosítva|aktualizováno|uppfært|diperbarui|cập nhật)"
    r"(?:\s?(?:时间|時間|日期|date|on|am|le|el|il|at))?",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:发布|發布|发表|發表|发稿|刊登|上传|時間|时间|日期|发文|稿时|公開|掲載|등록|입력|승인|"
    r"publish|posted|post\s(?:time|date)|posté|created|first\spublished|released|issued|written\son|date|filed|"
    r"veröffentlicht|erstellt|publié|paru|publicad[oa]|pubblicat[oa]|gepubliceerd|geplaatst|publicerad|udgivet|"
    r"publiser|julkaistu|opublikowano|data|dodano|опубликован|дата|yayın|giriş|oluşturma|δημοσ|publicat|megjelen|publikováno|"
    r"birt|dipublikasikan|đăng)+",
    re.IGNORECASE,
)
_OPENS_WITH_LABEL = re.compile(rf"(?:last )?(?:{_MODIFIED.pattern}|{_PUBLISHED.pattern})", re.IGNORECASE)
_NO_DATE_OF_THE_ARTICLE = re.compile(
    r"©|copyright|版权|all rights|许可证|ICP|备案|event|deadline|received|accepted|born|expires?|截稿|截止|有效期|评论|"
    r"comments?\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"(?:\d{1,2}月)?\d{1,2}日(?:[讯電电訊]|消息|报道)")
_RELATED = re.compile(
    r"relat(?!ive)|recommend|comment|sidebar|footer|widget|rank|popular|latest|teaser|card|promo|\bmore", re.I
)
_SIDEBAR = re.compile("sidebar", re.I)
_DATE_CLASS = re.compile(
    r"(?:\b|[_-])(?:pub)?(?:date|time|datum|fecha|data)(?:\b|[_-])|pub(?:lish)?(?:ed)?[_-]?(?:on|at)", re.I
)


def read_dates(view: PageView, reading: PageReading) -> None:
    """Add date_published and date_modified candidates from print and from the address."""
    seen: set[int] = set()
    for line, confidence in _lines_around(view):
        if line.index not in seen:
            seen.add(line.index)
            _read_line(view, reading, line, confidence)
    _read_time_elements(view, reading, seen)
    _read_behind(view, reading, seen)
    _read_dateline(view, reading)
    for url in (reading.url, reading.canonical_url):
        if url and (raw := url_date(url)):
            reading.add("date_published", Candidate(raw=raw, method="url", locator="path", confidence=0.6))
            break
    if "date_published" not in reading.candidates:
        _read_elsewhere(view, reading)


def _lines_around(view: PageView) -> Iterable[tuple[Line, float]]:
    """Lines that may print the article's date, each with the confidence of its place, best places first."""
    lines = view.lines
    if view.headline is None:
        if view.body is not None:
            for line in lines[max(0, view.body.start - LINES_ABOVE) : view.body.start + 2]:
                yield line, 0.55
        return
    first = view.headline + 1
    if view.body is not None and view.body.start >= first:
        end = min(view.body.start, first + 15)
        last = min(view.body.start + 3, view.body.stop)
    else:
        end = last = first + HEAD_LINES_WITHOUT_BODY
    for line in lines[first:end]:
        yield line, 0.8 if line.index - first < 4 else 0.7
    for line in lines[max(0, view.headline - LINES_ABOVE) : view.headline][::-1]:
        yield line, 0.5
    yield lines[view.headline], 0.3
    # Old systems print the info line inside the element of the body, others below the standfirst that it begins with.
    for line in lines[max(end, first) : last]:
        yield line, 0.65
    if view.body is None:
        return
    is_below = True
    for line in lines[last : min(first + LINES_UNDER_HEADLINE, view.body.stop)]:
        is_below = (
            is_below and line.index < last + LINES_BELOW_STANDFIRST and len(line.text) <= MAX_CHARS_BELOW_STANDFIRST
        )
        # Further down, behind the people and the key points, the date has to say that it is the article's.
        if (is_below or _OPENS_WITH_LABEL.match(line.text)) and len(line.text) <= 80 and _is_only(line.text):
            yield line, 0.6


def _read_line(view: PageView, reading: PageReading, line: Line, confidence: float) -> None:
    if line.link_share > 0.9 and len(line.text) > 40:
        return
    text = line.text[:300]
    dates = list(find_dates(text))
    if not dates:
        relative = find_relative(text) if len(text) <= 120 else None
        if relative is not None and (relative.ago is not None or relative.hour is not None or len(text) < 25):
            dates, confidence = [relative], confidence - 0.15
    position = 0
    for date in dates:
        before = text[position : date.start]
        position = date.end
        label = _label(view, line, before)
        if _NO_DATE_OF_THE_ARTICLE.search(before[-40:]):
            continue
        if label is None and _is_prose(line.text, date):
            continue
        value = confidence if date.year is not None else confidence - 0.2
        field_name = "date_published"
        if label is not None:
            is_modified = _MODIFIED.search(label) is not None
            field_name = "date_modified" if is_modified else field_name
            value = min(0.9, value + 0.07)
            if _is_prose(line.text, date):
                value = min(value, 0.55)  # an editor's note may tell of an earlier printing
        elif date is not dates[0]:
            value -= 0.2  # of two dates without labels the first is the publication
        reading.add(
            field_name,
            Candidate(
                raw=text[date.start : date.end].strip()[:MAX_RAW_CHARS],
                method="label" if label else "text",
                locator=f"line {line.index}",
                confidence=round(value, 3),
                label=label,
            ),
        )


def _label(view: PageView, line: Line, before: str) -> str | None:
    """The word that says which date it is: in front of it on its line, or alone on the line above."""
    near = before[-40:]
    if not near.strip() and line.index > 0:
        above = view.lines[line.index - 1].text
        near = above if len(above) <= 30 and not any(char.isdigit() for char in above) else ""
    found = None
    for pattern in (_MODIFIED, _PUBLISHED):
        for match in pattern.finditer(near):
            if found is None or match.end() > found.end():
                found = match
    return near[found.start() :].strip(" :：|(") if found else None


def _is_only(text: str) -> bool:
    """Whether a line prints a date and, a label or a few marks apart, nothing else."""
    date = next(find_dates(text), None)
    return date is not None and date.end - date.start >= 0.6 * len(text)


def _is_prose(text: str, date: PrintedDate) -> bool:
    """Whether a date is told in a sentence and not printed as information."""
    rest = text[: date.start] + text[date.end :]
    letters = sum(char.isalpha() for char in rest)
    han = sum("\u4e00" <= char <= "\u9fff" for char in rest)
    if han > 0.3 * letters:
        return len(rest) > 70 and (date.start > 30 or "。" in rest or "，" in rest)
    return letters > 100 or sum(word[0].islower() for word in rest.split()) >= 8


def _read_time_elements(view: PageView, reading: PageReading, seen: set[int]) -> None:
    """`<time datetime>`: on the lines around the headline, or marked as the publication's."""
    elements = view.elements.times[:MAX_TIME_ELEMENTS]
    positions: dict[Any, int] = {}
    for line in view.lines if elements else ():
        positions.setdefault(line.node, line.index)
    for element in elements:
        raw = (element.get("datetime") or "").strip()
        if not raw:
            continue
        index = _line_of(element, positions)
        is_near = index is not None and index in seen
        own = (
            marks(element)
            + " "
            + (element.get("itemprop") or "")
            + " "
            + ("pubdate" if "pubdate" in element.attrib else "")
        )
        is_named = re.search(r"publi|entry-date|post-?date|pubdate|posted|\bdate", own, re.I) is not None
        if not is_near and not (is_named and not _is_beside(element)):
            continue
        before = _text_before(element)
        is_modified = _MODIFIED.search(own) is not None or _MODIFIED.search(before) is not None
        reading.add(
            "date_modified" if is_modified else "date_published",
            Candidate(
                raw=raw[:MAX_RAW_CHARS],
                method="text",
                locator="time/@datetime",
                confidence=0.8 if is_near else 0.45,
                label=before or None,
            ),
        )


def _line_of(element: Any, positions: dict[Any, int]) -> int | None:
    node = element
    for _ in range(6):
        if node is None:
            return None
        if node in positions:
            return positions[node]
        node = node.getparent()
    return None


def _is_beside(element: Any, is_labelled: bool = False) -> bool:
    """Whether an element stands in a list of other articles, a comment, a footer or a sidebar.

    Args:
        element: of the page.
        is_labelled: whether a label says what the element holds; a sidebar is then no objection.
    """
    for depth, ancestor in enumerate(element.iterancestors()):
        named = _SIDEBAR.sub("", marks(ancestor)) if is_labelled else marks(ancestor)
        if ancestor.tag in ("footer", "nav", "li") or _RELATED.search(named):
            return True
        if ancestor.tag == "aside" and not is_labelled:
            return True
        if depth >= 8:
            break
    return False


def _text_before(element: Any) -> str:
    """The words right in front of an element: its own beginning, its elder sibling, its parent's text."""
    previous = element.getprevious()
    if previous is not None:
        text = (previous.tail or "").strip() or (
            inner_text(previous) if isinstance(previous.tag, str) and previous.tag != "time" else ""
        )
    else:
        parent = element.getparent()
        text = (parent.text or "") if parent is not None else ""
    return " ".join(text.split())[-40:]


def _read_behind(view: PageView, reading: PageReading, seen: set[int]) -> None:
    """Dates right behind the body count where a label says what they are, or where nothing else is on the line.

    The last lines of the body may be such a line (Post time: 03-04-2024): a date with its label fills it.
    """
    if view.body is None:
        return
    for line in view.lines[max(view.body.start, view.body.stop - CLOSING_LINES) : view.body.stop + LINES_BEHIND]:
        if len(line.text) > 150 or line.link_share > 0.5 or _NO_DATE_OF_THE_ARTICLE.search(line.text):
            continue
        if line.index in seen or (line.index < view.body.stop and not _is_only(line.text)):
            continue
        if _is_beside(line.node):
            continue
        for date in find_dates(line.text):
            label = _label(view, line, line.text[: date.start])
            is_alone = date.end - date.start >= len(line.text) - 2
            if label is None and not is_alone:
                continue
            is_modified = label is not None and _MODIFIED.search(label) is not None
            reading.add(
                "date_modified" if is_modified else "date_published",
                Candidate(
                    raw=line.text[date.start : date.end].strip()[:MAX_RAW_CHARS],
                    method="label" if label else "text",
                    locator=f"line {line.index}",
                    confidence=0.5 if label else 0.35,
                    label=label,
                ),
            )
            break


def _read_elsewhere(view: PageView, reading: PageReading) -> None:
    """On a page that prints its date far from the headline: a labelled date, or one in an element that is named so.

    Where more than two days answer, they are those of other articles, and none is taken.
    """
    found: list[Candidate] = []
    for line in view.lines[:MAX_LINES]:
        if len(line.text) > 80 or len(line.text) < 6 or line.link_share > 0.5:
            continue
        date = next(find_dates(line.text), None)
        if date is None or date.year is None or _NO_DATE_OF_THE_ARTICLE.search(line.text):
            continue
        label = _label(view, line, line.text[: date.start])
        is_labelled = label is not None and _MODIFIED.search(label) is None
        is_named = label is None and _DATE_CLASS.search(marks(line.node)) is not None
        # The page's own facts stand in a sidebar of official sites: Published 15 November 2018.
        if (is_labelled or is_named) and not _is_beside(line.node, is_labelled):
            raw = line.text[date.start : date.end].strip()
            found.append(
                Candidate(
                    raw=raw[:MAX_RAW_CHARS],
                    method="label" if label else "text",
                    locator=f"line {line.index}",
                    confidence=0.45 if label else 0.35,
                    label=label,
                )
            )
    if len({candidate.raw for candidate in found}) <= 2:
        for candidate in found:
            reading.add("date_published", candidate)


def _read_dateline(view: PageView, reading: PageReading) -> None:
    """The dateline's day (12月15日电) is the day of the report, mostly that of the publication or the day before."""
    if view.body is None:
        return
    for line in view.lines[view.body.start : view.body.start + 2]:
        match = _DATELINE.search(line.text[:60])
        if match is not None and "月" in match.group():
            raw = match.group().rstrip("讯电電訊消息报道")
            reading.add(
                "date_published",
                Candidate(raw=raw, method="dateline", locator=f"line {line.index}", confidence=0.15),
            )
            return
