"""Labels of Chinese and Western pages: every bracket, separator and trap on a line of its own."""

import pytest

from scraper.extraction.labels import find_labels
from scraper.extraction.page import read_page

PROSE = (
    "云岭县的早稻昨天全部收割完毕，全县三十二个村的晒谷场上铺满了新谷，农机合作社的十四台收割机连续工作了九天九夜。" * 2
)


def labels(text):
    return [(found.field, found.label, found.value) for found in find_labels(text)]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("责任编辑：何苗", "何苗"),
        ("责任编辑: 何苗", "何苗"),
        ("（责任编辑：何苗）", "何苗"),
        ("(责编：何苗、丁澜)", "何苗、丁澜"),
        ("[责任编辑：何苗]", "何苗"),
        ("【编辑:何苗】", "何苗"),
        ("编辑|何苗", "何苗"),
        ("網路編輯：何苗", "何苗"),
        ("責任編輯：何苗", "何苗"),
        ("云岭网编辑：何苗", "何苗"),
        ("责任编辑 何苗", "何苗"),
        ("编辑： 何苗 【稻香公园何时开放？】", "何苗"),
        ("[责任编辑：何苗] 标签：水稻 农机", "何苗"),
    ],
)
def test_an_editor_is_read_from_every_bracket_and_separator(line, name):
    assert [(field, value) for field, _, value in labels(line)] == [("editor", name)]


def test_several_labels_of_one_line_are_kept_apart():
    assert labels("2026年11月20日 16:30 来源：云岭日报 作者：蓝 桥 编辑：何苗") == [
        ("source", "来源", "云岭日报"),
        ("author", "作者", "蓝 桥"),
        ("editor", "编辑", "何苗"),
    ]


@pytest.mark.parametrize("line", ["责任编辑：", "编辑：何苗 作者： 【打印】", "作者： 来源："])
def test_a_label_with_nothing_behind_it_gives_nothing(line):
    assert [field for field, _, _ in labels(line)] in ([], ["editor"])


@pytest.mark.parametrize(
    "line",
    [
        "新闻热线：0796-1234567",
        "记者热线：0771-1234567 编辑热线：0771-7654321",
        "编辑推荐",
        "凡注明来源为“云岭网”的所有作品，版权均属云岭网",
        "转载时必须注明“稿件来源：云岭网”",
        "部分内容转载自其他媒体",
        "资料来源：县统计局",
    ],
)
def test_lines_that_only_contain_a_label_word_give_nothing(line):
    assert labels(line) == []


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("来源: 云岭新闻网—稻香晚报", "云岭新闻网—稻香晚报"),
        ("稿源：云岭日报", "云岭日报"),
        ("本文来源于《云岭财经》 2026年1月2日", "《云岭财经》"),
        ("文章来源：云岭在线 手机看新闻", "云岭在线"),
        ("来源：( 云岭在线 )", "云岭在线"),
        ("2026-11-20 09:00来源：云岭网参与互动", "云岭网"),
        ("來源：雲嶺時報", "雲嶺時報"),
        ("Source: The Fenmoor Courier By Ada Marsh", "The Fenmoor Courier"),
        ("来源：云岭网 — 云岭日报 字号：大 中 小", "云岭网 — 云岭日报"),
    ],
)
def test_a_source_is_read_without_what_stands_behind_it(line, source):
    assert [value for field, _, value in labels(line) if field == "source"] == [source]


def test_a_linked_source_keeps_its_link():
    page = f"""<h1>早稻收割完毕</h1><p>2026-11-20 09:00 来源：<a href="/link.html">云岭日报</a>参与互动</p>
    <p>{PROSE}</p><p>{PROSE}</p><p>责任编辑：何苗</p>"""
    source = read_page(page, "http://www.yunling.example/a/1.html").candidates["source"][0]
    assert (source.raw, source.href) == ("来源：云岭日报", "http://www.yunling.example/link.html")


def test_an_outlet_behind_the_date_is_a_source_without_a_label():
    page = f"<h1>早稻收割完毕</h1><p>2026-11-20 09:00:12 云岭时报网</p><p>{PROSE}</p><p>{PROSE}</p>"
    assert read_page(page).candidates["source"][0].raw == "云岭时报网"


def test_an_outlet_behind_a_name_and_a_slash_is_a_source():
    page = f"<h1>早稻收割完毕</h1><p>何苗/云岭青年报</p><p>2026-11-20 09:00</p><p>{PROSE}</p><p>{PROSE}</p>"
    reading = read_page(page)
    assert reading.candidates["source"][0].raw == "云岭青年报"
    assert reading.candidates["author"][0].raw == "何苗"
