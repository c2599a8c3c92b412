"""Printed dates: the forms in which newspapers of the world print a date and a time, found in a line.

Only the form is read here; which year a year-less date means, or whether 3/5 is in March or in May, is decided by
`pipelines.datestrings`, which knows the site and the time of the fetch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from scraper.extraction.monthnames import month_number

MAX_CHARS = 300
MAX_DATES = 12


@dataclass(slots=True, kw_only=True)
class PrintedDate:
    """One date as printed, in numbers. `start` and `end` are its span in the text."""

    start: int
    end: int
    year: int | None = None
    """None where no year is printed."""
    month: int | None = None
    day: int | None = None
    is_ambiguous: bool = False
    """Whether month and day may stand the other way round (03/05/2024)."""
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    zone: str | None = None
    """Zone as printed: an offset, Z, or letters such as CST."""
    ago: timedelta | None = None
    """Distance from now, for 3小时前; month and day are None then."""
    days_back: int | None = None
    """0 for 今天, 1 for 昨天 …; month and day are None then."""


# One character for one character, so that spans hold in the printed text.
_PLAIN = {
    ord(full): plain for full, plain in zip("０１２３４５６７８９：／－．，　\u00a0", "0123456789:/-.,  ", strict=True)
}
_PLAIN |= {0x0660 + digit: str(digit) for digit in range(10)} | {0x06F0 + digit: str(digit) for digit in range(10)}
_PLAIN |= {0x0966 + digit: str(digit) for digit in range(10)} | {0x202F: " ", 0x2009: " ", 0x2013: "-", 0x2011: "-"}
_NOT_PLAIN = re.compile(f"[{''.join(map(chr, _PLAIN))}]")

_HAN = "一二三四五六七八九"
_YEAR = r"(?:19[5-9]\d|20\d\d)"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_WORD = r"[^\W\d_]{3,14}"
# Two spans that only a style sheet keeps apart print as one word: HealthDecember 22, 2022.
_START = r"(?:(?<!\w)|(?-i:(?<=[a-z])(?=[A-Z])))"
_DATES = re.compile(
    rf"""
    (?<!\d)(?:
      (?P<y1>{_YEAR})\s?(?:年|년)\s?(?P<m1>{_MONTH})\s?(?:月|월)\s?(?P<d1>{_DAY})(?!\d{{1,3}}(?![\d:]))\s?(?:日|号|號|일)?
    | (?P<y2>{_YEAR})\s?(?P<sep2>[-/.])\s?(?P<m2>{_MONTH})\s?(?P=sep2)\s?(?P<d2>{_DAY})(?:(?!\d)|(?=\d\d:\d\d))
    | (?P<roc>1[01]\d|[89]\d)\s?年\s?(?P<m3>{_MONTH})\s?月\s?(?P<d3>{_DAY})\s?[日號号]?
    | (?P<roc4>1[01]\d)(?P<sep4>[-/])(?P<m4>[01]\d)(?P=sep4)(?P<d4>[0-3]\d)(?!\d)
    | (?<![\d][-/.])(?P<a5>\d{{1,2}})\s?(?P<sep5>[-/.])\s?(?P<b5>\d{{1,2}})\s?(?P=sep5)\s?(?P<y5>{_YEAR})(?!\d)
    | (?<![\d][-/.])(?P<a6>\d\d)(?P<sep6>[/.])(?P<b6>\d\d)(?P=sep6)(?P<y6>\d\d)(?![\d]|[-/.]\d)
    | (?P<m7>{_MONTH})\s?(?:月|월)\s?(?P<d7>{_DAY})\s?(?:日|号|號|일)
    | (?P<d8>{_DAY})(?:st|nd|rd|th|er|º|ª|°|\.|-?го|η|ης)?,?[\s\-–/.]{{0,2}}(?:(?:de|of|the|tháng)\s|d['’])?
      (?P<w8>{_WORD}|(?<=tháng\s)\d\d?)\.?,?[\s\-/,.]{{1,2}}(?:(?:de|del|of|do|năm)\s)?(?P<y8>{_YEAR}|\d\d(?=\s\d\d:))(?!\d)
    | (?P<y9>{_YEAR})(?:\.|\sm\.|\.\sgada)?[\s\-](?P<w9>{_WORD})\.?[\s\-](?P<d9>{_DAY})(?!\d)
    | (?P<m10>[01]?\d)(?P<sep10>[-/])(?P<d10>[0-3]?\d)(?=\s{{1,3}}[0-2]?\d:[0-5]\d)
    )
    | {_START}(?P<w11>{_WORD})\.?,?\s{{0,2}}(?P<d11>{_DAY})(?:st|nd|rd|th)?,?\s{{1,2}}(?P<y11>{_YEAR})(?!\d)
    | {_START}(?P<w14>{_WORD})-(?P<d14>{_DAY})-(?P<y14>{_YEAR})(?!\d)
    | (?<!\w)(?P<w12>{_WORD})\.?\s(?P<d12>{_DAY})(?:st|nd|rd|th)?(?=,?\s(?:at\s)?[0-2]?\d:[0-5]\d)
    | (?P<y13>[二一][〇零○ＯO0{_HAN}]{{3}})年(?P<m13>[{_HAN}十]{{1,2}})月(?P<d13>[{_HAN}十廿卅]{{1,3}})[日号號]
    """,
    re.VERBOSE | re.IGNORECASE,
)

_MERIDIEM = "上午|下午|凌晨|清晨|早上|早晨|中午|午后|傍晚|晚上|深夜|夜间|早|晚|오전|오후|午前|午後"
_CONNECTORS = (
    r"at|um|à|a\slas|alas|as|às|alle|ore|ora|kl|klo|kello|om|o|о|в|saat|w|godz|г|року|года|год|r|u|г\.|den|klokken|lúc|"
    r"pukul|jam|στις|ώρα|[-–]\s?|"
    r"(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]|[月火水木金土日월화수목금토일](?:曜日|요일)?|北京时间"
)
_GAP = rf"[\s,、|·•@T()（）\[\]\-–—./;:]{{0,4}}(?:(?:{_CONNECTORS})[\s.,:)）]{{0,3}}){{0,2}}"
_CLOCK = (
    r"(?P<h>2[0-4]|[01]?\d)\s?(?:[:.h時时点點시]|h\s)\s?(?P<mi>[0-5]\d)(?:\s?(?:分|분|min)|(?!\d|[.,]\d{1,2}(?!\d)))"
)
_TIME = re.compile(
    rf"(?:{_GAP})(?P<before>{_MERIDIEM})?\s?(?:{_CLOCK}(?:\s?:?(?P<s>[0-5]\d)(?!\d)\s?秒?(?:[.,]\d{{1,9}})?)?"
    r"|(?P<h2>2[0-4]|[01]?\d)(?=\s?(?:Uhr\b|[ap]\.?m\b|[时時点點시])))"
    r"\s?(?:(?P<after>[ap]\.?m\b\.?))?\s?(?:(?:Uhr|hrs|час|h|時|时|点|點|시)(?!\w))?",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\s?[(\[]?(?P<zone>(?:UTC|GMT)\s?[+\-−]\s?\d{1,2}(?::?\d\d)?|Z\b|[+\-−]\d\d(?::?\d\d)?(?![\d:])|[A-Z]{2,5}(?![\w]))"
)
_TIME_BEFORE = re.compile(
    r"(?<![\d:])(?P<h>2[0-3]|[01]?\d):(?P<mi>[0-5]\d)(?::(?P<s>[0-5]\d))?\s?(?P<after>[ap]\.?m\b\.?)?"
    r"\s?(?P<zone>[A-Z]{2,4})?[\s,|·•\-–—]{1,4}(?:on\s|of\s|\w{3,9},?\s)?\Z",
    re.IGNORECASE,
)
# The cheap look: every form has a year, 年 or 月, or two numbers with a mark between them.
_DIGIT = re.compile(r"[\d年년月월]")
_CLUE = re.compile(r"(?:19[5-9]|20\d)\d|[年년月월]|\d[-/.]\d|\d:")
# Where one of the forms may begin: `_DATES` tried at each letter of a line takes five times as long.
_BEGINNING = re.compile(
    rf"(?<!\d)(?=\d)|{_START}(?={_WORD}\.?,?[\s\-]{{0,2}}\d)|(?=[二一][〇零○ＯO0{_HAN}]{{3}}年)", re.IGNORECASE
)
_COMPACT = re.compile(
    r"\A(?P<y>20\d\d|19[89]\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])"
    r"(?:[T\s]?(?P<h>[01]\d|2[0-3]):?(?P<mi>[0-5]\d)(?::?(?P<s>[0-5]\d))?)?(?P<zone>Z|[+-]\d\d:?\d\d)?\Z"
)

_SECONDS = {
    1: "秒 秒钟 秒鐘 초 second seconds sec secs sekunde sekunden seconde secondes segundo segundos secondi секунд "
    "секунды",
    60: "分钟 分鐘 分 분 minute minutes min mins minuten minuto minutos minuti minuut minuter minutter минут минуты "
    "минуту minut minuty dakika λεπτα minuuttia",
    3600: "小时 小時 钟头 時間 시간 hour hours hr hrs stunde stunden heure heures hora horas ora ore uur timme timmar "
    "time timer час часа часов godzin godziny godzine saat ωρες ωρα tuntia",
    86400: "天 日 일 day days tag tagen jour jours dia dias día días giorno giorni dag dagen dagar dage dager день дня "
    "дней dni dzien gun gün μερες paivaa",
    604800: "周 週 星期 week weeks woche wochen semaine semaines semana semanas settimana settimane veckor uger uker "
    "weken неделю недели недель tygodnie hafta",
}
_UNITS = {word: seconds for seconds, words in _SECONDS.items() for word in words.split()}
_AGO = re.compile(
    r"(?:(?P<lead>vor|il y a|hace|há|πριν από)\s(?:etwa\s|ca\.\s|environ\s)?)?"
    r"(?<!\d)(?P<n>\d{1,3}|[一二两三四五六七八九十半]|\ban?|\beine[rm]?|\beinem|\bune?|\bone)\s?[个個]?(?P<unit>秒[钟鐘]?|分[钟鐘]?|小[时時]|"
    r"钟头|時間|天|日|周|週|星期|초|분|시간|일|[^\W\d_]{1,9})\.?\s?"
    r"(?P<trail>[之以]?前|전|ago|fa\b|geleden|temu|назад|тому|sedan|siden|sitten|önce|πριν|atrás)?",
    re.IGNORECASE,
)
_HAN_COUNT = {char: number for number, char in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_DAYS_BACK = {
    word: days
    for days, words in enumerate(
        (
            "今天 今日 오늘 today heute aujourd'hui aujourd’hui hoy oggi hoje vandaag idag сегодня dzisiaj dziś bugün "
            "tänään σήμερα",
            "昨天 昨日 어제 yesterday gestern hier ayer ieri ontem gisteren igår вчера wczoraj dün eilen χθες",
            "前天 그저께 vorgestern avant-hier anteayer позавчера przedwczoraj",
        )
    )
    for word in words.split()
}
_BACK = re.compile(
    r"(?<!\w)(?P<word>" + "|".join(_DAYS_BACK) + r")(?![^\W\d])|(?P<now>刚刚|剛剛|just now)", re.IGNORECASE
)


def plain(text: str) -> str:
    """Full-width, Arabic and Devanagari digits, colons and blanks as ASCII ones, character for character."""
    return text if text.isascii() or _NOT_PLAIN.search(text) is None else text.translate(_PLAIN)


def has_date(text: str) -> bool:
    """Whether a date with day and month stands in the first 300 characters of a text."""
    return next(find_dates(text), None) is not None


def find_dates(text: str) -> Iterator[PrintedDate]:
    """The absolute dates in the first 300 characters of a text, in order, with the time that is printed with them."""
    text = plain(text[:MAX_CHARS])
    if _DIGIT.search(text) is None or _CLUE.search(text) is None:
        return
    if compact := _COMPACT.match(text.strip()):
        yield _from_compact(compact, len(text))
        return
    position = 0
    for _ in range(MAX_DATES):
        match = _search(text, position)
        if match is None:
            return
        date = _from_match(match)
        if date is None:
            position = match.start() + 1
            continue
        _add_time(text, date, position)
        position = max(date.end, match.end())
        yield date


def _search(text: str, position: int) -> re.Match[str] | None:
    """The first match of `_DATES` from a position on."""
    for beginning in _BEGINNING.finditer(text, position):
        if match := _DATES.match(text, beginning.start()):
            return match
    return None


def find_relative(text: str) -> PrintedDate | None:
    """The first date told by its distance (3小时前, yesterday 10:17, vor 2 Tagen), or None."""
    text = plain(text[:MAX_CHARS])
    if back := _BACK.search(text):
        if back["now"]:
            return PrintedDate(start=back.start(), end=back.end(), ago=timedelta(0))
        date = PrintedDate(start=back.start(), end=back.end(), days_back=_DAYS_BACK[back["word"].lower()])
        _add_time(text, date, 0)
        return date
    for match in _AGO.finditer(text):
        seconds = _UNITS.get(match["unit"].lower())
        if seconds is None or not (match["lead"] or match["trail"]):
            continue
        count = match["n"].lower()
        number = float(count) if count.isdecimal() else 0.5 if count == "半" else float(_HAN_COUNT.get(count, 1))
        return PrintedDate(start=match.start(), end=match.end(), ago=timedelta(seconds=number * seconds))
    return None


def _from_compact(match: re.Match[str], length: int) -> PrintedDate:
    parts = {name: int(value) for name, value in match.groupdict().items() if value and name != "zone"}
    return PrintedDate(
        start=0,
        end=length,
        year=parts["y"],
        month=parts["m"],
        day=parts["d"],
        hour=parts.get("h"),
        minute=parts.get("mi"),
        second=parts.get("s"),
        zone=match["zone"],
    )


def _from_match(match: re.Match[str]) -> PrintedDate | None:
    found = {name.rstrip("0123456789"): value for name, value in match.groupdict().items() if value is not None}
    date = PrintedDate(start=match.start(), end=match.end())
    if "w" in found:
        date.month = int(found["w"]) if found["w"].isdecimal() else month_number(found["w"])
        if date.month is None:
            return None
        date.day = int(found["d"])
    elif "a" in found:
        first, second = int(found["a"]), int(found["b"])
        if second > 12:
            date.month, date.day = first, second
        elif first > 12 or found["sep"] == ".":
            date.day, date.month = first, second
        else:
            date.day, date.month, date.is_ambiguous = first, second, first != second
    elif match["y13"]:
        date.month, date.day = _han_number(found["m"]), _han_number(found["d"])
    else:
        date.month, date.day = int(found["m"]), int(found["d"])
    if match["y13"]:
        date.year = int("".join(str(_HAN.find(char) + 1) for char in found["y"]))
    elif "roc" in found:
        date.year = int(found["roc"]) + 1911
    elif "y" in found:
        year = int(found["y"])
        date.year = year if year > 99 else 2000 + year
    return date if 1 <= (date.month or 0) <= 12 and 1 <= (date.day or 0) <= 31 else None


def _han_number(text: str) -> int:
    """十一 as 11, 二十 or 廿 as 20, 卅一 as 31; 〇 and its look-alikes have no place in a day or month."""
    tens, ten, ones = text.replace("廿", "二十").replace("卅", "三十").partition("十")
    if not ten:
        tens, ones = "", text
    return 10 * (_HAN.find(tens) + 1 if tens else bool(ten)) + _HAN.find(ones or " ") + 1


def _add_time(text: str, date: PrintedDate, floor: int) -> None:
    """Read the time of day that stands right behind the date, else right before it, back to `floor`."""
    match = _TIME.match(text, date.end)
    if match is not None:
        date.end = match.end()
        date.hour = int(match["h"] or match["h2"])
        date.minute = int(match["mi"] or 0)
        date.second = int(match["s"]) if match["s"] else None
        _shift(date, match["before"], match["after"])
        zone = _ZONE.match(text, date.end)
        # A bare -11:30 behind 10:17 is the end of a time span; an offset follows seconds or an ISO "T".
        if zone is not None and (zone["zone"][0] not in "+-−" or match["s"] or "T" in match.group()[:3]):
            date.zone = zone["zone"]
            date.end = zone.end()
        return
    start = max(floor, date.start - 40)
    match = _TIME_BEFORE.search(text[start : date.start])
    if match is not None:
        date.hour, date.minute = int(match["h"]), int(match["mi"])
        date.second = int(match["s"]) if match["s"] else None
        _shift(date, None, match["after"])
        date.zone = match["zone"]
        date.start = start + match.start()


_NOON_ON = ("下午", "午后", "傍晚", "晚上", "深夜", "夜间", "晚", "오후", "午後", "p")
_BEFORE_NOON = ("上午", "凌晨", "清晨", "早上", "早晨", "早", "오전", "午前", "a")


def _shift(date: PrintedDate, before: str | None, after: str | None) -> None:
    half = (before or after or "").lower()
    if date.hour is None or not half:
        return
    if half.startswith(_NOON_ON) and date.hour < 12:
        date.hour += 12
    elif half.startswith(_BEFORE_NOON) and date.hour == 12:
        date.hour = 0
    elif half == "中午" and date.hour < 3:
        date.hour += 12
