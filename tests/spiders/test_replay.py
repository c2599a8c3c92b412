import gzip
import io
import json
import re
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

sys.path.insert(0, str(Path(__file__).parent))

from difficult_site import Site
from little_papers import DAYS, print_paper
from test_epapers import carry_over, crawl_front

from pipelines.duplicates import Duplicates
from pipelines.pages import normalize_joined, read_and_normalize
from scraper.extraction.page import read_page
from scraper.outcome import Address, Exchange, PageOutcome
from scraper.storage import Store, read_records
from spiders.replay import Reextracted, reextract

SITE = "https://news.example.com"

PARAGRAPHS = (
    "三月的云山，田间地头一派繁忙景象，农民们抢抓农时，翻耕土地，播撒希望的种子。",
    "在青溪镇的万亩稻田里，十几台旋耕机来回穿梭，新翻的泥土散发着清香，村民们正忙着修整田埂、疏通水渠。",
    "镇农技站派出技术人员到田间指导，帮助农户选种育秧，确保今年粮食稳产增收，带动更多乡亲走上致富路。",
    "县里还组织了十二支志愿服务队，为缺少劳力的家庭代耕代种，预计清明前后全部完成春耕任务。",
)


def page(title: str, *paragraphs: str, foot: str = "") -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}_要闻_云山日报</title></head>
<body><h1>{title}</h1><p>2018-03-12 09:15　来源：云山日报　作者：李明</p><div class="content">{text}</div>{foot}
<p>（责任编辑：王芳）</p></body></html>""".encode()


FIRST = page("春耕时节农事忙", *PARAGRAPHS[:3])
CORRECTED = page("春耕时节农事忙", *PARAGRAPHS[:3], PARAGRAPHS[3])
LIST = (
    "<!doctype html><html><head><meta charset='utf-8'><title>要闻_云山日报</title></head><body><h1>要闻</h1><ul>"
    + "".join(f"<li><a href='/2018/{n}.html'>云山新闻标题之第{n}条消息</a> 2018-03-{n:02}</li>" for n in range(1, 30))
    + "</ul></body></html>"
).encode()
PART_1 = page("两页的长篇报道", *PARAGRAPHS[:2], foot='<div class="page"><a href="/2018/long_2.html">下一页</a></div>')
PART_2 = page("两页的长篇报道", *PARAGRAPHS[2:], foot='<div class="page"><a href="/2018/long.html">上一页</a></div>')


def exchange(path: str, body: bytes, *, status: str = "200 OK", headers: str = "", at: int = 0) -> Exchange:
    return Exchange(
        url=SITE + path,
        request=f"GET {path} HTTP/1.1\r\nHost: news.example.com\r\n\r\n".encode(),
        response_head=f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n{headers}\r\n".encode(),
        body=body,
        fetched_at=f"2026-11-23T08:42:{at:02}Z",
    )


def commit(store: Store, path: str, exchanges: Sequence[Exchange], *readable: Exchange, **changes: Any) -> None:
    """Commit an address as a crawl does that makes the article of the readable answers."""
    outcome = PageOutcome(url=SITE + path, state="done", exchanges=list(exchanges), status=200)
    if readable:
        fetched_at = datetime.fromisoformat(readable[0].fetched_at)
        reading, record = read_and_normalize(readable[0].body, readable[0].url, None, fetched_at, None)
        if record is None:
            later = [read_page(page.body, page.url) for page in readable[1:]]
            record = normalize_joined([reading, *later], fetched_at, None)
        article = record.article
        assert article is not None
        article.requested_url = SITE + path
        article.crawl.fetched_at, article.crawl.status = readable[0].fetched_at, 200
        article.crawl.charset = reading.charset
        outcome.article = article
    for name, value in changes.items():
        setattr(outcome, name, value)
    duplicates = Duplicates(store)
    duplicates.commit([outcome])
    duplicates.close()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A harvest with a list, two versions, a copy, a redirect after a failure, and an article on two pages."""
    store = Store(tmp_path / "output" / "site", run="20261123T084200000Z", min_free_bytes=0)
    links = [Address(url=f"{SITE}/2018/{name}.html", via="listing") for name in ("1", "long", "moved")]
    robots = exchange("/robots.txt", b"User-agent: *\r\n", headers="X: 1\r\n")
    commit(store, "/", [robots, exchange("/", LIST)], kind="listing", links=links)
    for at, body in enumerate((FIRST, FIRST, CORRECTED)):
        answer = exchange("/2018/1.html", body, at=at)
        commit(store, "/2018/1.html", [answer], answer)
    copy = exchange("/copy/1.html", FIRST)
    commit(store, "/copy/1.html", [copy], copy)
    parts = [exchange("/2018/long.html", PART_1), exchange("/2018/long_2.html", PART_2, at=1)]
    commit(store, "/2018/long.html", parts, *parts)
    moved = exchange("/new/7.html", page("搬家的文章", *PARAGRAPHS[1:], "结尾"))
    failed = exchange("/2018/moved.html", b"busy", status="503 Busy")
    redirect = exchange("/2018/moved.html", b"", status="302 Found", headers="Location: /new/7.html\r\n")
    commit(store, "/2018/moved.html", [failed, redirect, moved], moved)
    commit(store, "/feed.xml", [exchange("/feed.xml", FIRST)], kind="feed")
    store.close()
    return tmp_path / "output" / "site"


