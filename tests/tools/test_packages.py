"""A dataset as the tools of others judge it. `make tools` installs them, each in an environment of its own."""

import json
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.duplicates import settle_version
from scraper.article import Article, Credit, Evidence, Image, Source, article_id, hash_text
from scraper.export import Options, build_dataset
from scraper.export.cdxj import surt
from scraper.outcome import Exchange, PageOutcome
from scraper.storage import Store

pytestmark = pytest.mark.full

TOOLS = Path(os.environ.get("SCRAPER_TOOLS", Path(__file__).parents[2] / ".tools"))
URL = "https://news.example.com/2018/1.html"
PAGE = (
    "<!doctype html><html lang='zh-CN'><head><meta charset='utf-8'><title>春到茶山</title></head>"
    "<body><h1>春到茶山</h1><p>清明前的一场雨把远山洗得发亮。</p></body></html>"
)


def tool(environment: str, name: str) -> str:
    """Path of a tool; the test is skipped where it is not installed."""
    path = TOOLS / environment / "bin" / name
    if not path.exists():
        pytest.skip(f"{name} is not in {path.parent}; `make tools` installs it")
    return str(path)


def run(*command: str | Path) -> str:
    """What a tool prints; it has to end with 0."""
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose page was fetched, found again unchanged, and seen under another address. The day after its server
    said "not modified", which archives held as an answer some time ago.
    """
    folder = tmp_path_factory.mktemp("output") / "news.example.com"
    store = Store(folder, run="20261123T084200000Z", min_free_bytes=0)
    for at, url in enumerate((URL, URL, "https://www.example.com/copy/?b=2&a=1")):
        text = "清明前的一场雨把远山洗得发亮。"
        article = Article(
            id=article_id(url),
            url=url,
            title="春到茶山",
            authors=["林晚舟"],
            credits=[Credit(name="林晚舟", role="reporter")],
            source=Source(name="云岫日报", name_raw="来源：云岫日报", chain=["云岫日报"]),
            date_published="2018-03-12T09:15:00+08:00",
            text=text,
            text_hash=hash_text(text),
            images=[Image(url="https://news.example.com/1.png")] if at else [],
            evidence={"title": Evidence(method="heading", locator="h1", raw="春到茶山", confidence=0.9)},
        )
        article.crawl.fetched_at = f"2026-11-23T08:42:0{at}Z"
        exchange = Exchange(
            url=url,
            request=f"GET {url} HTTP/1.1\r\n\r\n".encode(),
            response_head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n",
            body=PAGE.encode(),
            fetched_at=article.crawl.fetched_at,
        )
        store.commit([PageOutcome(url=url, state="done", article=article, exchanges=[exchange])], settle_version)
    exchange = Exchange(
        url=URL,
        request=f"GET {URL} HTTP/1.1\r\n\r\n".encode(),
        response_head=b"HTTP/1.1 304 Not Modified\r\n\r\n",
        body=b"",
        fetched_at="2026-11-24T08:42:00Z",
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scraper.storage.archive._NOT_MODIFIED", re.compile(b"(?!)"))
        store.commit([PageOutcome(url=URL, state="done", status=304, exchanges=[exchange])], settle_version)
    store.close()
    return folder


@pytest.fixture(scope="module")
def release(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset with everything in it."""
    target = tmp_path_factory.mktemp("release") / "dataset"
    build_dataset([site], target, Options(with_archive=True, creator="A. Scholar", license="CC-BY-4.0"))
    return target


def test_frictionless_finds_the_data_package_valid(release: Path) -> None:
    shown = run(tool("frictionless", "frictionless"), "validate", release / "datapackage.json", "--json")
    report = json.loads(shown[shown.index("{") : shown.rindex("}") + 1])
    assert report["valid"]
    assert [task["valid"] for task in report["tasks"]] == [True, True, True]


def test_mlcroissant_validates_the_description_and_reads_the_records(release: Path) -> None:
    command = tool("mlcroissant", "mlcroissant")
    shown = run(command, "validate", "--jsonld", release / "croissant.json")
    assert "error" not in shown.lower()
    assert "warning" not in shown.lower()
    shown = run(
        command, "load", "--jsonld", release / "croissant.json", "--record_set", "articles", "--num_records", "2"
    )
    assert "articles/title" in shown


