"""A harvest of made pages, without a network: ``harvest.py FOLDER PAGES``. It can be killed and started again.

Page n links to the pages 2n+1 and 2n+2, so that the pages are found only by reading others. Prints "open" when the
store is open and "done" when nothing is left.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from pipelines.duplicates import settle_version
from scraper.article import Article, article_id, hash_text
from scraper.ledger import LockedError, StorageError
from scraper.outcome import Address, Exchange, PageOutcome
from scraper.reasons import Reason
from scraper.report import build_manifest, write_manifest
from scraper.storage import Store

SITE = "http://paper.example"


def make_outcome(number: int, pages: int, text: str | None = None) -> PageOutcome:
    """What a spider would hand on for page `number`; every tenth page is no article."""
    url = f"{SITE}/{number}.html"
    text = text or f"Text of page {number}. " * (number % 7 + 1)
    exchange = Exchange(
        url=url,
        request=f"GET /{number}.html HTTP/1.1\r\nHost: paper.example\r\n\r\n".encode(),
        response_head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n",
        body=f"<p>{text}</p>".encode(),
        fetched_at="2026-11-23T08:42:00Z",
        ip="192.0.2.1",
    )
    links = [Address(url=f"{SITE}/{n}.html", depth=1) for n in (2 * number + 1, 2 * number + 2) if n < pages]
    if number % 10 == 9:
        return PageOutcome(url=url, state="failed", reason=Reason.NO_TEXT, links=links, exchanges=[exchange])
    article = Article(
        id=article_id(url), url=url, requested_url=url, canonical_url=url, text=text, text_hash=hash_text(text)
    )
    return PageOutcome(url=url, state="done", article=article, links=links, exchanges=[exchange])


def was_corrected(store: Store, number: int) -> bool:
    known = store.ledger.known(article_id(f"{SITE}/{number}.html"))
    return known is not None and known.version > 1


def harvest(folder: Path, pages: int, batch: int = 8) -> None:
    """Lease, make, commit, until nothing is left; then every 25th page is corrected, and page 7 is gone."""
    store = Store(folder, min_free_bytes=0, max_warc_bytes=20_000, revisit="none")
    print("open", flush=True)
    store.ledger.add([Address(url=f"{SITE}/0.html")])
    while leases := store.ledger.lease(batch, time.time()):
        numbers = [int(lease.url.rpartition("/")[2].removesuffix(".html")) for lease in leases]
        store.commit([make_outcome(number, pages) for number in numbers], settle_version)
    for number in range(0, pages, 25):
        if not was_corrected(store, number):
            store.commit([make_outcome(number, pages, "A correction.")], settle_version)
    lost = f"{SITE}/7.html"
    store.commit([PageOutcome(url=lost, state="gone", reason=Reason.GONE, is_revisit=True)], settle_version)
    store.seal()
    write_manifest(store, build_manifest(store, exit_reason="finished", exit_code=0, settings={}))
    store.close()
    print("done", flush=True)


if __name__ == "__main__":
    try:
        harvest(Path(sys.argv[1]), int(sys.argv[2]))
    except LockedError as error:
        sys.exit(f"75 {error}")
    except StorageError as error:
        sys.exit(f"74 {error}")
