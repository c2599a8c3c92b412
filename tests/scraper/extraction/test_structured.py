"""Structured data: what a page says about itself."""

from __future__ import annotations

import json

import pytest
from lxml import html

from scraper.extraction.jsonld import MAX_BYTES, Graph, read_json
from scraper.extraction.lines import print_lines
from scraper.extraction.reading import Candidate, PageReading
from scraper.extraction.structured import read_structured
from scraper.extraction.view import PageView

URL = "https://news.example.com/2024/05/03/bridge.html"
ARTICLE = {"@type": "NewsArticle", "headline": "Bridge reopens", "datePublished": "2024-05-03T10:17:00+02:00"}


def read(page: str, url: str | None = URL) -> PageReading:
    return look(page, url)[1]


def look(page: str, url: str | None = URL) -> tuple[PageView, PageReading]:
    tree = html.document_fromstring(page)
    view = PageView(tree=tree, url=url, base_url=url, lines=print_lines(tree))
    reading = PageReading(url=url)
    read_structured(view, reading)
    return view, reading


def raws(reading: PageReading, field: str, method: str | None = None) -> list[str]:
    return [one.raw for one in reading.candidates.get(field, []) if method in (None, one.method)]


def jsonld(*blocks: object, title: str = "Bridge reopens") -> str:
    scripts = "".join(
        f'<script type="application/ld+json">{block if isinstance(block, str) else json.dumps(block)}</script>'
        for block in blocks
    )
    return f"<html><head><title>{title}</title>{scripts}</head><body><h1>{title}</h1></body></html>"


@pytest.mark.parametrize(
    "block",
    [
        "<!-- " + json.dumps(ARTICLE) + " -->",
        "//<![CDATA[\n" + json.dumps(ARTICLE) + "\n//]]>",
        "/*<![CDATA[*/" + json.dumps(ARTICLE) + "/*]]>*/",
        '{"@type": "NewsArticle", "headline": "Bridge reopens", "description": "two\nlines", '
        '"datePublished": "2024-05-03T10:17:00+02:00"}',
        '{"@type": "NewsArticle", "headline": "Bridge reopens", "datePublished": "2024-05-03T10:17:00+02:00",}',
        json.dumps(ARTICLE) + ";",
        json.dumps(ARTICLE).replace("reopens", "reopens\\'").replace("\\'", "", 1),
        json.dumps(ARTICLE).replace('"', "&quot;"),
        json.dumps({"@type": "Organization", "name": "Gazette"}) + json.dumps(ARTICLE),
    ],
    ids=["comment", "cdata", "css-cdata", "raw-newline", "trailing-comma", "semicolon", "quote", "entities", "two"],
)
def test_a_broken_jsonld_block_is_read_leniently(block: str) -> None:
    assert raws(read(jsonld(block)), "date_published", "jsonld") == ["2024-05-03T10:17:00+02:00"]


def test_an_invalid_escape_in_jsonld_is_taken_for_its_character() -> None:
    assert read_json('{"name": "it\\\'s"}') == [{"name": "it's"}]


def test_comments_inside_json_are_passed_over_but_not_in_its_strings() -> None:
    text = (
        '{"name": "甲", /* free? */ "isAccessibleForFree": false, // to the end\n "url": "http://a.com/b//c /* d */"}'
    )
    assert read_json(text) == [{"name": "甲", "isAccessibleForFree": False, "url": "http://a.com/b//c /* d */"}]


@pytest.mark.parametrize("block", ["", "not json", "{", "[[[", '{"a":' * 5000, "{" * 5000, "]" * 100, '"text"', "12"])
def test_garbage_in_jsonld_gives_nothing(block: str) -> None:
    assert "date_published" not in read(jsonld(block)).candidates


def test_an_oversized_jsonld_block_is_left_alone() -> None:
    assert read_json(json.dumps({**ARTICLE, "articleBody": "x" * MAX_BYTES})) == []


def test_jsonld_graph_references_are_resolved() -> None:
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {**ARTICLE, "author": {"@id": "#ann"}, "publisher": {"@id": "#house"}},
            {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
            {"@type": "Organization", "@id": "#house", "name": "The Gazette"},
        ],
    }
    reading = read(jsonld(graph))
    assert raws(reading, "author") == ["Ann Lee"]
    assert raws(reading, "publisher") == ["The Gazette"]


def test_jsonld_authors_may_be_strings_nodes_or_lists() -> None:
    authors = ["Ann Lee", {"@type": "Person", "name": ["Bo Rex", "Cy Young"]}]
    assert raws(read(jsonld({**ARTICLE, "author": authors})), "author") == ["Ann Lee", "Bo Rex", "Cy Young"]


