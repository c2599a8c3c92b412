"""Bylines on pages: where they stand and what they look like. What names they hold is tested with the names."""

import pytest

from pipelines import normalize
from scraper.extraction.page import read_page

PROSE = "云岭县的早稻昨天全部收割完毕，全县三十二个村的晒谷场上铺满了新谷，农机合作社的十四台收割机连续工作了九天九夜。"
ENGLISH = (
    "The last field of the valley was cut on Thursday evening, nine days after the first machine had gone out, and the "
    "farmers of the cooperative sat down to supper in the barn while the rain they had feared began to fall."
)


def authors(head="", first="", last="", tail="", info="2026-11-20 09:00"):
    page = f"""<html lang="zh"><title>早稻收割完毕_云岭网</title><body><h1>早稻收割完毕</h1><div>{info}</div>{head}
    <p>{first}{PROSE}</p><p>{PROSE}农民们说，今年的收成比去年还要好。</p><p>{PROSE}明天开始插秧。{last}</p>{tail}</body></html>"""
    return normalize(read_page(page, "http://www.yunling.example/a/1.html")).article


@pytest.mark.parametrize(
    ("place", "names"),
    [
        ({"first": "云岭网白石11月20日电（记者何苗）"}, ["何苗"]),
        ({"first": "云岭网讯（记者 何苗 丁 澜）"}, ["何苗", "丁澜"]),
        ({"first": "本报讯 (记者/何苗 通讯员/丁澜)"}, ["何苗"]),
        ({"first": "本报讯 (通讯员 何苗 丁澜)"}, ["何苗", "丁澜"]),
        ({"first": "稻香网讯 实习生何苗、记者丁澜报道："}, ["何苗", "丁澜"]),
        ({"first": "（中央社記者林宛舟桃園20日電）"}, ["林宛舟"]),
        ({"head": "<p>□何苗、丁澜</p>"}, ["何苗", "丁澜"]),
        ({"head": "<p>【文/云岭网专栏作者 何苗】</p>"}, ["何苗"]),
        ({"head": "<p>文/何苗</p>"}, ["何苗"]),
        ({"head": "<p>文\\\\\\\\记者何苗</p>"}, ["何苗"]),
        ({"head": "<p>云岭网记者 何 苗</p>"}, ["何苗"]),
        ({"head": "<p>新华社记者何苗　丁澜</p>"}, ["何苗", "丁澜"]),
        ({"info": "2026-11-20 15:05聯合報 記者林宛舟／即時報導"}, ["林宛舟"]),
        ({"info": "2026-11-20 15:05 来源：云岭网 记者 何苗 通讯员 丁 澜"}, ["何苗"]),
        ({"last": "（何苗）"}, ["何苗"]),
        ({"last": "（记者何苗、丁澜）"}, ["何苗", "丁澜"]),
        ({"last": "（云岭网 何苗）"}, ["何苗"]),
        ({"last": "文/何苗"}, ["何苗"]),
        ({"tail": "<p>□ 何 苗、丁澜</p>"}, ["何苗", "丁澜"]),
        ({"tail": "<p>□本报记者 何苗</p>"}, ["何苗"]),
        ({"tail": "<p>本报记者 何 苗</p>"}, ["何苗"]),
        ({"tail": "<p>■相关新闻</p>"}, []),
        ({"tail": "<p>▲何苗</p>"}, []),
        ({"tail": "<p>[作者：何苗]</p>"}, ["何苗"]),
        ({"tail": "<p>（作者系云岭大学教授）</p>"}, []),
        ({"last": "（完）"}, []),
        ({"last": "（图片来自网络）"}, []),
        ({"head": "<p>新华社记者</p>"}, []),
        ({"head": "<p>新闻热线：0796-1234567</p>"}, []),
    ],
)
def test_a_chinese_byline_gives_its_writers(place, names):
    assert authors(**place).authors == names


