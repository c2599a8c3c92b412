"""The headline among the printed lines, and what stands above and below it."""

from __future__ import annotations

from lxml import html

from scraper.extraction.lines import print_lines
from scraper.extraction.reading import PageReading
from scraper.extraction.structured import read_structured
from scraper.extraction.titles import read_titles
from scraper.extraction.view import PageView


def read(page: str) -> tuple[PageView, PageReading]:
    tree = html.document_fromstring(page)
    view = PageView(tree=tree, lines=print_lines(tree))
    reading = PageReading()
    read_structured(view, reading)
    read_titles(view, reading)
    return view, reading


def headline(page: str) -> str | None:
    view, _ = read(page)
    return None if view.headline is None else view.lines[view.headline].text


def raw(page: str, field: str) -> str | None:
    return next((one.raw for one in read(page)[1].candidates.get(field, [])), None)


def test_the_h1_that_the_window_title_repeats_is_the_headline() -> None:
    assert headline(
        "<title>大桥今日通车_江城新闻网</title><h1>江城新闻网</h1><div>首页</div><h1>大桥今日通车</h1><p>正文</p>"
    ) == ("大桥今日通车")


def test_a_headline_in_a_table_cell_is_found_by_the_window_title() -> None:
    page = "<title>大桥今日通车-江城新闻网</title><table><tr><td>首页 > 新闻</td></tr>"
    page += "<tr><td><b>大桥今日通车</b></td></tr></table>"
    assert headline(page) == "大桥今日通车"


def test_a_headline_broken_over_two_lines_is_read_whole() -> None:
    page = "<title>大桥今日通车 两岸车程缩短一半-江城网</title>"
    page += "<table><tr><td>大桥今日通车<br>两岸车程缩短一半</td></tr></table>"
    view, reading = read(page)
    assert [one.raw for one in reading.candidates["title"]][-1] == "大桥今日通车 两岸车程缩短一半"
    assert view.headline == 1


def test_a_window_title_that_begins_with_the_site_is_read_by_its_longest_part() -> None:
    page = "<title>RIVER : Bridge reopens after storm</title><div>River</div><div>Bridge reopens after storm</div>"
    assert headline(page) == "Bridge reopens after storm"


def test_a_crumb_path_in_an_h1_is_not_the_headline() -> None:
    page = "<title>大桥今日通车 - 江城网</title><h1><a href='/'>江城网</a> 〉大桥今日通车</h1><div>大桥今日通车</div>"
    assert headline(page) == "大桥今日通车"


def test_the_last_crumb_is_not_the_headline_where_a_site_makes_it_an_h1() -> None:
    page = """<html><head><title>Bridge: the old one reopens</title></head><body>
    <nav><ul><li><a href=/>Home</a></li><li><h1>Bridge: the old one reopens</h1></li></ul></nav>
    <article><h1>Bridge: the old one reopens</h1><p>20 November 2026</p></article></body></html>"""
    view, _ = read(page)
    assert view.headline == 2


def test_the_heading_of_the_comments_is_not_the_headline() -> None:
    page = "<title>Bridge open | Gazette</title><h2><a href='/x'>Bridge open</a></h2><h3>Comments on Bridge open</h3>"
    assert headline(page) == "Bridge open"


def test_a_word_in_front_of_the_headline_inside_the_h1_is_left_out() -> None:
    page = "<title>Bridge reopens - Gazette</title><h1><div>Sponsored</div><div>Bridge reopens</div></h1>"
    assert headline(page) == "Bridge reopens"


def test_an_h1_of_several_blocks_is_read_whole() -> None:
    page = "<title>City: Bridge reopens</title><h1><div>City:</div><div>Bridge reopens</div></h1><p>text</p>"
    assert read(page)[1].candidates["title"][-1].raw == "City: Bridge reopens"


def test_a_heading_that_is_worded_otherwise_beats_a_caption_that_repeats_the_window_title() -> None:
    page = (
        "<title>江城大桥今日通车_江城网</title><h1>【快讯】江城大桥今日正式通车</h1><p>2024-05-03</p>"
        "<p>江城大桥今日通车</p><p>正文。</p>"
    )
    assert headline(page) == "【快讯】江城大桥今日正式通车"


