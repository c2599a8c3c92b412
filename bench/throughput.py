"""How fast a crawl is, and what it costs: ``python -m bench.throughput FOLDER [--pages N] [--connections N]``.

FOLDER holds saved pages, .html or .htm, plain or gzip. They are served on loopback, from a process of its own, under
lists of 100 links, and without links of their own, so that nothing else is asked. `scraper crawl` harvests them; beside
it stands what one writes in an afternoon: a Scrapy spider that follows every link, calls
``trafilatura.bare_extraction(with_metadata=True)`` and has Scrapy write JSON Lines. Both ask without delay, one after
the other, and start with empty folders.

Prints for each: records, seconds, pages a second, CPU seconds of the whole process tree for 1000 pages (and of the main
process, which holds the event loop), peak memory (PSS) of the tree, and the ratio of the two.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import http.server
import json
import multiprocessing
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LINKS_A_LIST = 100
"""Links of one list page."""

LINK = re.compile(rb"(?i)\b(href|http-equiv)\s*=")
"""What would lead a crawl away from the bench."""

LONGEST_S = 900.0
"""A crawl that takes longer is ended."""

WATCH_EVERY_S = 0.2
"""Between two looks at the memory."""

YARDSTICK = """
import sys
import scrapy, trafilatura
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor

class Naive(scrapy.Spider):
    name = "naive"
    start_urls = [sys.argv[1]]
    allowed_domains = ["127.0.0.1"]
    links = LinkExtractor()

    def parse(self, response):
        yield from response.follow_all(self.links.extract_links(response))
        document = trafilatura.bare_extraction(response.body, url=response.url, with_metadata=True)
        if document is not None and document.text:
            yield {key: value for key, value in document.as_dict().items() if isinstance(value, (str, list))}

process = CrawlerProcess({
    "FEEDS": {sys.argv[2]: {"format": "jsonlines"}},
    "CONCURRENT_REQUESTS_PER_DOMAIN": int(sys.argv[3]), "DOWNLOAD_DELAY": 0, "LOG_LEVEL": "ERROR",
    "TELNETCONSOLE_ENABLED": False,
})
process.crawl(Naive)
process.start()
"""


@dataclass(kw_only=True)
class Run:
    """What a crawl took."""

    name: str
    records: int
    wall_s: float
    tree_cpu_s: float
    main_cpu_s: float
    peak_mb: float


def serve(pages: list[Path], ready: Any) -> None:
    """Serve lists and pages until ended."""
    lists = range(0, len(pages), LINKS_A_LIST)

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            name = self.path.strip("/").removesuffix(".html")
            status, body = 200, b""
            if name.startswith("news/20250101/"):
                path = pages[int(name.rpartition("/")[2])]
                body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
                body = LINK.sub(rb"data-\1=", body)
            elif name in ("", *(f"list_{start}" for start in lists)):
                start = int(name.removeprefix("list_") or 0)
                links = range(start, min(start + LINKS_A_LIST, len(pages)))
                items = [
                    f"<li><a href='/news/20250101/{n}.html'>Story number {n} of this bench</a></li>" for n in links
                ]
                more = [f"<a href='/list_{other}.html'>List {other}</a>" for other in lists]
                body = (
                    f"<html><title>List</title><body><ul>{''.join(items)}</ul>{' '.join(more)}</body></html>".encode()
                )
            else:
                status = 404
            self.send_response(status)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    ready.send(server.server_address[1])
    server.serve_forever(0.05)


def family(pid: int) -> list[int]:
    """A process and what comes from it, as /proc tells it now."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            children.setdefault(int(stat.read_text().rpartition(")")[2].split()[1]), []).append(int(stat.parent.name))
    found = [pid]
    for parent in found:
        found += children.get(parent, [])
    return found


def tree_mb(pid: int) -> float:
    """Memory of a process tree; what processes share is counted once (PSS)."""
    total = 0
    for member in family(pid):
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{member}/smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def cpu_s(pid: int) -> float:
    """CPU seconds of one process so far, without its children."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def run(name: str, command: list[str], records: Path) -> Run:
    """Run a crawl and measure it from outside."""
    before, begun_s = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak_mb = main_cpu_s = 0.0
    tree: dict[int, float] = {}
    over = threading.Event()

    def watch() -> None:
        nonlocal peak_mb, main_cpu_s
        while not over.wait(WATCH_EVERY_S):
            peak_mb = max(peak_mb, tree_mb(process.pid))
            for pid in family(process.pid):
                tree[pid] = max(tree.get(pid, 0.0), cpu_s(pid))
            main_cpu_s = tree.get(process.pid, 0.0)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        process.wait(LONGEST_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    over.set()
    watcher.join()
    wall_s, after = time.monotonic() - begun_s, resource.getrusage(resource.RUSAGE_CHILDREN)
    waited_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    found = sum(len(path.read_bytes().splitlines()) for path in records.parent.glob(records.name) if path.is_file())
    # Workers are no children that the main process waits for, so theirs are added as they were seen last.
    return Run(
        name=name,
        records=found,
        wall_s=wall_s,
        tree_cpu_s=max(waited_s, sum(tree.values())),
        main_cpu_s=main_cpu_s,
        peak_mb=peak_mb,
    )


def main() -> None:
    """Serve, crawl twice, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="saved pages")
    parser.add_argument("--pages", type=int, default=300, help="at most so many, evenly chosen")
    parser.add_argument("--connections", type=int, default=8, help="requests under way at one time")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    names = (".html", ".htm", ".html.gz", ".htm.gz")
    found = sorted(path for path in arguments.folder.rglob("*") if path.name.lower().endswith(names))
    if not found:
        parser.error(f"{arguments.folder} holds no page, expected files that end with {', '.join(names)}")
    pages = found[:: max(1, len(found) // arguments.pages)][: arguments.pages]
    ready, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(pages, theirs), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{ready.recv()}/"
    connections = str(arguments.connections)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        script = Path(folder) / "yardstick.py"
        script.write_text(YARDSTICK, encoding="utf-8")
        ours = [sys.executable, "-m", "scraper.cli", "crawl", url, "--output", f"{folder}/ours", "--quiet"]
        ours += ["--delay", "0", "-s", f"CONCURRENT_REQUESTS_PER_DOMAIN={connections}"]
        runs = [
            run("scraper crawl", ours, Path(folder) / "ours" / url.split("/")[2].replace(":", "-") / "articles.jsonl"),
            run(
                "yardstick",
                [sys.executable, str(script), url, f"{folder}/y.jsonl", connections],
                Path(folder) / "y.jsonl",
            ),
        ]
    server.terminate()
    if arguments.json:
        print(json.dumps({"pages": len(pages), "runs": [vars(done) for done in runs]}))
        return
    print(f"{len(pages)} pages, {connections} connections, {os.cpu_count()} cores")
    for done in runs:
        print(
            f"{done.name:<14} {done.records:5} records {done.wall_s:7.1f} s {len(pages) / done.wall_s:6.1f} pages/s "
            f"{done.tree_cpu_s / len(pages) * 1000:7.1f} CPU s for 1000 pages (main process "
            f"{done.main_cpu_s / len(pages) * 1000:.1f}) peak {done.peak_mb:.0f} MB"
        )
    ours_run, other = runs
    print(
        f"ratio: {other.wall_s / ours_run.wall_s:.2f} x the speed,"
        f" {ours_run.tree_cpu_s / other.tree_cpu_s:.2f} x the CPU"
    )


if __name__ == "__main__":
    main()
