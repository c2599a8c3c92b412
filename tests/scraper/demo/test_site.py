"""The pages of the demo newspaper: the same each time, all reachable, wrong where real sites are wrong."""

from __future__ import annotations

import re
from collections import deque
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from scraper.demo import not_articles, truth, twins
from scraper.demo.paper import story_path
from scraper.demo.site import answer, build_site
from scraper.demo.stories import all_stories, stories_on

BASE = "http://127.0.0.1:8000"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
LINK = re.compile(r"""(?i)href\s*=\s*["']([^"'#]+)""")


@pytest.fixture(scope="module")
def site():
    return build_site(1, BASE)


def path_of_key(key: str) -> str:
    return story_path(next(story for story in all_stories() if story.key == key))


def reachable_from_home(site) -> set[str]:
    seen, queue = {"/"}, deque(["/"])
    while queue:
        path = queue.popleft()
        resource = answer(site, path)
        if resource.status == 301:
            targets = [resource.headers["Location"]]
        elif resource.content_type.startswith("text/html"):
            targets = LINK.findall(resource.body.decode("utf-8", "replace"))
        else:
            continue
        for target in targets:
            address = urlsplit(urljoin(BASE + path, target.replace("&amp;", "&")))
            found = address.path.partition(";")[0]
            if address.netloc == "127.0.0.1:8000" and found not in seen:
                seen.add(found)
                queue.append(found)
    return seen


def test_pages_are_the_same_each_time_they_are_built(site):
    again = build_site(1, BASE)
    assert {path: (page.body, page.changed) for path, page in site.items()} == {
        path: (page.body, page.changed) for path, page in again.items()
    }


def test_every_article_can_be_reached_from_the_home_page(site):
    found = reachable_from_home(site)
    assert [article.url for article in truth(1, BASE) if urlsplit(article.url).path not in found] == []


def test_every_page_that_is_no_article_can_be_reached_from_the_home_page(site):
    found = reachable_from_home(site)
    assert [page.url for page in not_articles(1, BASE) if urlsplit(page.url).path not in found] == []


def test_no_page_links_to_an_address_that_the_site_does_not_have(site):
    ignored = ("/static/", "/video/")
    missing = {path for path in reachable_from_home(site) if answer(site, path).status == 404}
    assert [path for path in missing if not path.startswith(ignored)] == []


def test_the_sitemap_lists_every_article_and_nothing_else(site):
    tree = ElementTree.fromstring(site["/sitemap-articles.xml"].body)
    assert sorted(loc.text for loc in tree.iter(LOC)) == sorted(article.url for article in truth(1, BASE))


def test_the_sitemap_index_names_two_sitemaps_that_exist(site):
    tree = ElementTree.fromstring(site["/sitemap.xml"].body)
    assert [urlsplit(loc.text).path in site for loc in tree.iter(LOC)] == [True, True]


def test_the_feed_is_well_formed_and_lists_twenty_items(site):
    assert len(list(ElementTree.fromstring(site["/rss.xml"].body).iter("item"))) == 20


def test_gb18030_bytes_call_themselves_gb2312(site):
    body = site[path_of_key("old-trees")].body
    assert b"charset=gb2312" in body
    assert "㙍上村" in body.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        body.decode("gb2312")


def test_a_dash_in_gb18030_bytes_is_the_em_dash(site):
    assert "合龙——两岸" in site[path_of_key("bridge")].body.decode("gb18030")


def test_utf8_bytes_call_themselves_gb2312(site):
    body = site[path_of_key("lost-violin")].body
    assert b"charset=GB2312" in body
    assert "小提琴" in body.decode("utf-8")


def test_a_jump_line_cuts_a_sentence(site):
    assert "(下转四版)</p>" in site[path_of_key("old-trees")].body.decode("gb18030")


def test_the_pages_of_the_second_system_have_no_class_names_and_no_paragraph_elements(site):
    html = site[path_of_key("salt-road")].body.decode("gb18030")
    assert "class=" not in html.lower()
    assert "<p>" not in html.lower()


def test_an_article_over_three_pages_links_them_in_order(site):
    path = path_of_key("three-questions")
    second = path.replace(".shtml", "_2.shtml")
    third = path.replace(".shtml", "_3.shtml")
    assert f'<a href="{second}">下一页</a>' in site[path].body.decode("gb18030")
    assert f'<a href="{third}">下一页</a>' in site[second].body.decode("gb18030")


def test_a_missing_story_answers_with_an_error_page_and_status_200(site):
    assert site["/news/yxyw/2026-10-02/content_47001.shtml"].status == 200


def test_a_session_id_in_the_path_changes_nothing(site):
    path = path_of_key("bridge")
    assert answer(site, path + ";jsessionid=6F1C2A") is site[path]


def test_the_second_day_corrects_adds_and_takes_away():
    first, second = build_site(1, BASE), build_site(2, BASE)
    corrected = path_of_key("gas-check")
    assert second[corrected].changed > first[corrected].changed
    assert path_of_key("flood-wall") not in first
    assert second[path_of_key("flood-wall")].status == 200
    assert second[path_of_key("stair-lift")].status == 410
    assert second[path_of_key("well-water")].status == 410


def test_one_of_the_two_that_were_gone_is_back_on_the_third_day():
    third = build_site(3, BASE)
    assert third[path_of_key("well-water")].status == 200
    assert third[path_of_key("stair-lift")].status == 410


def test_a_story_changes_on_the_second_day_only_where_it_is_corrected():
    first, second = build_site(1, BASE), build_site(2, BASE)
    paths = [story_path(story) for story in stories_on(1) if 2 in story.days]
    assert [path for path in paths if first[path].body != second[path].body] == [path_of_key("gas-check")]
    assert [path for path in paths if first[path].changed != second[path].changed] == [path_of_key("gas-check")]


def test_any_two_stories_share_less_than_a_fifth_of_their_sentences():
    sentences = {
        story.key: {part for part in re.split(r"[。！？.!?\n]", story.body) if len(part) > 5}
        for story in stories_on(1)
        if story.twin is None
    }
    close = [
        (one, other)
        for one, ours in sentences.items()
        for other, theirs in sentences.items()
        if one < other and len(ours & theirs) * 5 > min(len(ours), len(theirs))
    ]
    assert close == []


def test_a_twin_has_the_text_of_its_other():
    texts = {article.url: article.text for article in truth(1, BASE)}
    assert [texts[one] == texts[other] for one, other in twins(BASE)] == [True]
