"""Jump lines of print, healed."""

import pytest

from pipelines.jumps import heal_jumps
from scraper.article import Jump
from scraper.extraction.reading import Block


def heal(*texts: str) -> tuple[list[str], list[Jump]]:
    blocks, jumps = heal_jumps([Block(text=text) for text in texts])
    return [block.text for block in blocks], jumps


def test_a_sentence_that_print_cut_is_joined_without_a_space():
    assert heal("问题导向是经验,(下转四版)", "(上接一版)也是切入点。") == (
        ["问题导向是经验,也是切入点。"],
        [Jump(text="(下转四版)(上接一版)", from_page="一", to_page="四")],
    )


@pytest.mark.parametrize(
    ("leaving", "arriving", "pages"),
    [
        ("（下转第四版）", "（上接第一版）", ("一", "四")),
        ("▼下转A4版", "▲上接A1版", ("A1", "A4")),
        ("【下转02版】", "【上接01版】", ("01", "02")),
        ("（下转3版）", "（紧接1版）", ("1", "3")),
    ],
)
def test_the_forms_of_jump_lines(leaving, arriving, pages):
    texts, jumps = heal(f"山路修到一半{leaving}", f"{arriving}就通了车。")
    assert texts == ["山路修到一半就通了车。"]
    assert [(jump.from_page, jump.to_page) for jump in jumps] == [pages]


def test_marks_on_lines_of_their_own_are_healed():
    texts, jumps = heal("山路修到一半", "（下转第四版）", "（上接第一版）", "就通了车。")
    assert texts == ["山路修到一半就通了车。"]
    assert jumps == [Jump(text="（下转第四版）（上接第一版）", from_page="一", to_page="四")]


def test_whole_sentences_stay_two_paragraphs():
    assert heal("路通了。（下转四版）", "（上接一版）车来了。")[0] == ["路通了。", "车来了。"]


def test_a_mark_at_the_end_of_the_text_goes_out_and_is_recorded():
    assert heal("路通了，（下转四版）") == (["路通了，"], [Jump(text="（下转四版）", to_page="四")])


def test_a_continuation_without_its_beginning_is_recorded():
    assert heal("（上接一版）车来了。") == (["车来了。"], [Jump(text="（上接一版）", from_page="一")])


def test_prose_about_pages_is_no_jump():
    text = "报纸从一版转到四版，读者要翻三次。"
    assert heal(text) == ([text], [])
