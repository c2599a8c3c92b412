"""The pages for operator and researcher are pasted, line by line, against the demo newspaper."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from scraper.cli.collection import load_collection
from scraper.demo.server import serve

DOCS = Path(__file__).parent.parent / "docs"
ADDRESS = ("127.0.0.1:8017", "127.0.0.1-8017")
"""What the pages call the newspaper, as a host and as a folder."""


def blocks(page: str, *languages: str) -> list[tuple[str, str]]:
    """The fenced blocks of a page in one of the languages, in order."""
    fenced = re.findall(r"^```(\w+)\n(.*?)^```", (DOCS / page).read_text(encoding="utf-8"), re.M | re.S)
    return [(language, text) for language, text in fenced if language in languages]


def test_the_collection_of_the_operator_is_read(tmp_path: Path) -> None:
    ((_, text),) = blocks("operator.md", "toml")
    (tmp_path / "sites.toml").write_text(text, encoding="utf-8")
    assert [site.name for site in load_collection(tmp_path / "sites.toml").sites] == list(tomllib.loads(text)["sites"])


@pytest.mark.full
@pytest.mark.parametrize("page", ["operator.md", "researcher.md"])
def test_what_the_page_says_can_be_pasted(page: str, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin/scraper"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m scraper.cli "$@"\n')
    command.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}/bin:{os.environ['PATH']}"}
    with serve() as paper:
        port = paper.url.rpartition(":")[2]

        def here(text: str) -> str:
            return text.replace(ADDRESS[0], f"127.0.0.1:{port}").replace(ADDRESS[1], f"127.0.0.1-{port}")

        for language, text in blocks(page, "toml", "sh", "python"):
            if language == "toml":
                (tmp_path / "sites.toml").write_text(here(text), encoding="utf-8")
                continue
            if language == "python":
                pasted = [sys.executable, "-c", here(text) + "\nassert by_reporter"]
            else:
                pasted = ["sh", "-e", "-c", here(text)]
            done = subprocess.run(pasted, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300)
            assert done.returncode == 0, (text, done.stdout, done.stderr)