def test_a_photographer_is_a_credit_and_no_author():
    article = authors(head="<p>晒谷场上铺满新谷。（云岭网记者 何苗 摄）</p>")
    assert article.authors == []
    assert [(credit.name, credit.role) for credit in article.credits] == [("何苗", "photographer")]


@pytest.mark.parametrize(
    "place",
    [
        {"tail": "<p>□本报记者 何苗 摄影报道</p>"},
        {"tail": "<p>□何苗 文/图</p>"},
        {"tail": "<p>何苗 文/图</p>"},
        {"tail": "<p>（何苗 摄影报道）</p>"},
        {"last": "（何苗 摄影报道）"},
        {"last": "（何苗 文/图）"},
        {"head": "<p>□何苗 文/图</p>"},
        {"head": "<p>本报记者 何苗 图文报道</p>"},
    ],
)
def test_who_wrote_and_photographed_is_an_author_and_a_photographer(place):
    article = authors(**place)
    assert article.authors == ["何苗"]
    assert [credit.role for credit in article.credits][-1] == "photographer"
    assert len(article.credits) == 2
    assert "何苗" not in article.text or place.get("last")


def english(byline):
    page = f"""<html lang="en"><title>Last field cut</title><body><h1>Last field of the valley is cut</h1>{byline}
    <p>{ENGLISH}</p><p>{ENGLISH} It lasted all night.</p><p>{ENGLISH} Nobody complained.</p></body></html>"""
    return normalize(read_page(page, "http://www.fenmoor.example/a/1.html")).article


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("<p>By Ada Marsh and Tom Alder</p>", ["Ada Marsh", "Tom Alder"]),
        ("<p>By Ada Marsh, Staff Writer</p>", ["Ada Marsh"]),
        ("<p>By Ada Marsh, Associated Press</p>", ["Ada Marsh"]),
        ("<p>Von Ada Marsh und Tom Alder</p>", ["Ada Marsh", "Tom Alder"]),
        ("<p>Par Ada Marsh</p>", ["Ada Marsh"]),
        ("<p>Por Ada Marsh y Tom Alder</p>", ["Ada Marsh", "Tom Alder"]),
        ("<div>ByAda Marsh</div>", ["Ada Marsh"]),
        ("<div>By</div><div>Ada Marsh</div>", ["Ada Marsh"]),
        ('<p><a rel="author" href="/x">Ada Marsh</a></p>', ["Ada Marsh"]),
        ('<p><a href="/authors/ada-marsh">Ada Marsh</a></p>', ["Ada Marsh"]),
        ('<p class="byline">Ada Marsh</p>', ["Ada Marsh"]),
        ("<p>Ada Marsh | Senior Writer | July 2, 2026</p>", ["Ada Marsh"]),
        ("<p>Published: July 2, 2026 by Ada Marsh</p>", ["Ada Marsh"]),
        ("<p>July 2, 2026 · Ada Marsh on behalf of the field group</p>", ["Ada Marsh"]),
        ("<div><span>July 2, 2026</span><span>Emma J. Marsh</span></div>", ["Emma J. Marsh"]),
        ("<div><span>July 2, 2026</span><span>Field News</span></div>", []),
        ("<p>By Fenmoor Garden Team</p>", []),
        ("<p>By Ada Marsh ⋅ Senior Analyst ⋅ Updated July 2, 2026</p>", ["Ada Marsh"]),
        ('<p>By <a href="/author/ada">Ada Marsh</a> Gardener &amp; Cook</p>', ["Ada Marsh"]),
        ('<p>By <a href="/author/ada">Ada Marsh</a> and Tom Alder</p>', ["Ada Marsh", "Tom Alder"]),
        ('<p><a href="/author/a">Ada Marsh</a> <a href="/author/t">Tom Alder</a></p>', ["Ada Marsh", "Tom Alder"]),
        ("<p>Interview by Ada Marsh</p>", ["Ada Marsh"]),
        ("<p>Authored by: Dr. Ada Marsh</p>", ["Ada Marsh"]),
        ("<p>Last field cut. Photo by Ada Marsh for the Gazette</p>", []),
        ("<p>July 2, 2026. Medically reviewed by Ada Marsh</p>", []),
        ("<p>Contributors: Ada Marsh</p>", ["Ada Marsh"]),
        ('<h5 class="post__AuthorName-sc-1">Ada Marsh</h5>', ["Ada Marsh"]),
        ("<p>Emma Marsh</p>", ["Emma Marsh"]),
        ("<p>Fenmoor Valley</p>", []),
        ("<p>Text Size</p>", []),
        ('<h4 class="elementor-author-box__name">Ada Marsh (Gardener)</h4>', ["Ada Marsh"]),
        ('<div class="author-box">About Fenmoor</div>', []),
        (f'<p>{ENGLISH}</p><p>{ENGLISH}</p><div class="the-author">Ada Marsh</div>', ["Ada Marsh"]),
        ("<p>By Fenmoor Staff</p>", []),
        ("<p>By Reuters</p>", []),
        ('<p>Reviewed by:</p><p class="author-name">Ada Marsh</p>', []),
        ('<p class="author-bio">Ada Marsh lives in Fenmoor</p>', []),
    ],
)
def test_a_western_byline_gives_its_writers(byline, names):
    assert english(byline).authors == names


