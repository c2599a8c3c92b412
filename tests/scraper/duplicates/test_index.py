from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.article import Article, Publisher
from scraper.duplicates import DuplicateIndex, Seen, sketch_text

TEXT = "昨天上午，青石镇的老年食堂正式开张。食堂设在旧粮站里，三十张方桌靠窗摆开，墙上挂着几十张老照片。{}"


class Site:
    """A site folder that only has articles."""

    def __init__(self, output: Path, name: str) -> None:
        self.name = name
        self.articles = output / name / "articles.jsonl"
        self.articles.parent.mkdir()
        self.articles.touch()

    def write(self, *articles: Article) -> None:
        with self.articles.open("ab") as file:
            file.writelines(article.to_json_line() for article in articles)

    def enter(self, index: DuplicateIndex) -> int:
        return index.follow(self.name, self.articles, self.articles.stat().st_size)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[DuplicateIndex]:
    opened = DuplicateIndex(tmp_path / DuplicateIndex.NAME)
    yield opened
    opened.close()


def find(index: DuplicateIndex, article_id: str, text: str) -> str | None:
    sketch = sketch_text(text)
    assert sketch is not None
    seen = index.find(article_id, sketch)
    return seen.article if seen else None


def words(seed: str) -> str:
    """A text that no other seed has."""
    return " ".join(f"{seed}{number * number}" for number in range(60))


def test_a_text_of_another_site_is_found(index: DuplicateIndex, tmp_path: Path):
    site = Site(tmp_path, "a")
    site.write(
        Article(id="first", text=TEXT, publisher=Publisher(domain="a.example"), date_published="2026-11-20T08:00:00Z")
    )
    assert site.enter(index) == 1
    sketch = sketch_text(TEXT.format("本报记者"))
    assert sketch is not None
    assert index.find("new", sketch) == Seen(article="first", publisher="a.example", published="2026-11-20T08:00:00Z")


def test_a_copy_of_a_copy_leads_to_the_first(index: DuplicateIndex, tmp_path: Path):
    site = Site(tmp_path, "a")
    site.write(Article(id="second", text=TEXT, duplicate_of="first"))
    site.enter(index)
    assert find(index, "third", TEXT) == "first"


def test_an_article_is_no_copy_of_its_earlier_version_or_of_its_own_copies(index: DuplicateIndex, tmp_path: Path):
    site = Site(tmp_path, "a")
    site.write(Article(id="first", text=TEXT), Article(id="copy", text=TEXT, duplicate_of="first"))
    site.enter(index)
    assert find(index, "first", TEXT.format("有更正。")) is None


def test_what_a_killed_run_did_not_enter_the_next_one_does(tmp_path: Path):
    site = Site(tmp_path, "a")
    site.write(Article(id="entered", text="x"))
    before = DuplicateIndex(tmp_path / DuplicateIndex.NAME)
    site.enter(before)
    site.write(Article(id="committed", text=TEXT))
    before.close()
    again = DuplicateIndex(tmp_path / DuplicateIndex.NAME)
    assert site.enter(again) == 1
    assert find(again, "new", TEXT) == "committed"
    again.close()


def test_what_is_not_committed_is_not_entered(index: DuplicateIndex, tmp_path: Path):
    site = Site(tmp_path, "a")
    site.write(Article(id="first", text=TEXT))
    assert index.follow("a", site.articles, 0) == 0


def test_a_file_that_was_written_anew_is_entered_anew(index: DuplicateIndex, tmp_path: Path):
    site = Site(tmp_path, "a")
    site.write(Article(id="lost", text=TEXT))
    site.enter(index)
    site.articles.write_bytes(b"")
    site.write(Article(id="another", text="y" * 2000))
    assert site.enter(index) == 1
    assert find(index, "new", TEXT) is None


def test_a_deleted_index_is_made_again_from_the_articles(tmp_path: Path):
    site = Site(tmp_path, "a")
    site.write(Article(id="first", text=TEXT))
    path = tmp_path / DuplicateIndex.NAME
    index = DuplicateIndex(path)
    site.enter(index)
    index.close()
    path.unlink()
    index = DuplicateIndex(path)
    assert site.enter(index) == 1
    assert find(index, "new", TEXT) == "first"
    index.close()


def test_a_damaged_index_is_put_aside(tmp_path: Path):
    path = tmp_path / DuplicateIndex.NAME
    path.write_bytes(b"no database at all, but long enough to be taken for one" * 100)
    index = DuplicateIndex(path)
    assert find(index, "new", TEXT) is None
    assert path.with_name(f"{path.name}.broken").exists()
    index.close()


def test_harvests_of_several_sites_write_at_the_same_time(tmp_path: Path):
    sites = [Site(tmp_path, name) for name in "abcd"]
    failures: list[BaseException] = []

    def harvest(site: Site) -> None:
        try:
            index = DuplicateIndex(tmp_path / DuplicateIndex.NAME)
            for number in range(20):
                site.write(Article(id=f"{site.name}{number}", text=words(f"{site.name}{number}")))
                site.enter(index)
            index.close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=harvest, args=(site,)) for site in sites]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    index = DuplicateIndex(tmp_path / DuplicateIndex.NAME)
    assert [site.enter(index) for site in sites] == [0, 0, 0, 0]
    assert find(index, "new", words("c1")) is not None
    index.close()
