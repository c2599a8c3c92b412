"""What safety costs: ``python -m bench.safety [--articles N] [--pages FOLDER] [--known N]``.

Crawls a site on this machine in three ways: with ledger and archive, with the ledger alone, and as a plain spider with
Scrapy's own queue and a JSON Lines feed, which loses pages when it is killed. All read the pages in the same way.
Prints pages per CPU second of all processes of the crawl; what it takes to start is measured with a tenth of the pages,
and taken off.

The pages are made up (60 kB, 100 links), or the HTML files of a folder. With ``--known`` it compares instead what a
crawl takes whose ledger knows so many other addresses, and what one takes whose ledger is empty.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import scrapy
from scrapy.http import Response
from scrapy.http.response.html import HtmlResponse

from pipelines import normalize
from scraper.extraction.workers import ReaderPool
from scraper.ledger import Ledger
from scraper.outcome import Address, PageOutcome
from scraper.storage import Store
from scraper.urls import UrlPolicy
from spiders.target import parse_target

ROOT = Path(__file__).parent.parent
ON_A_LIST = 50
SETTINGS = {"DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 8, "READER_PROCESSES": 1, "LOG_LEVEL": "ERROR"}
WAYS = {"ledger and archive": "1", "ledger": "0", "plain feed": None}


class PlainSpider(scrapy.Spider):
    """The least that gives the same records."""

    name = "plain"

    def __init__(self, url: str) -> None:
        super().__init__()
        self.start_urls = [url]
        self.policy = UrlPolicy([url])
        self.delay_s = 0.0
        self.reader = ReaderPool(1)

    async def parse(self, response: Response, **_: Any) -> AsyncIterator[Any]:
        reading = await self.reader.read(response.body, response.url, None)
        if isinstance(response, HtmlResponse) and "/20" not in response.url:
            for link in response.css("a::attr(href)").getall():
                yield response.follow(link, self.parse)
        else:
            draft = normalize(reading, fetched_at=datetime.now(UTC))
            if draft.reason is None:
                yield draft.article.to_dict()

    def closed(self, reason: str) -> None:
        self.reader.close()


def address(number: int) -> str:
    return f"/2026/11/{number % 20 + 1:02d}/{number}.html"


def make_pages(number: int) -> list[bytes]:
    random_ = random.Random(1)
    return [make_page(page, number, random_) for page in range(number)]


def make_page(number: int, of: int, random_: random.Random) -> bytes:
    """An article in Chinese that no other equals, within a page as sites have it."""

    def text(characters: int) -> str:
        return "".join(chr(random_.randrange(0x4E00, 0x5E00)) for _ in range(characters))

    title, day = text(18), f"2026-11-{number % 20 + 1:02d}"
    others = [random_.randrange(of) for _ in range(100)]
    return "\n".join(
        [
            f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}_日报</title>",
            *[f"<script>config['{n}']={{id:{random_.random()},name:'slot-{n}'}}</script>" for n in range(500)],
            f"</head><body><div class='article'><h1>{title}</h1>",
            f"<p class='info'>{day} 08:42　来源：日报　作者：王小明</p><div class='content'>",
            *[f"<p>　　{text(60)}，{text(70)}。</p>" for _ in range(14)],
            "</div></div><ul class='more'>",
            *[f"<li class='more-item'><a href='{address(n)}' title='{text(14)}'>{text(14)}</a></li>" for n in others],
            f"</ul><div class='footer'>{text(200)}</div></body></html>",
        ]
    ).encode()


class Site(BaseHTTPRequestHandler):
    """Lists, each with a link to the next, and the pages."""

    pages: list[bytes]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        numbers = range(len(self.pages))
        if self.path.startswith("/20"):
            body = self.pages[int(self.path.rpartition("/")[2].removesuffix(".html"))]
        elif self.path == "/" or self.path.startswith("/list"):
            first = int(self.path.removeprefix("/list/").strip("/") or 0) * ON_A_LIST
            listed = numbers[first : first + ON_A_LIST]
            links = [f'<li><a href="{address(n)}">第{n}篇报道的标题文字</a></li>' for n in listed]
            if first + ON_A_LIST < len(numbers):
                links.append(f'<li><a href="/list/{first // ON_A_LIST + 1}/">下一页</a></li>')
            body = f"<meta charset=utf-8><title>日报</title><ul>{''.join(links)}</ul>".encode()
        else:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


@dataclass(frozen=True)
class Cost:
    """What a crawl brought and took."""

    records: int
    cpu_s: float
    """Of all its processes."""
    wall_s: float
    main_mb: float
    """Most memory of its main process."""


def crawl(pages: list[bytes], archive: str | None, known: int = 0) -> Cost:
    """Crawl a site of these pages, whose ledger knows some other addresses."""
    handler = type("Pages", (Site,), {"pages": pages})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    with tempfile.TemporaryDirectory() as name:
        if known:
            fill(Path(name) / parse_target(url).site, url, known)
        settings = [f"-s{key}={value}" for key, value in SETTINGS.items()]
        if archive is None:
            command = ["runspider", __file__, f"-aurl={url}", "-o", f"{name}/articles.jsonl"]
        else:
            command = ["crawl", "site", f"-aurl={url}", f"-aoutput={name}", f"-aarchive={archive}"]
        command = [sys.executable, "-m", "scrapy", *command, *settings]
        before, begun_s = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
        main_mb = watch_memory(process)
        wall_s = time.perf_counter() - begun_s
        wait_for_orphans()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        records = sum(path.read_bytes().count(b"\n") for path in Path(name).rglob("articles.jsonl"))
    server.shutdown()
    if process.returncode:
        raise SystemExit(f"the crawl ended with {process.returncode}: {' '.join(command)}")
    return Cost(records, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall_s, main_mb)


def fill(site: Path, url: str, number: int) -> None:
    """Begin a site folder with addresses that are done."""
    store = Store(site)
    addresses = [f"{url}archive/{n}.html" for n in range(number)]
    settle(store.ledger, addresses)
    store.close()


def settle(ledger: Ledger, addresses: list[str]) -> None:
    ledger.add(Address(url=address) for address in addresses)
    with ledger.transaction():
        for address in addresses:
            ledger.settle(PageOutcome(url=address, state="done", etag='"5f3c-1"'))


def watch_memory(process: subprocess.Popen[bytes]) -> float:
    """Wait for the end of a process; the most memory that it had, in MB."""
    most_kib = 0
    while process.poll() is None:
        with suppress(OSError, StopIteration):
            lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
            most_kib = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
        time.sleep(0.05)
    return most_kib * 1024 / 1e6


def adopt_orphans() -> None:
    """Worker processes need not be children of the crawl; those whose parent has ended come to this process."""
    pr_set_child_subreaper = 36
    ctypes.CDLL(None).prctl(pr_set_child_subreaper, 1, 0, 0, 0)


def wait_for_orphans() -> None:
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


def compare_ways(pages: list[bytes], few: list[bytes], rounds: int) -> None:
    rates = {}
    for way, archive in WAYS.items():
        best, records = 0.0, 0
        for _ in range(rounds):
            start, whole = crawl(few, archive), crawl(pages, archive)
            best = max(best, (len(pages) - len(few)) / (whole.cpu_s - start.cpu_s))
            records = whole.records
        rates[way] = best
        share = rates["ledger and archive"] / best
        print(f"{way:<20} {records:5} records {best:7.1f} pages per CPU second; with all safety: {share:.2f} of it")


def compare_known(pages: list[bytes], few: list[bytes], known: int, rounds: int) -> None:
    for number in (0, known):
        cpu_s, wall_s, main_mb = 1e9, 1e9, 0.0
        for _ in range(rounds):
            start, whole = crawl(few, "1", number), crawl(pages, "1", number)
            cpu_s = min(cpu_s, whole.cpu_s - start.cpu_s)
            wall_s = min(wall_s, whole.wall_s - start.wall_s)
            main_mb = max(main_mb, whole.main_mb)
        asked = len(pages) - len(few)
        print(
            f"{number:>9} known addresses {asked / cpu_s:7.1f} pages per CPU second {asked / wall_s:7.1f} per second, "
            f"main process {main_mb:.0f} MB at most"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--known", type=int)
    options = parser.parse_args()
    adopt_orphans()
    if options.pages:
        pages = [path.read_bytes() for path in sorted(options.pages.rglob("*.htm*"))]
        few = pages[: len(pages) // 10]
    else:
        pages, few = make_pages(options.articles), make_pages(options.articles // 10)
    if options.known:
        compare_known(pages, few, options.known, options.rounds)
    else:
        compare_ways(pages, few, options.rounds)


if __name__ == "__main__":
    main()
