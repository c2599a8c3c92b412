"""Crumb lines and printed keywords."""

import pytest

from pipelines import normalize
from scraper.extraction.page import read_page

PROSE = (
    "<p>" + "云岭县的早稻昨天全部收割完毕，全县三十二个村的晒谷场上铺满了新谷，收割机连续工作了九天九夜。" * 2 + "</p>"
)


def article(crumbs, tail=""):
    page = f"""<html lang="zh"><title>早稻收割完毕_云岭网</title><body>
    <div><a href="/">首页</a> | <a href="/a/">云岭要闻</a> | <a href="/b/">县区</a> | <a href="/c/">文化</a></div>
    {crumbs}<h1>早稻收割完毕</h1><p>2026-11-20 09:00 来源：云岭网</p>{PROSE * 4}{tail}</body></html>"""
    return normalize(read_page(page, "http://www.yunling.example/a/1.html")).article


HOME, NEWS, LOCAL = '<a href="/">首页</a>', '<a href="/n/">新闻中心</a>', '<a href="/n/l/">县区新闻</a>'


@pytest.mark.parametrize(
    "crumbs",
    [
        f"<div>您当前的位置：{HOME} &gt; {NEWS} &gt; {LOCAL} &gt; 正文</div>",
        f"<div>当前位置: {HOME} {NEWS}&gt; {LOCAL}&gt; &gt;正文</div>",
        f"<div>您现在的位置：{HOME}&gt;&gt;{NEWS}&gt;&gt;{LOCAL}</div>",
        f"<div>本页位置： {HOME} → {NEWS} → {LOCAL}</div>",
        f"<div>您所在的位置：<a href='/'>云岭网首页</a> -&gt; {NEWS} -&gt; {LOCAL}</div>",
        f"<div>{HOME} --&gt; {NEWS} --&gt; {LOCAL} --&gt; 正文</div>",
        f"<div>{HOME} » {NEWS} » {LOCAL}</div>",
        f"<div>{HOME} / {NEWS} / {LOCAL}</div>",
        f"<div>您当前的位置 ：{NEWS} &gt; {LOCAL} 正文</div>",
        f"<div>{HOME} - {NEWS} - {LOCAL} - 正文</div>",
        f'<nav class="breadcrumb"><ol><li>{HOME}</li><li>{NEWS}</li><li>{LOCAL}</li></ol></nav>',
        "<div>当前位置：首页 &gt; 新闻中心 &gt; 县区新闻 &gt; 正文</div>",
    ],
)
def test_crumbs_are_read_from_every_separator(crumbs):
    found = article(crumbs)
    assert found.breadcrumbs == ["新闻中心", "县区新闻"]
    assert found.section == "县区新闻"


def test_a_menu_is_no_crumb_line():
    assert article("").breadcrumbs == []


def test_the_headline_at_the_end_of_the_crumbs_is_no_section():
    found = article(
        f"<div>{HOME} &gt; {NEWS} &gt; 早稻收割完毕早稻收割完毕</div>".replace("早稻收割完毕" * 2, "早稻收割完毕")
    )
    assert found.breadcrumbs[0] == "新闻中心"


def test_a_breadcrumb_list_in_json_is_used_where_nothing_is_printed():
    declared = """<script type="application/ld+json">{"@type": "BreadcrumbList", "itemListElement": [
    {"position": 2, "item": {"name": "县区新闻"}}, {"position": 1, "name": "首页"}]}</script>"""
    assert article(declared).breadcrumbs == ["县区新闻"]


def test_a_declared_section_is_used_where_there_are_no_crumbs():
    page = f"""<html><head><meta property="article:section" content="县区新闻"></head><body><h1>早稻收割完毕</h1>
    <p>2026-11-20 09:00</p>{PROSE * 4}</body></html>"""
    assert normalize(read_page(page)).article.section == "县区新闻"


@pytest.mark.parametrize(
    "tail", ["标签：水稻 农机 收成", "[责任编辑：何苗] 标签：水稻 农机 收成", "关键词：水稻、农机、收成"]
)
def test_printed_keywords_are_read(tail):
    assert article("", f"<p>{tail}</p>").keywords == ["水稻", "农机", "收成"]


@pytest.mark.parametrize("home", ["首页", "Home", "トップ", "ホーム", "홈"])
def test_the_start_page_is_no_crumb_in_any_language(home):
    assert article(f'<div><a href="/">{home}</a> &gt; {NEWS}</div>').breadcrumbs == ["新闻中心"]
