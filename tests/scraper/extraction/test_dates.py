"""Dates as printed around the headline and the body, and in the address."""

from __future__ import annotations

import pytest
from lxml import html

from scraper.extraction.dates import read_dates
from scraper.extraction.lines import print_lines
from scraper.extraction.reading import Candidate, PageReading
from scraper.extraction.titles import read_titles
from scraper.extraction.view import PageView

BODY = "<p id=body>第一段正文，讲的是大桥通车的事。</p>"


def read(*lines: str, tail: str = "", head: str = "", url: str | None = None) -> PageReading:
    page = f"<title>大桥今日通车</title>{head}<h1>大桥今日通车</h1>{''.join(lines)}{BODY}{tail}"
    tree = html.document_fromstring(page)
    view = PageView(tree=tree, url=url, lines=print_lines(tree))
    reading = PageReading(url=url)
    read_titles(view, reading)
    body = [line.index for line in view.lines if line.node.get("id") in ("first", "body", "last")]
    view.body = range(body[0], body[-1] + 1)
    read_dates(view, reading)
    return reading


def raws(reading: PageReading, field: str = "date_published") -> list[str]:
    return [one.raw for one in reading.candidates.get(field, [])]


@pytest.mark.parametrize(
    ("line", "raw"),
    [
        ("2011年12月16日 01:22　来源：江城日报", "2011年12月16日 01:22"),
        ("http://www.example.cn2011-12-09江城晚报", "2011-12-09"),
        ("发布时间：2012-01-17 16:13 编辑：王小河", "2012-01-17 16:13"),
        ("By Ann Lee | May 3, 2024 10:17 a.m. ET", "May 3, 2024 10:17 a.m. ET"),
        ("Veröffentlicht am 28.12.2017 um 10:17 Uhr", "28.12.2017 um 10:17 Uhr"),
    ],
)
def test_the_info_line_under_the_headline_gives_the_date(line: str, raw: str) -> None:
    assert raws(read(f"<div>{line}</div>")) == [raw]


@pytest.mark.parametrize(
    "label",
    ["最后更新：", "更新时间 ", "Updated: ", "Last modified on ", "Aktualisiert am ", "Mis à jour le ", "Обновлено: "],
)
def test_a_label_of_change_gives_the_modified_date(label: str) -> None:
    reading = read(f"<div>2019-09-07 15:10 {label}2019-09-08 15:14</div>")
    assert raws(reading) == ["2019-09-07 15:10"]
    assert raws(reading, "date_modified") == ["2019-09-08 15:14"]


def test_a_label_alone_on_the_line_above_belongs_to_the_date() -> None:
    reading = read("<dl><dt>Updated</dt><dd>3 May 2024</dd></dl>")
    assert raws(reading) == []
    assert raws(reading, "date_modified") == ["3 May 2024"]


def test_a_labelled_date_keeps_its_label() -> None:
    assert read("<div>发布时间：2012-01-17</div>").candidates["date_published"][0].label == "发布时间"


def test_dates_of_footer_copyright_comments_and_related_items_are_not_read() -> None:
    tail = (
        "<div class=related><ul><li>12月14日 桥头堡落成 2011-12-14 19:47</li></ul></div>" * 3
        + "<div class=comment>网友 2011-12-20 09:00 说</div>"
        + "<div class=footer>©2003-2019 江城日报社 许可证 2006-11-02 发布时间</div>"
    )
    assert raws(read("<div>2011-12-09</div>", tail=tail)) == ["2011-12-09"]


def test_a_copyright_line_right_behind_the_body_gives_nothing() -> None:
    assert raws(read(tail="<p>Copyright © 2019-01-01 Gazette, published daily</p>")) == []


def test_a_labelled_date_right_behind_the_body_is_read() -> None:
    assert raws(read(tail="<p>发布时间：2011-12-09 10:00</p>")) == ["2011-12-09 10:00"]


def test_a_date_told_in_a_sentence_is_not_the_pages() -> None:
    dek = "The council decided on 3 May 2019 that the bridge across the river should be closed for four long years."
    assert raws(read(f"<p>{dek}</p>")) == []


def test_the_dateline_is_a_weak_hint() -> None:
    tree = html.document_fromstring(
        "<title>大桥通车</title><h1>大桥通车</h1><p>江城12月15日电（记者王小河）大桥通车。</p>"
    )
    view = PageView(tree=tree, lines=print_lines(tree), headline=1, body=range(1, 2))
    view.headline = 0
    reading = PageReading()
    read_dates(view, reading)
    dateline = [one for one in reading.candidates["date_published"] if one.method == "dateline"]
    assert dateline == [Candidate(raw="12月15日", method="dateline", locator="line 1", confidence=0.15)]


