"""The e-paper of the demo newspaper by its edition, and what an article over several pages becomes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from scraper.demo import serve, truth
from scraper.demo.paper import EDITION_DATE, node_path
from scraper.demo.server import DemoServer

ROOT = Path(__file__).parent.parent.parent.parent


def crawl(server: DemoServer, output: Path, *arguments: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "scrapy", "crawl", "site", "-a", f"output={output}", "-a", "allow_host=127.0.0.1"]
    for argument in ("delay=0", "learn=0", *arguments):
        command += ["-a", argument]
    done = subprocess.run(
        [*command, "-s", "READER_PROCESSES=1", "-s", "STORE_MAX_WAIT_S=0.05"],
        cwd=ROOT, capture_output=True, text=True, timeout=240, check=False, env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    (articles,) = output.glob("*/articles.jsonl")
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in articles.read_text("utf-8").splitlines()]


def test_the_edition_is_complete_with_the_names_of_its_pages(tmp_path: Path) -> None:
    with serve() as server:
        records = crawl(server, tmp_path, f"url={server.url}{node_path(1)}", f"edition={EDITION_DATE}")
        expected = [article for article in truth(1, server.url) if article.edition and article.edition.page]
        assert {record["url"]: (record["edition"]["page"], record["edition"]["page_name"]) for record in records} == {
            article.url: (article.edition.page, article.edition.page_name) for article in expected if article.edition
        }
        assert {record["edition"]["date"] for record in records} == {EDITION_DATE}
        assert [path for path in server.hits if not path.startswith("/epaper/")] == ["/robots.txt"]


def test_the_article_over_three_pages_is_whole(tmp_path: Path) -> None:
    with serve() as server:
        (expected,) = [article for article in truth(1, server.url) if len(article.pages) == 3]
        records = crawl(server, tmp_path, f"url={expected.url}", "max_articles=1")
        assert [(record["text"], record["pages"]) for record in records] == [(expected.text, expected.pages)]
