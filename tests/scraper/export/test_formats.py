import csv
import gzip
import io
import json
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import orjson
import pyarrow.parquet
import pytest
import zstandard

from scraper.article import Article, Edition, Jump
from scraper.cli.export import FormatName
from scraper.export import FORMATS, MissingExtraError, TargetError, export_records, format_of, read_sites
from scraper.export.parquet import read_rows

MakeArticle = Callable[..., Article]
MakeSite = Callable[..., Path]


def written(name: str, path: Path, folder: Path, **options: bool) -> bytes:
    export_records(read_sites([folder]), path, name, **options)
    return path.read_bytes()


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_the_command_offers_every_format() -> None:
    assert [name.value for name in FormatName] == list(FORMATS)


def test_json_lines_are_the_lines_of_the_harvest(tmp_path: Path, article: MakeArticle, site: MakeSite) -> None:
    folder = site(article(1), article(2))
    assert written("jsonl", tmp_path / "a.jsonl", folder) == (folder / "articles.jsonl").read_bytes()


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_file_is_compressed_by_its_name(tmp_path: Path, article: MakeArticle, site: MakeSite, suffix: str) -> None:
    folder = site(article(1), article(2))
    packed = written("jsonl", tmp_path / f"a.jsonl{suffix}", folder)
    unpack = (
        gzip.decompress if suffix == ".gz" else lambda data: zstandard.ZstdDecompressor().stream_reader(data).read()
    )
    assert unpack(packed) == (folder / "articles.jsonl").read_bytes()


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst", "a.csv", "a.parquet", "a.sqlite"])
def test_the_same_records_give_the_same_bytes(tmp_path: Path, article: MakeArticle, site: MakeSite, name: str) -> None:
    folder = site(article(1), article(2, version=2))
    (tmp_path / "once").mkdir()
    (tmp_path / "twice").mkdir()
    kind = format_of(Path(name))
    assert written(kind, tmp_path / "once" / name, folder) == written(kind, tmp_path / "twice" / name, folder)


def test_csv_has_a_row_a_record_and_the_nested_keys_as_columns(
    tmp_path: Path, article: MakeArticle, site: MakeSite
) -> None:
    (row,) = rows(written("csv", tmp_path / "a.csv", site(article(1))))
    assert row["authors"] == "林晚舟; 何苗"
    assert row["credits"] == "林晚舟 (reporter); 何苗 (author); 邹远 (responsible_editor)"
    assert row["source_name"] == "云岫日报"
    assert row["source_is_reprint"] == "false"
    assert row["text"] == "第1条消息的第一段。\n\n第二段，版本1。"
    assert row["edition_page"] == ""
    assert row["site_records"] == "icp: 赣ICP备00001234号-1"


