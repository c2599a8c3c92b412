import gzip
import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import jsonschema
import orjson
import pytest
import zstandard

from pipelines.duplicates import settle_version
from scraper.article import Article, json_schema
from scraper.export import DatasetError, Options, build_dataset, verify_dataset
from scraper.export.checksums import write_manifest
from scraper.outcome import Exchange, PageOutcome
from scraper.storage import Store

MakeArticle = Callable[..., Article]
MakeSite = Callable[..., Path]

FILES = {
    "README.md",
    "CITATION.cff",
    "article.schema.json",
    "coverage.svg",
    "croissant.json",
    "data/articles.jsonl.zst",
    "data/articles.parquet",
    "datapackage.json",
    "manifest-sha256.txt",
}


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def content(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in names(folder)}


@pytest.fixture
def archived(tmp_path: Path, article: MakeArticle) -> Path:
    """A site with an archive: three pages, one of them asked twice."""
    folder = tmp_path / "output" / "archived.example.com"
    store = Store(folder, run="20261123T084200000Z", min_free_bytes=0)
    for number in (1, 2, 3, 1):
        record = article(number, version=1)
        exchange = Exchange(
            url=record.url or "",
            request=b"GET / HTTP/1.1\r\nHost: news.example.com\r\n\r\n",
            response_head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n",
            body=f"<html><h1>{record.title}</h1></html>".encode(),
            fetched_at="2026-11-23T08:42:00Z",
        )
        outcome = PageOutcome(url=record.url or "", state="done", article=record, exchanges=[exchange])
        store.commit([outcome], settle_version)
    store.close()
    return folder


def test_a_dataset_has_everything_a_stranger_needs(tmp_path: Path, article: MakeArticle, site: MakeSite) -> None:
    counts = build_dataset([site(article(1), article(2), article(1, version=2))], tmp_path / "release")
    assert names(tmp_path / "release") == FILES
    assert (counts.records, counts.first_day, counts.last_day) == (3, "2026-11-02", "2026-11-03")
    package = json.loads((tmp_path / "release" / "datapackage.json").read_text())
    assert package["news-scraper"] == {"records": 3, "articles": 2, "sites": {"news.example.com": 3}}
    assert package["version"] == "2026-11-23"
    assert verify_dataset(tmp_path / "release") == []


def test_its_lines_are_the_lines_of_the_harvest_and_fit_its_schema(
    tmp_path: Path, article: MakeArticle, site: MakeSite
) -> None:
    folder = site(article(1), article(2))
    build_dataset([folder], tmp_path / "release")
    packed = (tmp_path / "release/data/articles.jsonl.zst").read_bytes()
    plain = zstandard.ZstdDecompressor().stream_reader(packed).read()
    assert plain == (folder / "articles.jsonl").read_bytes()
    schema = json.loads((tmp_path / "release/article.schema.json").read_text())
    for line in plain.splitlines():
        jsonschema.validate(json.loads(line), schema)


