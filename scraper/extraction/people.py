"""Bylines without a label: （记者 张三 通讯员 李四）, □张三, 文/张三, By A and B, rel=author.

Only where bylines stand: near the headline, in the dateline, at the end of the body. What is found is kept as
printed; `pipelines.names` reads the names out of it and says who is a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from scraper.extraction.authorbox import has_degree, is_before_post, is_portrayed, names_in_bios, names_in_boxes
from scraper.extraction.bylines import BY_ALONE, BYLINE
from scraper.extraction.givennames import is_full_name
from scraper.extraction.lines import Line, fold, inner_text
from scraper.extraction.places import Places, is_prose
from scraper.extraction.reading import Candidate, PageReading
from scraper.extraction.roles import HAN, QUALIFIER, ROLE, WESTERN_ROLE_WORDS
from scraper.extraction.view import PageView

_WRITER = "(?:记者|記者|通讯员|通訊員|实习生|實習生|特派员|特派員|评论员|評論員|作者(?![系为為是均])|撰文|文字)"
_BRACKETED = re.compile(
    rf"[（(【\[]\s*((?:[^（()）【】\[\]]{{0,16}}{_WRITER}|文\s?[/／|])[^（()）【】\[\]]{{1,90}})(?:[）)】\]]|$)"
)
_DATELINE = re.compile(
    rf"^[^，。！？“]{{1,24}}?[讯电訊電]\s*((?:{QUALIFIER}?{_WRITER})[^，。：:]{{1,50}}?)(?:报道|報道|報導)?[：:\s]"
)
_CLOSING = re.compile(r"[。！？!?”…」』\s）)]?\s*[（(]([^（()）]{2,30})[）)]\s*(?:[（(]?完[）)]?)?$")
_CLOSING_SLASH = re.compile(r"(?:^|[。！？!?”…」』）)\s])\s*((?:文|撰文|图文)\s?[/／|\\]+\s?[^，。]{2,30})$")
_OPENING_SLASH = re.compile(r"^[◎●■◇□]?\s*((?:文|文图|图文|撰文)\s?[/／|\\]+\s?[^，。：]{2,40})$")
_MARKED = re.compile(r"^[□■◇◆●◎○▲△]\s*([^，。；：！？]{2,40})$")
_CLOSING_MARKED = re.compile(r"^[□■]\s*([^，。；：！？]{2,40})$")
"""Behind the text the other marks head lists and captions."""
_OWN_LINE = re.compile(
    rf"^([{HAN}A-Za-z·]{{0,14}}{QUALIFIER}?(?:记者|記者|通讯员|通訊員|评论员|評論員|特派员|特派員)[\s/／|:：]*[^，。；！？]{{2,40}})$"
)
_TAIWAN = re.compile(
    rf"((?:[{HAN}]{{2,8}}\s?)?(?:記者|特派員|編譯)[{HAN}、]{{2,12}}\s?[／/]\s?[{HAN}]{{2,10}}(?:報導|電))"
)
_TAIWAN_WORDS = ("記者", "特派員", "編譯")
_WIRE = re.compile(rf"^[（(]((?:[{HAN}]{{2,6}})(?:記者|特派員)[{HAN}]{{4,16}}\d{{1,2}}日[{HAN}]{{0,4}}電)[）)]")
_PHOTO = re.compile(rf"([{HAN}A-Za-z·、/ ]{{0,24}}?[{HAN}、 ]{{2,16}}\s?/?\s?[摄攝])(?:影报道)?\s*[）)】]?$")
TEXT_AND_PICTURES = re.compile(
    r"[\s/／]*(文\s?[/／并]\s?[图圖摄攝]|[图圖]\s?[/／]\s?文|摄影报道|攝影報導|图文报道|圖文報導)$"
)
"""陈晨 文/图: whoever stands in front wrote the text and took the pictures."""
_BOTH_ALONE = re.compile(rf"^([{HAN}·、 ]{{2,24}}{TEXT_AND_PICTURES.pattern[:-1]})$")
MAX_NAME_CHARS = 60
MAX_BESIDE = 6
BOX_LINES = 25
"""How far behind the text a box about its author is sought."""
_NOT_OWN = re.compile(r"热线|熱線|电话|电邮|邮箱|专栏$|采访|网$|观察$|节|联系|发现|獲悉|获悉|从|说")

_HAN = re.compile(f"[{HAN}]")
_WESTERN_INSIDE = re.compile(
    r"(?:^|[\s|·•,])(?:[Ww]ritten |[Pp]osted |[Pp]ublished )?[Bb]y[: ]\s?"
    r"((?:[A-Z][\w'’.-]+\s?){1,4}(?:(?:,|and|&)\s?(?:[A-Z][\w'’.-]+\s?){2,4}){0,4})"
)
_OTHER_DEED = re.compile(
    r"\b(?:photo|image|picture|illustrat|translat|review|edited|check|verifi|approv|produc|provid|sponsor|power|present)"
    r"\w*\s*$",
    re.IGNORECASE,
)
"""Words in front of "by" that do not say who wrote: Photo by, Medically reviewed by, Powered by."""
_CAPTION_CREDIT = re.compile(
    r"(?:^|[.\s(|])((?:Photos?|Pictures?|Images?|Fotos?|Illustrations?)(?:\s?:|\s(?:by|von|de|par))):?\s+([^.:()|]{3,60})\)?$"
)
_INFO_LINE = re.compile(
    rf"(?:^|\s)([{HAN}]{{0,8}}?{QUALIFIER}?(?:记者|記者|通讯员|通訊員|实习生|實習生)\s[^：:|]{{2,40}}?)(?=\s[^\s：:]{{1,6}}[：:]|\s?[|]|$)"
)
# Behind the writers of an article in print: 《人民日报》（2021年12月13日　第 01 版）.
_PRINTED_IN = re.compile(r"\s*《[^》]{2,20}》\s*[（(]\s*\d{4}年\s?\d{1,2}月\s?\d{1,2}日\s*第\s?\w{1,4}\s?版\s*[)）]$")
_DATED = re.compile(r"(?:19|20)\d\d\s?[-年/.]")
_OTHER_ALONE = re.compile(
    r"^(?:(?:medically |fact |expert )?(?:reviewed|updated|edited|checked|photos?|photography)(?: by)?)\s*:?$",
    re.IGNORECASE,
)
_WESTERN_CREDIT = re.compile(
    rf"^((?:{'|'.join(WESTERN_ROLE_WORDS)})\s+(?:by|von|par|de))\s*:?\s+(.{{3,80}})$", re.IGNORECASE
)
_SIGN_OFF = re.compile(r"\(?\b(Reporting|Writing|Editing) by ([^;()]{3,120})")
_NAME_CLASS = re.compile(
    r"(?:^|[\s_-])(?:by-?line|authors?|autor(?:en|es|a|e)?|auteurs?|verfasser|writers?|reporters?|contributors?|journalists?|"
    r"forfatter|skribent)(?![a-z])|(?:[a-z]|[_-])(?:Byline|Author)s?(?![a-z])|author[_-]?(?:name|link|nm)|byline",
)
_NO_NAME_CLASS = re.compile(
    # author-box__name is a name, and the box around it is none.
    r"bio|descr|avatar|image|img|follow|social|comment|related|date|time|count|title|box(?![_-]{1,2}name)|popup|email",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?…:;\"”»]$")
_TWO_CAPITALS = re.compile(r"[A-ZÀ-Þ][\w'’.-]+ (?:(?!by )\w{1,3} )?[A-ZÀ-Þ]")
_NAME_LINK = re.compile(
    r"/(?:authors?|autor(?:en|es|e)?|auteurs?|by|journalists?|reporters?|contributors?|staff|people|person|profile|writers?|"
    r"redaktion|team|creator|columnist|skribent|forfatter)s?/[^/?#]",
    re.IGNORECASE,
)


def read_bylines(view: PageView, reading: PageReading, places: Places) -> None:
    """Add candidates for author and credit from bylines; order is from top to bottom of the page."""
    for line in places.head:
        _read_own_line(reading, line, "head")
    for line in places.opening:
        _read_own_line(reading, line, "body")
    for line in places.opening[:4]:
        _read_dateline(reading, line)
    ends = [*places.closing, *places.tail[:3]]
    for line in ends:
        _read_end(reading, line)
    inner = view.lines[places.opening[0].index : places.closing[-1].index + 4] if places.opening else []
    for line in [*places.head, *inner]:
        if len(line.text) < 160 and ("摄" in line.text or "攝" in line.text):
            photo = _PHOTO.search(line.text)
            if photo:
                _add(reading, "credit", photo[1], "byline", line, 0.7, "摄")
        elif len(line.text) < 240 and (caption := _CAPTION_CREDIT.search(line.text)):
            _add(reading, "credit", caption[2], "byline", line, 0.7, caption[1].rstrip(" :"))
    before = len(reading.candidates.get("author", []))
    # A name may stand below the standfirst, which is a paragraph.
    below = [line for line in places.opening[2:4] if len(line.text) <= MAX_NAME_CHARS]
    _read_western(reading, [*places.above, *places.head, *places.opening[:2], *below])
    for line in places.opening[2:]:
        if len(line.text) <= 160 and not (is_prose(line) and _ENDS.search(line.text)) and not _HAN.search(line.text):
            _read_by(reading, line, 0.8)
    if not _found_name(reading, before):
        _read_lone_name(reading, [*places.head[:6], *places.opening[:2], *below])
    if not _found_name(reading, before):
        _read_western(reading, places.tail[:8], discount=0.3)
    if view.body is not None and not _found_name(reading, before):
        _read_western(
            reading, view.lines[max(view.body.start + 8, view.body.stop - 6) : view.body.stop + 8], discount=0.3
        )
    if view.body is not None and not _found_name(reading, before, 0.75):
        behind = view.lines[max(view.body.start + 8, view.body.stop - 8) : view.body.stop + BOX_LINES]
        bios = names_in_bios([*places.closing[-2:], *places.tail[:3]])
        for line, name in [*names_in_boxes(places.head), *names_in_boxes(behind), *bios]:
            _add(reading, "author", name, "byline", line, 0.6)
    for line in [*places.closing[-1:], *places.tail[:1]]:
        if _is_signature(line):
            _add(reading, "author", line.text, "byline", line, 0.75)
    for line in ends:
        for role, names in _SIGN_OFF.findall(line.text) if len(line.text) < 400 and " by " in line.text else ():
            field = "credit" if role == "Editing" else "author"
            _add(reading, field, names, "byline", line, 0.5, role)


def _found_name(reading: PageReading, before: int, confidence: float = 0.0) -> bool:
    """Whether two capitalized words stand in one of the author candidates that came after the first `before`.

    Args:
        reading: of the page.
        before: how many candidates there were.
        confidence: that a candidate must have to count.
    """
    return any(
        _TWO_CAPITALS.search(candidate.raw) and candidate.confidence >= confidence
        for candidate in reading.candidates.get("author", [])[before:]
    )


def _add(
    reading: PageReading, field: str, raw: str, method: str, line: Line, confidence: float, label: str | None = None
) -> None:
    reading.add(
        field,
        Candidate(raw=raw.strip(), method=method, locator=f"line {line.index}", confidence=confidence, label=label),
    )


def _read_own_line(reading: PageReading, line: Line, place: str) -> None:
    """A line that is nothing but a byline."""
    text = _PRINTED_IN.sub("", line.text) if "》" in line.text else line.text
    if len(text) > 90:
        return
    marked = _MARKED.match(text) or _OPENING_SLASH.match(text)
    if marked:
        _add(reading, "author", marked[1], "byline", line, 0.9, text[0] if text[0] in "□■◇◆●◎○▲△" else "文")
        return
    taiwan = _TAIWAN.search(text) if any(word in text for word in _TAIWAN_WORDS) else None
    if taiwan:
        _add(reading, "author", taiwan[1], "byline", line, 0.95)
        return
    info = _INFO_LINE.search(text) if place == "head" and _DATED.search(text) else None
    if info:
        _add(reading, "author", info[1], "byline", line, 0.9)
        return
    own = _OWN_LINE.match(text) or _BOTH_ALONE.match(text)
    if own and len(text) <= 48 and not _NOT_OWN.search(text):
        _add(reading, "author", own[1], "byline", line, 0.85)
        return
    name, slash, outlet = text.partition("/")
    if (
        slash
        and place == "head"
        and re.fullmatch(rf"[{HAN}]{{2,4}}", name)
        and re.fullmatch(rf"[{HAN}]{{3,10}}[报网社刊]", outlet)
    ):
        _add(reading, "author", name, "byline", line, 0.8)
        return
    for found in _BRACKETED.finditer(text):
        if not re.search("[摄攝]$", found[1]):
            _add(reading, "author", found[1], "byline", line, 0.85)


def _read_dateline(reading: PageReading, line: Line) -> None:
    """（记者 张三 通讯员 李四） behind the dateline, or 本报讯 记者张三报道：."""
    start = line.text[:110]
    wire = _WIRE.match(start)
    if wire:
        _add(reading, "author", wire[1], "dateline", line, 0.95)
        return
    # In a shorter line the brackets were read as a byline of their own.
    found = _BRACKETED.search(start) if len(line.text) > 90 else None
    if found and found.end() < len(start) and not re.search("[摄攝]$", found[1]):
        _add(reading, "author", found[1], "dateline", line, 0.95)
        return
    plain = _DATELINE.match(start)
    if plain:
        _add(reading, "author", plain[1], "dateline", line, 0.85)


def _read_end(reading: PageReading, line: Line) -> None:
    """A name in brackets or behind 文/ that ends the last lines, or a byline of its own: □张三, 本报记者 张三."""
    own = _CLOSING_MARKED.match(line.text) or _OWN_LINE.match(line.text) or _BOTH_ALONE.match(line.text)
    if own and len(line.text) <= 48 and not _NOT_OWN.search(line.text) and not line.text.endswith(("摄", "攝")):
        _add(reading, "author", own[1], "byline", line, 0.85)
        return
    text = line.text[-110:]
    bracketed = [found for found in _BRACKETED.finditer(text) if found.end() >= len(text.rstrip()) - 4]
    if bracketed:
        if not re.search("[摄攝]$", bracketed[-1][1]):
            _add(reading, "author", bracketed[-1][1], "byline", line, 0.9)
        return
    closing = _CLOSING.search(text) if text.rstrip()[-1:] in ("）", ")", "完") else None
    both = closing and TEXT_AND_PICTURES.search(closing[1])
    slash = _CLOSING_SLASH.search(text) if not both and "文" in text else None
    if slash:
        _add(reading, "author", slash[1], "byline", line, 0.85)
    elif closing and (both or not re.search(ROLE, closing[1])):
        _add(reading, "author", closing[1], "byline", line, 0.6)


def _is_signature(line: Line) -> bool:
    """A short last line set to the right: the writer's name in Vietnam and elsewhere."""
    style = (line.node.get("style") or "").replace(" ", "").lower()
    right = "text-align:right" in style or (line.node.get("align") or "").lower() == "right"
    return right and line.node.tag in ("p", "div") and len(line.text) <= 40 and not _HAN.search(line.text)


