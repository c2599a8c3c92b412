"""Date strings that nobody printed: each is answered quickly, with nothing or with a date that can be."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime, timedelta

import pytest

from pipelines.datestrings import parse_date

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
SLOWEST_S = 2.0
"""Of CPU time, on any machine; most take a millisecond."""

PRINTED = (
    "2017年12月28日 10:17",
    "发布时间：2017-12-28 10:17:05 来源：难写日报",
    "二〇一七年十二月二十八日",
    "3小时前",
    "昨天 10:17",
    "Thu, 28 Dec 2017 10:17:05 +0800",
    "28. Dezember 2017, 10:17 Uhr",
    "28 décembre 2017 à 10h17",
    "December 28th, 2017 10:17 a.m. EST",
    "28/12/2017",
    "2017-12-28T10:17:05.123+08:00",
    "1514427425",
    "28 de diciembre de 2017",
    "민국 106년 12월 28일",
    "平成29年12月28日",
)
LANGUAGES = ((), ("zh-CN",), ("en-US",), ("de",), ("fr", "en"), ("es",), ("ja",), ("ko",))
SPLICED = (
    "0",
    "9",
    "99999999",
    "-",
    "/",
    ":",
    "年",
    "月",
    " ",
    "T",
    "+99:99",
    "ago",
    "前",
    "\x00",
    "\u202e",
    "٣",
    "½",
    "é",
)


def mutated(dice: random.Random) -> str:
    """A printed date with one to six characters cut, doubled, exchanged or put in."""
    text = dice.choice(PRINTED)
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(text) + 1)
        match dice.randrange(4):
            case 0:
                text = text[:at] + text[at + dice.randint(1, 3) :]
            case 1:
                text = text[:at] + text[at : at + 4] * dice.choice((2, 3, 40)) + text[at:]
            case 2:
                text = text[:at] + dice.choice(SPLICED) + text[at + 1 :]
            case 3:
                text = text[:at] + dice.choice(SPLICED) + text[at:]
    return text


def check(strings: int, seed: int) -> None:
    dice = random.Random(seed)
    for language in LANGUAGES:
        parse_date(
            "28 Dec", now=NOW, languages=language
        )  # dateparser loads its languages when they are first asked for
    slow, absurd = [], []
    for _ in range(strings):
        text, languages = mutated(dice), dice.choice(LANGUAGES)
        begun = time.thread_time()
        parsed = parse_date(text, now=NOW, languages=languages)
        seconds = time.thread_time() - begun
        if seconds > SLOWEST_S:
            slow.append((text, languages, seconds))
        if parsed is not None:
            latest = NOW.date() + timedelta(days=2)
            if not (parsed.day.year >= 1990 and parsed.day <= latest):
                absurd.append((text, languages, parsed))
    assert not slow, slow
    assert not absurd, absurd


def test_2000_mutated_strings_are_read_quickly_or_not_at_all() -> None:
    check(2_000, seed=20261123)


@pytest.mark.full
def test_50000_mutated_strings_are_read_quickly_or_not_at_all() -> None:
    check(50_000, seed=1)
