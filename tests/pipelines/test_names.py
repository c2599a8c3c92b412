"""Names out of printed strings."""

import pytest

from pipelines.names import is_outlet, parse_people
from pipelines.western_names import is_house, western_names


def names(raw, role="author", labelled=True):
    return [person.name for person in parse_people(raw, role, labelled=labelled)]


@pytest.mark.parametrize(
    "raw", ["何苗、丁澜", "何苗 丁澜", "何苗　丁澜", "何苗，丁澜", "何苗&丁澜", "何苗/丁澜", "何苗丁澜"]
)
def test_every_separator_parts_names_and_none_at_all_does_too(raw):
    assert names(raw) == ["何苗", "丁澜"]


def test_names_without_separators_are_parted_at_common_family_names():
    assert names("半月谈记者谭飞燕王小明闫娟") == ["谭飞燕", "王小明", "闫娟"]


@pytest.mark.parametrize("raw", ["蒋 岚", "蒋　岚", "欧阳 岚"])
def test_single_characters_next_to_each_other_are_one_name(raw):
    assert names(raw) == [raw.replace(" ", "").replace("　", "")]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("记者 何苗 通讯员 丁澜", [("何苗", "reporter", None), ("丁澜", "correspondent", None)]),
        ("南岭网记者何苗", [("何苗", "reporter", "南岭网")]),
        ("实习记者 何苗", [("何苗", "intern", None)]),
        ("实习生何苗、记者丁澜报道", [("何苗", "intern", None), ("丁澜", "reporter", None)]),
        ("记者何苗 整合", [("何苗", "reporter", None)]),
        ("记者何苗 摄", [("何苗", "photographer", None)]),
        ("中央社記者林宛舟桃園20日電", [("林宛舟", "reporter", "中央社")]),
    ],
)
def test_role_words_and_houses_are_taken_off_and_kept(raw, expected):
    assert [(person.name, person.role, person.affiliation) for person in parse_people(raw)] == expected


@pytest.mark.parametrize("work", ["文/图", "图/文", "文／图", "摄影报道", "图文报道"])
def test_who_wrote_the_text_and_took_the_pictures_is_named_for_both(work):
    assert [(person.name, person.role) for person in parse_people(f"记者 何苗 {work}")] == [
        ("何苗", "reporter"),
        ("何苗", "photographer"),
    ]


def test_a_post_glued_behind_a_name_is_taken_off():
    assert names("何苗北京大学经济学院教授") == ["何苗"]


def test_a_code_behind_a_name_is_taken_off():
    assert names("何苗_NN012") == ["何苗"]


@pytest.mark.parametrize(
    "raw",
    [
        "HN666",
        "robot",
        "《财经》综合报道",
        "本报综合",
        "新华社记者",
        "云岭网",
        "经济日报",
        "云岭大学教授",
        "编辑部",
        "本网专稿",
        "佚名",
    ],
)
def test_what_is_no_person_gives_nobody(raw):
    assert names(raw) == []


def test_without_a_label_a_name_must_begin_with_a_family_name():
    assert names("小稻", labelled=False) == []
    assert names("小稻") == ["小稻"]


def test_a_foreign_name_keeps_its_dot():
    assert names("米拉·安德松") == ["米拉·安德松"]


def test_a_korean_name_loses_its_role_word():
    assert names("김하늘 기자") == ["김하늘"]


def test_an_outlet_is_known_by_its_last_word():
    assert is_outlet("云岭日报")
    assert not is_outlet("何苗")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("By Ada Marsh and Tom Alder", ["Ada Marsh", "Tom Alder"]),
        ("Ada Marsh, Tom Alder & Lin Wanzhou", ["Ada Marsh", "Tom Alder", "Lin Wanzhou"]),
        ("Ada Marsh, Tom Alder, and Lin Wanzhou", ["Ada Marsh", "Tom Alder", "Lin Wanzhou"]),
        ("Ada Marsh; Tom Alder; and Lin Wanzhou", ["Ada Marsh", "Tom Alder", "Lin Wanzhou"]),
        ("ADA MARSH AND TOM ALDER", ["ADA MARSH", "TOM ALDER"]),
        ("Ada Marsh + Tom Alder", ["Ada Marsh", "Tom Alder"]),
        ("Ada Marsh, Political Correspondent", ["Ada Marsh"]),
        ("Ada Marsh Political Correspondent", ["Ada Marsh"]),
        ("Dr. Ada Marsh, MD", ["Ada Marsh"]),
        ("Ada Marsh M.P.H., R.D.", ["Ada Marsh"]),
        ("Dr. Marsh", ["Dr. Marsh"]),
        ("Fenmoor Garden Team", []),
        ("Ada MarshUpdated: Feb 5, 2026", ["Ada Marsh"]),
        ("Ada Marsh | Mar 11, 2026 | Barns and Fields", ["Ada Marsh"]),
        ("ADA MARSH", ["ADA MARSH"]),
        ("Ada von der Marsh", ["Ada von der Marsh"]),
        ("Linny and Peter", ["Linny", "Peter"]),
        ("Андрей Луговой", ["Андрей Луговой"]),
        ("fenmoor.example, Fenmoor, England", []),
        ("adminn", []),
        ("marsh@fenmoor.example", []),
        ("Wedding ListsJust Engaged", []),
        ("AFP", []),
        ("Redaktion", []),
        ("Amitava Das, Vinija Jain", ["Amitava Das", "Vinija Jain"]),
    ],
)
def test_a_western_byline_is_parted_into_persons(raw, expected):
    assert western_names(raw) == expected


@pytest.mark.parametrize(
    "name", ["Deutsche Presse-Agentur", "dpa", "BR24 Redaktion", "fenmoor.com", "The Fenmoor Times"]
)
def test_agencies_desks_and_sites_are_houses(name):
    assert is_house(name)
