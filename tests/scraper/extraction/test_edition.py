"""E-paper pages: page, name, date, issue and paper; and pages that are none."""

import pytest

from pipelines import normalize
from scraper.extraction.page import read_page

PROSE = (
    "<p>" + "云岭县的早稻昨天全部收割完毕，全县三十二个村的晒谷场上铺满了新谷，收割机连续工作了九天九夜。" * 2 + "</p>"
)
EPAPER = "http://paper.yunling.example/html/2026-11/20/content_1234.htm"


def edition(layout, url=EPAPER):
    page = f"<html lang='zh'><body>{layout}<h1>早稻收割完毕</h1>{PROSE * 4}</body></html>"
    return normalize(read_page(page, url)).article.edition


@pytest.mark.parametrize(
    ("label", "page", "name"),
    [
        ("第02版：要闻", "02", "要闻"),
        ("A02版 要闻", "A02", "要闻"),
        ("02版:要闻", "02", "要闻"),
        ("第4版", "4", None),
        ("第四版：副刊", "四", "副刊"),
        ("版次：第A01版：头版", "A01", "头版"),
    ],
)
def test_the_page_label_of_an_e_paper_is_read(label, page, name):
    found = edition(f"<p>2026年11月20日 星期五</p><p><b>{label}</b></p>")
    assert (found.page, found.page_name, found.date) == (page, name, "2026-11-20")


def test_paper_date_and_issue_are_read_from_the_head():
    found = edition("<p>云岭日报 2026年11月20日 星期五 总第12345期</p><p>第02版：要闻</p>")
    assert (found.newspaper, found.date, found.issue) == ("云岭日报", "2026-11-20", "总第12345期")


def test_the_date_of_the_address_is_used_where_none_is_printed():
    assert edition("<p>第02版：要闻</p>").date == "2026-11-20"


def test_links_to_the_other_pages_are_no_label():
    links = "".join(f"<li><a href='node_{n}.htm'>第0{n}版：要闻</a></li>" for n in (1, 2, 3))
    assert edition(f"<h3>版面导航</h3><ul>{links}</ul>") is None


def test_the_words_of_an_e_paper_stand_for_its_address():
    assert edition("<p>第02版：要闻</p><p>返回目录</p>", "http://www.yunling.example/a/1.html").page == "02"


@pytest.mark.parametrize("line", ["<p>第02版：要闻</p>", "<p>本文刊于昨日本报第2版。</p>", "<p>（下转四版）</p>"])
def test_an_ordinary_page_has_no_edition(line):
    assert edition(line, "http://www.yunling.example/a/1.html") is None


def test_a_jump_line_is_no_page_label():
    assert edition("<p>（下转第四版）</p>") is None
