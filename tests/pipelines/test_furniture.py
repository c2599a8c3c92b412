"""What stands with the text and is none."""

import pytest

from pipelines.furniture import cut_furniture, is_byline, is_furniture
from scraper.extraction.reading import Block

PROSE = [
    "云岫镇的姜农今年多收了三成，镇上新开的作坊把碎姜做成姜糖和姜粉，一点也没有浪费。",
    "按照计划，明年镇里还要修一条通到山腰的机耕路，让运姜的车直接开到地头，省下人工挑运的费用。",
]


def cut(*texts: str, titles: tuple[str, ...] = ("今年的姜",)) -> list[str]:
    return [block.text for block in cut_furniture([Block(text=text) for text in texts], titles)]


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑：季白",
        "（责任编辑: 季白 、程小满）",
        "[编辑：季白]",
        "【编辑:季白】",
        "校对|季白",
        "一审：季白 二审：程小满",
        "来源：云岫日报",
        "（原题为《今年的姜》）",
        "分享到：",
        "参与互动(0)",
        "【1】【2】【3】【4】",
        "上一页 1 2 下一页",
        "标签：生姜 山路",
        "本文栏目：乡村 作者：季白",
        "新闻热线：0700-2195000",
        "举报电话：0700-2195000 举报邮箱：jubao@news.example",
        "免责声明：本文仅代表作者个人观点，与本网无关。其原创性以及文中陈述文字和内容未经本站证实，请读者自行核实。",
        "凡注明来源为“云岫新闻网”的所有文字、图片，转载请注明出处。",
        "（本文来自云岫新闻网）",
        "扫描下方二维码关注我们",
        "更多精彩内容请进入民生频道",
        "相关新闻：",
        "Advertisement",
        "Read more: Prices rise again",
        "MORE: Prices rise again",
        "Les også: Prisene stiger igjen",
        "Baca juga: Harga naik lagi",
        "Article content",
        "Image: Bai Ji",
        "Photo credit: Bai Ji / The Orchard",
        "姜农热门关键词：生姜 姜价",
        "您所瀏覽的新聞來自江城",
        "正有 12 人阅读",
        "0|||",
        "Share this article",
        "Copyright © 2026 The Valley Post",
        "Πηγή: Valley.example 08/12/26",
        "Źródło: PAP",
        "Disclosure: The author owns an orchard.",
        "This article contains affiliate links.",
        "We may earn a commission if you buy through our links.",
        "If you buy something through these links, the orchard gets a share.",
        "As an Amazon Associate we earn from qualifying purchases.",
        "The content of this page is for informational purposes only.",
        "This text is not intended to replace the advice of a physician.",
        "To view this video please enable JavaScript, and consider upgrading to a web browser",
        "Your browser does not support the video tag.",
        "Empfohlener redaktioneller Inhalt",
        "An dieser Stelle finden Sie einen externen Inhalt, der den Artikel ergänzt.",
        "Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden.",
        "View this post on Instagram",
        "A post shared by The Orchard (@the.orchard)",
        "— The Orchard (@orchard) March 6, 2026",
        "This is a breaking news story. More to follow.",
        "8 min read",
        "Follow The Valley Post on Google News for more.",
        "For news of the valley, sign up for our weekly newsletter.",
        "Thank you for subscribing to our daily newsletter.",
    ],
)
def test_lines_that_are_furniture(line):
    assert is_furniture(line)
    assert cut(PROSE[0], line, PROSE[1]) == PROSE


@pytest.mark.parametrize(
    "line",
    [
        "这家报社的责任编辑说，今年来稿比去年多了一倍。",
        "记者在作坊看到，二十多名村民正在清洗、切片、烘干。",
        "他把打印好的合同收进抽屉，说来源渠道不重要。",
        "Related costs rose by a third, the office said in its report on Tuesday.",
        "Shares fell again on Monday.",
        "中新网北京12月15日电 (记者 季白)今后，两个部门将联动。",
        "The minister's disclosure: he had sold the shares a week before the vote, and told nobody.",
        "The bank earned a commission of two per cent on every sale that it arranged, the court heard on Monday.",
        "Her post was shared by thousands of readers before the paper took it down.",
        "It is a breaking story of love and apples.",
        "He wanted them to sign up for the war, and they signed up for the newsletter of the union.",
    ],
)
def test_prose_that_mentions_such_words_stays(line):
    assert not is_furniture(line)
    assert cut(PROSE[0], line, PROSE[1]) == [PROSE[0], line, PROSE[1]]


