"""Articles that print carried over to another page, each half on a web page of its own."""

from __future__ import annotations

import pytest

from pipelines.halves import (
    arrives_from,
    begin_with_arrival,
    cut_behind_departure,
    fits_together,
    leaves_for,
    same_page,
)
from scraper.extraction.reading import Block, Candidate, PageReading


def half(title: str, page: str, *texts: str) -> PageReading:
    reading = PageReading(blocks=[Block(text=text) for text in texts])
    reading.add("title", Candidate(raw=title, method="heading"))
    reading.add("edition", Candidate(raw=page, method="label", label="page"))
    return reading


FIRST = half("山乡修渠记：一条渠和五个村", "01", "水渠修到半山，", "石匠们说，（下转第四版）", "责任编辑：邹远")
SECOND = half("山乡修渠记", "04", "（上接第一版）手艺不能断。", "水流进了梯田。")


def test_two_halves_fit_by_their_pages_and_headlines():
    assert fits_together(FIRST, SECOND)


@pytest.mark.parametrize(
    "other",
    [
        half("山乡修渠记", "03", "（上接第一版）手艺不能断。"),
        half("山乡修渠记", "04", "（上接第二版）手艺不能断。"),
        half("菜市场的错峰灶", "04", "（上接第一版）手艺不能断。"),
        half("山乡修渠记", "04", "手艺不能断。"),
    ],
)
def test_another_page_another_headline_or_no_line_does_not_fit(other: PageReading):
    assert not fits_together(FIRST, other)


def test_a_text_that_has_both_lines_leaves_for_nowhere():
    whole = half("山乡修渠记", "01", "石匠们说，（下转四版）", "（上接一版）手艺不能断。", "完")
    assert leaves_for(whole) is None
    assert arrives_from(whole) is None


def test_the_line_may_stand_with_the_headline_of_the_second_half():
    second = half("山乡修渠记（上接第一版）", "04", "手艺不能断。")
    assert fits_together(FIRST, second)
    assert [block.text for block in begin_with_arrival(second).blocks] == ["（上接第一版）", "手艺不能断。"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("四", "04", True), ("4", "四", True), ("A4", "A04", True), ("十二", "12", True), ("A4", "4", False)],
)
def test_the_same_page_in_other_figures(one: str, other: str, same: bool):
    assert same_page(one, other) is same


def test_what_a_page_lists_may_be_the_other_half_by_its_headline_or_by_the_line_alone():
    end = leaves_for(FIRST)
    assert end is not None
    assert end.may_be("山乡修渠记（上接一版）")
    assert end.may_be("（上接第一版）")
    assert not end.may_be("菜市场的错峰灶")


def test_what_stands_between_the_halves_is_no_text():
    second = half("山乡修渠记", "04", "本报记者 林晚舟", "（上接第一版）手艺不能断。")
    assert [block.text for block in cut_behind_departure(FIRST).blocks][1:] == ["石匠们说，（下转第四版）"]
    assert [block.text for block in begin_with_arrival(second).blocks] == ["（上接第一版）手艺不能断。"]
