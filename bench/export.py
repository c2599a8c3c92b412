"""How fast records are written in each format, and with how much memory.

    python -m bench.export [--records 50000]

The records are made up: Chinese text of news length, with credits, images and evidence as a harvest has them. Each
format runs in a process of its own, so that its memory is its own. Two yardsticks run beside them: the lines copied
as they are, and each line parsed and written again by orjson.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import orjson

from scraper.article import Article, Credit, Evidence, Image, Publisher, Source, article_id, hash_text
from scraper.export import export_records, read_sites

WORDS = "春水江桥人家山风雨城乡道路工程学校居民记者生产农田清晨夜里河流粮食车站老人孩子建设发展环境保护经济文化"

TARGETS = {
    "jsonl": ("jsonl", "a.jsonl", False),
    "jsonl, latest": ("jsonl", "a.jsonl", True),
    "jsonl.gz": ("jsonl", "a.jsonl.gz", False),
    "jsonl.zst": ("jsonl", "a.jsonl.zst", False),
    "csv": ("csv", "a.csv", False),
    "parquet": ("parquet", "a.parquet", False),
    "sqlite": ("sqlite", "a.sqlite", False),
    "schema.org": ("schema.org", "a.jsonld", False),
    "news-please": ("news-please", "a.json", False),
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=50_000)
    parser.add_argument("--one", nargs=2, metavar=("NAME", "FOLDER"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(run(arguments.one[0], Path(arguments.one[1]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        with (site / "articles.jsonl").open("wb") as file:
            for line in make_lines(arguments.records):
                file.write(line)
        size = (site / "articles.jsonl").stat().st_size
        print(f"{arguments.records:,} records, {size / 1e6:.0f} MB as JSON Lines\n")
        print("| format | records/s | MB/s read | CPU µs a record | peak memory, MB | file, MB |")
        print("|---|---|---|---|---|---|")
        for name in ["yardstick: copy", "yardstick: orjson", *TARGETS]:
            command = [sys.executable, "-m", "bench.export", "--one", name, folder]
            done = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
            figures = [
                f"{arguments.records / done['seconds']:,.0f}",
                f"{size / 1e6 / done['seconds']:.0f}",
                f"{done['cpu'] / arguments.records * 1e6:.0f}",
                f"{done['memory_mb']:.0f}",
                f"{done['bytes'] / 1e6:.1f}",
            ]
            print(f"| {name} | {' | '.join(figures)} |", flush=True)


def run(name: str, site: Path) -> dict[str, float]:
    """Write one format; the file is synced, as an export syncs it."""
    started, cpu = time.perf_counter(), time.process_time()
    if name.startswith("yardstick"):
        target = site / "yardstick"
        with (site / "articles.jsonl").open("rb") as lines, target.open("wb") as file:
            for line in lines:
                file.write(line if name.endswith("copy") else orjson.dumps(orjson.loads(line)) + b"\n")
    else:
        kind, file_name, latest = TARGETS[name]
        target = site / file_name
        export_records(read_sites([site], latest=latest), target, kind)
    done = {
        "seconds": time.perf_counter() - started,
        "cpu": time.process_time() - cpu,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "bytes": target.stat().st_size,
    }
    target.unlink()
    return done


def make_lines(number: int) -> Iterator[bytes]:
    """Records whose text has 400 to 2,000 characters; every tenth is a second version."""
    chance = random.Random(20261123)

    def words(length: int) -> str:
        return "".join(chance.choices(WORDS, k=length))

    for index in range(number):
        version = 1 + (index % 10 == 9)
        url = f"https://news.example.com/2026/{index - (version - 1) * 5}.html"
        paragraphs = [words(chance.randint(40, 200)) + "。" for _ in range(10)]
        title, text = words(20), "\n\n".join(paragraphs)
        why = {
            field: Evidence(method="label", locator="head, line 5", raw=words(30), confidence=0.9)
            for field in ("title", "text", "date_published", "source", "authors", "section", "credits", "publisher")
        }
        yield Article(
            id=article_id(url),
            url=url,
            requested_url=url,
            canonical_url=url,
            title=title,
            authors=["林晚舟"],
            credits=[Credit(name="林晚舟", role="reporter", role_raw="记者")],
            source=Source(name="云岫日报", name_raw="来源：云岫日报", chain=["云岫日报"]),
            publisher=Publisher(name="云岫新闻网", domain="example.com"),
            date_published=f"2026-{index % 12 + 1:02}-{index % 28 + 1:02}T10:17:00+08:00",
            section="要闻",
            keywords=[words(2), words(3)],
            language="zh-CN",
            text=text,
            images=[Image(url=f"https://news.example.com/{index}.jpg", caption=words(15))],
            version=version,
            text_hash=hash_text(text),
            evidence=why,
        ).to_json_line()


if __name__ == "__main__":
    main()
