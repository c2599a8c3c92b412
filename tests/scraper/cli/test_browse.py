"""`scraper browse` from the command line, and its pages in a browser."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from scraper.article import Article, Evidence, article_id
from tests.scraper.cli.conftest import Run

TOOLS = Path(os.environ.get("SCRAPER_TOOLS", Path(__file__).parents[3] / ".tools"))
"""Where `make tools` puts Datasette."""
PATH = f"{TOOLS}/datasette/bin{os.pathsep}{os.environ['PATH']}"

URL = "https://example.com/1"
ARTICLE = Article(
    id=article_id(URL),
    url=URL,
    title="春耕时节<script>document.title='bad'</script>",
    text="青溪镇建起现代农业产业园。\n\n村民们忙着修渠。",
    language="zh-CN",
    evidence={"title": Evidence(method="heading", locator="h1")},
)


@pytest.fixture
def harvest(tmp_path: Path) -> Path:
    (tmp_path / "output/yunshan").mkdir(parents=True)
    (tmp_path / "output/yunshan/articles.jsonl").write_bytes(ARTICLE.to_json_line())
    return tmp_path / "output"


def test_the_database_is_built_and_counted(scraper: Run, harvest: Path) -> None:
    done = scraper("browse", "--index-only")
    assert done.returncode == 0
    assert done.stderr.decode() == "output/browse.sqlite: 1 article of 1 site, 1 record added\n"
    assert (harvest / "browse.sqlite").exists()


def test_the_folder_of_one_site_has_its_own(scraper: Run, harvest: Path) -> None:
    assert scraper("browse", "output/yunshan", "--index-only").returncode == 0
    assert (harvest / "yunshan/browse.sqlite").exists()


def test_nothing_harvested_is_code_65(scraper: Run) -> None:
    done = scraper("browse", "nowhere")
    assert done.returncode == 65
    assert b"harvest a site first" in done.stderr


def test_a_file_that_is_no_database_is_code_74(scraper: Run, harvest: Path) -> None:
    (harvest / "browse.sqlite").write_bytes(b"no database" * 100)
    done = scraper("browse", "--index-only")
    assert done.returncode == 74
    assert b"delete it, it is built anew" in done.stderr


@pytest.mark.skipif(shutil.which("datasette") is not None, reason="datasette is installed")
def test_without_datasette_it_is_said_how_to_install_it(scraper: Run, harvest: Path) -> None:
    done = scraper("browse")
    assert done.returncode == 69
    assert b"pipx install datasette" in done.stderr


@pytest.mark.full
@pytest.mark.skipif(shutil.which("datasette", path=PATH) is None, reason="datasette is not installed: make tools")
@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not on the PATH")
def test_a_word_of_two_characters_is_found_and_read_in_a_browser(harvest: Path, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "scraper.cli", "browse", str(harvest), "--port", str(port)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, env={**os.environ, "PATH": PATH})
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        found = render(f"http://127.0.0.1:{port}/browse/find?site=&q={urllib.parse.quote('农业')}", tmp_path)
        assert "<mark>农业</mark>" in found
        assert f"/browse/read?article={ARTICLE.id}" in found
        read = render(f"http://127.0.0.1:{port}/browse/read?article={ARTICLE.id}", tmp_path)
        assert "<p>村民们忙着修渠。</p>" in read
        assert "heading" in read
        assert "<title>bad</title>" not in read
        assert "Nothing was found" in render(f"http://127.0.0.1:{port}/browse/find?q=xyz&site=", tmp_path)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)


def wait_for(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{url} does not answer")


def render(url: str, profile: Path) -> str:
    """What a browser makes of a page, scripts run."""
    command = ["chromium", "--headless", "--disable-gpu", f"--user-data-dir={profile}/chromium", "--dump-dom", url]
    if os.geteuid() == 0:
        command.insert(1, "--no-sandbox")
    return subprocess.run(command, capture_output=True, timeout=240, check=True).stdout.decode()
