"""What it costs to keep up with a site: ``python -m bench.keepup [ARTICLES]``, 20,000 by default.

A made newspaper on loopback, eleven articles a day: 20 sections with lists of 20, an index of sitemaps, a feed, ETags.
It is harvested, once more at once, and again when a day has passed (by the times in the ledger) in which 50 articles
came out. Prints for each run the requests by kind, seconds, the memory of the processes by quarters of the run, and
what was stored.
There is no delay between requests and no latency, so that the seconds are the program's own.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ARTICLES = 20_000
NEW = 50
A_DAY = 11
SECTIONS = 20
PER_LIST = 20
PER_SITEMAP = 1000
PER_FEED = 50
DAY_S = 86_400.0

PAGE_BYTES = 4096
KINDS = {"/": "list", "/s": "list", "/a": "article", "/m": "sitemap", "/f": "feed", "/r": "robots.txt"}


class Newspaper(ThreadingHTTPServer):
    """Article n comes out n // 11 days after the first; a larger number is a newer article."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, articles: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.articles = articles
        self.newest = date.today()
        self.base = articles
        self.asked: Counter[tuple[str, int]] = Counter()
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def day(self, number: int) -> date:
        return self.newest - timedelta(days=(self.base - 1 - number) // A_DAY)

    def path(self, number: int) -> str:
        return f"/a/{self.day(min(number, self.base - 1)):%Y/%m/%d}/{100_000 + number}.html"

    def answer(self, path: str) -> tuple[str, str] | None:
        """Content-Type and body, or None for what is not there."""
        if match := re.fullmatch(r"/a/[\d/]+/(\d+)\.html", path):
            return "text/html; charset=utf-8", self._article(int(match[1]) - 100_000)
        if match := re.fullmatch(r"/(?:s(\d+)/(?:index_(\d+)\.html)?)?", path):
            return "text/html; charset=utf-8", self._list(match[1], int(match[2] or 1))
        if path == "/feed.xml":
            newest = range(self.articles - 1, max(0, self.articles - PER_FEED) - 1, -1)
            items = "".join(f"<item><title>第{n}号</title><link>{self.url}{self.path(n)}</link></item>" for n in newest)
            return "application/rss+xml", f"<rss version='2.0'><channel><title>报</title>{items}</channel></rss>"
        if path == "/map.xml":
            starts = range(0, self.articles, PER_SITEMAP)
            maps = "".join(
                f"<sitemap><loc>{self.url}/m{start}.xml</loc><lastmod>{self._changed(start)}</lastmod></sitemap>"
                for start in starts
            )
            return "application/xml", f"<sitemapindex>{maps}</sitemapindex>"
        if match := re.fullmatch(r"/m(\d+)\.xml", path):
            numbers = range(int(match[1]), min(int(match[1]) + PER_SITEMAP, self.articles))
            urls = "".join(
                f"<url><loc>{self.url}{self.path(n)}</loc><lastmod>{self.day(n)}</lastmod></url>" for n in numbers
            )
            return "application/xml", f"<urlset>{urls}</urlset>"
        if path == "/robots.txt":
            return "text/plain", f"User-agent: *\nSitemap: {self.url}/map.xml\n"
        return None

    def _changed(self, start: int) -> str:
        last = min(start + PER_SITEMAP, self.articles) - 1
        return f"{self.day(min(last, self.base - 1))}T{last % 24:02}:00:00Z"

    def _article(self, number: int) -> str:
        words = f"第{number}号事情"
        text = "".join(
            f"<p>{words}的第{k}个消息：{words}在{number % 97}区{k}街进行，居民{number * k % 911}人到场，各有看法。</p>"
            for k in range(1, 6)
        )
        title = f"{words}有了新进展 各方都在关注"
        return (
            f"<html><head><title>{title}-长年日报网</title></head><body><h1>{title}</h1>"
            f"<p>{self.day(number)} 08:30　来源：长年日报　作者：李明</p><div>{text}</div></body></html>"
        )

    def _list(self, section: str | None, page: int) -> str:
        mine = range(self.articles - 1, -1, -1)
        navigation = ""
        if section is None:
            navigation = "".join(f"<a href='/s{n}/'>栏目{n}</a> " for n in range(SECTIONS))
            mine = mine[:PER_LIST]
        else:
            mine = range(self.articles - 1 - (self.articles - 1 - int(section)) % SECTIONS, -1, -SECTIONS)
        numbers = mine[(page - 1) * PER_LIST : page * PER_LIST]
        items = "".join(
            f"<li><a href='{self.path(n)}'>第{n}号事情有了新进展 各方都在关注</a><span>{self.day(n)}</span></li>"
            for n in numbers
        )
        following = ""
        if section is not None and page * PER_LIST < len(mine):
            following = f"<a href='/s{section}/index_{page + 1}.html'>下一页</a>"
        feed = "<link rel='alternate' type='application/rss+xml' href='/feed.xml'>"
        body = f"{navigation}<ul>{items}</ul>{following}"
        return f"<html><head><title>长年日报</title>{feed}</head><body>{body}</body></html>"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Newspaper

    def do_GET(self) -> None:
        found = self.server.answer(self.path)
        kind = KINDS.get(self.path[:2], "other")
        if found is None:
            self._send(404, "text/plain", b"", kind)
            return
        body = found[1].encode()
        etag = f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'
        if self.headers.get("If-None-Match") == etag:
            self._send(304, found[0], b"", kind, etag)
        else:
            self._send(200, found[0], body, kind, etag)

    def _send(self, status: int, content_type: str, body: bytes, kind: str, etag: str = "") -> None:
        self.server.asked[kind, status] += 1
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        if etag:
            self.send_header("ETag", etag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def tree_mb(pid: int) -> float:
    """Resident memory of a process and all below it; what forked processes share counts for each."""
    members, at, total = [pid], 0, 0
    while at < len(members):
        try:
            for task in Path(f"/proc/{members[at]}/task").iterdir():
                members += map(int, (task / "children").read_text().split())
            total += int(Path(f"/proc/{members[at]}/statm").read_text().split()[1])
        except OSError:
            pass  # it ended while we looked
        at += 1
    return total * PAGE_BYTES / 1e6


def crawl(paper: Newspaper, output: Path) -> None:
    """Harvest, and print what it took."""
    paper.asked.clear()
    command = [sys.executable, "-m", "scraper.cli", "crawl", paper.url + "/", "--output", str(output), "--quiet"]
    command += ["--delay", "0", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=8", "-s", "LOG_LEVEL=WARNING"]
    begun = time.monotonic()
    process = subprocess.Popen(command)
    samples = []
    while process.poll() is None:
        samples.append((tree_mb(process.pid), main_mb(process.pid)))
        time.sleep(0.25)
    seconds = time.monotonic() - begun
    asked: Counter[str] = Counter()
    for (kind, status), count in sorted(paper.asked.items()):
        asked[kind] += count
        print(f"  {kind:<12} {status} {count:>7}")
    print(f"  requests {asked.total()}, exit code {process.returncode}, {seconds:.1f} s")
    quarters = [samples[len(samples) * k // 4 : len(samples) * (k + 1) // 4] or samples for k in range(4)]
    print("  memory MB, all processes: " + ", ".join(f"{max(tree for tree, _ in part):.0f}" for part in quarters))
    print("  memory MB, main process:  " + ", ".join(f"{max(main for _, main in part):.0f}" for part in quarters))
    manifest = json.loads(max(output.glob("*/runs/*/run.json")).read_bytes())
    harvest, counts = manifest["harvest"], manifest["counts"]
    shown = {name: harvest[name] for name in ("articles", "changed", "revisited", "gone", "problems")}
    print(f"  {shown}, {counts['articles']} stored, {counts['left']} left, books {manifest['books'] or 'balance'}")


def main_mb(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_BYTES / 1e6
    except OSError:
        return 0.0


def let_a_day_pass(output: Path) -> None:
    """Put every time in the ledger a day back."""
    with sqlite3.connect(next(output.glob("*/ledger.sqlite"))) as db:
        db.execute("UPDATE url SET next_at = max(1, next_at - ?) WHERE next_at > 0", (DAY_S,))
        db.execute("UPDATE url SET born = born - ?", (DAY_S,))
    db.close()


def main(articles: int) -> None:
    paper = Newspaper(articles)
    with tempfile.TemporaryDirectory() as folder:
        print(f"first harvest of {articles} articles", flush=True)
        crawl(paper, Path(folder))
        print("the same at once", flush=True)
        crawl(paper, Path(folder))
        let_a_day_pass(Path(folder))
        paper.articles += NEW
        print(f"a day later, {NEW} new", flush=True)
        crawl(paper, Path(folder))
    paper.shutdown()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES)
