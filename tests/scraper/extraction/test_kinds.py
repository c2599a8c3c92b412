"""Which pages are articles."""

import pytest

from scraper.extraction import read_page
from scraper.reasons import Reason

TEXT = "".join(
    f"<p>云岫镇今年第{number}次整修山路，村民们自带工具来帮忙，镇里给每人每天补一百元，预计月底以前可以通车。</p>"
    for number in range(1, 6)
)
TITLES = "".join(
    f"<li><a href='/n/{number}.html'>第{number}条新闻说的是今天镇里发生的事情</a> 2026-11-{number:02}</li>"
    for number in range(1, 20)
)


def kind_of(body: str, title: str = "山路通车_云岫新闻网", url: str = "http://news.example/n/1.html") -> str:
    return read_page(f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode(), url).kind


def test_a_headline_and_a_text_are_an_article():
    assert kind_of(f"<h1>山路通车</h1>{TEXT}") == "article"


def test_an_article_in_a_frame_full_of_links_is_an_article():
    assert (
        kind_of(f"<ul>{TITLES}</ul><h1>山路通车</h1><div>2026-11-20 来源：云岫日报</div>{TEXT}<ul>{TITLES}</ul>")
        == "article"
    )


def test_a_list_of_dated_headlines_is_a_listing():
    assert (
        kind_of(f"<h2>云岫要闻</h2><ul>{TITLES}</ul>", "云岫要闻_云岫新闻网", "http://news.example/yw/list_2.html")
        == "listing"
    )


@pytest.mark.parametrize("count", [1, 2, 4])
def test_a_day_of_an_archive_with_few_headlines_is_a_listing(count):
    items = "".join(
        f"<li><a href='/n/1000{number}.html'>渡口上架起了第{number}座新石桥，两岸村民赶来看</a></li>"
        for number in range(count)
    )
    kind = kind_of(f"<h1>往期回顾</h1><ul>{items}</ul>", "往期回顾", "http://news.example/2018/01/05/")
    assert kind in ("listing", "other")


TEASERS = "".join(
    f"<h2><a href='/n/1000{number}.html'>渡口上架起了第{number}座新石桥，两岸村民赶来看</a></h2>"
    f"<p>昨天上午，第{number}座石桥通车。桥长三十米，宽六米，由村民集资修成，孩子们上学再不用绕路。</p>"
    for number in range(5)
)


def test_a_section_that_prints_its_name_above_its_teasers_is_a_listing():
    # The categories of WordPress: a heading, then headline and excerpt by turns.
    assert (
        kind_of(f"<h1>栏目：石桥</h1>{TEASERS}", "石桥_云岫新闻网", "http://news.example/category/bridge/") == "listing"
    )


def test_a_day_of_an_archive_with_a_single_teaser_is_a_listing():
    teaser = TEASERS[: TEASERS.index("</p>") + 4]
    html = f"<h1>2018年1月5日</h1>{teaser}"
    assert kind_of(html, "2018年1月5日_云岫新闻网", "http://news.example/2018/01/05/") == "listing"


def test_an_article_with_linked_headings_between_its_paragraphs_is_an_article():
    body = f"<h1>周末去哪儿：云岫五座石桥走一圈</h1><div>2026-11-20 来源：云岫日报</div>{TEASERS}"
    assert kind_of(body) == "article"


def test_the_root_of_a_site_is_a_section():
    assert kind_of(f"<ul>{TITLES}</ul>", "云岫新闻网", "http://news.example/") == "section"


def test_teasers_under_linked_headlines_are_a_listing():
    teasers = "".join(
        f"<div><h3><a href='/n/{number}.html'>第{number}条新闻说的是今天镇里发生的事情</a></h3>"
        f"<p>这里是第{number}条的摘要，写了两句话，"
        "告诉读者大概是怎么回事，想看的再点进去看全文。</p></div>"
        for number in range(1, 9)
    )
    assert kind_of(teasers, "县区新闻-云岫新闻网", "http://news.example/xq/") == "listing"


@pytest.mark.parametrize(
    "message",
    ["您访问的页面不存在", "该文章已被删除", "对不起，找不到您要的页面", "Page not found", "Seite nicht gefunden"],
)
def test_an_error_message_with_status_200_is_an_error(message):
    assert (
        kind_of(f"<div><h1>404</h1><p>{message}</p><p>3秒后返回<a href='/'>首页</a></p></div>", "出错了_云岫新闻网")
        == "error"
    )


def test_an_article_about_a_deleted_page_is_no_error():
    assert kind_of(f"<h1>山路通车</h1><p>此前有网友称该页面不存在。</p>{TEXT}") == "article"


def test_search_results_are_a_search():
    body = f"<form><input name='q' value='山路'></form><p>找到相关结果约19条，用时0.02秒</p><ul>{TITLES}</ul>"
    assert kind_of(body, "搜索结果_云岫新闻网", "http://news.example/search?q=山路") == "search"


def test_pictures_with_a_counter_are_a_gallery():
    body = (
        "<h1>组图：月湖秋色</h1>"
        + "".join(f"<img src='/i/{n}.jpg'><p>{n}/8</p>" for n in range(1, 9))
        + "<p>月湖湿地公园层林尽染。</p>"
    )
    assert kind_of(body, "组图：月湖秋色_图片_云岫新闻网") == "gallery"


def test_a_player_with_a_line_is_a_video():
    assert (
        kind_of("<h1>一分钟看遍云岫</h1><video src='/v.mp4'></video><p>时长 01:02</p>", "一分钟看遍云岫_视频")
        == "video"
    )


def test_a_thread_is_a_forum():
    posts = "".join(
        f"<div>{n}楼</div><div>发表于 2026-11-20</div><p>楼上说得对，路修好了大家都方便，支持一下。</p>"
        for n in range(2, 9)
    )
    assert kind_of(posts, "路修好了吗_云岫论坛 - Powered by Discuz!") == "forum"


def test_the_pages_of_an_edition_are_an_edition():
    body = (
        "<ul>"
        + "".join(f"<li><a href='node_{n}.htm'>第0{n}版：要闻</a></li>" for n in range(1, 5))
        + "</ul><h3>本版新闻</h3>"
    )
    assert kind_of(body, "云岫日报 电子报", "http://epaper.example/html/2026-11/20/node_1.htm") == "edition"


def test_a_page_about_the_site_is_no_article():
    assert kind_of(f"<h1>关于我们</h1>{TEXT}", "关于我们_云岫新闻网") == "other"


def test_a_page_about_the_site_is_no_loss():
    page = f"<html><head><title>关于我们_云岫新闻网</title></head><body><h1>关于我们</h1>{TEXT}</body></html>"
    assert read_page(page).reason is Reason.SITE_INFO
    assert not Reason.SITE_INFO.is_problem


def test_a_window_title_that_says_search_results_in_a_part_of_its_own_is_a_search():
    answers = TEXT + f"<ul>{TITLES}</ul>"
    assert kind_of(f"<h2>修路的人问什么？</h2>{answers}", "修路 - 搜索结果 - 云岫问答") == "search"
    assert kind_of(f"<h1>搜索结果显示山路已经通车</h1>{TEXT}", "搜索结果显示山路已经通车_云岫新闻网") == "article"
