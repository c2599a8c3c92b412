"""An article over several web pages."""

from __future__ import annotations

from scraper.article import Image
from scraper.extraction.joining import join_readings
from scraper.extraction.reading import Block, Candidate, PageReading


def reading(number: int, *texts: str, **more: object) -> PageReading:
    page = PageReading(
        url=f"http://a.com/1_{number}.html", kind="article", blocks=[Block(text=text) for text in texts], **more
    )
    page.add("title", Candidate(raw="春到茶山", method="heading"))
    return page


def texts(page: PageReading) -> list[str]:
    return [block.text for block in page.blocks]


def test_a_single_page_comes_back_as_it_is() -> None:
    page = reading(1, "一")
    assert join_readings([page]) is page


def test_the_blocks_follow_one_another_and_the_pages_are_listed() -> None:
    joined = join_readings([reading(1, "第一段。"), reading(2, "第二段。"), reading(3, "第三段。")])
    assert texts(joined) == ["第一段。", "第二段。", "第三段。"]
    assert joined.pages == ["http://a.com/1_1.html", "http://a.com/1_2.html", "http://a.com/1_3.html"]
    assert joined.url == "http://a.com/1_1.html"


def test_what_a_later_page_repeats_is_left_out() -> None:
    first = reading(1, "第一段。", head=["2018-01-05 来源：井冈山报"])
    second = reading(2, "春到茶山", "春到茶山（2）", "2018-01-05 来源：井冈山报", "第一段。", "第二段。")
    assert texts(join_readings([first, second])) == ["第一段。", "第二段。"]


def test_paging_lines_at_the_seams_are_left_out() -> None:
    joined = join_readings(
        [reading(1, "一。", "下一页", "1 2 3"), reading(2, "上一页 [1] [2] 下一页", "二。", "第2页 共3页")]
    )
    assert texts(joined) == ["一。", "二。"]


def test_a_sentence_that_speaks_of_a_next_page_stays() -> None:
    joined = join_readings([reading(1, "历史翻开了下一页。"), reading(2, "二。")])
    assert texts(joined) == ["历史翻开了下一页。", "二。"]


def test_the_head_is_of_the_first_page_and_the_tail_of_the_last() -> None:
    joined = join_readings([reading(1, "一。", head=["头"], tail=["x"]), reading(2, "二。", tail=["责任编辑：李梅"])])
    assert (joined.head, joined.tail) == (["头"], ["责任编辑：李梅"])


def test_an_editor_who_is_printed_on_the_last_page_only_is_kept() -> None:
    last = reading(2, "二。")
    last.add("editor", Candidate(raw="李梅", method="label"))
    joined = join_readings([reading(1, "一。"), last])
    assert [candidate.raw for candidate in joined.candidates["editor"]] == ["李梅"]


def test_images_are_merged_in_order() -> None:
    joined = join_readings(
        [
            reading(1, "一。", images=[Image(url="http://a.com/1.jpg")]),
            reading(2, "二。", images=[Image(url="http://a.com/1.jpg"), Image(url="http://a.com/2.jpg")]),
        ]
    )
    assert [image.url for image in joined.images] == ["http://a.com/1.jpg", "http://a.com/2.jpg"]