def _read_western(reading: PageReading, region: list[Line], discount: float = 0.0) -> None:
    waiting: str | None = None
    for line in region:
        text = line.text
        # Han has its own forms, and class names say less there: div.author holds the whole info line.
        if len(text) > 220 or _HAN.search(text):
            waiting = None
            continue
        if waiting is not None and len(text) <= 120:
            if waiting == "writer" and not _is_sentence(text):
                _add(reading, "author", text, "byline", line, 0.85 - discount, "By")
            waiting = None
            continue
        waiting = "writer" if BY_ALONE.match(text) else "other" if _OTHER_ALONE.match(text) else None
        if waiting is not None or _read_by(reading, line, 0.85 - discount):
            continue
        named = [*_named_elements(line)]
        for raw, locator, confidence in named:
            if discount and ", a" in locator:
                continue  # behind the text, links to people's pages are those of other articles
            candidate = Candidate(raw=raw, method="byline", locator=locator, confidence=confidence - discount)
            reading.add("author", candidate)
        inside = None if named else _WESTERN_INSIDE.search(text)
        if inside and len(text) < 160 and not _OTHER_DEED.search(text[: inside.start()]):
            _add(reading, "author", inside[1], "byline", line, 0.75 - discount, "By")
        elif not discount and len(text) <= 100 and not any(is_capitalized(raw) for raw, _, _ in named):
            _read_name_and_date(reading, line)