def replay(files: list[Path], target: Path, ledger: Path | None = None) -> Reextracted:
    target.mkdir()
    return reextract(
        [(file, None) for file in files],
        target,
        lambda url: None,
        lambda file: f"archive/{Path(file).name}",
        workers=2,
        ledger=ledger,
    )


def records(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "articles.jsonl").read_bytes().splitlines()]


def test_an_archive_gives_the_records_of_the_harvest(site: Path, tmp_path: Path) -> None:
    done = replay(list((site / "archive").iterdir()), tmp_path / "again")
    before, after = records(site), records(tmp_path / "again")
    vias = [record["crawl"].pop("discovered_via") for record in after]
    for record in before:
        del record["crawl"]["discovered_via"]
    assert [record["version"] for record in after] == [1, 2, 1, 1, 1]
    assert after == before
    assert vias == ["listing", "listing", None, "listing", "listing"]
    assert (done.pages, done.articles, done.faults) == (7, 5, [])


def test_how_an_address_was_found_is_told_by_the_ledger_where_the_archive_does_not(site: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(site / "ledger.sqlite")) as ledger:
        ledger.execute("UPDATE url SET via = 'seed' WHERE key LIKE '%/copy/1.html'")
        ledger.commit()
    replay(list((site / "archive").iterdir()), tmp_path / "again", site / "ledger.sqlite")
    vias = [record["crawl"]["discovered_via"] for record in records(tmp_path / "again")]
    assert vias == ["listing", "listing", "seed", "listing", "listing"]


def test_a_damaged_ledger_is_no_reason_not_to_read_the_archive(site: Path, tmp_path: Path) -> None:
    (tmp_path / "damaged").write_bytes(b"x" * 5000)
    replay(list((site / "archive").iterdir()), tmp_path / "again", tmp_path / "damaged")
    assert len(records(tmp_path / "again")) == 5


def test_a_not_modified_in_an_older_archive_is_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.storage.archive._NOT_MODIFIED", re.compile(b"(?!)"))  # archives had these answers
    store = Store(tmp_path / "site", run="20261123T084200000Z", min_free_bytes=0)
    parts = [exchange("/2018/long.html", PART_1), exchange("/2018/long_2.html", PART_2, at=1)]
    later = exchange("/2018/long_2.html", b"", status="304 Not Modified", at=1)
    commit(store, "/2018/long_2.html", [later], status=304)
    commit(store, "/2018/long.html", parts, *parts)
    store.close()
    replay(list((tmp_path / "site/archive").iterdir()), tmp_path / "again")
    (record,) = records(tmp_path / "again")
    assert PARAGRAPHS[3] in record["text"]


def test_two_runs_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    files = list((site / "archive").iterdir())
    for name in ("once", "twice"):
        replay(files, tmp_path / name)
    assert (tmp_path / "once/articles.jsonl").read_bytes() == (tmp_path / "twice/articles.jsonl").read_bytes()
    assert sorted(path.name for path in (tmp_path / "once").iterdir()) == ["articles.jsonl", "problems.jsonl"]


