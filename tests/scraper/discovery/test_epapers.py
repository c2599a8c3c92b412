from __future__ import annotations

import pytest

from scraper.discovery.epapers import PaperPage, parse_label, place_in_print, read_edition_page
from scraper.extraction import read_page
from scraper.extraction.reading import Candidate, PageReading

NODE = """<html><body><h3>版面导航</h3><ul>
<li><a href="node_2.htm">第01版：要闻</a></li><li><a href="node_3.htm">第02版：民生</a></li></ul>
<p>第01版：要闻</p><map name="m"><area shape="poly" coords="0,0,9,9" href="content_1.htm" alt="新渠通水">
<area shape="rect" coords="0,0,9,9" href="content_2.htm"></map>
<h3>本版新闻</h3><ul><li><a href="content_2.htm">老街拆了雨棚</a></li></ul>
<a href="../19/node_2.htm">上一期</a> <a href="http://www.example/a/content_9.htm">网站</a></body></html>"""
URL = "http://e.example/html/2026-11/20/node_2.htm"


def test_a_page_lists_its_articles_from_the_image_map_too_and_the_other_pages():
    edition = read_edition_page(read_page(NODE, URL))
    assert edition is not None
    assert edition.page == PaperPage(url=URL, number="01", name="要闻")
    assert edition.pages == (PaperPage(url="http://e.example/html/2026-11/20/node_3.htm", number="02", name="民生"),)
    assert [(link.url.rpartition("/")[2], link.text) for link in edition.articles] == [
        ("content_1.htm", "新渠通水"),
        ("content_2.htm", "老街拆了雨棚"),
    ]


def test_a_page_of_no_known_form_is_none():
    assert read_edition_page(read_page(NODE, "http://e.example/today.html")) is None


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("第02版：民生", ("02", "民生")),
        ("第A04版:财经", ("A04", "财经")),
        ("03版 综合", ("03", "综合")),
        ("第四版（副刊）", ("四", "副刊")),
        ("01版", ("01", None)),
        ("1", ("1", None)),
        ("下一版", (None, None)),
        ("版面导航", (None, None)),
    ],
)
def test_the_labels_of_pages(text: str, label: tuple[str | None, str | None]):
    assert parse_label(text) == label


def test_an_article_that_prints_no_page_has_that_of_the_page_that_lists_it():
    reading = PageReading(url="http://e.example/shtml/yxrb/20261120/90837.shtml")
    place_in_print(reading, PaperPage(url=URL, number="02", name="民生").via)
    found = {candidate.label: candidate.raw for candidate in reading.candidates["edition"]}
    assert found == {"page": "02", "page_name": "民生", "date": "2026-11-20"}


def test_what_an_article_prints_of_its_page_goes_first():
    reading = PageReading(url="http://e.example/html/2026-11/20/content_1.htm")
    reading.add("edition", Candidate(raw="03", method="label", label="page"))
    place_in_print(reading, "edition 02 民生")
    pages = [candidate.raw for candidate in reading.candidates["edition"] if candidate.label == "page"]
    assert pages == ["03"]