def _read_lone_name(reading: PageReading, lines: list[Line]) -> None:
    """A line under the headline that is a person's name: by its given name, its portrait, what stands behind it."""
    for line, after in zip_longest(lines, lines[1:]):
        if is_portrayed(line) or is_full_name(line.text) or has_degree(line.text) or is_before_post(line, after):
            _add(reading, "author", line.text, "byline", line, 0.6)
            return


def _read_by(reading: PageReading, line: Line, confidence: float) -> bool:
    """By Jane Roe; Photos by John Doe. Whether the line was such a one."""
    credit = _WESTERN_CREDIT.match(line.text)
    if credit:
        _add(reading, "credit", credit[2], "byline", line, 0.7, credit[1])
        return True
    by = BYLINE.match(line.text)
    if by and (linked := _linked_names(line)):
        _add(reading, "author", linked, "byline", line, confidence + 0.05, line.text[: by.start(1)].strip() or None)
    elif by:
        _add(reading, "author", by[1], "byline", line, confidence, line.text[: by.start(1)].strip() or None)
    return by is not None


def _is_sentence(text: str) -> bool:
    """Whether a short text tells something: Jane is the chief of the bridge office."""
    return text.endswith(".") and sum(word.islower() for word in text.split()) >= 4


def _linked_names(line: Line) -> str | None:
    """The names of a byline whose writers are linked to pages of their own: By Jane Roe, Senior Editor, and Tom Alder.

    None where a name may stand outside of the links.
    """
    names = [text for text, href in line.links if _NAME_LINK.search(href) and is_capitalized(text)]
    rest = line.text
    for name in names:
        rest = rest.replace(name, "", 1)
    outside = re.search(r"(?:\band|&|,)\s+[A-Z][\w'’-]+\s+[A-Z]", rest)
    return "; ".join(names) if names and not outside else None


