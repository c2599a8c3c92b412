"""Telling somebody: what is handed over, and that a failure to tell is a sentence and nothing more."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from scraper.cli import notices
from scraper.cli.notices import notify, post


def test_a_command_gets_the_text_on_its_stdin(tmp_path: Path) -> None:
    assert notify(f"cat > '{tmp_path}/told'", "三站：一站需要查看\n") is None
    assert (tmp_path / "told").read_text(encoding="utf-8") == "三站：一站需要查看\n"


def test_a_command_that_fails_is_told_with_what_it_said() -> None:
    assert notify("echo 'no mail server' >&2; exit 3", "text") == "the command of --notify ended with 3: no mail server"


def test_a_command_that_does_not_read_is_no_failure() -> None:
    assert notify("true", "text " * 100_000) is None


def test_a_command_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "TIMEOUT_S", 0.2)
    said = notify("sleep 20", "text")
    assert said is not None
    assert "did not end within" in said


def test_a_webhook_that_is_not_there_is_told() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/hook"
    said = post(url, {"exit_code": 1})
    assert said is not None
    assert said == f"the webhook {url.removesuffix('hook')}… could not be told: Connection refused"


@pytest.fixture
def answering() -> Iterator[Callable[[int], str]]:
    """The address of a webhook that answers with a status and a Location."""

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(int(self.path.rpartition("/")[2]))
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield lambda status: f"http://127.0.0.1:{server.server_address[1]}/key/{status}"
    server.shutdown()


def test_a_webhook_that_fails_is_told_without_its_key(answering: Callable[[int], str]) -> None:
    said = post(answering(500), {})
    assert said is not None
    assert said.endswith("/… could not be told: HTTP Error 500: Internal Server Error")
    assert "key" not in said


def test_a_webhook_that_leads_elsewhere_was_not_told(answering: Callable[[int], str]) -> None:
    assert post(answering(204), {}) is None
    said = post(answering(302), {})
    assert said is not None
    assert "HTTP Error 302" in said


def test_what_a_command_has_started_ends_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "TIMEOUT_S", 0.5)
    notify(f"(sleep 60 & echo $! > '{tmp_path}/pid'; wait)", "text")
    pid = int((tmp_path / "pid").read_text())
    for _ in range(500):
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or ") Z " in state.read_text():
            return
        time.sleep(0.01)
    raise AssertionError("it is still there")


def test_a_webhook_that_hangs_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "TIMEOUT_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        said = post(f"http://127.0.0.1:{server.getsockname()[1]}/", {})
    assert said is not None
    assert "timed out" in said
