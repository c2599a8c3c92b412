from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from pipelines.duplicates import Duplicates, settle_reprint, settle_version
from scraper.article import Article, Publisher, Source, hash_text
from scraper.duplicates import Seen
from scraper.ledger import Ledger
from scraper.outcome import PageOutcome
from scraper.storage import Store


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(tmp_path / "ledger.sqlite")
    with opened.transaction():
        opened.enter_article(Article(id="known", text_hash="t1"))
    yield opened
    opened.close()


def test_a_new_article_is_version_one_and_nobodys_duplicate(ledger: Ledger) -> None:
    article = Article(id="new", text_hash="t2")
    assert settle_version(article, ledger)
    assert (article.version, article.previous_hash, article.duplicate_of) == (1, None, None)


def test_the_same_text_again_is_not_written(ledger: Ledger) -> None:
    assert not settle_version(Article(id="known", text_hash="t1"), ledger)


def test_another_text_under_a_known_id_is_a_new_version(ledger: Ledger) -> None:
    article = Article(id="known", text_hash="t2")
    assert settle_version(article, ledger)
    assert (article.version, article.previous_hash) == (2, "t1")


def test_the_same_text_under_another_id_says_whose_it_is(ledger: Ledger) -> None:
    article = Article(id="copy", text_hash="t1")
    assert settle_version(article, ledger)
    assert article.duplicate_of == "known"


def test_an_article_without_a_text_is_no_duplicate(ledger: Ledger) -> None:
    article = Article(id="empty", text_hash=None)
    assert settle_version(article, ledger)
    assert article.duplicate_of is None


def test_a_text_that_comes_back_is_a_version_and_no_duplicate_of_itself(ledger: Ledger) -> None:
    with ledger.transaction():
        ledger.enter_article(Article(id="known", version=2, text_hash="t2"))
    article = Article(id="known", text_hash="t1")
    assert settle_version(article, ledger)
    assert (article.version, article.duplicate_of) == (3, None)


TEXT = "昨天上午，青石镇的老年食堂正式开张。食堂设在旧粮站里，三十张方桌靠窗摆开，墙上挂着几十张老照片。"


def harvest(folder: Path, *articles: Article) -> list[dict[str, object]]:
    """The lines of a site after one commit of articles."""
    store = Store(folder, archive=False, min_free_bytes=0)
    duplicates = Duplicates(store)
    outcomes = [PageOutcome(url=f"http://{article.id}.example/", state="done", article=article) for article in articles]
    duplicates.commit(outcomes)
    duplicates.close()
    store.close()
    return [orjson.loads(line) for line in (folder / "articles.jsonl").read_bytes().splitlines()]


def article(name: str, text: str, **fields: object) -> Article:
    return Article(id=name, text=text, text_hash=hash_text(text), **fields)  # type: ignore[arg-type]


def test_nearly_the_same_text_within_one_commit_says_whose_it_is(tmp_path: Path) -> None:
    lines = harvest(tmp_path / "a", article("one", TEXT), article("two", TEXT + "（陈苇）"))
    assert [line["duplicate_of"] for line in lines] == [None, "one"]


@pytest.mark.parametrize("commits", [(3,), (2, 1), (1, 2), (1, 1, 1)])
def test_it_is_the_most_similar_text_however_articles_are_divided_into_commits(
    commits: tuple[int, ...], tmp_path: Path
) -> None:
    common, own, other = (" ".join(f"{name}{number}" for number in range(60)) for name in ("both", "one", "two"))
    articles = [
        article("one", f"{common} {own}"),
        article("two", f"{common} {other}"),
        article("three", f"{common} {other[:100]} {own[:100]}"),
    ]
    for count in commits:
        lines = harvest(tmp_path / "a", *articles[:count])
        del articles[:count]
    assert [line["duplicate_of"] for line in lines] == [None, None, "two"]


def test_nearly_the_same_text_on_another_site_says_whose_it_is(tmp_path: Path) -> None:
    harvest(tmp_path / "a", article("one", TEXT))
    (line,) = harvest(tmp_path / "b", article("two", "本报讯 " + TEXT))
    assert line["duplicate_of"] == "one"


def test_a_correction_is_no_duplicate_of_what_it_corrects(tmp_path: Path) -> None:
    harvest(tmp_path / "a", article("one", TEXT))
    lines = harvest(tmp_path / "a", article("one", TEXT + "另有更正。"))
    assert [(line["version"], line["duplicate_of"]) for line in lines] == [(1, None), (2, None)]


def printed(publisher: str, published: str | None) -> dict[str, object]:
    return {
        "source": Source(name="新华社", name_raw="新华社"),
        "publisher": Publisher(domain=publisher),
        "date_published": published,
    }


@pytest.mark.parametrize(
    ("ours", "theirs", "is_reprint"),
    [
        ("2026-11-20T09:00:00+08:00", "2026-11-20T00:30:00Z", True),
        ("2026-11-20T08:00:00+08:00", "2026-11-20T00:30:00Z", None),
        ("2026-11-20", "2026-11-20T00:30:00Z", None),
        ("2026-11-21", "2026-11-20T00:30:00Z", True),
        (None, "2026-11-20", None),
    ],
)
def test_the_later_of_two_sites_reprints_where_no_source_tells(
    ours: str | None, theirs: str | None, is_reprint: bool | None
) -> None:
    later = article("two", TEXT, **printed("b.example", ours))
    settle_reprint(later, Seen(article="one", publisher="a.example", published=theirs))
    assert later.source is not None
    assert later.source.is_reprint is is_reprint


def test_what_the_source_tells_of_a_reprint_stays(tmp_path: Path) -> None:
    own = article("two", TEXT, **printed("b.example", "2026-11-20"))
    assert own.source is not None
    own.source.is_reprint = False
    settle_reprint(own, Seen(article="one", publisher="a.example", published="2026-11-19"))
    assert own.source.is_reprint is False