def test_a_relative_date_in_the_info_line_is_read() -> None:
    assert raws(read("<div>江城网 3小时前</div>")) == ["3小时前"]


def test_the_time_element_near_the_headline_gives_its_datetime() -> None:
    reading = read('<div><time datetime="2024-05-03T10:17:00+02:00">3 May 2024</time></div>')
    assert raws(reading) == ["3 May 2024", "2024-05-03T10:17:00+02:00"]


def test_a_time_element_behind_a_label_of_change_is_the_modified_date() -> None:
    reading = read('<div>Updated: <time datetime="2024-05-04T09:00Z">4 May 2024</time></div>')
    assert raws(reading, "date_modified") == ["4 May 2024", "2024-05-04T09:00Z"]
    assert raws(reading) == []


def test_a_time_element_marked_as_publication_counts_wherever_it_stands() -> None:
    tail = "<p>x</p>" * 10 + '<div><time class="entry-date published" datetime="2024-05-03">3 May 2024</time></div>'
    assert raws(read(tail=tail)) == ["2024-05-03"]


def test_a_time_element_of_a_related_item_does_not_count() -> None:
    tail = "<p>x</p>" * 10 + '<ul class="related"><li><time class="date" datetime="2024-05-09">9 May</time></li></ul>'
    assert raws(read(tail=tail)) == []


def test_a_labelled_date_far_away_is_read_where_nothing_stands_near() -> None:
    tail = "<p>其他</p>" * 10 + "<p>发布日期：2011-12-09</p>"
    assert raws(read(tail=tail)) == ["2011-12-09"]


def test_the_facts_of_an_official_page_in_its_sidebar_tell_its_date() -> None:
    facts = "<aside class=sidebar><h4>Published</h4><p>15 November 2018</p></aside>"
    assert raws(read(tail=f"{'<p>x</p>' * 40}{facts}")) == ["15 November 2018"]
    related = "<aside class='sidebar related'><h4>Published</h4><p>15 November 2018</p></aside>"
    assert raws(read(tail=f"{'<p>x</p>' * 40}{related}")) == []


def test_the_position_that_a_style_calls_relative_is_no_relation() -> None:
    facts = "<div class='relative'><time class=entry-date datetime='2018-11-15'>15 Nov</time></div>"
    assert raws(read(tail=f"{'<p>x</p>' * 40}{facts}")) == ["2018-11-15"]


@pytest.mark.parametrize(("line", "found"), [("Updated November 19, 2021", 1), ("November 19, 2021", 0)])
def test_further_below_the_headline_a_date_has_to_say_that_it_is_the_articles(line: str, found: int) -> None:
    people = "".join(f"<p>{'大桥' * 50}</p><p>key point</p>" for _ in range(4))
    reading = read(f"<p id=first>第一段。</p>{people}<p>{line}</p>{'<p>further on</p>' * 9}")
    assert len(raws(reading, "date_modified")) == found
    assert raws(reading) == []


def test_many_dates_far_away_are_those_of_others() -> None:
    tail = "<p>其他</p>" * 10 + "".join(f"<p>发布日期：2011-12-0{day}</p>" for day in range(1, 6))
    assert raws(read(tail=tail)) == []


def test_a_date_below_the_standfirst_and_the_byline_is_read() -> None:
    lines = ("What the council decided about the old bridge.", "By Jane Roe", "Chief Reporter", "Dec 17, 2023")
    reading = read(f"<p id=first>{'</p><p>'.join(lines)}</p>")
    assert raws(reading) == ["Dec 17, 2023"]


def test_an_earlier_printing_told_in_an_editors_note_is_less_sure_than_the_address() -> None:
    note = (
        "<p>Editor's note: this post was originally published on October 7, 2008, but it gives advice that is good "
        "for all readers, so we print it again.</p>"
    )
    reading = read(note, url="https://example.com/2015/01/08/advice.html")
    found = {one.method: one.confidence for one in reading.candidates["date_published"]}
    assert found["label"] < found["url"]


def test_a_labelled_date_that_is_the_last_line_of_the_body_is_read() -> None:
    assert raws(read(tail="<p id=last>Post time: Mar-04-2024</p>")) == ["Mar-04-2024"]
