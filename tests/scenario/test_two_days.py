"""Two days of a collection, with the commands that an operator, a researcher and an archivist type.

Day 1: the demo newspaper is harvested. Day 2: a story is new, one is corrected, two are gone, and a redesign of one
channel brings a dozen pages that name neither source nor author nor editor.
"""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from scraper.browse.queries import FIND
from scraper.demo.server import DemoServer, serve
from scraper.demo.site import Resource

pytestmark = pytest.mark.full

COLLECTION = """
[defaults]
delay = 0
revisit = "all"
settings = {{ READER_PROCESSES = 1, GATE_MIN_SAMPLES = 1 }}
[sites.yunxiu]
url = "{url}/"
"""

TOPICS = "桥梁 渡口 茶园 书店 山路 水库 鱼塘 竹林 集市 戏台 学堂 驿站".split()

REDESIGNED = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<title>{topic}旁的早晨_云岫新闻网</title></head><body>
<div id="app"><header><a href="/">首页</a></header><main><h1>{topic}旁的早晨</h1>
<p>清晨的{topic}旁，雾气还没有散去，早起的人们已经忙碌起来，有人挑着担子，有人推着小车，一路上说说笑笑。</p>
<p>住在{topic}附近的老人说，他在这里生活了六十多年，看着{topic}一点一点变了模样，如今连孩子们也愿意常来走走。</p>
<p>镇里打算把{topic}周围的小路都修一修，再种上两排桂花树，等到明年秋天，整条街都会是香的。</p></main></div></body></html>"""


def redesign(paper: DemoServer) -> None:
    """Add the pages of the redesigned channel, and links to them on its first listing."""
    listing = paper.answer("/news/mssh/index.shtml")
    links = ""
    for number, topic in enumerate(TOPICS):
        path = f"/news/mssh/2026-11/21/content_{59000 + number}.shtml"
        paper.put(path, Resource(body=REDESIGNED.format(topic=topic).encode()))
        links += f'<li><a href="{path}">{topic}旁的早晨</a></li>'
    body = re.sub("(<ul[^>]*>)", rf"\1{links}", listing.body.decode(), count=1)
    assert links in body
    paper.put("/news/mssh/index.shtml", Resource(body=body.encode()))


class Operator:
    """Types commands in the folder of the collection."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: str, expect: int = 0) -> str:
        command = [sys.executable, "-m", "scraper.cli", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, timeout=600)
        assert done.returncode == expect, (arguments, done.returncode, done.stdout, done.stderr)
        return done.stdout + done.stderr

    def records(self, file: Path) -> list[dict[str, Any]]:
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def paper() -> Iterator[DemoServer]:
    with serve(0, day=1) as opened:
        yield opened


def test_two_days_of_a_collection(paper: DemoServer, tmp_path: Path) -> None:
    scraper = Operator(tmp_path)
    (tmp_path / "sites.toml").write_text(COLLECTION.format(url=paper.url))
    site = tmp_path / "output" / f"127.0.0.1-{paper.url.rpartition(':')[2]}"

    # --- day 1 ---------------------------------------------------------------------------------------------------
    said = scraper("harvest", "sites.toml", "--metrics", "harvest.prom")
    assert re.search(r"^yunxiu +well +\d+ new +0 changed +0 gone", said, re.M)
    first = scraper.records(site / "articles.jsonl")
    assert len(first) > 50
    (stands,) = map(json.loads, scraper("status", "--json").splitlines())
    assert (stands["new"], stands["health"], stands["exit_code"]) == (len(first), "learning", 0)
    scraper("verify", "yunxiu")
    report = Path(tmp_path / scraper("report", "yunxiu").strip())
    assert "All is well." in report.read_text(encoding="utf-8")
    scraper("browse", "--index-only")

    # --- day 2 ---------------------------------------------------------------------------------------------------
    paper.show(2)
    redesign(paper)
    said = scraper("harvest", "sites.toml", "--only", "yunxiu", "--metrics", "harvest.prom", expect=1)
    assert re.search(r"^yunxiu +look +13 new +1 changed +2 gone", said, re.M), said
    assert "is not as usual" in said
    (stands,) = map(json.loads, scraper("status", "--json").splitlines())
    gates = {breach["gate"] for breach in stands["breaches"]}
    assert {"field/authors", "field/source", "field/responsible_editors"} <= gates
    assert any("/content_59" in url for breach in stands["breaches"] for url in breach["examples"])
    scraper("verify", "yunxiu")
    second = scraper.records(site / "articles.jsonl")[len(first) :]
    assert Counter(record["version"] for record in second) == {1: 13, 2: 1}

    report = Path(tmp_path / scraper("report", "yunxiu").strip())
    page = report.read_text(encoding="utf-8")
    assert "Not as usual." in page
    assert "与平时不同" in page
    assert 'news_scraper_gate_breaches{site="yunxiu"}' in (tmp_path / "harvest.prom").read_text()

    # --- what others make of it ----------------------------------------------------------------------------------
    scraper("browse", "--index-only")
    with closing(sqlite3.connect(tmp_path / "output/browse.sqlite")) as database:
        found = database.execute(FIND, {"q": "桂花", "site": "", "skip": ""}).fetchall()
        stored = database.execute("SELECT count(*) FROM article").fetchone()
    assert len(found) >= len(TOPICS)
    assert stored == (len(first) + 13,)

    scraper("reextract", str(site))
    again = scraper.records(site / "reextract/articles.jsonl")
    assert [record["id"] for record in again] == [record["id"] for record in first + second]
    scraper("export", str(site), "--format", "csv", "-o", "articles.csv")
    scraper("dataset", str(site), "-o", "release")
    scraper("verify", "release")
    packed = next((tmp_path / "release").rglob("*.parquet"))
    packed.write_bytes(packed.read_bytes()[:-1] + b"!")
    scraper("verify", "release", expect=70)
