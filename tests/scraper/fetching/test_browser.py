"""Pages that a script fills, rendered in a real browser."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scraper.demo import serve, truth
from scraper.demo.server import DemoServer
from scraper.demo.site import Resource

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
pytestmark = [
    pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="no Chromium on this system"),
    pytest.mark.skipif(importlib.util.find_spec("playwright") is None, reason="playwright is not installed: [js]"),
]

ROOT = Path(__file__).parent.parent.parent.parent
SHELL = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}-云岫新闻网</title></head><body>
<div id="app">正在加载…</div><script>
const load = async () => {{
  for (const url of ["{private}/secret", "/to-private", "/internal/forbidden.json"]) {{
    try {{ await fetch(url); }} catch (error) {{}}
  }}
  const answer = await fetch("/api/story.json");
  document.getElementById("app").innerHTML = (await answer.json()).html;
}};
load();
</script><img src="/images/never.png"></body></html>"""


class Private(ThreadingHTTPServer):
    """A host of the private network; counts what reaches it."""

    def __init__(self) -> None:
        self.hits: list[str] = []
        hits = self.hits

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                hits.append(self.path)
                self.send_response(200)
                self.send_header("Access-Control-Allow-Origin", "*")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        super().__init__(("127.0.0.2", 0), Handler)
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()


@pytest.fixture
def private() -> Iterator[Private]:
    server = Private()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def newspaper(private: Private) -> Iterator[DemoServer]:
    """The demo newspaper, its home page with a single story, and that story's page empty until its script has run."""
    with serve() as server:
        story = truth(1, server.url)[0]
        assert story.url is not None
        assert story.title is not None
        site = server._server.site
        path = story.url.removeprefix(server.url)
        whole = site[path].body.decode("gb18030")
        inner = whole.partition("<body")[2].partition(">")[2].partition("</body>")[0].replace("href=", "data-was=")
        shell = SHELL.format(title=story.title, private=f"http://127.0.0.2:{private.server_address[1]}")
        site[path] = Resource(body=shell.encode())
        site["/api/story.json"] = Resource(body=json.dumps({"html": inner}).encode(), content_type="application/json")
        site["/to-private"] = Resource(
            status=302, headers={"Location": f"http://127.0.0.2:{private.server_address[1]}/redirected"}
        )
        front = (
            f"<html><meta charset='utf-8'><title>首页</title><body><ul><li><a href='{path}'>{story.title}</a></li></ul>"
        )
        site["/"] = Resource(body=front.encode())
        del site["/sitemap.xml"]
        yield server


def crawl(server: DemoServer, tmp_path: Path, javascript: bool) -> list[dict[str, str]]:
    profile = tmp_path / "demo.toml"
    profile.write_text(
        f'name = "filled"\nseeds = ["{server.url}/"]\ntimezone = "Asia/Shanghai"\ndelay_s = 0\n'
        f'allow_addresses = ["127.0.0.1"]\njavascript = {str(javascript).lower()}\n'
    )
    command = [sys.executable, "-m", "scrapy", "crawl", "site", "-a", f"profile={profile}", "-a", f"output={tmp_path}"]
    done = subprocess.run(
        [*command, "-s", "READER_PROCESSES=1"],
        cwd=ROOT, capture_output=True, text=True, timeout=240, check=False, env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    articles = tmp_path / "filled" / "articles.jsonl"
    assert articles.exists(), done.stderr[-2000:]
    return [json.loads(line) for line in articles.read_text("utf-8").splitlines()]


def test_a_page_that_a_script_fills_is_read_whole_and_its_script_reaches_nothing_forbidden(
    newspaper: DemoServer, private: Private, tmp_path: Path
):
    (record,) = crawl(newspaper, tmp_path, javascript=True)
    assert record["text"] == truth(1, newspaper.url)[0].text
    assert newspaper.hits["/api/story.json"] == 1
    assert newspaper.hits["/to-private"] == 1
    assert private.hits == []
    assert newspaper.hits["/internal/forbidden.json"] == newspaper.hits["/images/never.png"] == 0


def test_no_script_runs_unless_the_profile_says_so(newspaper: DemoServer, tmp_path: Path):
    assert crawl(newspaper, tmp_path, javascript=False) == []
    assert newspaper.hits["/api/story.json"] == 0