def test_an_organization_as_author_is_worth_little() -> None:
    node = {**ARTICLE, "author": [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Organization", "name": "Gazette"}]}
    person, house = read(jsonld(node)).candidates["author"]
    assert person.confidence > 0.8
    assert house.confidence < 0.4


def test_a_related_article_in_jsonld_is_not_the_page() -> None:
    related = {**ARTICLE, "headline": "Another story", "url": "https://news.example.com/other.html"}
    assert "date_published" not in read(jsonld(related)).candidates


def test_of_several_articles_in_jsonld_the_one_that_fits_the_page_wins() -> None:
    related = {**ARTICLE, "headline": "Another story", "datePublished": "2020-01-01"}
    assert raws(read(jsonld([related, ARTICLE])), "date_published") == ["2024-05-03T10:17:00+02:00"]


def test_articles_in_an_item_list_are_not_the_page() -> None:
    listing = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": ARTICLE}]}
    assert "date_published" not in read(jsonld(listing)).candidates


def test_section_keywords_language_and_dates_come_from_jsonld() -> None:
    node = {
        **ARTICLE,
        "articleSection": ["City", "Traffic"],
        "keywords": ["bridge", "river"],
        "inLanguage": "en-GB",
        "dateModified": "2024-05-04",
        "editor": {"@type": "Person", "name": "Di Moss"},
    }
    reading = read(jsonld(node))
    assert raws(reading, "section") == ["City", "Traffic"]
    assert raws(reading, "keywords") == ["bridge", "river"]
    assert raws(reading, "language", "jsonld") == ["en-GB"]
    assert raws(reading, "date_modified") == ["2024-05-04"]
    assert raws(reading, "editor") == ["Di Moss"]


def test_entities_in_jsonld_strings_are_characters() -> None:
    assert raws(read(jsonld({**ARTICLE, "headline": "Bridge &amp; river reopens"})), "title", "jsonld") == [
        "Bridge & river reopens"
    ]


def test_microdata_of_the_article_is_read() -> None:
    page = """<html><head><title>Bridge reopens</title></head><body>
    <div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">Bridge reopens</h1>
    <span itemprop="author" itemscope itemtype="http://schema.org/Person"><span itemprop="name">Ann Lee</span></span>
    <meta itemprop="datePublished" content="2024-05-03T10:17:00+02:00">
    <div itemscope itemtype="http://schema.org/Comment">
    <time itemprop="datePublished" datetime="2024-05-09"></time></div>
    </div></body></html>"""
    reading = read(page)
    assert raws(reading, "date_published") == ["2024-05-03T10:17:00+02:00"]
    assert raws(reading, "author") == ["Ann Lee"]


def test_of_several_microdata_articles_the_one_with_the_pages_headline_is_read() -> None:
    def one(title: str, date: str) -> str:
        return (
            f'<div itemscope itemtype="https://schema.org/Article"><h2 itemprop="headline">{title}</h2>'
            f'<time itemprop="datePublished" datetime="{date}"></time></div>'
        )

    page = "<html><head><title>Bridge reopens</title></head><body>"
    page += one("Rain to come", "2024-01-01") + one("Bridge reopens", "2024-05-03") + "</body></html>"
    assert raws(read(page), "date_published") == ["2024-05-03"]


@pytest.mark.parametrize(
    ("tag", "field", "value"),
    [
        ('<meta property="og:title" content="Bridge reopens">', "title", "Bridge reopens"),
        ('<meta property="article:published_time" content="2024-05-03T10:17Z">', "date_published", "2024-05-03T10:17Z"),
        ('<meta property="article:modified_time" content="2024-05-04T10:17Z">', "date_modified", "2024-05-04T10:17Z"),
        ('<meta name="DC.date.issued" content="2024-05-03">', "date_published", "2024-05-03"),
        ('<meta name="DC:Creator" content="Ann Lee">', "author", "Ann Lee"),
        ('<meta name="publishdate" content="2011-12-16">', "date_published", "2011-12-16"),
        ('<meta name="source" content="江城日报">', "source", "江城日报"),
        ('<meta property="og:site_name" content="Gazette">', "publisher", "Gazette"),
        ('<meta property="article:section" content="City">', "section", "City"),
        ('<meta name="news_keywords" content="bridge, river">', "keywords", "bridge, river"),
        ('<meta property="og:locale" content="en_GB">', "language", "en_GB"),
        ('<meta http-equiv="Content-Language" content="zh-CN">', "language", "zh-CN"),
        ('<meta property="og:title" content="It&amp;#39;s open">', "title", "It's open"),
    ],
)
def test_meta_tags_give_candidates(tag: str, field: str, value: str) -> None:
    assert value in raws(read(f"<html><head>{tag}</head><body>x</body></html>"), field)


def test_every_article_tag_is_a_keyword() -> None:
    tags = '<meta property="article:tag" content="bridge"><meta property="article:tag" content="river">'
    assert raws(read(f"<html><head>{tags}</head><body>x</body></html>"), "keywords") == ["bridge", "river"]


def test_the_author_tag_of_a_chinese_page_is_worth_little() -> None:
    tag = '<meta name="author" content="江城新闻网">'
    (candidate,) = read(f'<html lang="zh-CN"><head>{tag}</head><body>x</body></html>').candidates["author"]
    assert candidate.confidence < 0.2


def test_the_author_tag_of_a_chinese_page_that_declares_no_language_is_worth_little() -> None:
    tags = '<meta name="author" content="zhangsan"><meta name="keywords" content="大桥 通车 江城">'
    (candidate,) = read(f"<html><head>{tags}</head><body>x</body></html>").candidates["author"]
    assert candidate.confidence < 0.2


def test_an_address_is_no_author() -> None:
    tag = '<meta property="article:author" content="https://www.facebook.com/gazette">'
    assert "author" not in read(f"<html><head>{tag}</head><body>x</body></html>").candidates


@pytest.mark.parametrize("label", ["Written by", "Verfasst von", "Skriven av", "Napisane przez"])
def test_yoasts_written_by_pair_names_the_author_in_the_language_of_the_site(label: str) -> None:
    tags = f'<meta name="twitter:label1" content="{label}"><meta name="twitter:data1" content="Ann Lee">'
    assert raws(read(f"<html><head>{tags}</head><body>x</body></html>"), "author") == ["Ann Lee"]


def test_the_founder_comment_gives_seconds_and_the_kicker() -> None:
    page = """<html><head><title>x</title></head><body><!--enpproperty <articleid>123</articleid>
    <date>2011-12-14 18:10:52.0</date><author>王小河</author><title>大桥今日通车</title><keyword>大桥</keyword>
    <subtitle>&lt;br&gt;两岸车程缩短一半</subtitle><introtitle>建设者奋战三年</introtitle><nodename>要闻</nodename>
    /enpproperty--><p>x</p></body></html>"""
    reading = read(page)
    assert raws(reading, "date_published") == ["2011-12-14 18:10:52.0"]
    assert raws(reading, "kicker") == ["建设者奋战三年"]
    assert raws(reading, "subtitle") == ["两岸车程缩短一半"]
    assert raws(reading, "section") == ["要闻"]
    assert reading.candidates["author"][0].confidence < 0.4


def test_the_canonical_link_is_made_absolute() -> None:
    assert read('<html><head><link rel="canonical" href="/b.html"></head><body>x</body></html>').canonical_url == (
        "https://news.example.com/b.html"
    )


def test_og_url_stands_in_for_a_missing_canonical_link() -> None:
    page = '<html><head><meta property="og:url" content="https://news.example.com/c"></head><body>x</body></html>'
    assert read(page, url=None).canonical_url == "https://news.example.com/c"


@pytest.mark.parametrize("href", ["javascript:void(0)", "http://[broken", "mailto:a@example.com", "/relative"])
def test_a_canonical_link_that_is_no_address_is_none(href: str) -> None:
    assert (
        read(f'<html><head><link rel="canonical" href="{href}"></head><body>x</body></html>', None).canonical_url
        is None
    )


def test_candidates_say_where_they_stood() -> None:
    candidate = read(jsonld(ARTICLE)).candidates["date_published"][0]
    assert candidate == Candidate(
        raw="2024-05-03T10:17:00+02:00", method="jsonld", locator="$.datePublished", confidence=0.95
    )


def test_the_article_stands_before_the_page_that_fits_as_well():
    blocks = [
        {"@type": "WebPage", "url": "http://a.example/1.html", "name": "Last field cut", "datePublished": "2026-01-01"},
        {"@type": "NewsArticle", "headline": "Quite another wording", "mainEntityOfPage": "http://a.example/1.html"},
    ]
    graph = Graph(blocks)
    assert graph.main_article("http://a.example/1.html", ["Last field cut"]) == (blocks[1], 0.95)


@pytest.mark.parametrize("name", ["published_on", "published_at", "published-date", "PublishedDate"])
def test_a_meta_name_that_says_published_is_a_date(name):
    reading = read(f'<head><meta name="{name}" content="2026-01-22T21:00:00Z"></head>')
    assert [found.raw for found in reading.candidates["date_published"]] == ["2026-01-22T21:00:00Z"]


def test_the_text_in_jsonld_is_kept_for_comparison_without_markup_and_white_space() -> None:
    short = {"@type": "NewsArticle", "articleBody": "A teaser"}
    whole = {"@graph": [ARTICLE | {"articleBody": "<p>The bridge&nbsp;is open.</p>\n<p>Cars pass.</p>"}]}
    view, reading = look(jsonld(short, whole))
    assert view.told == "Thebridgeisopen.Carspass."
    assert "text" not in reading.candidates


def test_the_description_is_that_for_sharing_before_that_for_searching() -> None:
    page = "<meta name=description content='Search'><meta property='og:description' content='Share  this'>"
    assert look(f"<html><head>{page}</head><body><p>a</p></body></html>")[0].description == "Share this"
    assert look("<html><body><p>a</p></body></html>")[0].description == ""
