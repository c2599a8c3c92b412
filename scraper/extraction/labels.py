"""Labelled values: 来源：…, 责任编辑：…, 作者：…, Source: ….

A label is a word of a closed list, a separator and a value. What only contains the word is none: 编辑热线：,
编辑推荐, 凡注明来源为…, and a label with nothing behind it gives nothing, not the next word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from scraper.extraction.lines import Line
from scraper.extraction.people import read_bylines
from scraper.extraction.places import Places, find_places
from scraper.extraction.reading import Candidate, PageReading
from scraper.extraction.roles import HAN, ROLE_WORDS, role_of
from scraper.extraction.view import PageView

_SOURCE = "(?:本文|文章|稿件|信息|新闻|新聞|消息|内容|原文)?(?:来源|來源)(?:于|於|自)?|稿源|出处|出處"
_EDITOR = (
    f"(?:[{HAN}]{{2,6}}网|网络|網路|值班|实习|见习|本网|本报|本期|本版|版面|新媒体|微信|执行|责任|責任|流程)?(?:编辑|編輯)"
    "|责编|責編|Editors?"
)
_PERSON = "|".join(
    sorted((word for word in ROLE_WORDS if len(word) > 1 and "编" not in word[-2:]), key=len, reverse=True)
)
_WESTERN_SOURCE = r"Source|Quelle|Fuente|Fonte|Источник"

_LABEL = re.compile(
    # Nothing of a longer word in front: 资料来源 and 图片来源 are other labels. A date may be glued to it.
    rf"(?:(?<![{HAN}A-Za-z])|(?<=[日分秒时]))"
    rf"(?:(?P<source>{_SOURCE}|{_WESTERN_SOURCE})|(?P<editor>{_EDITOR})|(?P<person>{_PERSON}|编审|编译))"
    r"\s?(?P<sep>[：:|｜丨∣]|(?<=本文来源于)|(?<=责任编辑)(?=\s)|(?<=责编)(?=\s))\s*"
)
_CLUE = re.compile("[：:|｜丨∣编于]")
_WORDS = re.compile(rf"[{HAN}]|{_WESTERN_SOURCE}|Editor")
_QUOTED = re.compile(r"(?:注明|标明|註明|标注)[^，。]{0,8}$|[“\"「『‘']\s*$")
_STOP = re.compile(
    r"[】\]）)」』】]|[【\[（(]|\s[^\s：:]{1,6}[：:]|\s?(?:19|20)\d\d[-/.年]|\s?https?://|www\."
    r"|\s(?:By|Von|Par|Por)\s|\s[•·]\s"
    r"|\s?(?:参与互动|手机看|字号|字體|字体|分享|打印|我要评论|收藏|订阅|进入论坛|点击|评论\d)"
)
_OPENING = {"（": "）", "(": ")", "[": "]", "【": "】", "《": "》", "「": "」"}


@dataclass(slots=True, frozen=True)
class Labelled:
    """A label and its value as printed."""

    field: str
    label: str
    value: str
    raw: str


def find_labels(text: str) -> Iterator[Labelled]:
    """The labelled values of one printed line, from left to right; labels without a value are left out."""
    # The cheap look: most lines of a page hold none of what ends a label, or no letter of one.
    matches = list(_LABEL.finditer(text)) if _CLUE.search(text) and _WORDS.search(text) else []
    for match, following in zip(matches, [*matches[1:], None], strict=False):
        if _QUOTED.search(text[: match.start()]):
            continue
        end = following.start() if following else len(text)
        field = "source" if match["source"] else "editor" if match["editor"] else ""
        label = match["source"] or match["editor"] or match["person"]
        value = _value(text[match.end() : end], field)
        if not value:
            continue
        if not field:
            role = role_of(label)
            field = "author" if role in ("author", "reporter", "correspondent", "intern") else "credit"
        yield Labelled(field, label, value, text[match.start() : match.end()] + value)


def _value(text: str, field: str) -> str:
    text = text.strip()
    closing = _OPENING.get(text[:1])
    if closing and field == "source":
        inner, found, _ = text[1:].partition(closing)
        text = (text[0] + inner + closing) if text[0] == "《" and found else inner
        return text.strip()
    # 记者 / 钟啸 prints a slash behind a role word that is itself a separator.
    text = text.lstrip("/／|:： ")
    stop = _STOP.search(text)
    if stop:
        text = text[: stop.start()]
    text = text.strip(" ,，;；、|｜/-—.。")
    if field == "source":
        text = _first_words(text)
    return text if len(text) <= 60 else ""


def _first_words(text: str) -> str:
    """A source up to the first space; Latin words belong together: The Daily Courier."""
    words = text.split(" ")
    kept = words[:1]
    for word in words[1:]:
        if re.fullmatch("[—―–-]+", word) or re.fullmatch("[—―–-]+", kept[-1]):
            kept.append(word)  # 云岭新闻网 — 云岭日报
            continue
        if not (word[:1].isascii() and kept[-1][-1:].isascii() and (word[:1].isalpha() or word[:1] in "&'")):
            break
        kept.append(word)
    return " ".join(kept).rstrip(" —―–-")


def read_labels(view: PageView, reading: PageReading) -> None:
    """Add what labels and bylines say: candidates for source, author, editor and credit.

    Looks at the lines around the headline, the first and last lines of the body and the lines behind it.
    """
    places = find_places(view)
    for line, place in _labelled_lines(places):
        parts = (line.text[:160], line.text[-160:]) if len(line.text) > 400 else (line.text,)
        for part in parts:
            for found in find_labels(part):
                if place == "far" and found.field != "editor":
                    continue
                if place == "body" and found.field == "source" and len(part) > 80:
                    continue
                _add(view, reading, line, place, found)
    read_bylines(view, reading, places)
    if "source" not in reading.candidates:
        _read_unlabelled_source(reading, places)


def _labelled_lines(places: Places) -> Iterator[tuple[Line, str]]:
    for line in places.above[-3:]:
        yield line, "above"
    for line in places.head:
        yield line, "head"
    for line in {line.index: line for line in [*places.opening[:3], *places.closing]}.values():
        yield line, "body"
    for line in places.tail:
        yield line, "tail"
    for line in places.far:
        yield line, "far"


_PRIOR = {"above": 0.7, "head": 0.95, "body": 0.85, "tail": 0.9, "far": 0.8}


def _add(view: PageView, reading: PageReading, line: Line, place: str, found: Labelled) -> None:
    raw, href = found.raw, None
    if found.field == "source":
        raw, href = _linked(view, line, found)
    reading.add(
        found.field,
        Candidate(
            raw=raw,
            method="label",
            locator=f"{place}, line {line.index}",
            confidence=_PRIOR[place],
            label=found.label,
            href=href,
        ),
    )


def _linked(view: PageView, line: Line, found: Labelled) -> tuple[str, str | None]:
    """A linked source ends with its link, whatever is glued behind it."""
    for text, href in line.links:
        raw = found.raw[: len(found.raw) - len(found.value)] + text
        if len(text) > 1 and (found.value.startswith(text) or (text.startswith(found.value) and raw in line.text)):
            address = urljoin(view.base_url or view.url or "", href.strip())
            return raw, address if address.startswith(("http://", "https://")) else None
    return found.raw, None


_OUTLET = re.compile(
    rf"(?:新华社|中央社|中新社|法新社|路透社|美联社|[{HAN}A-Za-z0-9·]{{1,14}}?(?:新闻网|新聞網|在线|在線|日报|日報|晚报|晚報|早报|時報|时报|商报|晨报|青年报|報|报|网|網|"
    r"通讯社|通訊社|电视台|電視台|周刊|週刊))(?![" + HAN + "])"
)
_WIRE_AGENCY = re.compile(rf"^[（(]([{HAN}]{{2,6}}社)(?:記者|特派員|記|电|電)")
_DATE_AND_TIME = re.compile(r"(?:19|20)\d\d[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?(?:\s*\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?")


def _read_unlabelled_source(reading: PageReading, places: Places) -> None:
    """An outlet's name without a label: right behind the date, alone on a line, or as X/outlet under the title."""
    for line in places.head:
        text = line.text
        if len(text) > 80:
            continue
        date = _DATE_AND_TIME.search(text)
        rest = text[date.end() :].strip(" |·") if date else text
        if not date and "/" in text:
            rest = text.rpartition("/")[2].strip()
        outlet = _OUTLET.match(rest)
        if outlet and (date or outlet.end() == len(rest)):
            reading.add(
                "source",
                Candidate(raw=outlet[0], method="byline", locator=f"head, line {line.index}", confidence=0.7),
            )
            return
    for line in places.opening:
        wire = _WIRE_AGENCY.match(line.text)
        if wire:
            reading.add(
                "source",
                Candidate(raw=wire[1], method="dateline", locator=f"body, line {line.index}", confidence=0.7),
            )
