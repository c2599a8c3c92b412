"""Speed and memory of ledger and store: ``python bench/ledger.py [ADDRESSES]``, 100,000 by default.

Prints, for a ledger of that size on a temporary folder: what entering, leasing and settling cost an address, how much
the process grew, how long the file takes to open and to start a run; then what a commit of 32 pages of 130 kB takes,
with and without the archive, and how late an event loop is beside it.
"""

from __future__ import annotations

import asyncio
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipelines.duplicates import settle_version
from scraper.article import Article, article_id, hash_text
from scraper.ledger import Ledger
from scraper.outcome import Address, Exchange, PageOutcome
from scraper.storage import Store


def grown_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(label: str, number: int, act: Callable[[], object]) -> None:
    begun_s, begun_cpu_s = time.perf_counter(), time.process_time()
    act()
    wall_s, cpu_s = time.perf_counter() - begun_s, time.process_time() - begun_cpu_s
    print(f"{label:<40} {wall_s:8.2f} s wall {cpu_s / number * 1e6:9.1f} us CPU each   peak {grown_mb():.0f} MB")


def bench_ledger(folder: Path, addresses: int) -> None:
    path = folder / "ledger.sqlite"
    ledger = Ledger(path)
    hosts = [f"h{number}.news.example" for number in range(20)]

    def enter() -> None:
        for start in range(0, addresses, 100):
            ledger.add(
                Address(url=f"http://{hosts[n % 20]}/2026-11/23/content_{n}.htm?id={n}", priority=n % 3)
                for n in range(start, min(start + 100, addresses))
            )

    def work() -> None:
        done = 0
        while done < min(addresses, 20_000) and (leases := ledger.lease(32, time.time())):
            with ledger.transaction():
                for lease in leases:
                    ledger.settle(PageOutcome(url=lease.url, state="done"))
            done += len(leases)

    measure(f"enter {addresses}", addresses, enter)
    measure("lease and settle 20000, 32 at a time", min(addresses, 20_000), work)
    measure("look for the next time, 1000 times", 1000, lambda: [ledger.next_ready_at(0) for _ in range(1000)])
    measure("count by state", 1, ledger.by_state)
    measure("count what waits", 1, ledger.waiting)
    ledger.close()
    measure("open", 1, lambda: Ledger(path))
    measure("start a run", 1, lambda: Ledger(path).start_run("2", "2026-11-23T08:42:00Z"))
    print(f"{'file':<40} {path.stat().st_size / 1e6:8.1f} MB")


def make_batches(store: Store, number: int) -> list[list[PageOutcome]]:
    """Batches of 32 articles on pages of 130 kB with 109 links."""
    random_ = random.Random(1)
    words = ["".join(random_.choices("abcdefghijklmnopqrstuvwxyz", k=random_.randint(2, 9))) for _ in range(4000)]
    batches = []
    for batch in range(number):
        outcomes = []
        for page in range(batch * 32, batch * 32 + 32):
            url, text = f"http://p.example/{page}", " ".join(random_.choices(words, k=700))
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
            body = " ".join(random_.choices(words, k=20_000)).encode()
            exchange = Exchange(
                url=url, request=b"GET / HTTP/1.1\r\n\r\n", response_head=head, body=body, fetched_at=store.started
            )
            article = Article(id=article_id(url), url=url, canonical_url=url, text=text, text_hash=hash_text(text))
            links = [Address(url=f"http://p.example/{random_.randrange(4000)}") for _ in range(109)]
            outcomes.append(PageOutcome(url=url, state="done", article=article, links=links, exchanges=[exchange]))
        batches.append(outcomes)
    return batches


async def commit_beside_a_loop(store: Store) -> None:
    """Commit in a thread as the store pipeline does, while the loop leases and counts how late it is."""
    batches, late_ms, walls = make_batches(store, 12), [], []
    store.ledger.add(Address(url=f"http://q.example/{number}") for number in range(2000))
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(max_workers=1) as thread:
        for batch in batches:
            begun_s = time.perf_counter()
            commit = loop.run_in_executor(thread, store.commit, batch, settle_version)
            while not commit.done():
                tick_s = time.perf_counter()
                await asyncio.sleep(0.005)
                store.ledger.release([lease.key for lease in store.ledger.lease(32, time.time())])
                late_ms.append((time.perf_counter() - tick_s) * 1e3 - 5)
            walls.append((time.perf_counter() - begun_s) * 1e3)
    print(f"{'  a commit of 32 pages':<40} {statistics.median(walls):8.1f} ms wall, at most {max(walls):.0f} ms")
    late_ms.sort()
    share = late_ms[int(len(late_ms) * 0.99)]
    print(
        f"{'  the loop is late, leasing beside it':<40} {statistics.median(late_ms):8.1f} ms, 99 % {share:.0f} ms, ",
        end="",
    )
    print(f"at most {late_ms[-1]:.0f} ms")


def bench_commit(folder: Path, *, archive: bool) -> None:
    print(f"{'with' if archive else 'without'} archive")
    store = Store(folder / "beside", archive=archive)
    asyncio.run(commit_beside_a_loop(store))
    store.close()
    store = Store(folder / "alone", archive=archive)
    batches = make_batches(store, 12)
    begun_cpu_s = time.process_time()
    for batch in batches:
        store.commit(batch, settle_version)
    print(f"{'  a page, in a commit':<40} {(time.process_time() - begun_cpu_s) / 12 / 32 * 1e3:8.2f} ms CPU")
    store.close()


def main() -> None:
    addresses = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"{'at the start':<40} peak {grown_mb():.0f} MB")
        bench_ledger(folder, addresses)
        bench_commit(folder / "with", archive=True)
        bench_commit(folder / "without", archive=False)


if __name__ == "__main__":
    main()
