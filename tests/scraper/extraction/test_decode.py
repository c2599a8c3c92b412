"""Which character set a page is in, whatever it says."""

import pytest

from scraper.extraction.decode import clean, find_codec
from scraper.extraction.decode import decode as decode_page

CHINESE = "<p>云岫镇的姜农今年多收了三成，作坊把碎姜做成姜糖，一点也没有浪费。</p>"
HEAD = '<html><head><meta http-equiv="Content-Type" content="text/html; charset={}"></head>'


def decode(data, http_charset=None):
    decoded = decode_page(data, http_charset)
    assert decoded.utf8 == decoded.text.encode()
    return decoded.text, decoded.charset


def test_valid_utf8_wins_over_a_meta_that_says_gb2312():
    text, charset = decode((HEAD.format("gb2312") + CHINESE).encode("utf-8"))
    assert charset == "utf-8"
    assert CHINESE in text


def test_valid_utf8_wins_over_a_server_that_says_iso_8859_1():
    text, charset = decode(CHINESE.encode("utf-8"), http_charset="ISO-8859-1")
    assert (charset, text) == ("utf-8", CHINESE)


def test_gb2312_is_read_as_gb18030_so_that_dashes_and_dots_are_chinese():
    text, charset = decode((HEAD.format("gb2312") + "<p>张三·李四——报道，䶮</p>").encode("gb18030"))
    assert charset == "gb18030"
    assert "张三·李四——报道，䶮" in text


def test_gbk_that_says_utf8_is_recognized():
    text, charset = decode((HEAD.format("utf-8") + CHINESE).encode("gbk"))
    assert (charset, CHINESE in text) == ("gb18030", True)


def test_gbk_from_a_server_that_says_latin_1_is_recognized():
    text, _ = decode(CHINESE.encode("gbk") * 3, http_charset="iso-8859-1")
    assert text == CHINESE * 3


def test_a_misspelt_http_equiv_still_declares():
    page = '<meta httpequiv="Content-Type" content="text/html; charset=big5"><p>新聞報導，今天天氣很好。</p>'
    assert decode(page.encode("big5")) == (page, "big5hkscs")


@pytest.mark.parametrize(
    ("label", "codec", "sample"),
    [
        ("Shift_JIS", "cp932", "きょうは晴れです。①番"),
        ("EUC-KR", "cp949", "오늘은 맑습니다. 똠방각하"),
        ("windows-1251", "cp1251", "Сегодня ясная погода"),
        ("iso-8859-1", "cp1252", "It’s a café – “really”"),
        ("windows-1250", "cp1250", "Zażółć gęślą jaźń"),
    ],
)
def test_declared_legacy_sets_are_read_with_their_supersets(label, codec, sample):
    page = HEAD.format(label) + f"<p>{sample}</p>"
    assert decode(page.encode(codec)) == (page, codec)


def test_utf8_with_a_few_broken_bytes_stays_utf8():
    data = (CHINESE * 5).encode("utf-8").replace("姜".encode(), "姜".encode()[:2], 1)
    text, charset = decode(data)
    assert charset == "utf-8"
    assert text.count("\ufffd") <= 2


def test_undeclared_gbk_is_detected():
    assert decode((CHINESE * 3).encode("gbk")) == (CHINESE * 3, "gb18030")


def test_a_byte_order_mark_decides():
    assert decode("\ufeff<p>云</p>".encode("utf-16-le")) == ("<p>云</p>", "utf-16-le")
    assert decode(b"\xef\xbb\xbf<p>a</p>", http_charset="gbk") == ("<p>a</p>", "utf-8")


def test_control_references_that_would_lose_the_article_go_out():
    assert clean("a&#1;b&#x1F;c&#xFFFF;d&#12;e&#0;f") == "abcd ef"


def test_harmless_references_stay_and_windows_quotes_are_read():
    assert clean("&#20113;&#x4e91;&#10;&#147;x&#148;") == "&#20113;&#x4e91;&#10;“x”"


def test_nul_and_control_characters_go_out():
    assert clean("a\x00b\x0bc\x85d\ud800e") == "abc de"


_EDGES = [*range(0x180), *range(0xD7F0, 0xE010), *range(0xFDC0, 0xFE00), *range(0xFFF0, 0x10010)]


def is_forbidden(code):
    is_control = (code < 32 and code not in (9, 10, 13)) or 127 <= code <= 159
    return is_control or 0xD800 <= code <= 0xDFFF or 0xFDD0 <= code <= 0xFDEF or code in (0xFFFE, 0xFFFF)


def test_no_character_that_a_document_may_not_have_is_overlooked():
    for code in _EDGES:
        text = f"文 {chr(code)} é"
        assert (clean(text) == text) != is_forbidden(code), hex(code)
        if not 0xD800 <= code <= 0xDFFF:
            assert decode(text.encode())[0] == clean(text)


def test_no_reference_to_such_a_character_is_overlooked_however_it_is_written():
    for code in [*_EDGES, 0x10FFFE, 0x10FFFF, 0x110000, 9_999_999]:
        is_kept = not is_forbidden(code) and code < 0x10FFFE
        for written in (f"&#{code};", f"&#00{code} ", f"&#x{code:x};", f"&#X{code:04X}g"):
            assert (clean(written) == written) == is_kept, written


def test_an_unknown_label_is_none():
    assert find_codec("x-unheard-of") is None
    assert find_codec("rot13") is None
