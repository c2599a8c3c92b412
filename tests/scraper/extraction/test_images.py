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
