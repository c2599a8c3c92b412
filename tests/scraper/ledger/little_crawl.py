"""A crawl of made pages through scheduler, downloader and store pipeline: ``little_crawl.py FOLDER [SECONDS]``.

The site has a home page, 40 pages that it links to, a page behind a redirect and a page that is busy at first. SECONDS
is how long the busy page asks to wait. Prints one JSON object with what came of it.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess

from scraper.article import Article, article_id, hash_text
from scraper.outcome import Address, PageOutcome
from scraper.reasons import Reason
from scraper.storage import Store

ASKED: list[tuple[str, float]] = []
PATHS = [f"/{number}" for number in range(40)] + ["/old", "/busy"]


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        ASKED.append((self.path, time.time()))
        first = [path for path, _ in ASKED].count(self.path) == 1
        if self.path == "/old":
            self.send_response(301)
            self.send_header("Location", "/new")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = b"text of " + self.path.encode()
        self.send_response(503 if self.path == "/busy" and first else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 64


class LittleSpider(Spider):
    name = "little"

    def build_request(self, lease):
        return Request(lease.url, callback=self.parse, meta={"handle_httpstatus_list": [503]})

    async def start(self):
        return
        yield

    def parse(self, response):
        lease = response.meta["lease"]
        if response.status == 503:
            yield PageOutcome(
                url=lease.url, state="new", reason=Reason.RATE_LIMITED, next_at=time.time() + self.wait_s, status=503
            )
        elif lease.kind == "listing":
            links = [Address(url=response.urljoin(path), via="listing") for path in PATHS]
            yield PageOutcome(url=lease.url, state="done", kind="listing", links=links)
        else:
            article = Article(
                id=article_id(response.url),
                canonical_url=response.url,
                text=response.text,
                text_hash=hash_text(response.text),
            )
            covers = [response.url] if response.url != lease.url else []
            yield PageOutcome(url=lease.url, state="done", article=article, covers=covers)


def main(folder: str, wait_s: float) -> None:
    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    store = Store(Path(folder), min_free_bytes=0)
    store.ledger.add([Address(url=f"http://127.0.0.1:{server.server_port}/", kind="listing", via="seed")])
    process = CrawlerProcess(
        {
            "SCHEDULER": "scraper.ledger.scheduler.LedgerScheduler",
            "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
            "ITEM_PIPELINES": {"pipelines.store.StorePipeline": 900},
            "ROBOTSTXT_OBEY": False,
            "TELNETCONSOLE_ENABLED": False,
            "RETRY_ENABLED": False,
            "DOWNLOAD_DELAY": 0,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
            "WAIT_HORIZON_S": 10,
            "LOG_LEVEL": "WARNING",
        }
    )
    crawler = process.create_crawler(LittleSpider)
    process.crawl(crawler, store=store, wait_s=wait_s)
    process.start()
    answer = {
        "asked": ASKED,
        "states": store.ledger.by_state(),
        "finish": crawler.stats.get_value("finish_reason"),
        "stats": {k: v for k, v in crawler.stats.get_stats().items() if k.startswith(("store/", "scheduler/"))},
        "ids": [json.loads(line)["id"] for line in store.folder.articles.read_text().splitlines()],
    }
    store.close(answer["finish"])
    server.shutdown()
    print(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 0.5)
