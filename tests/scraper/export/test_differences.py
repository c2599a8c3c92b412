from collections.abc import Callable
from pathlib import Path

from scraper.article import Article, WarcRef
from scraper.export.differences import Tally, compare

MakeArticle = Callable[..., Article]
MakeSite = Callable[..., Path]


def archived(article: Article, record_id: str) -> Article:
    article.crawl.warc = WarcRef(file="archive/a.warc.gz", offset=0, record_id=record_id)
    return article


def test_records_of_the_same_archive_record_are_compared(article: MakeArticle, site: MakeSite) -> None:
    before = site(archived(article(1), "a"), archived(article(2), "b"), archived(article(3), "c"), name="before")
    after = site(
        archived(article(1, title="另一个标题", authors=[]), "a"),
        archived(article(2, version=2, text=article(2).text, evidence={}), "b"),
        archived(article(4), "d"),
        name="after",
    )
    tally = Tally()
    found = list(compare(before, after, tally))
    assert [(entry.what, entry.url) for entry in found] == [
        ("changed", "https://news.example.com/2026/1.html"),
        ("new", "https://news.example.com/2026/4.html"),
        ("gone", "https://news.example.com/2026/3.html"),
    ]
    assert found[0].fields == {"title": ("第1条消息", "另一个标题"), "authors": (["林晚舟", "何苗"], [])}
    assert (tally.same, tally.changed, tally.new, tally.gone) == (1, 1, 1, 1)
    assert {name: dict(counts) for name, counts in tally.fields.items()} == {
        "title": {"changed": 1},
        "authors": {"emptied": 1},
    }


def test_without_an_archive_they_are_known_by_id_and_version(article: MakeArticle, site: MakeSite) -> None:
    before = site(article(1, section=None), article(1, version=2), name="before")
    after = site(article(1), article(1, version=2), name="after")
    tally = Tally()
    (found,) = compare(before, after, tally)
    assert found.fields == {"section": (None, "要闻")}
    assert tally.fields["section"]["filled"] == 1
