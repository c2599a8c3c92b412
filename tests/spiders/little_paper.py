"""Articles in two designs, and crawls of a site that prints them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from difficult_site import HEAD, SENTENCE, Site

ROOT = Path(__file__).parents[2]


def old_page(number: int) -> str:
    """An article as the first content system prints it."""
    paragraphs = "".join(f"<p>{number}号渠的第{part}段。{SENTENCE}</p>" for part in range(5))
    return (
        f"{HEAD}<title>第{number}号渠通水_云岫新闻网</title></head><body><div class='nav'><a href='/'>首页</a></div>"
        f"<div class='main'><h1>第{number}号渠通水</h1><div class='info'>2026-11-18 08:30　来源：云岫日报</div>"
        f"<div class='text'>{paragraphs}</div><div class='editor'>责任编辑：宋词</div></div>"
        f"<div class='foot'>赣ICP备00001234号-1</div></body></html>"
    )


def new_page(number: int) -> str:
    """An article as the second system prints it: nothing is called as it was."""
    paragraphs = "".join(f"<p>{number}号桥的第{part}段。{SENTENCE}</p>" for part in range(5))
    return (
        f"{HEAD}<title>第{number}号桥合龙 | 云岫新闻网</title></head><body><header><a href='/'>首页</a></header>"
        f"<article><h2 class='headline'>第{number}号桥合龙</h2><p class='meta'>2026-11-20 09:15　来源：云岫日报</p>"
        f"<section class='body'>{paragraphs}</section><p class='sign'>责任编辑：宋词</p></article></body></html>"
    )


def path(number: int) -> str:
    return f"/news/20261118/{number}.html"


def crawl(site: Site, output: Path, *options: str) -> Path:
    command = [sys.executable, "-m", "scraper.cli", "crawl", f"{site.url}/", "--output", str(output), "--quiet"]
    command += ["--delay", "0", "-s", "READER_PROCESSES=1", "-s", "STORE_MAX_WAIT_S=0.05", *options]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=240, env={**os.environ, "NO_COLOR": "1"})
    return output / site.url.removeprefix("http://").replace(":", "-")


def last_run(folder: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(max(folder.glob("runs/*/run.json")).read_bytes())
    return manifest


def records(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return sorted(map(json.loads, lines), key=lambda record: str(record["url"]))


def read_by(folder: Path) -> set[str]:
    """How the texts were read."""
    return {record["evidence"]["text"]["method"] for record in records(folder)}
