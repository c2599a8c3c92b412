import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.scraper.cli.conftest import Run


def test_serve_shows_the_newspaper_until_it_is_stopped() -> None:
    command = [sys.executable, "-m", "scraper.cli", "demo", "--serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split(" is at ")[1].split(" ")[0]
        with urllib.request.urlopen(address, timeout=240) as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


def test_a_port_in_use_is_said(scraper: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = scraper("demo", "--serve", "--port", str(port))
    assert done.returncode == 74
    assert done.stderr.decode().startswith(f"scraper: cannot listen on port {port}: ")


def test_the_harvested_folder_is_whole_and_a_damaged_one_is_told(scraper: Run, tmp_path: Path) -> None:
    assert scraper("demo", "--quiet", "--port", "0").returncode == 0
    assert scraper("verify", "demo").returncode == 0
    articles = tmp_path / "output/demo/articles.jsonl"
    content = articles.read_bytes()
    articles.write_bytes(content.replace("云".encode(), "雨".encode(), 1))
    done = scraper("verify", "demo")
    assert done.returncode == 70
    assert done.stdout.startswith(b"articles.jsonl")
    articles.write_bytes(content)
    (tmp_path / "output/demo/ledger.sqlite").unlink()
    done = scraper("rebuild", "output/demo")
    assert done.returncode == 0
    assert f"{len(content.splitlines())} articles" in done.stdout.decode()
    assert scraper("verify", "demo").returncode == 0


def test_a_folder_that_was_never_harvested_is_code_65(scraper: Run) -> None:
    done = scraper("verify", "nothing")
    assert done.returncode == 65
    assert done.stderr.decode() == (
        "scraper: no harvested site in output/nothing or nothing; name one that was crawled\n"
    )
