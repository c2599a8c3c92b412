"""`scraper harvest` and `scraper status`: the sites of a collection, from the command line."""

from __future__ import annotations

import fcntl
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from scraper.demo.server import DemoServer, serve
from tests.scraper.cli.conftest import Run

COLLECTION = """
every = "6h"
[defaults]
delay = 0
settings = {{ READER_PROCESSES = 1 }}
[sites.dead]
url = "http://127.0.0.3:9/"
[sites.locked]
url = "http://127.0.0.2:9/"
[sites.good]
url = "{good}/"
max_articles = 5
"""


@pytest.fixture
def newspaper() -> Iterator[DemoServer]:
    with serve() as paper:
        yield paper


@pytest.fixture
def webhook() -> Iterator[tuple[str, list[dict[str, object]]]]:
    posted: list[dict[str, object]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/hook", posted
    server.shutdown()


@pytest.mark.full
def test_a_dead_a_locked_and_a_good_site(
    scraper: Run, tmp_path: Path, newspaper: DemoServer, webhook: tuple[str, list[dict[str, object]]]
) -> None:
    """The good one is harvested, each is told in a line, the worst code is kept, and who asked for it is told."""
    (tmp_path / "sites.toml").write_text(COLLECTION.format(good=newspaper.url))
    lock = tmp_path / "output/127.0.0.2-9/ledger.lock"
    lock.parent.mkdir(parents=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        told = tmp_path / "told.txt"
        done = scraper(
            *("harvest", "sites.toml", "--jobs", "3", "--metrics", "harvest.prom"),
            *("--notify", f"cat > {told}", "--webhook", webhook[0]),
        )
    assert done.returncode == 69
    *lines, summary = done.stdout.decode().splitlines()
    assert {tuple(line.split()[:2]) for line in lines} == {("dead", "no"), ("locked", "locked"), ("good", "well")}
    assert max(map(len, [*lines, summary])) <= 80
    assert summary.endswith("1 well, 1 locked, 1 no reach; 5 new articles, 0 changed")
    sentences = done.stderr.decode().splitlines()
    assert {sentence.split()[1] for sentence in sentences} == {"dead:", "locked:"}
    folder = tmp_path / f"output/127.0.0.1-{newspaper.url.rpartition(':')[2]}"
    assert len((folder / "articles.jsonl").read_bytes().splitlines()) == 5
    assert "in use by another run" in told.read_text()
    (posted,) = webhook[1]
    assert posted["exit_code"] == 69
    assert {site["site"]: site["exit_code"] for site in posted["sites"]} == {"dead": 69, "locked": 75, "good": 0}  # type: ignore[attr-defined]
    assert 'news_scraper_articles_new{site="good"} 5' in (tmp_path / "harvest.prom").read_text()

    shown = scraper("status").stdout.decode().splitlines()
    assert max(map(len, shown)) <= 80
    stands = {line.split()[0]: line for line in shown[1:]}
    assert "never" in stands["locked"]
    assert "now" in stands["dead"]
    assert "learning" in stands["good"]

    again = scraper("harvest", "sites.toml", "--jobs", "3").stdout.decode().splitlines()
    assert any(line.split() == ["good", "not", "due", "yet"] for line in again)
    assert any(line.startswith("dead") and "no reach" in line for line in again)


def test_a_collection_with_mistakes_is_code_78(scraper: Run, tmp_path: Path) -> None:
    (tmp_path / "sites.toml").write_text('[sites.a]\nurl = "https://example.com/"\ndely = 2\n')
    done = scraper("harvest", "sites.toml")
    assert done.returncode == 78
    assert done.stderr.decode() == "scraper: sites.toml: sites.a.dely: unknown key; did you mean delay?\n"


def test_an_unknown_site_is_a_mistake_of_the_command_line(scraper: Run, tmp_path: Path) -> None:
    (tmp_path / "sites.toml").write_text('[sites.yunshan]\nurl = "https://example.com/"\n')
    done = scraper("harvest", "sites.toml", "--only", "yunsan")
    assert done.returncode == 2
    assert b"did you mean yunshan?" in done.stderr


def test_a_second_harvest_of_the_collection_ends_at_once(scraper: Run, tmp_path: Path) -> None:
    (tmp_path / "sites.toml").write_text('[sites.yunshan]\nurl = "https://example.com/"\n')
    (tmp_path / "output").mkdir()
    with (tmp_path / "output/.sites.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = scraper("harvest", "sites.toml")
    assert done.returncode == 75
    assert b"another harvest of" in done.stderr


def test_status_of_nothing_is_code_65(scraper: Run) -> None:
    done = scraper("status")
    assert done.returncode == 65
    assert b"no harvested site in output" in done.stderr


@pytest.mark.full
def test_a_stop_reaches_the_crawls_and_the_next_harvest_goes_on(
    scraper: Run, tmp_path: Path, newspaper: DemoServer
) -> None:
    collection = f'every = "6h"\n[sites.good]\nurl = "{newspaper.url}/"\ndelay = 1\nmax_articles = 8\n'
    (tmp_path / "sites.toml").write_text(collection)
    process = subprocess.Popen([sys.executable, "-m", "scraper.cli", "harvest", "sites.toml"], cwd=tmp_path)
    deadline = time.monotonic() + 120
    while not list(tmp_path.glob("output/*/runs/*/crawl.log")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 143
    (tmp_path / "sites.toml").write_text(collection.replace("delay = 1", "delay = 0"))
    done = scraper("harvest", "sites.toml")
    assert done.returncode == 0, done.stderr
    (records,) = tmp_path.glob("output/*/articles.jsonl")
    ids = [json.loads(line)["id"] for line in records.read_bytes().splitlines()]
    assert len(ids) == len(set(ids)) >= 8


def test_a_webhook_is_an_address(scraper: Run, tmp_path: Path) -> None:
    (tmp_path / "sites.toml").write_text('[sites.yunshan]\nurl = "https://example.com/"\n')
    done = scraper("harvest", "sites.toml", "--webhook", "file:///etc/passwd")
    assert done.returncode == 2
    assert b"takes an http(s) address" in done.stderr


def test_a_site_is_found_by_its_name_in_the_collection(scraper: Run, tmp_path: Path) -> None:
    (tmp_path / "sites.toml").write_text('output = "data"\n[sites.yunshan]\nurl = "https://example.com/"\n')
    assert scraper("report", "yunshan").returncode == 65
    (tmp_path / "data/example.com").mkdir(parents=True)
    (tmp_path / "data/example.com/articles.jsonl").touch()
    assert b"left a manifest" in scraper("report", "yunshan").stderr
