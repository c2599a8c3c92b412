from __future__ import annotations

from random import Random
from zlib import crc32

import pytest

from scraper.duplicates import Sketch, is_near, sketch_text
from scraper.duplicates.folding import fold_text

REPORT = (
    "昨天上午，青石镇的老年食堂正式开张。食堂设在旧粮站里，三十张方桌靠窗摆开，墙上挂着老照片。",
    "今年八十二岁的吴阿婆来得最早。她说，以前一个人吃饭，做一顿要吃三天，现在走五分钟就有热汤。",
    "食堂由村里和慈善会一起出钱，每餐收八元，七十岁以上的老人收六元，行动不便的有人送到家。",
    "镇民政办的同志介绍，全镇共有老人四千一百多名，明年还要在白沙、长岭两个村各开一家。",
)
STORY = (
    "The old swing bridge at Fenmoor will close for nine weeks while engineers replace the wooden piers under it.",
    "Ferries will carry people across the river every quarter of an hour, and bicycles travel free of charge.",
    "Shopkeepers on the east bank fear for the spring trade and have asked the council for lower rents until June.",
)


def sketch(*paragraphs: str) -> Sketch:
    made = sketch_text("\n\n".join(paragraphs))
    assert made is not None
    return made


def test_a_text_in_traditional_characters_is_the_same():
    assert fold_text("頭髮與發展，後來著急") == fold_text("头发与发展，后来着急")
    whole = "鎮民政辦的同志介紹，全鎮共有老人四千一百多名，明年還要在白沙、長嶺兩個村各開一家。"
    assert is_near(sketch(whole), sketch(REPORT[3]))


@pytest.mark.parametrize("text", [REPORT, STORY])
def test_a_text_that_was_cut_is_the_same(text: tuple[str, ...]):
    assert is_near(sketch(*text), sketch(*text[:2]))


@pytest.mark.parametrize("text", [REPORT, STORY])
def test_a_text_with_lines_in_front_and_behind_is_the_same(text: tuple[str, ...]):
    framed = ("来源：云岫日报 2026-11-20 08:15", *text, "（责任编辑：何远山）", "Read more about it on our pages.")
    assert is_near(sketch(*text), sketch(*framed))


def test_width_case_and_punctuation_make_no_difference():
    wide = STORY[0].upper().replace(" ", "  ").replace("9", "９")
    assert is_near(sketch(wide), sketch(STORY[0]))


def test_two_texts_of_one_language_are_not_the_same():
    assert not is_near(sketch(*REPORT[:2]), sketch(*REPORT[2:]))


def test_notices_in_one_frame_with_other_figures_are_not_the_same():
    notice = (
        "因{}路供水管网改造施工需要，定于{}日{}时至{}时，{}小区一带停水。请以上区域用户提前做好储水准备，"
        "关好水龙头，恢复供水时间以实际为准。由此带来不便，敬请谅解。"
    )
    one, other = notice.format("青石", 3, 8, 17, "望江"), notice.format("白沙", 9, 6, 12, "平湖")
    assert not is_near(sketch(one), sketch(other))


def test_a_roundup_that_has_a_brief_among_others_is_not_the_same():
    brief = REPORT[0]
    assert not is_near(sketch(brief), sketch(*REPORT, *STORY, brief))


def test_a_caption_is_too_short_to_be_compared():
    assert sketch_text("图为活动现场。") is None


def test_a_sketch_survives_its_bytes():
    made = sketch(*REPORT)
    assert Sketch.unpack(made.pack()) == made


def test_characters_of_half_width_are_one_with_the_mark_behind_them() -> None:
    assert fold_text("ﾊﾞｽの１２番") == fold_text("バスの12番") == "バスの12番"


def test_a_long_text_keeps_the_smallest_of_all_its_hashes() -> None:
    text = "".join(Random(1).choices([chr(letter) for letter in range(0x0E01, 0x0E2F)], k=8000))
    hashes = {crc32(text[at : at + 6].encode("utf-16-le")) for at in range(len(text) - 5)}
    assert sketch(text).marks == tuple(sorted(hashes)[:128])
