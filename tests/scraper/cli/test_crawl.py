import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.scraper.cli.conftest import Run, article_page

HOME = """<html><head><meta charset='utf-8'><title>云山日报</title></head><body>
<p><a href='/#1'>首页</a>
<a href='/#2'>要闻</a> <a href='/#3'>民生</a> <a href='/#4'>县区</a> <a href='/#5'>文化</a></p>
<ul>{}</ul></body></html>"""
ITEM = "<li><a href='/2018/{0}.html'>春耕时节农事忙之第{0}条消息</a> 03-12</li>"
CHAPTERS = "一二三四五六"


class Site(ThreadingHTTPServer):
    """A site on loopback: path to (content type, body)."""

    daemon_threads = True
    wait_s = 0.0

    def __init__(self, pages: dict[str, tuple[str, bytes]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages = pages
        self.url = f"http://127.0.0.1:{self.server_address[1]}/"
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def folder(self) -> str:
        return f"output/127.0.0.1-{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        if self.path != "/robots.txt":
            time.sleep(self.server.wait_s)
        kind, body = self.server.pages.get(self.path, ("", b""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def newspaper() -> Iterator[Site]:
    """Three articles behind a home page."""
    pages = {"/": ("text/html", HOME.format("".join(ITEM.format(n) for n in range(1, 4))).encode())}
    for n in range(1, 4):
        page = article_page(f"春耕时节农事忙之第{n}条消息").replace("三月".encode(), f"{CHAPTERS[n]}月".encode())
        pages[f"/2018/{n}.html"] = ("text/html; charset=utf-8", page)
    site = Site(pages)
    yield site
    site.shutdown()


def crawl(scraper: Run, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    return scraper("crawl", "--delay", "0", "-s", "READER_PROCESSES=1", "-s", "STORE_MAX_WAIT_S=0.05", *arguments)


def records(tmp_path: Path, site: Site) -> list[dict[str, object]]:
    lines = (tmp_path / site.folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_a_site_becomes_records_a_table_and_a_log(scraper: Run, tmp_path: Path, newspaper: Site) -> None:
    done = crawl(scraper, newspaper.url)
    assert done.returncode == 0
    assert b"scraper: " not in done.stderr  # lines of progress may be there on a busy machine
    assert len(records(tmp_path, newspaper)) == 3
    shown = done.stdout.decode()
    assert "articles     3 new" in shown
    assert "; 3 in the file" in shown
    assert max(map(len, shown.splitlines()[:-3])) <= 80
    (log,) = (tmp_path / newspaper.folder).glob("runs/*/crawl.log")
    assert "Spider opened" in log.read_text(encoding="utf-8")


def test_the_same_command_again_adds_nothing_and_is_well(scraper: Run, tmp_path: Path, newspaper: Site) -> None:
    crawl(scraper, newspaper.url, "--quiet")
    done = crawl(scraper, newspaper.url)
    assert done.returncode == 0
    assert b"scraper: " not in done.stderr  # lines of progress may be there on a busy machine
    assert "0 new; 3 in the file" in done.stdout.decode()
    assert len(records(tmp_path, newspaper)) == 3


def test_quiet_is_silent(scraper: Run, newspaper: Site) -> None:
    done = crawl(scraper, newspaper.url, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_max_articles_is_a_limit(scraper: Run, tmp_path: Path, newspaper: Site) -> None:
    assert crawl(scraper, newspaper.url, "--max-articles", "1").returncode == 0
    assert len(records(tmp_path, newspaper)) == 1


def test_output_is_where_the_user_says(scraper: Run, tmp_path: Path, newspaper: Site) -> None:
    assert crawl(scraper, newspaper.url, "--output", "there").returncode == 0
    assert not (tmp_path / "output").exists()
    assert list((tmp_path / "there").glob("*/articles.jsonl"))


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def one_sentence(done: "subprocess.CompletedProcess[bytes]") -> str:
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1, lines
    assert lines[0].startswith("scraper: ")
    return lines[0]


@pytest.mark.parametrize("start", ["http://127.0.0.1:{port}/", "http://no-such-host.invalid/"])
def test_a_host_that_cannot_be_reached_is_code_69(scraper: Run, start: str) -> None:
    done = crawl(scraper, start.format(port=closed_port()), "-q")
    assert done.returncode == 69
    assert "could be reached" in one_sentence(done)


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        ("application/pdf", b"%PDF-1.4 " + b"\x00\x01" * 500, "not HTML"),
        ("text/html", b"", "no content"),
        ("text/html", b"\x00\x01\x02\xff" * 500, "not HTML"),
    ],
)
def test_a_start_that_is_no_page_is_code_1_and_said(scraper: Run, kind: str, body: bytes, said: str) -> None:
    site = Site({"/": (kind, body)})
    done = crawl(scraper, site.url, "-q")
    site.shutdown()
    assert done.returncode == 1
    assert said in one_sentence(done)


def test_a_site_without_articles_is_code_1_and_said(scraper: Run) -> None:
    site = Site({"/": ("text/html", HOME.format("").encode())})
    done = crawl(scraper, site.url, "-q")
    site.shutdown()
    assert done.returncode == 1
    assert f"no article found on {site.url}" in one_sentence(done)


def test_an_output_that_cannot_be_written_is_code_74(scraper: Run, tmp_path: Path, newspaper: Site) -> None:
    (tmp_path / "file").write_bytes(b"")
    done = crawl(scraper, newspaper.url, "--output", "file/below")
    assert done.returncode == 74
    assert "file/below" in one_sentence(done)


@pytest.mark.parametrize("setting", ["DOWNLOAD_DELAY=slow", "LOG_LEVEL=LOUD"])
def test_a_setting_that_cannot_be_used_is_code_78_and_named(scraper: Run, newspaper: Site, setting: str) -> None:
    done = crawl(scraper, newspaper.url, "-s", setting)
    assert done.returncode == 78
    assert setting.partition("=")[0] in one_sentence(done)


def test_a_folder_in_use_is_code_75(scraper: Run, tmp_path: Path, newspaper: Site) -> None:
    crawl(scraper, newspaper.url, "-q")
    with (tmp_path / newspaper.folder / "ledger.lock").open("r+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = crawl(scraper, newspaper.url)
    assert done.returncode == 75
    assert "in use by another run" in one_sentence(done)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["http://127.0.0.1:1/", "-s", "LOG_LEVEL"], 2),
        (["http://127.0.0.1:1/", "--max-articles", "0"], 2),
        (["http://127.0.0.1:1/", "--since", "yesterday"], 2),
        ([""], 2),
        (["not a site"], 2),
        (["ftp://127.0.0.1/"], 2),
        (["http://127.0.0.1:1/", "-s", "SCHEDULER=no.such.Class"], 78),
        (["broken.toml"], 78),
    ],
)
def test_what_cannot_be_meant_is_said_in_one_sentence(
    scraper: Run, tmp_path: Path, arguments: list[str], code: int
) -> None:
    (tmp_path / "broken.toml").write_text("delay_s = 'fast'\nname = 'x'\n")
    done = crawl(scraper, *arguments)
    assert done.returncode == code, done.stderr
    one_sentence(done)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), pytest.param(signal.SIGTERM, 143, marks=pytest.mark.full)]
)
def test_a_signal_ends_the_crawl_and_the_next_run_completes_it(
    scraper: Run, tmp_path: Path, newspaper: Site, number: int, code: int
) -> None:
    newspaper.wait_s = 1.0
    command = [sys.executable, "-m", "scraper.cli", "crawl", newspaper.url, "-q", "--delay", "0"]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("output/*/runs/*/crawl.log")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.2)
    os.kill(process.pid, number)
    assert process.wait(60) == code
    newspaper.wait_s = 0.0
    assert crawl(scraper, newspaper.url, "-q").returncode == 0
    assert len({record["id"] for record in records(tmp_path, newspaper)}) == 3
    assert len(records(tmp_path, newspaper)) == 3


def test_several_sites_are_crawled_each_and_the_highest_code_is_kept(
    scraper: Run, tmp_path: Path, newspaper: Site
) -> None:
    nowhere = f"http://127.0.0.1:{closed_port()}/"
    done = crawl(scraper, nowhere, newspaper.url, "-q")
    assert done.returncode == 69
    assert nowhere in one_sentence(done)
    assert len(records(tmp_path, newspaper)) == 3
