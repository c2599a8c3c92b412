from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.duplicates import settle_version
from scraper.article import Article
from scraper.ledger import Ledger


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