@pytest.mark.parametrize(
    "byline",
    [
        "<h3>Written by Ada Marsh</h3>",
        "<div>Article by</div><div>Ada Marsh</div>",
        "<p>This post was written by Ada Marsh, Head of Orchards</p>",
        # The signature of Vietnamese newspapers.
        '<p style="text-align:right;"><strong>Ada Marsh</strong></p>',
    ],
)
def test_a_byline_behind_the_text_counts_where_none_stands_in_front(byline):
    page = f"""<html lang="en"><title>Last field cut</title><body><article><h1>Last field of the valley is cut</h1>
    <p>{ENGLISH}</p><p>{ENGLISH} It lasted all night.</p>{byline}</article></body></html>"""
    assert normalize(read_page(page, "http://www.fenmoor.example/a/1.html")).article.authors == ["Ada Marsh"]


def test_a_long_byline_below_the_standfirst_is_no_paragraph():
    byline = (
        "By Ada Marsh, Orchard and Barn Expert, and Tom Alder, Orchard Expert at Fenmoor. Last Updated on Feb 27, 2026"
    )
    assert english(f"<p>{ENGLISH}</p><p>Written by people. Learn More</p><p>{byline}</p>").authors == [
        "Ada Marsh",
        "Tom Alder",
    ]


def test_a_sentence_below_the_word_author_is_no_name():
    assert english("<div>Author</div><div>Ada is the Head Gardener of the valley.</div>").authors == []


def test_a_photo_credit_keeps_its_words():
    article = english("<p>By Ada Marsh</p><p>The barn at dusk. Photo by Tom Alder</p>")
    assert [(credit.name, credit.role, credit.role_raw) for credit in article.credits] == [
        ("Ada Marsh", "author", "By"),
        ("Tom Alder", "photographer", "Photo by"),
    ]


def test_a_name_in_brackets_closes_a_japanese_article():
    text = (
        "雲嶺町の早場米は昨日すべて刈り取りを終え、三十二の集落の干し場に新米が並んだ。農機組合の十四台が休まず働いた。"
    )
    page = f"""<html lang="ja"><title>早場米の刈り取り終わる</title><body><h1>早場米の刈り取り終わる</h1>
    <p>2026年11月20日 9時00分</p><p>{text}</p><p>{text}</p><p>{text}（佐藤花子）</p></body></html>"""
    assert normalize(read_page(page, "https://www.unrei.example/a/1.html")).article.authors == ["佐藤花子"]
