"""What becomes of a text on its way to another page: edits, cuts, added lines, the other script."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from random import Random

from bench.duplicates.texts import EN_WORDS, PLACES, WORDS

Paragraphs = list[str]

_HEAD = (
    "云岫新闻网讯（记者 林晚舟）",
    "原标题：{place}{word}有了新变化",
    "来源：云岫日报 2026-11-20 08:15:00 编辑：陈苇",
    "编者按：近日，{place}一带的{word}引起关注，本报今起推出系列报道，记录身边的变化，敬请读者垂注。",
    "点击上方蓝字关注我们，第一时间获取{place}资讯",
    "From our correspondent in {en}, published online at nine o'clock",
)
_FOOT = (
    "（责任编辑：何远山）",
    "声明：转载此文是出于传递更多信息之目的，若有来源标注错误或侵犯了您的合法权益，请与本网联系，我们将及时更正、删除。",
    "更多精彩内容，请下载云岫新闻客户端",
    "This story was first published by The Fenmoor Post.",
)


def edit(random: Random, text: Paragraphs) -> Paragraphs:
    """1 to 6 % of the words replaced, left out or put in, and at times one sentence written anew."""
    english = text[0].isascii() or " the " in text[0]
    words = EN_WORDS if english else WORDS
    edited = []
    for paragraph in text:
        units = paragraph.split(" ") if english else [paragraph[at : at + 2] for at in range(0, len(paragraph), 2)]
        share = random.uniform(0.01, 0.06)
        out = []
        for unit in units:
            dice = random.random()
            if dice < share * 0.6:
                out.append(random.choice(words))
            elif dice < share * 0.8:
                continue
            else:
                out.append(unit)
                if dice > 1 - share * 0.2:
                    out.append(random.choice(words))
        edited.append((" " if english else "").join(out))
    return edited


def cut(random: Random, text: Paragraphs) -> Paragraphs:
    """40 to 85 % of the text: its beginning, its end, or paragraphs here and there."""
    keep = max(1, round(len(text) * random.uniform(0.4, 0.85)))
    way = random.randrange(3)
    if way == 0:
        return text[:keep]
    if way == 1:
        return text[-keep:]
    return [text[at] for at in sorted(random.sample(range(len(text)), keep))]


def frame(random: Random, text: Paragraphs) -> Paragraphs:
    """One to three lines in front, up to two behind."""
    fill = {"place": random.choice(PLACES), "word": random.choice(WORDS), "en": random.choice(PLACES)}
    head = [line.format(**fill) for line in random.sample(_HEAD, random.randint(1, 3))]
    return head + text + random.sample(_FOOT, random.randint(0, 2))


def traditional(random: Random, text: Paragraphs) -> Paragraphs:
    """In traditional characters, corner quotes included; where there are several, any of them."""
    return [
        "".join(random.choice(_VARIANTS.get(char, char)) for char in paragraph).translate(_QUOTES) for paragraph in text
    ]


def both(random: Random, text: Paragraphs) -> Paragraphs:
    """Two of the others, one after the other."""
    first, second = random.sample((edit, cut, frame, traditional), 2)
    return second(random, first(random, text))


CHANGES: tuple[Callable[[Random, Paragraphs], Paragraphs], ...] = (edit, cut, frame, traditional, both)

_QUOTES = str.maketrans("“”‘’", "「」『』")


def _load_variants() -> dict[str, str]:
    variants: dict[str, str] = {}
    table = (files("scraper.duplicates") / "variants.txt").read_text("utf-8")
    for line in table.splitlines():
        for traditional_char, simplified in line.split() if not line.startswith("#") else ():
            variants[simplified] = variants.get(simplified, "") + traditional_char
    return variants


_VARIANTS = _load_variants()