def test_a_not_modified_in_an_older_archive_takes_the_place_of_nothing(
    tmp_path: Path, article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scraper.storage.archive._NOT_MODIFIED", re.compile(b"(?!)"))  # archives had these answers
    folder = tmp_path / "output" / "old.example.com"
    store = Store(folder, run="20261123T084200000Z", min_free_bytes=0)
    answers = [("200 OK", b"User-agent: *\n"), ("304 Not Modified", b"")]
    for at, (status, body) in enumerate(answers):
        exchange = Exchange(
            url="https://old.example.com/robots.txt",
            request=b"GET /robots.txt HTTP/1.1\r\nHost: old.example.com\r\n\r\n",
            response_head=f"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\n\r\n".encode(),
            body=body,
            fetched_at=f"2026-11-23T08:42:0{at}Z",
        )
        record = article(at + 1)
        outcome = PageOutcome(url=record.url or "", state="done", article=record, exchanges=[exchange])
        store.commit([outcome], settle_version)
    store.close()
    build_dataset([folder], tmp_path / "release", Options(with_archive=True))
    assert (tmp_path / "release/robots/old.example.com.txt").read_bytes() == answers[0][1]
    with zipfile.ZipFile(tmp_path / "release/archive/old.example.com.wacz") as package:
        index = gzip.decompress(package.read("indexes/index.cdx.gz"))
    assert [orjson.loads(line.split(b" ", 2)[2])["status"] for line in index.splitlines()] == ["200"]
    assert verify_dataset(tmp_path / "release") == []


@pytest.mark.parametrize("options", [Options(), Options(with_archive=True), Options(as_bag=True, creator="A. Scholar")])
def test_the_same_input_gives_the_same_bytes(tmp_path: Path, archived: Path, options: Options) -> None:
    build_dataset([archived], tmp_path / "once", options)
    shutil.copytree(archived, tmp_path / "moved" / archived.name)
    build_dataset([tmp_path / "moved" / archived.name], tmp_path / "twice", options)
    assert content(tmp_path / "once") == content(tmp_path / "twice")


def test_the_order_of_the_sites_does_not_matter(tmp_path: Path, article: MakeArticle, site: MakeSite) -> None:
    one, other = site(article(1), name="b.example"), site(article(2), name="a.example")
    build_dataset([one, other], tmp_path / "once")
    build_dataset([other, one], tmp_path / "twice")
    assert content(tmp_path / "once") == content(tmp_path / "twice")


@pytest.mark.parametrize("options", [Options(with_archive=True), Options(with_archive=True, as_bag=True)])
def test_a_flipped_byte_in_any_file_is_found(tmp_path: Path, archived: Path, options: Options) -> None:
    release = tmp_path / "release"
    build_dataset([archived], release, options)
    assert verify_dataset(release) == []
    for name, before in content(release).items():
        places = {0, len(before) // 3, len(before) // 2, len(before) - 1}
        for place in places:
            for bit in (0x01, 0x20):  # 0x20: a letter in the other case
                flipped = bytearray(before)
                flipped[place] ^= bit
                (release / name).write_bytes(flipped)
                assert verify_dataset(release), f"{name} at byte {place}"
        (release / name).write_bytes(before)
    assert verify_dataset(release) == []


@pytest.mark.parametrize("options", [Options(), Options(as_bag=True)])
def test_a_file_that_is_gone_or_new_is_found(tmp_path: Path, archived: Path, options: Options) -> None:
    release = tmp_path / "release"
    build_dataset([archived], release, options)
    for name, before in content(release).items():
        (release / name).unlink()
        assert verify_dataset(release), name
        (release / name).write_bytes(before)
    for place in (release / "new.txt", release / "data" / "new.txt"):
        place.write_text("x")
        assert verify_dataset(release), place
        place.unlink()
    assert verify_dataset(release) == []


def resealed(release: Path) -> list[str]:
    """What is found once the checksums have been made to fit a change."""
    (release / "manifest-sha256.txt").unlink()
    write_manifest(release)
    return [str(finding) for finding in verify_dataset(release)]


def rewrite_lines(release: Path, change: Callable[[dict[str, object]], object]) -> None:
    path = release / "data/articles.jsonl.zst"
    lines = zstandard.ZstdDecompressor().stream_reader(path.read_bytes()).read().splitlines()
    records = [orjson.loads(line) for line in lines]
    change(records[1])
    path.write_bytes(zstandard.compress(b"".join(orjson.dumps(record) + b"\n" for record in records)))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda record: record.pop("title"), "line 2: has no key 'title'"),
        (lambda record: record.update(version="1"), "line 2: version is no integer"),
        (lambda record: record.update(more=1), "line 2: more is no key of a record"),
        (lambda record: record["credits"][0].update(role="boss"), "line 2: credits[0].role is 'boss', expected one of"),
        (lambda record: record.update(text="another"), "line 2: the text does not have the text_hash"),
        (lambda record: record.update(title="another"), "row 2 is not the record of line 2"),
        (lambda record: record["crawl"]["warc"].update(offset=7), "line 2: no archive record <urn:uuid:"),
    ],
)
def test_a_record_that_breaks_a_promise_is_found_behind_right_checksums(
    tmp_path: Path, archived: Path, change: Callable[[dict[str, object]], object], fault: str
) -> None:
    release = tmp_path / "release"
    build_dataset([archived], release, Options(with_archive=True))
    rewrite_lines(release, change)
    assert any(fault in found for found in resealed(release))


def test_counts_that_do_not_hold_are_found(tmp_path: Path, archived: Path) -> None:
    release = tmp_path / "release"
    build_dataset([archived], release)
    package = json.loads((release / "datapackage.json").read_text())
    package["news-scraper"]["articles"] = 7
    (release / "datapackage.json").write_text(json.dumps(package))
    found = resealed(release)
    assert any("it states 7 articles, there are 3" in sentence for sentence in found)


