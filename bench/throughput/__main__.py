"""How fast a crawl is, and what it costs: ``python -m bench.throughput FOLDER [--pages N] [--rounds N] [--learned]``.

FOLDER holds saved pages, .html or .htm, plain or gzip; they are served on loopback, from a process of its own (see
`bench.throughput.site`). `scraper crawl` harvests them, with ledger and archive; beside it stand what one writes in an
afternoon, a Scrapy spider that follows every link, calls ``trafilatura.bare_extraction(with_metadata=True)`` and has
Scrapy write JSON Lines, and Scrapy alone, which only downloads. All ask without delay, one after the other in turn, and
start with empty folders; start-up counts.

The crawl learns nothing; with ``--learned`` one with a profile comes in addition: `scraper learn` made it of the first
crawl's archive. A site of one page, crawled first, tells what start-up takes.

Prints for each the mean of the rounds: records, pages a second, CPU seconds of the whole process tree for 1000 pages
(and of the main process, which holds the event loop), peak memory (PSS) of the tree; and the ratios to the yardstick.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

from bench.throughput.measuring import Run, run
from bench.throughput.site import build_site, find_pages, serve

YARDSTICK, FLOOR, OURS, LEARNED = "yardstick", "bare Scrapy", "scraper crawl", "the same, learned"


def main() -> None:
    """Serve, crawl in turn, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="saved pages")
    parser.add_argument("--pages", type=int, default=300, help="at most so many, evenly chosen")
    parser.add_argument("--connections", type=int, default=8, help="requests under way at one time")
    parser.add_argument("--rounds", type=int, default=2, help="how often each is run")
    parser.add_argument("--learned", action="store_true", help="crawl with a learned profile too")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    pages = find_pages(arguments.folder, arguments.pages)
    if not pages:
        parser.error(f"{arguments.folder} holds no page, expected files that end with .html, .htm, .html.gz or .htm.gz")
    runs: list[Run] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        with _served(arguments.folder, pages[:1]) as url:
            starts = crawl_all(url, folder / "start", arguments.connections, is_learned=False)
        with _served(arguments.folder, pages) as url:
            for number in range(arguments.rounds):
                runs += crawl_all(url, folder / str(number), arguments.connections, arguments.learned)
    if arguments.json:
        starts_and_runs = {"starts": [vars(done) for done in starts], "runs": [vars(done) for done in runs]}
        print(json.dumps({"pages": len(pages), **starts_and_runs}))
        return
    print(f"{len(pages)} pages, {arguments.connections} connections, {os.cpu_count()} cores")
    show(runs, starts, len(pages))


@contextlib.contextmanager
def _served(folder: Path, pages: list[Path]) -> Iterator[str]:
    """A site of these pages, by a process of its own; gives its address."""
    ready, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(build_site(folder, pages), theirs), daemon=True)
    server.start()
    try:
        yield f"http://127.0.0.1:{ready.recv()}/"
    finally:
        server.terminate()


def crawl_all(url: str, place: Path, connections: int, is_learned: bool) -> list[Run]:
    """One round."""
    place.mkdir()
    site = url.split("/")[2].replace(":", "-")
    program = [sys.executable, "-m", "scraper.cli"]
    options = ["--quiet", "--delay", "0", "-s", f"CONCURRENT_REQUESTS_PER_DOMAIN={connections}", "--output"]
    others = [sys.executable, "-m", "bench.throughput.yardsticks"]
    ours, learned, feed = place / "ours", place / "learned", str(place / "feed.jsonl")
    runs = [
        run(OURS, [*program, "crawl", url, "--no-learn", *options, str(ours)], ours / site / "articles.jsonl"),
        run(YARDSTICK, [*others, "naive", url, feed, str(connections)], Path(feed)),
        run(FLOOR, [*others, "bare", url, "", str(connections)], place / "none"),
    ]
    if is_learned:
        profile = str(place / "learned.toml")
        learn = [*program, "learn", site, "--output", str(ours), "--to", profile]
        if subprocess.run(learn, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode:
            sys.exit("no template was found; --learned needs a folder with ten pages or more of each site")
        runs.append(
            run(LEARNED, [*program, "crawl", profile, *options, str(learned)], learned / site / "articles.jsonl")
        )
    return runs


def show(runs: list[Run], starts: list[Run], pages: int) -> None:
    """Print the means, and their ratios to the yardstick; of CPU also without what start-up takes."""
    start_s = {done.name: done.tree_cpu_s for done in starts}
    start_s[LEARNED] = start_s[OURS]
    by_name: dict[str, list[Run]] = {}
    for done in runs:
        by_name.setdefault(done.name, []).append(done)
    print(f"{'':18}records  pages/s  CPU s/1000 pages (main)  peak MB    speed   CPU  memory  CPU but start-up")
    for name, rounds in by_name.items():
        wall_s, cpu_s, mb = _means(rounds)
        other_s, other_cpu_s, other_mb = _means(by_name[YARDSTICK])
        main_s = mean(done.main_cpu_s for done in rounds)
        print(
            f"{name:18}{rounds[0].records:7} {pages / wall_s:8.1f} {cpu_s / pages * 1000:17.1f} "
            f"({main_s / pages * 1000:4.1f}) {mb:8.0f} {other_s / wall_s:8.2f} {cpu_s / other_cpu_s:5.2f} "
            f"{mb / other_mb:7.2f} {(cpu_s - start_s[name]) / (other_cpu_s - start_s[YARDSTICK]):17.2f}"
        )


def _means(rounds: list[Run]) -> tuple[float, float, float]:
    """Seconds, CPU seconds and megabytes."""
    return mean(r.wall_s for r in rounds), mean(r.tree_cpu_s for r in rounds), mean(r.peak_mb for r in rounds)


if __name__ == "__main__":
    main()
