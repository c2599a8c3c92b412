"""Telling somebody: what is handed over, and that a failure to tell is a sentence and nothing more."""

from __future__ import annotations

import socket
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
    assert said == f"the webhook {url} could not be told: Connection refused"


def test_a_webhook_that_hangs_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "TIMEOUT_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        said = post(f"http://127.0.0.1:{server.getsockname()[1]}/", {})
    assert said is not None
    assert "timed out" in said
