"""Pictures of the body."""

import pytest

from scraper.article import Image
from scraper.extraction import read_page
from scraper.extraction.images import split_credit

PROSE = "".join(
    f"<p>橘园里的第{number}间实验室上个月开了张，研究生住在村里，白天量土，晚上把数据发回学校，村民也来听课。</p>"
    for number in range(5)
)


def images_of(picture: str) -> list[Image]:
    page = "<html><head><title>橘园</title></head><body><img src='/logo.png'>"
    page += f"<div><h1>橘园</h1><div>{picture}{PROSE}</div></div></body></html>"
    return read_page(page.encode(), "http://news.example/a/1.html").images


def test_a_figure_has_its_caption_and_credit():
    assert images_of("<figure><img src='../i/1.jpg'><figcaption>学生在量土。（齐 放 摄）</figcaption></figure>") == [
        Image(url="http://news.example/i/1.jpg", caption="学生在量土。", credit="齐放")
    ]


def test_a_centered_line_under_the_picture_is_its_caption():
    picture = "<p style='text-align:center'><img src='/i/1.jpg'></p><p style='text-align: center'>学生在量土</p>"
    assert images_of(picture) == [Image(url="http://news.example/i/1.jpg", caption="学生在量土")]


def test_a_picture_that_loads_late_gives_its_real_address():
    assert images_of("<img src='/blank.gif' data-original='/i/1.jpg'>") == [Image(url="http://news.example/i/1.jpg")]


def test_icons_and_small_pictures_are_left_out():
    assert (
        images_of("<img src='/i/share.png'><img src='/i/1.jpg' width='16'><img src='data:image/png;base64,xx'>") == []
    )


def addresses_around(lead: str = "", behind: str = "") -> list[str]:
    """The pictures of a page with something between headline and text, and something behind it."""
    page = "<html><head><title>橘园开课</title></head><body><h1>橘园开课</h1>"
    page += f"{lead}<div>{PROSE}{behind}</div></body></html>"
    return [image.url for image in read_page(page.encode(), "http://news.example/a/1.html").images]


def test_a_picture_between_headline_and_text_belongs_to_the_body():
    assert addresses_around(lead="<div><img src='/i/1.jpg'></div>") == ["http://news.example/i/1.jpg"]


def test_a_bare_picture_between_headline_and_text_belongs_to_the_body():
    assert addresses_around("<img src='/i/1.jpg'>") == ["http://news.example/i/1.jpg"]
    assert addresses_around("2026-11-20 <img src='/i/1.jpg'> 来源：江城日报") == []


def test_share_buttons_and_icons_of_the_dateline_do_not_belong_to_the_body():
    dateline = "<div>2021年3月4日 <img src='/i/1.jpg'> 参与互动</div>"
    assert addresses_around(lead=f"{dateline}<ul><li><a href='/s'><img src='/i/2.jpg'></a></li></ul>") == []


def test_a_figure_with_a_caption_directly_behind_the_text_belongs_to_the_body():
    figure = "<figure><img src='/i/{0}.jpg'><figcaption>学生在量土，第{0}天</figcaption></figure>"
    assert addresses_around(behind=figure.format(1) + figure.format(2)) == [
        "http://news.example/i/1.jpg",
        "http://news.example/i/2.jpg",
    ]


def test_a_figure_behind_other_text_does_not_belong_to_the_body():
    figure = "<figure><img src='/i/1.jpg'><figcaption>学生在量土</figcaption></figure>"
    assert addresses_around(behind=f"<p>（责任编辑：齐放）</p>{figure}") == []


@pytest.mark.parametrize(
    "promotion",
    [
        "<div><a href='/app'><img src='/i/app.jpg'></a><p>下载客户端，随时看新闻</p></div>",
        "<figure><img src='/i/2.jpg'><figcaption><a href='/a/2.html'>橘园的另一个故事</a></figcaption></figure>",
    ],
)
def test_a_promotion_behind_the_text_does_not_belong_to_the_body(promotion):
    assert addresses_around(behind=promotion) == []


def test_pictures_of_commenters_do_not_belong_to_the_body():
    comments = "<ul><li><img src='/u/1.jpg'><p>写得好</p></li><li><img src='/u/2.jpg'><p>想去看看</p></li></ul>"
    assert addresses_around(behind=comments) == []


@pytest.mark.parametrize(
    "picture",
    [
        "<img src='/u/1.jpg' class='user-avatar'>",
        "<a class='avatar'><img src='/u/1.jpg'></a>",
        "<img src='/i/1.jpg' alt='扫描二维码'>",
        "<img src='/i/1.jpg' alt='Site logo'>",
        "<img src='/i/1.jpg' height='48px'>",
    ],
)
def test_avatars_logos_and_codes_are_told_by_class_label_and_size(picture):
    assert addresses_around(lead=f"<div>{picture}</div>") == []


def test_a_picture_whose_long_label_names_a_logo_is_a_picture():
    picture = "<div><img src='/i/1.jpg' alt='The logo of the orchard school is seen above its gate'></div>"
    assert addresses_around(lead=picture) == ["http://news.example/i/1.jpg"]


def test_pictures_end_with_the_text_where_one_block_holds_all_lines():
    text = PROSE.replace("<p>", "").replace("</p>", "<br>")
    page = "<html><head><title>橘园开课</title></head><body><h1>橘园开课</h1><div>"
    page += f"<img src='/i/1.jpg'>{text}<a href='/app'><img src='/i/2.jpg'></a></div></body></html>"
    images = read_page(page.encode(), "http://news.example/a/1.html").images
    assert [image.url for image in images] == ["http://news.example/i/1.jpg"]


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("村民在晒秋。张三 摄", ("村民在晒秋。", "张三")),
        ("村民在晒秋。（图片来源：云岫日报）", ("村民在晒秋。", "云岫日报")),
        ("The bridge at night. Photo: Clara Wynn", ("The bridge at night.", "Clara Wynn")),
        ("村民在晒秋", ("村民在晒秋", None)),
    ],
)
def test_captions_part_with_their_credits(caption, expected):
    assert split_credit(caption) == expected
