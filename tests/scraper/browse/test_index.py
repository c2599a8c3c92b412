"""The database to search: what is in it, and what is found in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from scraper.article import Article, Crawl, Evidence, Publisher, Source, article_id
from scraper.browse.index import Indexed, update_index
from scraper.browse.queries import FIND, READ
from scraper.export import BrokenRecordError


def article(number: int, title: str, text: str, **more: Any) -> Article:
    url = f"https://example.com/{number}"
    return Article(
        id=article_id(url),
        url=url,
        title=title,
        text=text,
        date_published=f"2026-11-{number:02}",
        evidence={"title": Evidence(method="heading", locator="h1", raw=title)},
        crawl=Crawl(fetched_at="2026-11-23T00:00:00Z"),
        **more,
    )


FARM = article(1, "春耕时节", "青溪镇建起现代农业产业园。\n\n村民们忙着修渠。", authors=["李明", "王芳"])
TREES = article(2, "古树普查", "全市登记在册的古树共一千二百棵。", source=Source(name="云山日报", name_raw="云山日报"))
ENGLISH = article(3, "Tea Harvest", 'Farmers in Yunshan pick "Spring Mist" tea at dawn; 100% by hand.')


def write(folder: Path, *articles: Article) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "articles.jsonl").open("ab") as file:
        file.writelines(each.to_json_line() for each in articles)
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(tmp_path / "yunshan", FARM, TREES, ENGLISH)


@pytest.fixture
def database(tmp_path: Path, site: Path) -> Path:
    update_index(tmp_path / "browse.sqlite", [site])
    return tmp_path / "browse.sqlite"


def ask(database: Path, sql: str, **parameters: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(database)) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute(sql, parameters)]


def find(database: Path, words: str, site: str = "", skip: str = "") -> list[str]:
    return [row["title"] for row in ask(database, FIND, q=words, site=site, skip=skip)]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("农", ["春耕时节"]),
        ("农业", ["春耕时节"]),
        ("产业园", ["春耕时节"]),
        ("现代农业产业园", ["春耕时节"]),
        ("古树", ["古树普查"]),
        ("李明", ["春耕时节"]),
        ("云山日报", ["古树普查"]),
        ("农业 产业园", ["春耕时节"]),
        ("农业　修渠", ["春耕时节"]),
        ("农业 古树", []),
        ("产业园 一千二百", []),
        ("harvest", ["Tea Harvest"]),
        ("TEA", ["Tea Harvest"]),
        ("yunsh", ["Tea Harvest"]),
        ('"Spring', ["Tea Harvest"]),
        ('"spring mist"', ["Tea Harvest"]),
        ('"mist spring"', []),
        ("mist spring", ["Tea Harvest"]),
        ('"古树" 一千', ["古树普查"]),
        ("古树\t一千\r\n二百", ["古树普查"]),
        ("古树 OR 农业", []),
        ("title:古树", []),
        ("古树*", []),
        ("100%", ["Tea Harvest"]),
        ("没有这个词", []),
        ("", ["Tea Harvest", "古树普查", "春耕时节"]),
        ('a" OR "b', []),
        ("\\ ' ] [ {", []),
    ],
)
def test_words_of_any_length_and_script_are_found(database: Path, words: str, titles: list[str]) -> None:
    assert find(database, words) == titles


def test_a_search_may_be_of_one_site(database: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "qingxi", article(9, "农业新闻", "青溪的农业。"))
    update_index(database, [other])
    assert find(database, "农业") == ["农业新闻", "春耕时节"]
    assert find(database, "农业", site="qingxi") == ["农业新闻"]


def test_the_extract_shows_the_first_word_that_stands_in_the_text(database: Path) -> None:
    (row,) = ask(database, FIND, q="李明 修渠", site="", skip="")
    assert (row["first_word"], row["is_cut"]) == ("修渠", 0)
    assert "忙着修渠" in row["extract"]


def test_an_extract_from_the_middle_is_known_as_such(database: Path) -> None:
    (row,) = ask(database, FIND, q="dawn", site="", skip="")
    assert row["is_cut"] == 1
    assert row["extract"].startswith('han pick "Spring Mist" tea at dawn')


def test_what_was_found_is_counted_and_comes_in_pages(database: Path, site: Path) -> None:
    write(site, *(article(number, f"第{number}篇", "茶园的故事。") for number in range(100, 170)))
    update_index(database, [site])
    first, rest = (ask(database, FIND, q="茶园", site="", skip=skip) for skip in ("", "50"))
    assert (len(first), len(rest), first[0]["total"], rest[0]["total"]) == (50, 20, 70, 70)
    assert {row["id"] for row in first}.isdisjoint(row["id"] for row in rest)
    assert find(database, "茶园", skip="no number") == [row["title"] for row in first]


def test_an_article_is_read_with_the_evidence_of_its_fields(database: Path) -> None:
    (row,) = ask(database, READ, article=FARM.id)
    assert (row["title"], row["authors"]) == ("春耕时节", "李明、王芳")
    assert (row["field"], row["method"], row["locator"]) == ("title", "heading", "h1")
    assert ask(database, READ, article="no id") == []


def test_only_what_was_added_is_read(database: Path, site: Path) -> None:
    assert update_index(database, [site]) == Indexed(sites=1, records=0, articles=3)
    write(site, article(4, "新桥通车", "云河大桥昨日通车。"))
    assert update_index(database, [site]) == Indexed(sites=1, records=1, articles=4)
    assert find(database, "云河大桥") == ["新桥通车"]


def test_a_new_version_takes_the_place_of_the_old(database: Path, site: Path) -> None:
    write(site, article(1, "春耕时节（更正）", "青溪镇建起智慧茶园。", version=2))
    assert update_index(database, [site]) == Indexed(sites=1, records=1, articles=3)
    assert find(database, "产业园") == []
    assert find(database, "智慧茶园") == ["春耕时节（更正）"]


def test_an_article_keeps_its_address_when_it_changes(database: Path, site: Path) -> None:
    write(site, article(1, "春耕时节（更正）", "青溪镇建起智慧茶园。", version=2))
    update_index(database, [site])
    assert [row["title"] for row in ask(database, READ, article=FARM.id)] == ["春耕时节（更正）"]


def test_who_reads_meanwhile_sees_what_was_and_then_what_is(database: Path, site: Path) -> None:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM article").fetchone() == (3,)
        write(site, article(4, "新桥通车", "云河大桥昨日通车。"))
        assert update_index(database, [site]).articles == 4
        assert reader.execute("SELECT count(*) FROM article").fetchone() == (3,)
        reader.execute("COMMIT")
        assert reader.execute("SELECT count(*) FROM article").fetchone() == (4,)


def test_a_line_that_is_being_written_waits(database: Path, site: Path) -> None:
    line = article(5, "半行", "尚未写完的一行。").to_json_line()
    with (site / "articles.jsonl").open("ab") as file:
        file.write(line[:40])
    assert update_index(database, [site]).records == 0
    with (site / "articles.jsonl").open("ab") as file:
        file.write(line[40:])
    assert update_index(database, [site]).records == 1


def test_a_site_that_became_shorter_is_read_anew(database: Path, site: Path) -> None:
    (site / "articles.jsonl").write_bytes(TREES.to_json_line())
    assert update_index(database, [site]) == Indexed(sites=1, records=1, articles=1)
    assert find(database, "产业园") == []


def test_a_broken_line_leaves_the_database_as_it_was(database: Path, site: Path) -> None:
    write(site, article(6, "后来", "后来的文章。"))
    with (site / "articles.jsonl").open("ab") as file:
        file.write(b"{broken\n")
    with pytest.raises(BrokenRecordError):
        update_index(database, [site])
    assert find(database, "后来的文章") == []


def test_a_database_of_another_format_is_built_anew(database: Path, site: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        db.execute("PRAGMA user_version = 99")
    assert update_index(database, [site]) == Indexed(sites=1, records=3, articles=3)


def test_the_publisher_is_shown_by_what_is_known_of_it(tmp_path: Path) -> None:
    whole = article(1, "题", "文", publisher=Publisher(domain="example.com"))
    whole.evidence["publisher"] = Evidence(method="title")
    update_index(tmp_path / "b.sqlite", [write(tmp_path / "s", whole)])
    shown = {row["field"]: row["value"] for row in ask(tmp_path / "b.sqlite", READ, article=whole.id)}
    assert shown["publisher"] == "example.com"