def test_bagit_finds_the_bag_valid(site: Path, tmp_path: Path) -> None:
    build_dataset([site], tmp_path / "bag", Options(as_bag=True))
    assert "is valid" in run(tool("bagit", "python"), "-m", "bagit", "--validate", tmp_path / "bag")


def test_sha256sum_checks_the_manifest(release: Path) -> None:
    done = subprocess.run(["sha256sum", "-c", "manifest-sha256.txt"], cwd=release, capture_output=True, check=False)
    assert done.returncode == 0


def test_wacz_finds_the_archive_valid(release: Path) -> None:
    shown = run(tool("wacz", "wacz"), "validate", "-f", release / "archive/news.example.com.wacz")
    assert "Validation succeeded" in shown


def test_the_keys_of_the_index_are_those_that_replay_tools_compute(release: Path) -> None:
    urls = [
        URL,
        "https://www.example.com/copy/?b=2&a=1",
        "http://127.0.0.1:8017/A/b/",
        "http://例子.中国/新闻?词=a b&Z=%e6",
        "https://www2.example.com:443/a//b/../c%2Fd?x=",
    ]
    program = "import sys, surt; print('\\n'.join(surt.surt(url) for url in sys.argv[1:]))"
    assert run(tool("pywb", "python"), "-c", program, *urls).split("\n")[: len(urls)] == [surt(url) for url in urls]


@pytest.mark.parametrize(
    "program",
    [
        "import pyarrow.parquet as p; print(p.read_table('articles.parquet').num_rows)",
        "import pandas; print(len(pandas.read_parquet('articles.parquet')))",
        "import pandas; print(len(pandas.read_json('articles.jsonl.zst', lines=True)))",
        "import duckdb; print(duckdb.sql(\"select count(*) from 'articles.parquet' where source.name = '云岫日报'"
        " and evidence['title'].method = 'heading'\").fetchall()[0][0])",
        "import duckdb; print(duckdb.sql(\"select count(*) from read_json('articles.jsonl.zst')\").fetchall()[0][0])",
    ],
)
def test_readers_of_tables_find_every_record(release: Path, program: str) -> None:
    shown = subprocess.run(
        [tool("readers", "python"), "-c", program], cwd=release / "data", capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "2"


@pytest.fixture(scope="module")
def replay(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a pywb that has the archive."""
    manager, server = tool("pywb", "wb-manager"), tool("pywb", "wayback")
    folder = tmp_path_factory.mktemp("pywb")
    subprocess.run([manager, "init", "news"], cwd=folder, check=True, capture_output=True)
    add = [manager, "add", "--unpack-wacz", "news", str(release / "archive/news.example.com.wacz")]
    subprocess.run(add, cwd=folder, check=True, capture_output=True)
    (folder / "config.yaml").write_text("framed_replay: false\n")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([server, "-b", "127.0.0.1", "-p", str(port)], cwd=folder, stdout=log, stderr=log)
    try:
        for _ in range(120):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.5)
        yield f"http://127.0.0.1:{port}/news"
    finally:
        process.terminate()
        process.wait(20)


@pytest.mark.parametrize(
    ("time", "url"),
    [
        ("20261123084200", URL),
        ("20261123084201", URL),
        ("20261124084200", URL),
        ("20261123084202", "https://www.example.com/copy/?b=2&a=1"),
    ],
)
def test_pywb_replays_a_page_and_what_was_the_same_again(replay: str, time: str, url: str) -> None:
    with urllib.request.urlopen(f"{replay}/{time}id_/{url}", timeout=240) as answer:
        assert answer.status == 200
        assert answer.read().decode() == PAGE


@pytest.mark.parametrize("day", [23, 24])
def test_a_browser_shows_the_replayed_page(replay: str, day: int) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no chromium or google-chrome is installed")
    shown = run(
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--virtual-time-budget=8000",
        "--dump-dom",
        f"{replay}/202611{day}084200/{URL}",
    )
    assert "清明前的一场雨" in shown
