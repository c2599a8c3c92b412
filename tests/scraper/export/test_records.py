import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from scraper.article import Article
from scraper.export import BrokenRecordError, read_site, read_sites
from scraper.ledger import FileState, Ledger

MakeArticle = Callable[..., Article]
MakeSite = Callable[..., Path]


def keys(folders: list[Path], *, latest: bool = False) -> list[tuple[str, int]]:
    return [(record.data["title"], record.data["version"]) for record in read_sites(folders, latest=latest)]


def test_every_version_is_read_in_the_order_of_the_harvest(article: MakeArticle, site: MakeSite) -> None:
    folder = site(article(1), article(2), article(1, version=2))
    assert keys([folder]) == [("第1条消息", 1), ("第2条消息", 1), ("第1条消息", 2)]


def test_the_latest_version_is_the_last_line_of_an_id(article: MakeArticle, site: MakeSite) -> None:
    folder = site(article(1), article(2), article(1, version=2), article(3))
    assert keys([folder], latest=True) == [("第2条消息", 1), ("第1条消息", 2), ("第3条消息", 1)]


def test_the_latest_version_is_sought_in_all_sites_together(article: MakeArticle, site: MakeSite) -> None:
    one = site(article(1), article(2), name="a")
    other = site(article(1, version=2), name="b")
    assert keys([one, other], latest=True) == [("第2条消息", 1), ("第1条消息", 2)]


def test_a_torn_last_line_of_a_run_at_work_is_no_record(article: MakeArticle, site: MakeSite) -> None:
    folder = site(article(1))
    with (folder / "articles.jsonl").open("ab") as file:
        file.write(article(2).to_json_line()[:100])
    assert keys([folder]) == [("第1条消息", 1)]


def test_what_the_ledger_has_not_committed_is_no_record(article: MakeArticle, site: MakeSite) -> None:
    folder = site(article(1), article(2))
    ledger = Ledger(folder / "ledger.sqlite")
    with ledger.transaction():
        ledger.enter_file(FileState("articles.jsonl", len(article(1).to_json_line()), 1))
    assert keys([folder]) == [("第1条消息", 1)]
    ledger.close()


def test_reading_leaves_the_ledger_as_it_was(article: MakeArticle, site: MakeSite) -> None:
    folder = site(article(1))
    Ledger(folder / "ledger.sqlite").close()
    before = (folder / "ledger.sqlite").read_bytes()
    assert len(keys([folder], latest=True)) == 1
    assert (folder / "ledger.sqlite").read_bytes() == before


def test_a_damaged_ledger_is_no_reason_not_to_read(article: MakeArticle, site: MakeSite) -> None:
    folder = site(article(1))
    (folder / "ledger.sqlite").write_bytes(b"no database at all" * 100)
    assert keys([folder]) == [("第1条消息", 1)]


def test_a_ledger_without_our_tables_is_no_reason_not_to_read(article: MakeArticle, site: MakeSite) -> None:
    folder = site(article(1))
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as db:
        db.execute("CREATE TABLE other (x)")
    assert keys([folder]) == [("第1条消息", 1)]


@pytest.mark.parametrize("line", [b"not json\n", b"[1, 2]\n"])
def test_a_line_that_is_no_record_is_told_with_its_place(article: MakeArticle, site: MakeSite, line: bytes) -> None:
    folder = site(article(1))
    first = (folder / "articles.jsonl").read_bytes()
    (folder / "articles.jsonl").write_bytes(first + line)
    with pytest.raises(BrokenRecordError, match=f"articles.jsonl at byte {len(first)}"):
        [record.data for record in read_site(folder)]
