"""Source and publisher."""

import pytest

from pipelines.draft import Draft
from pipelines.source import is_reprint, normalize_source, source_name, split_chain
from scraper.article import Article
from scraper.extraction.reading import Candidate, PageReading


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("来源: 云岭新闻网—稻香日报", "云岭新闻网—稻香日报"),
        ("来源：( 云岭在线 )", "云岭在线"),
        ("稿源： 《云岭内参》", "《云岭内参》"),
        ("Source: Fenmoor Courier", "Fenmoor Courier"),
        ("来源：互联网", None),
        ("来源：", None),
    ],
)
def test_label_and_brackets_are_taken_off(raw, name):
    assert source_name(raw) == name


@pytest.mark.parametrize(
    ("name", "chain"),
    [
        ("云岭新闻网—稻香日报", ["云岭新闻网", "稻香日报"]),
        ("云岭新闻网——稻香日报", ["云岭新闻网", "稻香日报"]),
        ("云岭网-《稻香日报》", ["云岭网", "《稻香日报》"]),
        ("云岭网|稻香日报", ["云岭网", "稻香日报"]),
        ("云岭网-社会频道", ["云岭网-社会频道"]),
        ("云岭日报、稻香晚报", ["云岭日报", "稻香晚报"]),
        ("云岭日报", ["云岭日报"]),
    ],
)
def test_a_chain_is_split_only_where_both_sides_are_houses(name, chain):
    assert split_chain(name) == chain


@pytest.mark.parametrize(
    ("chain", "names", "url", "expected"),
    [
        (["云岭网"], ["云岭网"], None, False),
        (["云岭新闻网", "稻香日报"], ["云岭新闻网"], None, False),
        (["云岭日报"], ["云岭新闻网"], None, False),
        (["稻香日报"], ["云岭新闻网"], None, True),
        (["云岭晚报"], ["云岭新闻网"], "http://www.evening.example/1", True),
        (["稻香网"], ["云岭新闻网"], "http://news.example.com/1", False),
        (["稻香日报"], [], None, None),
        (["Fenmoor Daily"], ["Fenmoor Online"], None, False),
        (["New York Sun"], ["New York Star"], None, True),
        (["中国早报"], ["中国新闻网"], None, True),
    ],
)
def test_a_reprint_is_another_house_than_the_publisher(chain, names, url, expected):
    assert is_reprint(chain, names, "example.com", url) is expected


def test_a_newspaper_behind_the_headline_of_the_window_is_the_publisher() -> None:
    draft = Draft(reading=PageReading(url="https://www.example.org/a.html"), article=Article(title="Bridge to reopen"))
    draft.reading.add("title", Candidate(raw="Bridge to reopen | Fenmoor Courier", method="title"))
    normalize_source(draft)
    assert draft.article.publisher is not None
    assert draft.article.publisher.name == "Fenmoor Courier"


def test_a_person_behind_the_headline_of_the_window_is_no_publisher() -> None:
    draft = Draft(reading=PageReading(url="https://www.example.org/a.html"), article=Article(title="Bridge to reopen"))
    draft.reading.add("title", Candidate(raw="Bridge to reopen | Jane Doe", method="title"))
    normalize_source(draft)
    assert draft.article.publisher is not None
    assert draft.article.publisher.name is None
