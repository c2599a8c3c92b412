"""The body of an article, on pages as news sites make them."""

from scraper.extraction import read_page

SENTENCES = [
    "云岫镇的姜农今年多收了三成，镇上新开的作坊把碎姜做成姜糖和姜粉，一点也没有浪费。",
    "镇农技站站长说，去年冬天雨水少，大家提前一个月翻土，开春又换了新的姜种，出苗比往年整齐。",
    "“往年这个时候还在愁销路，今年十月就订完了。”种姜大户老齐告诉记者，他家六亩地收了两万多斤。",
    "记者在作坊看到，二十多名村民正在清洗、切片、烘干，每人每天可以挣一百二十元，家里的活也不耽误。",
    "按照计划，明年镇里还要修一条通到山腰的机耕路，让运姜的车直接开到地头，省下人工挑运的费用。",
]
MENU = "".join(f'<li><a href="/{name}/">{name}</a></li>' for name in "要闻 民生 县区 文旅 科教 视频 图片 论坛".split())
RANKING = "".join(
    f'<li><a href="/n/{number}.html">第{number}条热门新闻的标题在这里写得很长</a></li>' for number in range(9)
)
FOOT = "<div>云岫日报社主办 版权所有 赣ICP备00001234号-1 互联网新闻信息服务许可证：36120260001</div>"


def blocks_of(main: str, head: str = "") -> list[str]:
    page = f"<html><head><title>今年的姜_云岫新闻网</title>{head}</head>"
    page += f"<body><ul>{MENU}</ul>{main}<ul>{RANKING}</ul>{FOOT}</body></html>"
    return [block.text for block in read_page(page.encode(), "http://news.example/n/1.html").blocks]


def test_paragraph_elements_are_the_body():
    main = "<h1>今年的姜</h1><div>" + "".join(f"<p>　　{text}</p>" for text in SENTENCES) + "</div>"
    assert blocks_of(main)[-5:] == SENTENCES


def test_paragraphs_that_only_a_br_parts_stay_apart():
    main = f"<table><tr><td><b>今年的姜</b></td></tr><tr><td>　　{'<br><br>　　'.join(SENTENCES)}<br></td></tr></table>"
    assert [text for text in blocks_of(main) if text != "今年的姜"] == SENTENCES


def test_a_short_subhead_between_paragraphs_is_kept():
    texts = [*SENTENCES[:2], "先修路", *SENTENCES[2:]]
    main = "<h1>今年的姜</h1><div>" + "".join(f"<p>{text}</p>" for text in texts) + "</div>"
    assert "先修路" in blocks_of(main)


def test_a_related_list_inside_the_body_stays_out():
    related = "<div class='related'><h3>相关新闻</h3><ul>" + RANKING + "</ul></div>"
    main = "<h1>今年的姜</h1><div>" + "".join(f"<p>{text}</p>" for text in SENTENCES[:2])
    main += related + "".join(f"<p>{text}</p>" for text in SENTENCES[2:]) + "</div>"
    assert not [text for text in blocks_of(main) if "热门新闻" in text]
    assert SENTENCES[4] in blocks_of(main)


def test_reader_comments_stay_out():
    comments = "<div id='comments'>" + "".join(f"<p>网友说：{text}</p>" for text in SENTENCES) + "</div>"
    main = (
        "<h1>今年的姜</h1><div class='article'>" + "".join(f"<p>{text}</p>" for text in SENTENCES) + "</div>" + comments
    )
    assert not [text for text in blocks_of(main) if text.startswith("网友说")]


def test_hidden_text_stays_out():
    main = "<h1>今年的姜</h1><div><p style='display: none'>这一段是给搜索引擎看的，读者看不见，也就不是正文。</p>"
    main += "".join(f"<p>{text}</p>" for text in SENTENCES) + "</div>"
    assert not [text for text in blocks_of(main) if "搜索引擎" in text]


def test_captions_are_read_with_their_pictures_and_stay_out():
    main = (
        "<h1>今年的姜</h1><div>"
        + f"<p>{SENTENCES[0]}</p><figure><img src='/i/1.jpg'><figcaption>村民在洗姜。张三 摄</figcaption></figure>"
    )
    main += "".join(f"<p>{text}</p>" for text in SENTENCES[1:]) + "</div>"
    assert not [text for text in blocks_of(main) if "洗姜" in text]


