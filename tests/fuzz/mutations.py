"""Damage done to pages: of any kind, and of a kind that no reader sees. A seed gives the same damage every time."""

from __future__ import annotations

import random

HOSTILE = (
    b"\x00\x01\x02\x0b\x1b",
    b"&#1;&#x0;&#55296;&#1114112;&#x110000;",
    b"\xff\xfe\xfd",
    b"\xed\xa0\x80",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<base href='http://[::1'>",
    b"<base href='javascript:1'>",
    b"<a href='http://[bad/'>x</a>",
    b"<a href='//:99999999/'>x</a>",
    b"<meta charset='utf-16'>",
    b"<meta charset='no-such-set'>",
    b'<script type=\'application/ld+json\'>{"@type":[null,{}],"author":[[[]]],"datePublished":{}}</script>',
    b"<script type='application/ld+json'>" + b"[" * 3000 + b"</script>",
    b"<script>",
    b"<style>",
    b"<table><tr><td><table>",
    b"<svg><button><select>",
    b"<meta name=author content='" + b"a, " * 300 + b"'>",
    b"<meta property='article:published_time' content='99999-99-99T99:99:99+99:99'>",
    b"<meta property='article:published_time' content='0000-00-00'>",
    b"<p>" + b"9" * 4000 + b"</p>",
    b"<p>" + "（记者".encode() * 500 + b"</p>",
    b"<h1>" + b"> " * 2000 + b"</h1>",
    b"<div>" * 400,
    b"</div>" * 400,
    b"<p itemscope itemtype='http://schema.org/Article' itemprop='author'>",
)
CHARSETS = ("gb18030", "big5", "shift_jis", "euc-kr", "utf-16", "utf-16-be", "utf-32", "windows-1252", "utf-7", "cp037")

HARMLESS_IN_HEAD = (
    b"<!-- build 48302 -->",
    b"<link rel='stylesheet' href='/css/a.css'>",
    b"<style>.x { color: red }</style>",
    b"<script>var _hmt = _hmt || []; document.title = 'x';</script>",
    b"<meta name='viewport' content='width=device-width'>",
    b"<meta name='robots' content='all'>",
    b"<noscript><img src='/pixel.gif'></noscript>",
)
HARMLESS_AT_END = (
    b"<!-- cached 2001-01-01 01:01:01 -->",
    b"<script>window.loaded = '2001-01-01'; var author = 'x';</script>",
    b'<script type=\'application/json\'>{"a": [1, 2, {"b": null}]}</script>',
    b"<div style='display:none'></div>",
    b"<noscript><img src='/pixel.gif'></noscript>",
    b"<iframe src='about:blank'></iframe>",
    b"<div class='foot-tools'></div>",
)


def damage(pages: list[bytes], seed: int) -> bytes:
    """One of the pages, damaged in one to four ways.

    Args:
        pages: at least one; two of them may be spliced.
        seed: which page and which damage.
    """
    chance = random.Random(seed)
    page = chance.choice(pages)
    for _ in range(chance.randint(1, 4)):
        page = chance.choice((_flip, _cut, _drop, _repeat, _splice, _plant, _recode))(page, pages, chance)
    return page


def disturb(page: bytes, seed: int) -> bytes:
    """The page with one to three things added to its head and to its end that print nothing and say nothing of it."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 3)):
        if chance.random() < 0.5:
            page = page.replace(b"</head>", chance.choice(HARMLESS_IN_HEAD) + b"</head>", 1)
        else:
            page = page.replace(b"</body>", chance.choice(HARMLESS_AT_END) + b"</body>", 1)
    return page


def _flip(page: bytes, _: list[bytes], chance: random.Random) -> bytes:
    data = bytearray(page)
    for _ in range(chance.randint(1, 60) if data else 0):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def _cut(page: bytes, _: list[bytes], chance: random.Random) -> bytes:
    return page[: chance.randint(0, len(page))]


def _drop(page: bytes, _: list[bytes], chance: random.Random) -> bytes:
    start = chance.randint(0, len(page))
    return page[:start] + page[start + chance.randint(1, 2000) :]


def _repeat(page: bytes, _: list[bytes], chance: random.Random) -> bytes:
    start = chance.randint(0, len(page))
    stop = start + chance.randint(1, 3000)
    return page[:stop] + page[start:stop] * chance.randint(1, 30) + page[stop:]


def _splice(page: bytes, pages: list[bytes], chance: random.Random) -> bytes:
    other = chance.choice(pages)
    return page[: chance.randint(0, len(page))] + other[chance.randint(0, len(other)) :]


def _plant(page: bytes, _: list[bytes], chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 5)):
        at = chance.randint(0, len(page))
        page = page[:at] + chance.choice(HOSTILE) + page[at:]
    return page


def _recode(page: bytes, _: list[bytes], chance: random.Random) -> bytes:
    return page.decode("utf-8", "replace").encode(chance.choice(CHARSETS), "replace")
