"""The crumb line: 您当前的位置：首页 > 新闻 > 要闻 > 正文, and keywords printed behind 标签：.

A menu is no crumb: crumbs stand above the headline (or right below it), go from left to right through few
short steps, and are announced by a word (当前位置), by their end (正文) or by a separator that menus do not use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from scraper.extraction.jsonld import read_json
from scraper.extraction.lines import Line, fold
from scraper.extraction.places import find_places
from scraper.extraction.reading import Candidate, PageReading
from scraper.extraction.roles import HAN
from scraper.extraction.view import PageView

SEPARATOR = " > "
"""Joins the crumbs in the raw value of a candidate."""

_LEAD = re.compile(
    r"^.{0,12}?(?:您?(?:现在|当前|所在|目前|所处|的){0,4}(?:位置是|位置)|本页位置|當前位置|目前位置|"
    r"您在這裡|You are here)\s*[:：]?\s*",
    re.IGNORECASE,
)
_ARROW = re.compile(r"\s*(?:-{1,2}>|>>|>|＞＞|＞|»|›|→|－>|⟩|▶|::)\s*")
_SLASH = re.compile(r"\s+/\s+|\s+\|\s+|\s+[-–]\s+|/")
TEXT_END = re.compile(r"(?:^|\s)(?:正文|内容|文章内容|详细内容|正文内容|内文)$")
"""The last step that only says: this is the text."""

HOME = re.compile(
    rf"^(?:(?:网站|網站|[{HAN}A-Za-z]{{1,10}}网)?首[页頁]|主[页頁]|home(?: ?page)?|startseite|start|accueil|inicio|"
    r"portada|hem|forside|главная|ana sayfa|strona główna|beranda|トップ(?:ページ)?|ホーム|홈)$",
    re.IGNORECASE,
)
"""The first step: 首页, a site's name with 首页, Home; a channel's own 首页 is a section."""

_KEYWORDS = re.compile(
    r"(?:^|[\s\]】])(?:标签|標籤|关键词|关键字|關鍵字|Tags?|Schlagworte|Keywords?)\s*(?:[:：]|>>)\s*(.{2,120})$"
)
_CLASS = re.compile(
    r"bread-?crumb|(?:^|[\s_-])crumbs?(?:$|[\s_-])|(?:^|[\s_-])(?:path|position|weizhi|location|cur_?pos|daohang)(?:$|[\s_-])",
    re.IGNORECASE,
)

_TOOL = re.compile(r"打印|列印|RSS|登录|注册|收藏|分享|订阅|\bprint\b|\bshare\b|login|sign in", re.IGNORECASE)

_LIST_CLASS = re.compile("bread-?crumb", re.IGNORECASE)

MAX_CRUMB_CHARS = 40
MAX_KEYWORDS_CHARS = 140
"""With their label, at the end of a line."""
MAX_JSON_CHARS = 500_000


def read_crumbs(view: PageView, reading: PageReading) -> None:
    """Add breadcrumbs candidates (crumbs joined by " > ", home and 正文 still there) and printed keywords."""
    stop = view.headline + 6 if view.headline is not None else view.body.start if view.body is not None else 0
    known: dict[Any, bool] = {}
    best: tuple[float, Line, list[str]] | None = None
    for line in view.lines[max(0, stop - 120) : stop]:
        if len(line.text) > 200 or line.index == view.headline or not _may_be_crumbs(line):
            continue
        crumbs, confidence = split_crumbs(line, has_class=_inside(line, known, 3, _CLASS))
        if crumbs and (best is None or confidence >= best[0]):
            best = (confidence, line, crumbs)
    if best is not None:
        reading.add(
            "breadcrumbs",
            Candidate(
                raw=SEPARATOR.join(best[2]), method="breadcrumb", locator=f"line {best[1].index}", confidence=best[0]
            ),
        )
    else:
        _read_list(view, reading, stop)
    _read_declared(view, reading)
    _read_keywords(view, reading)


def _may_be_crumbs(line: Line) -> bool:
    """The cheap look: without a lead word and without 正文 a line has to link a step, and not all of itself."""
    text = line.text
    if "位" in text or "您在" in text or text[-1] in "文容" or "are here" in text[:40].lower():
        return True
    return bool(line.links) and not (len(line.links) == 1 and line.links[0][0] == text)


def split_crumbs(line: Line, *, has_class: bool = False) -> tuple[list[str], float]:
    """The crumbs of a line and how sure they are; ([], 0) for a line that is none.

    With a lead word or 正文 at the end any separator counts; without, only arrows, and the steps must be links.
    """
    text = line.text
    lead = _LEAD.match(text)
    rest = text[lead.end() :] if lead else text
    ended = bool(TEXT_END.search(rest))
    arrows = _ARROW.search(rest) is not None
    if not arrows and not (lead or ended or has_class or re.search(r"\S / \S", rest)):
        return [], 0.0
    separator = _ARROW if arrows else _SLASH
    parts = [part.strip(" >") for part in separator.split(rest)]
    crumbs: list[str] = []
    link_texts = [linked for linked, _ in line.links]
    for part in parts:
        crumbs += _unglue(part, link_texts)
    crumbs = [crumb for crumb in crumbs if crumb]
    steps = [crumb for crumb in crumbs if not TEXT_END.match(crumb)]
    linked = sum(crumb in link_texts for crumb in steps)
    if not 1 <= len(steps) <= 8 or any(len(crumb) > MAX_CRUMB_CHARS for crumb in steps[:-1]):
        return [], 0.0
    if any(_TOOL.search(crumb) for crumb in steps[:-1]):
        return [], 0.0
    if lead:
        return crumbs, 0.95
    if ended and (linked or arrows):
        return crumbs, 0.9
    if has_class and len(steps) >= 2 and linked:
        return crumbs, 0.9
    if arrows and len(parts) >= 2 and linked >= max(1, len(steps) - 1) and not text.startswith((">", "更多")):
        return crumbs, 0.8 if (len(parts) > 1 and parts[-1] != "") or linked > 1 else 0.5
    if not arrows and linked >= 1 and linked >= len(steps) - 1 and len(steps) <= 4 and " / " in text:
        return crumbs, 0.8
    return [], 0.0


def _unglue(part: str, links: list[str]) -> list[str]:
    """Steps with only a space between them: 首页 新闻中心, 独家报道 正文."""
    if part in links:
        return [part]
    end = TEXT_END.search(part)
    if end and end.start() > 0:
        return [*_unglue(part[: end.start()].strip(), links), part[end.start() :].strip()]
    words = part.split()
    if len(words) > 1 and (all(word in links for word in words) or HOME.match(words[0])):
        return [words[0], *_unglue(" ".join(words[1:]), links)]
    return [part]


def _inside(line: Line, known: dict[Any, bool], levels: int, pattern: re.Pattern[str]) -> bool:
    """Whether class, id or label of one of the first `levels` elements around a line match.

    `known` keeps the answers of the elements already seen: neighbours share their ancestors.
    """
    level = line.node
    for _ in range(levels):
        if level is None:
            return False
        answer = known.get(level)
        if answer is None:
            names = f"{level.get('class') or ''} {level.get('id') or ''} {level.get('aria-label') or ''}"
            answer = known[level] = len(names) > 2 and pattern.search(names) is not None
        if answer:
            return True
        level = level.getparent()
    return False


def _read_list(view: PageView, reading: PageReading, stop: int) -> None:
    """Crumbs that are a list: `<ol class="breadcrumb">` prints one step a line."""
    known: dict[Any, bool] = {}
    steps = [
        line
        for line in view.lines[max(0, stop - 200) : stop]
        if len(line.text) <= 80 and line.index != view.headline and _inside(line, known, 5, _LIST_CLASS)
    ]
    texts = [re.sub(r"^[/>»›|\s]+|[/>»›|\s]+$", "", line.text) for line in steps]
    texts = [text for text in dict.fromkeys(texts) if text]
    if 1 <= len(texts) <= 8:
        reading.add(
            "breadcrumbs",
            Candidate(
                raw=SEPARATOR.join(texts), method="breadcrumb", locator=f"line {steps[0].index}", confidence=0.85
            ),
        )


def _read_declared(view: PageView, reading: PageReading) -> None:
    """schema.org BreadcrumbList in JSON-LD: the steps by position."""
    for element in view.elements.scripts:
        if "ld+json" not in (element.get("type") or ""):
            continue
        text = element.text or ""
        if "BreadcrumbList" not in text or len(text) > MAX_JSON_CHARS:
            continue
        for node in _lists(read_json(text)):
            items = [item for item in node.get("itemListElement") or [] if isinstance(item, dict)]
            items.sort(key=lambda item: position if isinstance(position := item.get("position"), int) else 99)
            steps = [fold(name) for item in items if (name := _step_name(item))]
            if 1 <= len(steps) <= 10:
                reading.add(
                    "breadcrumbs",
                    Candidate(raw=SEPARATOR.join(steps), method="jsonld", locator="$.itemListElement", confidence=0.75),
                )
                return


def _lists(blocks: list[Any]) -> Iterator[dict[str, Any]]:
    pending = list(blocks)
    while pending:
        node = pending.pop(0)
        if isinstance(node, list):
            pending += node
        elif isinstance(node, dict):
            if node.get("@type") == "BreadcrumbList" and isinstance(node.get("itemListElement"), list):
                yield node
            pending += [value for key, value in node.items() if key in ("@graph", "breadcrumb")]


def _step_name(item: dict[str, Any]) -> str | None:
    inner = item.get("item")
    name = item.get("name") or (inner.get("name") if isinstance(inner, dict) else None)
    return name if isinstance(name, str) and 0 < len(name) <= 120 else None


def _read_keywords(view: PageView, reading: PageReading) -> None:
    """标签：税率 产品 进口 behind the body or in the info line."""
    places = find_places(view)
    for line in [*places.head, *places.closing, *places.tail]:
        text = line.text
        if not (":" in text or "：" in text or ">>" in text):
            continue
        if match := _KEYWORDS.search(text, max(0, len(text) - MAX_KEYWORDS_CHARS)):
            reading.add(
                "keywords",
                Candidate(raw=match[1], method="label", locator=f"line {line.index}", confidence=0.85, label="标签"),
            )