def test_a_news_flash_of_one_sentence_is_found():
    main = f"<h1>今年的姜</h1><p>2026-11-20 08:00 来源：云岫日报</p><div class='content'><p>{SENTENCES[0]}</p></div>"
    assert SENTENCES[0] in blocks_of(main)


def test_head_and_tail_are_the_lines_around_the_body():
    main = "<h1>今年的姜</h1><div>2026-11-20 08:00 来源：云岫日报</div><div>"
    main += "".join(f"<p>{text}</p>" for text in SENTENCES) + "</div><div>责任编辑：季白</div>"
    page = f"<html><head><title>今年的姜_云岫新闻网</title></head><body><ul>{MENU}</ul>{main}{FOOT}</body></html>"
    reading = read_page(page.encode())
    assert "2026-11-20 08:00 来源：云岫日报" in reading.head
    assert reading.tail[0] == "责任编辑：季白" or reading.blocks[-1].text == "责任编辑：季白"


def test_kinds_of_blocks_are_told():
    main = "<h1>今年的姜</h1><article>" + "".join(f"<p>{text}</p>" for text in SENTENCES[:3])
    main += f"<h2>先修路</h2><p>{SENTENCES[3]}</p><blockquote><p>{SENTENCES[4]}</p></blockquote></article>"
    page = f"<html><head><title>今年的姜</title></head><body>{main}</body></html>"
    kinds = {block.text: block.kind for block in read_page(page.encode()).blocks}
    assert kinds["先修路"] == "heading"
    assert kinds[SENTENCES[4]] == "quote"
    assert kinds[SENTENCES[0]] == "paragraph"


def test_a_button_that_is_never_closed_does_not_swallow_the_page():
    main = "<header><button>菜单<main><h1>今年的姜</h1>" + "".join(f"<p>{text}</p>" for text in SENTENCES) + "</main>"
    assert SENTENCES[2] in blocks_of(main)


def test_a_page_with_a_deeply_broken_tree_is_read_without_an_error():
    page = "<table><div></table><p>" * 200 + "<p>".join(SENTENCES) + "</td></body><html><div" * 50
    assert read_page(page.encode()).reason is None or read_page(page.encode()).detail


def test_a_page_on_which_the_engine_fails_is_read_by_its_lines(monkeypatch):
    def fail(*_args, **_options):
        raise ValueError("odd page")

    monkeypatch.setattr("scraper.extraction.engine.trafilatura.bare_extraction", fail)
    main = "<h1>今年的姜</h1><div>" + "".join(f"<p>{text}</p>" for text in SENTENCES) + "</div>"
    assert blocks_of(main)[-5:] == SENTENCES


def test_a_text_that_is_printed_twice_is_kept_once():
    paragraphs = "".join(f"<p>{text * 2}</p>" for text in SENTENCES)
    assert blocks_of(f"<h1>今年的姜</h1><div>{paragraphs}</div><div>{paragraphs}</div>")[-5:] == [
        text * 2 for text in SENTENCES
    ]


STATE = (
    '<script>window.__INITIAL_STATE__ = {"article": {"content": "<p>'
    + "河水退去，堤上的人松了一口气。" * 10
    + "</p><p>"
    + "夜里还有人守着闸口。" * 10
    + '</p>"}}</script>'
)


def test_a_body_that_stands_in_script_data_only_is_read_from_there() -> None:
    reading = read_page(f"<title>河水退去，守堤人回家</title><h1>河水退去，守堤人回家</h1>{STATE}")
    assert [block.text[:4] for block in reading.blocks] == ["河水退去", "夜里还有"]
    assert reading.kind == "article"


def test_the_script_data_of_a_list_of_headlines_is_no_body() -> None:
    headlines = "".join(f'<li><a href="/a/{n}.html">城南第{n}小学的孩子们把菜种到了楼顶上</a></li>' for n in range(12))
    assert read_page(f"<title>首页</title><ul>{headlines}</ul>{STATE}").kind != "article"
