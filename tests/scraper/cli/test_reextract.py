import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from scraper.article import Article
from scraper.outcome import Exchange, PageOutcome
from scraper.storage import Store
from tests.scraper.cli.conftest import article_page

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]

URL = "https://news.example.com/2018/1.html"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A harvest whose record does not say what its page says."""
    folder = tmp_path / "output" / "news.example.com"
    store = Store(folder, run="20261123T084200000Z", min_free_bytes=0)
    exchange = Exchange(
        url=URL,
        request=b"GET /2018/1.html HTTP/1.1\r\n\r\n",
        response_head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        body=article_page(),
        fetched_at="2026-11-23T08:42:00Z",
    )
    article = Article(id="1" * 32, url=URL, title="春耕时节", text_hash="1", section="要闻")
    outcome = PageOutcome(url=URL, state="done", status=200, exchanges=[exchange], article=article)
    store.commit([outcome], lambda article, ledger: True)
    store.close()
    return folder


def test_a_site_is_read_again_into_a_folder_of_its_own(scraper: Run, site: Path) -> None:
    before = (site / "articles.jsonl").read_bytes()
    done = scraper("reextract", "news.example.com", "--diff")
    assert done.returncode == 0
    shown = done.stdout.decode()
    assert "1 articles of 1 pages in output/news.example.com/reextract/articles.jsonl" in shown
    assert "changed  https://news.example.com/2018/1.html" in shown
    assert "    - 春耕时节\n    + 春耕时节农事忙\n" in shown
    assert "0 as they were, 1 changed, 0 new, 0 gone" in shown
    assert all(len(line) <= 80 for line in shown.splitlines())
    assert (site / "articles.jsonl").read_bytes() == before
    (line,) = (site / "reextract" / "articles.jsonl").read_bytes().splitlines()
    assert json.loads(line)["responsible_editors"] == ["王芳"]


def test_files_are_read_into_the_folder_that_is_named(scraper: Run, site: Path, tmp_path: Path) -> None:
    done = scraper("reextract", *(site / "archive").iterdir(), "-o", "again")
    assert done.returncode == 0
    assert done.stdout.decode() == "1 articles of 1 pages in again/articles.jsonl\n"
    assert scraper("reextract", site / "archive", "-o", "once-more").returncode == 0
    assert (tmp_path / "again/articles.jsonl").read_bytes() == (tmp_path / "once-more/articles.jsonl").read_bytes()


def test_a_damaged_archive_is_65_with_its_place(scraper: Run, site: Path, tmp_path: Path) -> None:
    (archive,) = (site / "archive").iterdir()
    (tmp_path / "cut.warc.gz").write_bytes(archive.read_bytes()[:-10])
    done = scraper("reextract", "cut.warc.gz", "-o", "again")
    assert done.returncode == 65
    assert "scraper: cut.warc.gz at byte" in done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["nowhere", "-o", "again"], 65, "nowhere: there is no archive, expected a harvested site, a WARC file"),
        (["output/news.example.com/archive"], 2, "name a folder for the records of these files with -o"),
        (["news.example.com", "-o", "output/news.example.com"], 2, "is the harvest itself"),
        (["output/news.example.com/archive", "-o", "output/news.example.com"], 2, "is a site folder"),
        (["news.example.com", "--profile", "nobody"], 78, "no profile 'nobody' ships"),
    ],
)
def test_a_mistake_is_one_sentence_and_a_code(
    scraper: Run, site: Path, arguments: list[str], code: int, sentence: str
) -> None:
    before = (site / "articles.jsonl").read_bytes()
    done = scraper("reextract", *arguments)
    assert done.returncode == code
    assert sentence in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1
    assert (site / "articles.jsonl").read_bytes() == before


@pytest.mark.full
def test_three_days_of_the_demo_come_out_of_its_archive_as_they_were_harvested(scraper: Run, tmp_path: Path) -> None:
    for day in ("1", "2", "3"):
        assert scraper("demo", "--quiet", "--port", "8519", "--day", day).returncode == 0
    done = scraper("reextract", "demo")
    assert "0 changed, 0 new, 0 gone" in done.stdout.decode()
    folder = tmp_path / "output" / "demo"
    assert (folder / "reextract/articles.jsonl").read_bytes() == (folder / "articles.jsonl").read_bytes()
