"""Fourteen confusions about the character set; in each the bytes themselves leave no doubt."""

from __future__ import annotations

import codecs

from faultsite.faults import answers
from faultsite.server import Call
from faultsite.stories import print_page

PLAIN = "text/html"


def _reply(call: Call, codec: str, *, meta: str | None = None, header: str | None = None, mark: bytes = b"") -> None:
    """The story in `codec`, under the labels `meta` and `header`."""
    page = print_page(call.story, head=f'<meta charset="{meta}">' if meta else "")
    content_type = f"{PLAIN}; charset={header}" if header else PLAIN
    call.reply(mark + page.encode(codec), content_type=content_type)


@answers.good()
def gbk_under_utf8(call: Call) -> None:
    """GBK bytes declared UTF-8 by page and header."""
    _reply(call, "gbk", meta="utf-8", header="utf-8")


@answers.good()
def utf8_under_gb2312(call: Call) -> None:
    """UTF-8 bytes, the page says gb2312, the header nothing."""
    _reply(call, "utf-8", meta="gb2312")


@answers.good()
def utf8_under_latin_1(call: Call) -> None:
    """UTF-8 bytes, the header says iso-8859-1, the page says utf-8."""
    _reply(call, "utf-8", meta="utf-8", header="iso-8859-1")


@answers.good()
def utf8_under_header_gbk(call: Call) -> None:
    """UTF-8 bytes, the header says gbk, the page nothing."""
    _reply(call, "utf-8", header="gbk")


@answers.good()
def gbk_declared(call: Call) -> None:
    """GBK bytes, and both labels say so."""
    _reply(call, "gbk", meta="gbk", header="gbk")


@answers.good()
def gbk_undeclared(call: Call) -> None:
    """GBK bytes without any label."""
    _reply(call, "gbk")


@answers.good(titles=("𠮷田村的㐂事 惠及全村",))
def gb18030_under_gb2312(call: Call) -> None:
    """Four-byte characters of GB18030 on a page that says gb2312."""
    _reply(call, "gb18030", meta="gb2312")


@answers.good(language="zh-Hant")
def big5(call: Call) -> None:
    """Big5 bytes, declared."""
    _reply(call, "big5hkscs", meta="big5")


@answers.good()
def utf8_mark(call: Call) -> None:
    """UTF-8 with a byte order mark, the page says gb2312."""
    _reply(call, "utf-8", meta="gb2312", mark=codecs.BOM_UTF8)


@answers.good()
def utf16_mark(call: Call) -> None:
    """UTF-16 with a byte order mark, the page says utf-8."""
    _reply(call, "utf-16-le", meta="utf-8", mark=codecs.BOM_UTF16_LE)


@answers.good(language="en", titles=("“Café” on the quay — reopened by its neighbours",))
def windows_1252(call: Call) -> None:
    """windows-1252 quotes and dashes on a page that says iso-8859-1."""
    _reply(call, "cp1252", meta="iso-8859-1")


@answers.good()
def unknown_label(call: Call) -> None:
    """UTF-8 bytes under a label that does not exist."""
    _reply(call, "utf-8", meta="x-our-own", header="x-our-own")


@answers.good()
def two_labels(call: Call) -> None:
    """GBK bytes, the first meta says utf-8, the second gbk."""
    page = print_page(call.story, head='<meta charset="utf-8"><meta charset="gbk">')
    call.reply(page.encode("gbk"), content_type=PLAIN)


@answers.good()
def late_label(call: Call) -> None:
    """GBK bytes, and the label stands behind 3,000 bytes of comment."""
    page = print_page(call.story, head=f'<!--{"x" * 3000}--><meta charset="gb2312">')
    call.reply(page.encode("gbk"), content_type=PLAIN)