@pytest.mark.parametrize("title", ["=1+1", "+A1", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠x"])
def test_csv_begins_no_cell_as_a_formula_begins(
    tmp_path: Path, article: MakeArticle, site: MakeSite, title: str
) -> None:
    folder = site(article(1, title=title, authors=[title], keywords=[title, "x"]))
    (row,) = rows(written("csv", tmp_path / "a.csv", folder))
    assert (row["title"], row["authors"], row["keywords"]) == (f"'{title}", f"'{title}", f"'{title}; x")


def test_csv_keeps_what_a_cell_could_break(tmp_path: Path, article: MakeArticle, site: MakeSite) -> None:
    title = 'a "b", c\r\nd;\u2028e'
    (row,) = rows(written("csv", tmp_path / "a.csv", site(article(1, title=title))))
    assert row["title"] == title


@pytest.mark.parametrize("name", ["a.csv", "a.sqlite", "a.parquet"])
def test_a_line_of_an_earlier_version_may_lack_a_key(
    tmp_path: Path, article: MakeArticle, site: MakeSite, name: str
) -> None:
    folder = site(article(1))
    old = orjson.loads((folder / "articles.jsonl").read_bytes())
    del old["kicker"], old["crawl"]["charset"]
    (folder / "articles.jsonl").write_bytes(orjson.dumps(old) + b"\n")
    assert export_records(read_sites([folder]), tmp_path / name, format_of(Path(name))) == 1


def test_csv_has_a_byte_order_mark_only_where_it_is_asked_for(
    tmp_path: Path, article: MakeArticle, site: MakeSite
) -> None:
    folder = site(article(1))
    assert written("csv", tmp_path / "a.csv", folder).startswith(b"id,")
    assert written("csv", tmp_path / "b.csv", folder, bom=True).startswith(b"\xef\xbb\xbfid,")


def test_parquet_gives_back_every_record_as_it_was(tmp_path: Path, article: MakeArticle, site: MakeSite) -> None:
    edition = Edition(newspaper="云岫日报", page="A02", jumps=[Jump(text="(下转四版)", to_page="4")])
    folder = site(article(1), article(2, version=2), article(3, edition=edition, source=None, text=None, images=[]))
    path = tmp_path / "a.parquet"
    export_records(read_sites([folder]), path, "parquet")
    assert list(read_rows(path)) == [record.data for record in read_sites([folder])]
    assert list(list(read_rows(path))[2]) == list(article(3).to_dict())


def test_parquet_is_written_in_groups_of_so_many_bytes(
    tmp_path: Path, article: MakeArticle, site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site(*(article(number) for number in range(1, 8)))
    monkeypatch.setattr("scraper.export.parquet.GROUP_BYTES", 2 * len(article(1).to_json_line()))
    export_records(read_sites([folder]), tmp_path / "a.parquet", "parquet")
    assert pyarrow.parquet.ParquetFile(tmp_path / "a.parquet").num_row_groups == 4
    assert list(read_rows(tmp_path / "a.parquet")) == [record.data for record in read_sites([folder])]


def test_parquet_says_what_each_column_means(tmp_path: Path, article: MakeArticle, site: MakeSite) -> None:
    written("parquet", tmp_path / "a.parquet", site(article(1)))
    schema = pyarrow.parquet.read_schema(tmp_path / "a.parquet")
    assert schema.field("title").metadata == {b"description": b"headline"}


def test_parquet_has_its_columns_even_without_a_record(tmp_path: Path, site: MakeSite, article: MakeArticle) -> None:
    written("parquet", tmp_path / "a.parquet", site())
    assert pyarrow.parquet.read_table(tmp_path / "a.parquet").column_names == list(article(1).to_dict())


def test_sqlite_has_a_table_for_what_has_parts(tmp_path: Path, article: MakeArticle, site: MakeSite) -> None:
    written("sqlite", tmp_path / "a.sqlite", site(article(1), article(1, version=2)))
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as db:
        assert db.execute(
            "SELECT version, source_name, source_is_reprint FROM articles ORDER BY version"
        ).fetchall() == [
            (1, "云岫日报", 0),
            (2, "云岫日报", 0),
        ]
        assert db.execute(
            "SELECT name FROM articles JOIN credits ON article = number WHERE version = 2 AND role = 'reporter'"
        ).fetchall() == [("林晚舟",)]
        assert db.execute("SELECT value FROM articles, json_each(authors) WHERE version = 1").fetchall() == [
            ("林晚舟",),
            ("何苗",),
        ]
        assert db.execute("SELECT DISTINCT field, method, confidence FROM evidence").fetchall() == [
            ("title", "heading", 0.96)
        ]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_sqlite_takes_an_article_that_two_sites_have(tmp_path: Path, article: MakeArticle, site: MakeSite) -> None:
    folders = [site(article(1), name="a.example"), site(article(1), name="b.example")]
    assert export_records(read_sites(folders), tmp_path / "a.sqlite", "sqlite") == 2
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as db:
        assert db.execute("SELECT number, name FROM articles JOIN credits ON article = number").fetchall() == [
            (number, name) for number in (1, 2) for name in ("林晚舟", "何苗", "邹远")
        ]


def test_schema_org_is_one_news_article_a_line(tmp_path: Path, article: MakeArticle, site: MakeSite) -> None:
    (line,) = written("schema.org", tmp_path / "a.jsonld", site(article(1))).splitlines()
    assert json.loads(line) == article(1).to_schema_org()


def test_news_please_has_the_names_of_news_please(tmp_path: Path, article: MakeArticle, site: MakeSite) -> None:
    (line,) = written("news-please", tmp_path / "a.json", site(article(1))).splitlines()
    record = json.loads(line)
    assert record["maintext"] == article(1).text
    assert record["date_publish"] == "2026-11-02 22:17:00"
    assert record["date_download"] == "2026-11-23 08:42:00"
    assert record["source_domain"] == "example.com"
    assert record["language"] == "zh"


def test_news_please_begins_a_day_at_midnight(tmp_path: Path, article: MakeArticle, site: MakeSite) -> None:
    folder = site(article(1, date_published="2026-11-02", publisher=None, language=None, images=[]))
    record = orjson.loads(written("news-please", tmp_path / "a.json", folder))
    assert record["date_publish"] == "2026-11-02 00:00:00"
    assert (record["source_domain"], record["language"], record["image_url"]) == (None, None, None)


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv.gz", "a.parquet", "a.sqlite"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, article: MakeArticle, site: MakeSite, name: str
) -> None:
    folder = site(article(1))
    with (folder / "articles.jsonl").open("ab") as file:
        file.write(b'{"id": broken\n')
    target = tmp_path / "target"
    target.mkdir()
    (target / name).write_bytes(b"what was there before")
    records = (record for record in read_sites([folder]) if record.data)
    with pytest.raises(Exception, match="at byte"):
        export_records(records, target / name, format_of(Path(name)))
    assert [path.name for path in target.iterdir()] == [name]
    assert (target / name).read_bytes() == b"what was there before"


@pytest.mark.parametrize(("name", "module"), [("a.parquet", "pyarrow"), ("a.jsonl.zst", "zstandard")])
def test_a_missing_library_is_told_with_what_to_install(
    tmp_path: Path, article: MakeArticle, site: MakeSite, monkeypatch: pytest.MonkeyPatch, name: str, module: str
) -> None:
    folder = site(article(1))
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=rf"{module} is not installed.*pip install 'news-scraper\[export\]'"):
        export_records(read_sites([folder]), tmp_path / name, format_of(Path(name)))
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["parquet", "sqlite"])
def test_a_format_that_is_no_text_needs_a_file(article: MakeArticle, site: MakeSite, name: str) -> None:
    with pytest.raises(TargetError, match="name one with -o"):
        export_records(read_sites([site(article(1))]), None, name)