def is_capitalized(text: str) -> bool:
    """Whether a text is two to five words of which the first and the last begin with a capital."""
    words = text.split()
    return 2 <= len(words) <= 5 and words[0][0].isupper() and words[-1][0].isupper()


def _read_name_and_date(reading: PageReading, line: Line) -> None:
    """Jane Roe | Senior Writer | July 2, 2025: a name and a date between bars or dots, or in elements side by side."""
    if re.search(r"\b(?:19|20)\d\d", line.text) is None:
        return
    parts = re.split(r"\s*[|•·]\s*", line.text)
    is_parted = len(parts) > 1
    if not is_parted and len(line.node) <= MAX_BESIDE:  # more of them are the whole page
        parts = [fold(inner_text(child)) for child in line.node if isinstance(child.tag, str)]
    if len(parts) < 2 or not any(re.search(r"\b(?:19|20)\d\d\b", part) for part in parts):
        return
    for part in parts:
        named = re.fullmatch(r"((?:[A-Z][\w'’.-]+ ){1,3}[A-Z][\w'’.-]+)(?: on behalf of .+)?", part)
        if named and (is_parted or is_full_name(named[1])):
            _add(reading, "author", named[1], "byline", line, 0.6)
            return


def _named_elements(line: Line) -> Iterator[tuple[str, str, float]]:
    """What the markup calls an author: rel, itemprop, class names, links to an author's page."""
    node = line.node
    if len(line.text) > 200:
        return
    found = False
    for element in node.iter("a", "span", "strong", "b", "em", "i", "cite", "p", "div", "li", "address"):
        confidence = _marked(element)
        if confidence and element is not node:
            raw = fold(inner_text(element))
            if 2 < len(raw) <= 160 and raw in line.text:
                found = True
                yield raw, _locator(element, line), confidence
    if found:
        return
    level: Any = node
    for _ in range(3):
        if level is None or level.tag in ("body", "article", "main", "section"):
            return
        confidence = _marked(level)
        if confidence:
            # Three spans with three names print one line without a separator.
            parts = [fold(inner_text(child)) for child in node if isinstance(child.tag, str)]
            parts = [part for part in parts if part]
            if len(parts) < 2 or sum(map(len, parts)) < 0.8 * len(line.text.replace(" ", "")):
                parts = [line.text]
            for part in parts:
                yield part, _locator(level, line), confidence - 0.1
            return
        level = level.getparent()


def _marked(element: Any) -> float:
    """How surely an element's attributes say that it holds an author's name; 0 where they do not."""
    if element.get("rel") == "author" or element.get("itemprop") == "author":
        return 0.85
    if element.tag == "a" and _NAME_LINK.search(element.get("href") or ""):
        return 0.8
    name = f"{element.get('class') or ''} {element.get('data-testid') or ''}"
    return 0.75 if _NAME_CLASS.search(name) and not _NO_NAME_CLASS.search(name) else 0.0


def _locator(element: Any, line: Line) -> str:
    name = (element.get("class") or element.get("rel") or element.get("itemprop") or "").strip()
    return f"line {line.index}, {element.tag}" + (f".{name.split()[0]}" if name else "")