def test_a_crumb_that_ends_with_the_title_is_not_the_headline() -> None:
    page = (
        "<title>Bridge reopens | Gazette</title><ul class='breadcrumb'><li>Home</li><li>Bridge reopens</li></ul>"
        "<div>Bridge reopens</div><div>3 May 2024</div><p>text</p>"
    )
    view, _ = read(page)
    assert view.headline == 2


def test_a_hidden_copy_of_the_headline_is_passed_over() -> None:
    page = (
        "<title>大桥今日通车</title><div style='display:none'><h1>大桥今日通车</h1></div><ul><li>时政</li></ul>"
        "<h1>大桥今日通车</h1><div>2024-05-03 10:17</div>"
    )
    view, _ = read(page)
    assert view.headline == 2


def test_a_related_list_does_not_give_the_headline() -> None:
    page = (
        "<title>Bridge reopens</title><h1>Bridge reopens</h1><p>text</p>"
        "<div class='related'><h3><a href='/x'>Bridge reopens after storm</a></h3></div>"
    )
    assert headline(page) == "Bridge reopens"


def test_a_page_that_repeats_its_title_nowhere_has_no_headline() -> None:
    assert headline("<title>Bridge reopens</title><p>Weather</p><p>Sport</p>") is None


def test_the_line_named_as_kicker_above_the_headline_is_the_kicker() -> None:
    page = "<title>大桥今日通车</title><div class='yinti'>建设者奋战三年</div><h1>大桥今日通车</h1><p>正文</p>"
    assert raw(page, "kicker") == "建设者奋战三年"


def test_a_lesser_heading_right_above_the_h1_is_the_kicker() -> None:
    page = "<title>大桥今日通车</title><div><h3>建设者奋战三年</h3><h1>大桥今日通车</h1></div><p>正文</p>"
    assert raw(page, "kicker") == "建设者奋战三年"


def test_a_line_above_the_headline_in_the_same_small_cell_is_the_kicker() -> None:
    page = "<title>大桥今日通车-江城网</title><table><tr><td>首页 > 要闻</td></tr>"
    page += "<tr><td><font size=3>建设者奋战三年</font><br><b>大桥今日通车</b><br>——记江城大桥</td></tr></table>"
    assert raw(page, "kicker") == "建设者奋战三年"


def test_a_chinese_line_that_alone_opens_the_block_of_the_headline_is_the_kicker() -> None:
    page = "<title>大桥今日通车</title><div><!-- x --><p></p><p>江城三万名建设者奋战三年</p><h1>大桥今日通车</h1></div>"
    assert raw(page, "kicker") == "江城三万名建设者奋战三年"


def test_lines_of_a_large_cell_above_the_headline_are_no_kicker() -> None:
    page = "<title>大桥今日通车-江城网</title><div>江城网<br>要闻<br>大桥今日通车<br>正文一<br>正文二</div>"
    assert raw(page, "kicker") is None


def test_a_line_above_the_headline_is_not_a_kicker_by_its_place_alone() -> None:
    assert raw("<title>大桥今日通车</title><p>江城日报社主办</p><h1>大桥今日通车</h1>", "kicker") is None


def test_a_line_below_the_headline_that_begins_with_a_dash_is_the_subtitle() -> None:
    page = "<title>大桥今日通车</title><h1>大桥今日通车</h1><p>——记江城大桥建设者</p><p>2024-05-03</p>"
    assert raw(page, "subtitle") == "——记江城大桥建设者"


def test_a_line_named_as_subtitle_is_the_subtitle() -> None:
    page = "<title>Bridge reopens</title><h1>Bridge reopens</h1><p class='subtitle'>Years of work end</p><p>text</p>"
    assert raw(page, "subtitle") == "Years of work end"


def test_a_lesser_heading_between_headline_and_date_is_the_subtitle() -> None:
    page = "<title>大桥今日通车</title><h1>大桥今日通车</h1><h2>两岸车程缩短一半</h2><div>2024-05-03 10:17</div>"
    assert raw(page, "subtitle") == "两岸车程缩短一半"


def test_the_first_subhead_of_the_body_is_not_the_subtitle() -> None:
    page = "<title>Bridge reopens</title><h1>Bridge reopens</h1><h2>Years of work</h2><p>It took long.</p>"
    assert raw(page, "subtitle") is None