@pytest.mark.parametrize(
    "line",
    [
        "□邹小满、程立",
        "本报记者 季白 通讯员 程小满",
        "新华社记者 季白",
        "文/季白 图/程小满",
        "By Jane Doe and John Roe",
        "By Jane Doe, Staff Writer",
        "By Jane Doe and John Roe, Staff Writers",
        "By JANE DOE Political Correspondent",
        "By Jane Doe, Ann Moe and John Roe",
        "□本报记者 季白 摄影报道",
        "□季白 文/图",
    ],
)
def test_bylines_above_the_text_go_out(line):
    assert is_byline(line)
    assert cut(line, *PROSE) == PROSE


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe - March 6, 2024",
        "Posted Mar 6, 2024, 11:15 am",
        "Posted by Jane Doe on March 6, 2024 at 11:15 am",
        "Wed 6 Mar 2024 11.15 GMT",
        "Last updated: 6 March 2024",
        "Updated 11:15 am | Published March 6, 2024",
        "Updated March 7, 2024 | Published March 6, 2024 11:15 a.m. ET",
        "By Jane Doe, Senior Editor | Updated: Mar 6, 2024 11:15 am IST",
    ],
)
def test_lines_of_dates_labels_and_a_byline_go_out_around_the_standfirst(line):
    assert cut(line, *PROSE) == PROSE
    assert cut(PROSE[0], line, PROSE[1]) == PROSE


@pytest.mark.parametrize(
    "line",
    [
        "By Land, Sea and Air",
        "By the numbers",
        "By March 6, 2024 all fields were cut",
        "Updated rules take effect on March 6, 2024",
    ],
)
def test_subheads_that_begin_like_a_byline_or_hold_a_date_stay(line):
    assert cut(line, *PROSE) == [line, *PROSE]


def test_a_bare_day_above_the_text_goes_out_and_one_that_heads_an_entry_stays():
    assert cut("March 6, 2024", *PROSE) == PROSE
    assert cut(PROSE[0], "March 6, 2024", PROSE[1]) == [PROSE[0], "March 6, 2024", PROSE[1]]


@pytest.mark.parametrize("line", ["（季白）", "（季 白、程小满）", "（记者 季白）", "本报记者 季白"])
def test_names_that_close_a_text_go_out(line):
    assert cut(*PROSE, line) == PROSE


@pytest.mark.parametrize(
    "line",
    [
        "□本报记者 季白 摄影报道",
        "□季白 文/图",
        "季白 图/文",
        "季白、程小满 文/图",
        "（季白 摄影报道）",
        "本报记者 季白 图文报道",
        "季白 摄",
    ],
)
def test_names_with_their_work_that_close_a_text_go_out(line):
    assert cut(*PROSE, line) == PROSE


def test_a_repeated_title_and_the_info_line_go_out():
    assert cut("今年的姜", "2026-11-20 08:00 云岫日报", *PROSE) == PROSE


def test_the_headline_behind_the_text_as_a_link_to_itself_goes_out():
    assert cut("姜农今年多收了三成。", "今年的姜") == ["姜农今年多收了三成。"]


def test_a_repeated_subtitle_goes_out():
    assert cut("作坊忙到年底", *PROSE, titles=("今年的姜", "作坊忙到年底")) == PROSE


def test_the_dateline_stays_in_the_text():
    text = "云岫日报讯（记者 季白）" + PROSE[0]
    assert cut(text, PROSE[1]) == [text, PROSE[1]]


def test_subheads_stay_and_trailing_headings_go():
    blocks = [
        Block(text=PROSE[0]),
        Block(text="先修路", kind="heading"),
        Block(text=PROSE[1]),
        Block(text="热图", kind="heading"),
    ]
    assert [block.text for block in cut_furniture(blocks, [])] == [PROSE[0], "先修路", PROSE[1]]


def test_a_related_list_goes_out_with_its_entries():
    assert cut(PROSE[0], "相关新闻", "·姜价又涨了", "·山路通车", PROSE[1]) == PROSE


@pytest.mark.parametrize("mark", ["（完）", "(完)", "完", "（责任编辑：季白）", "【详细】", "文/季白"])
def test_marks_glued_to_the_last_sentence_go_out(mark):
    assert cut(PROSE[0], PROSE[1] + mark) == PROSE


def test_western_prose_behind_a_related_list_stays():
    prose = (
        "Prices rose again in March, the office said on Tuesday, and with them the rents in the three largest cities."
    )
    assert cut(prose, "Related articles", "Rents in March", "Prices in February", prose) == [prose, prose]


def test_a_standfirst_stays_though_it_is_the_subtitle():
    standfirst = "Prices rose again in March, and with them the rents."
    assert cut(standfirst, PROSE[0], titles=("Prices", standfirst)) == [standfirst, PROSE[0]]


@pytest.mark.parametrize(
    "text",
    [
        "We and our partners use cookies to keep this site running.",
        "This website uses cookies so that it can remember what you chose.",
        "When you visit our website, we store cookies on your browser to collect information.",
        "If you are a California resident, you may ask us not to sell your data.",
    ],
)
def test_the_opening_words_of_consent_texts_are_furniture(text):
    assert is_furniture(text)


def test_prose_about_cookies_is_no_furniture():
    assert not is_furniture("The bakery said that we use cookies to tell the story of the town.")


def test_a_last_line_that_offers_the_reader_a_newsletter_goes_and_one_about_a_newsletter_stays():
    offer = "What moves the valley: our newsletter has it on Monday, in ten lines, for all who get up early."
    prose = "The newsletter of the cooperative, printed since 1911, is read by every grower of the valley."
    assert cut(*PROSE, offer) == PROSE
    assert cut(*PROSE, offer, PROSE[0] + PROSE[1]) == [*PROSE, PROSE[0] + PROSE[1]]
    assert cut(*PROSE, prose) == [*PROSE, prose]