def warc(path: Path, *answers: tuple[str, bytes, dict[str, str]], version: str = "WARC/1.0") -> Path:
    """A WARC file as another program writes it."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz", warc_version=version)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "Wget/1.21"}))
        first: dict[str, Any] = {}
        for number, (url, body, headers) in enumerate(answers):
            date = f"2026-11-23T08:42:{number:02}Z"
            http = StatusAndHeaders(
                "200 OK", [("Content-Type", "text/html; charset=utf-8"), *headers.items()], protocol="HTTP/1.1"
            )
            if body in first:
                record = writer.create_revisit_record(
                    url, first[body][2], first[body][0], first[body][1], http, {"WARC-Date": date}
                )
            else:
                record = writer.create_warc_record(
                    url, "response", io.BytesIO(body), http_headers=http, warc_headers_dict={"WARC-Date": date}
                )
            writer.write_record(record)
            first.setdefault(body, (url, date, record.rec_headers.get_header("WARC-Payload-Digest")))
    return path


@pytest.mark.parametrize(("name", "version"), [("crawl.warc", "WARC/1.0"), ("crawl.warc.gz", "WARC/1.1")])
def test_the_archive_of_another_program_is_read(tmp_path: Path, name: str, version: str) -> None:
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(FIRST), FIRST)
    file = warc(
        tmp_path / name,
        (f"{SITE}/2018/1.html", FIRST, {}),
        (f"{SITE}/style.css", b"h1 {}", {"Content-Type": "text/css"}),
        (f"{SITE}/2018/2.html", chunked, {"Transfer-Encoding": "chunked"}),
        (f"{SITE}/2018/3.html", gzip.compress(CORRECTED, mtime=0), {"Content-Encoding": "gzip"}),
        (f"{SITE}/2018/4.html", FIRST, {}),  # becomes a revisit record
        version=version,
    )
    done = replay([file], tmp_path / "again")
    after = records(tmp_path / "again")
    assert [record["url"] for record in after] == [f"{SITE}/2018/{number}.html" for number in (1, 2, 3, 4)]
    assert {record["title"] for record in after} == {"春耕时节农事忙"}
    assert [bool(record["duplicate_of"]) for record in after] == [False, True, True, True]
    assert after[0]["crawl"]["fetched_at"] == "2026-11-23T08:42:00Z"
    assert after[0]["crawl"]["warc"]["file"] == f"archive/{name}"
    assert done.faults == []


def test_an_archive_in_the_manner_of_other_crawlers_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=False, warc_version="WARC/1.0")
        date = {"WARC-Date": "2026-11-23T08:42:00Z"}

        def write(kind: str, url: str, body: bytes, status: str, **headers: str) -> None:
            fields = [(name.replace("_", "-"), value) for name, value in headers.items()]
            http = StatusAndHeaders(status, fields, protocol="HTTP/1.1" if kind == "response" else "")
            is_http = kind in ("request", "response")
            extra = {} if is_http else {"warc_content_type": headers["Content_Type"]}
            record = writer.create_warc_record(
                url, kind, io.BytesIO(body), http_headers=http if is_http else None, warc_headers_dict=date, **extra
            )
            writer.write_record(record)

        one, two = f"{SITE}/2018/1.html", f"{SITE}/2018/2.html"
        # Common Crawl: the request first, coding and chunks undone and their headers renamed.
        write("request", one, b"", "GET /2018/1.html HTTP/1.1", Host="news.example.com")
        undone = {"X_Crawler_Content_Encoding": "gzip", "X_Crawler_Transfer_Encoding": "chunked"}
        write("response", one, FIRST, "200 OK", Content_Type="text/html", **undone)
        write("metadata", one, b"fetchTimeMs: 12", "", Content_Type="application/warc-fields")
        # warcit: files without a HTTP head; browsertrix and wget: pictures and logs that are no pages.
        write("resource", two, CORRECTED, "", Content_Type="text/html; charset=utf-8")
        write("resource", f"urn:thumbnail:{one}", b"\x89PNG", "", Content_Type="image/png")
        write("resource", f"{SITE}/1.png", b"\x89PNG", "", Content_Type="image/png")
        write("resource", "file:///home/x/saved.html", FIRST, "", Content_Type="text/html")
        write("resource", "metadata://gnu.org/software/wget/warc/wget.log", b"ok", "", Content_Type="text/plain")
        write("conversion", one, b"plain text", "", Content_Type="text/plain")
        write("response", "dns:news.example.com", b"192.0.2.1", "", Content_Type="text/dns")
    # Heritrix 1: no digests.
    path.write_bytes(re.sub(rb"WARC-(?:Payload|Block)-Digest: [^\r]+\r\n", b"", path.read_bytes()))
    done = replay([path], tmp_path / "again")
    assert [record["url"] for record in records(tmp_path / "again")] == [one, two]
    assert (done.pages, done.faults) == (2, [])


def test_an_address_that_was_captured_twice_has_two_versions(tmp_path: Path) -> None:
    url = f"{SITE}/2018/1.html"
    file = warc(tmp_path / "a.warc.gz", (url, FIRST, {}), (url, CORRECTED, {}), (url, CORRECTED, {}))
    replay([file], tmp_path / "again")
    assert [record["version"] for record in records(tmp_path / "again")] == [1, 2]


def test_an_article_on_two_pages_is_joined_whereever_its_pages_stand(tmp_path: Path) -> None:
    one, other = (f"{SITE}/2018/long.html", PART_1, {}), (f"{SITE}/2018/long_2.html", PART_2, {})
    together = replay([warc(tmp_path / "a.warc.gz", one, other)], tmp_path / "together")
    apart = [warc(tmp_path / "b.warc.gz", one), warc(tmp_path / "c.warc", other)]
    replay(apart, tmp_path / "apart")
    assert together.articles == 1
    for folder in ("together", "apart"):
        (record,) = records(tmp_path / folder)
        assert record["pages"] == [one[0], other[0]]
        assert PARAGRAPHS[3] in record["text"]


def test_a_damaged_file_is_told_and_read_up_to_its_damage(tmp_path: Path) -> None:
    file = warc(tmp_path / "a.warc.gz", (f"{SITE}/2018/1.html", FIRST, {}), (f"{SITE}/2018/3.html", CORRECTED, {}))
    file.write_bytes(file.read_bytes()[:-20])
    done = replay([file], tmp_path / "again")
    assert done.articles == 1
    assert "a.warc.gz at byte" in str(done.faults[0])


def test_records_that_are_compressed_together_are_told_with_what_mends_it(tmp_path: Path) -> None:
    plain = warc(tmp_path / "a.warc", (f"{SITE}/2018/1.html", FIRST, {}))
    (tmp_path / "b.warc.gz").write_bytes(gzip.compress(plain.read_bytes()))
    done = replay([tmp_path / "b.warc.gz"], tmp_path / "again")
    assert "warcio recompress" in str(done.faults[0])


def test_a_revisit_without_a_digest_has_the_body_of_what_it_refers_to(tmp_path: Path) -> None:
    file = warc(tmp_path / "a.warc", (f"{SITE}/2018/1.html", FIRST, {}), (f"{SITE}/2018/4.html", FIRST, {}))
    file.write_bytes(file.read_bytes().replace(b"WARC-Payload-Digest", b"X-Nothing-of-Length"))
    replay([file], tmp_path / "again")
    assert [record["title"] for record in records(tmp_path / "again")] == ["春耕时节农事忙"] * 2


def test_a_revisit_whose_body_is_elsewhere_is_a_problem(tmp_path: Path) -> None:
    file = warc(tmp_path / "a.warc.gz", (f"{SITE}/2018/1.html", FIRST, {}), (f"{SITE}/2018/4.html", FIRST, {}))
    revisit = list(read_records(file))[-1]
    assert revisit.kind == "revisit"
    (tmp_path / "b.warc.gz").write_bytes(file.read_bytes()[revisit.offset :])
    done = replay([tmp_path / "b.warc.gz"], tmp_path / "again")
    (problem,) = (json.loads(line) for line in (tmp_path / "again/problems.jsonl").read_bytes().splitlines())
    assert (done.articles, problem["reason"]) == (0, "bad_http")
    assert "its body is in another archive" in problem["detail"]


def test_halves_of_an_article_in_print_come_out_of_the_archive_as_they_were_crawled(tmp_path: Path) -> None:
    with Site() as server:
        server.answers = dict(print_paper("founder", DAYS[1:]))
        paths = carry_over(server, "founder")
        over = crawl_front(server, "founder", tmp_path / "output", f"edition={DAYS[1]}")
    replay(sorted((over.folder / "archive").iterdir()), tmp_path / "again")
    again = records(tmp_path / "again")
    assert [len(record["pages"]) for record in again if record["url"].endswith(paths[0])] == [2]
    assert again == records(over.folder)