@pytest.mark.parametrize(
    "file", ["data/articles.jsonl.zst", "data/articles.parquet", "archive/archived.example.com.wacz"]
)
def test_a_damaged_file_is_found_behind_right_checksums(tmp_path: Path, archived: Path, file: str) -> None:
    release = tmp_path / "release"
    build_dataset([archived], release, Options(with_archive=True))
    damaged = bytearray((release / file).read_bytes())
    damaged[len(damaged) // 2] ^= 0x01
    (release / file).write_bytes(damaged)
    assert resealed(release)


def test_only_the_latest_versions_where_that_is_asked_for(tmp_path: Path, article: MakeArticle, site: MakeSite) -> None:
    folder = site(article(1), article(2), article(1, version=2))
    assert build_dataset([folder], tmp_path / "release", Options(latest=True)).records == 2
    assert verify_dataset(tmp_path / "release") == []


def test_the_card_says_how_much_and_whose_it_is(tmp_path: Path, article: MakeArticle, site: MakeSite) -> None:
    folder = site(article(1), article(2, source=None))
    run = folder / "runs" / "20261123T084200000Z"
    run.mkdir(parents=True)
    counts = {"discovered": 1234, "reasons": {"failed": {"robots": 5, "dns": 1}}}
    (run / "run.json").write_bytes(orjson.dumps({"started": "2026-11-23T08:42:00Z", "counts": counts}))
    build_dataset(
        [folder], tmp_path / "release", Options(title="Two <days>", license="CC-BY-4.0", creator="A. Scholar")
    )
    card = (tmp_path / "release" / "README.md").read_text()
    assert "# Two <days>" in card
    assert "| `source` | 50.0 % |" in card
    assert "| news.example.com | 2 | 1 | 2026-11-23 | 2026-11-23 | 1,234 | 5 |" in card
    assert "| 云岫新闻网 | example.com | 2 |" in card
    assert "| example.com | icp | 赣ICP备00001234号-1 | 2 |" in card
    assert "given under CC-BY-4.0" in card


def test_text_of_a_page_breaks_no_table_of_the_card(tmp_path: Path, article: MakeArticle, site: MakeSite) -> None:
    publisher = article(1).publisher
    assert publisher is not None
    publisher.name = "a|b <script>\n`c`"
    build_dataset([site(article(1, publisher=publisher))], tmp_path / "release")
    assert "| a\\|b &lt;script> 'c' | example.com | 1 |" in (tmp_path / "release" / "README.md").read_text()


def test_the_citation_escapes_what_yaml_would_read(tmp_path: Path, article: MakeArticle, site: MakeSite) -> None:
    build_dataset([site(article(1))], tmp_path / "release", Options(title='"News": #1\n- x', creator="A: B"))
    lines = (tmp_path / "release" / "CITATION.cff").read_text().splitlines()
    assert 'title: "\\"News\\": #1\\n- x"' in lines
    assert '  - name: "A: B"' in lines


def test_a_bag_holds_the_dataset(tmp_path: Path, article: MakeArticle, site: MakeSite) -> None:
    build_dataset([site(article(1))], tmp_path / "bag", Options(as_bag=True, creator="A. Scholar"))
    bag = tmp_path / "bag"
    assert {f"data/{name}" for name in FILES} <= names(bag)
    payload = [path for path in (bag / "data").rglob("*") if path.is_file()]
    oxum = f"{sum(path.stat().st_size for path in payload)}.{len(payload)}"
    assert (bag / "bag-info.txt").read_text().splitlines() == [
        "Bagging-Date: 2026-11-23",
        "External-Description: News articles of news.example.com",
        "Source-Organization: A. Scholar",
        f"Payload-Oxum: {oxum}",
    ]
    digest = hashlib.sha256((bag / "data/README.md").read_bytes()).hexdigest()
    assert f"{digest}  data/README.md" in (bag / "manifest-sha256.txt").read_text().splitlines()


def test_a_taken_folder_is_left_alone(tmp_path: Path, article: MakeArticle, site: MakeSite) -> None:
    (tmp_path / "release").mkdir()
    (tmp_path / "release" / "mine.txt").write_text("x")
    with pytest.raises(DatasetError, match="exists and is not empty"):
        build_dataset([site(article(1))], tmp_path / "release")
    assert names(tmp_path / "release") == {"mine.txt"}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [(Options(with_archive=True), "none of the sites has an archive"), (Options(latest=True), "there is no record in")],
)
def test_a_dataset_that_cannot_be_made_leaves_nothing(
    tmp_path: Path, article: MakeArticle, site: MakeSite, options: Options, sentence: str
) -> None:
    folder = site(*([article(1)] if options.with_archive else []))
    with pytest.raises(DatasetError, match=sentence):
        build_dataset([folder], tmp_path / "release", options)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["output"]


def test_the_schema_of_a_record_is_one_that_can_be_checked(article: MakeArticle) -> None:
    from scraper.export.schemacheck import compile_schema

    assert list(compile_schema(json_schema())(article(1).to_dict())) == []
