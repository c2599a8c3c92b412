"""A dataset to deposit: the records of some sites with all that a stranger needs to trust and to read them.

    README.md                 dataset card
    CITATION.cff              how to cite
    datapackage.json          Data Package: files, sha256, columns
    croissant.json            Croissant 1.0
    article.schema.json       JSON Schema of a line
    coverage.svg              articles over time
    data/articles.jsonl.zst   the records as harvested
    data/articles.parquet     the same as a table
    robots/<host>.txt         where there is an archive: the robots.txt of each host when it was crawled
    archive/<site>.wacz       where asked for: the archive of each site
    manifest-sha256.txt       sha256 of every file above

The same records, options and versions of the libraries give the same bytes: nothing in it is taken from a clock.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scraper.article import json_schema
from scraper.export.card import read_site_facts, write_card
from scraper.export.checksums import wrap_bag, write_manifest
from scraper.export.coverage import draw_coverage
from scraper.export.descriptions import (
    JSONL,
    PARQUET,
    Release,
    describe_citation,
    describe_croissant,
    describe_package,
)
from scraper.export.extras import require
from scraper.export.jsonl import write_jsonl
from scraper.export.parquet import write_parquet
from scraper.export.records import read_site, read_sites
from scraper.export.robots import RobotsFile, read_robots
from scraper.export.statistics import Counts
from scraper.export.targets import naming
from scraper.export.wacz import write_wacz

SCHEMA = "article.schema.json"


class DatasetError(ValueError):
    """A dataset cannot be made of this; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a user may decide."""

    title: str | None = None
    creator: str | None = None
    license: str | None = None
    date: str | None = None
    """YYYY-MM-DD; by default the day on which the newest record was fetched."""
    latest: bool = False
    with_archive: bool = False
    as_bag: bool = False


def build_dataset(sites: Sequence[Path], target: Path, options: Options | None = None) -> Counts:
    """Write a dataset; its folder appears when it is whole.

    Args:
        sites: site folders; their order does not matter.
        target: a folder that does not exist or is empty.
        options: all off by default.

    Returns:
        What it holds.

    Raises:
        DatasetError: there is no record, or the folder is taken.
        MissingExtraError: a library is not installed.
        BrokenRecordError, BrokenArchiveError: a site folder is damaged.
        OSError: a file cannot be read or written.
    """
    options = options or Options()
    require("pyarrow"), require("zstandard")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise DatasetError(f"{target} exists and is not empty; name a new folder, or remove it first")
    sites = sorted(sites, key=lambda site: site.name)
    if len({site.name for site in sites}) < len(sites):
        raise DatasetError("two of the sites have folders of the same name; a dataset tells sites apart by it")
    target.parent.mkdir(parents=True, exist_ok=True)
    with naming(target), tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as temporary:
        folder = Path(temporary, "dataset")
        counts, date = _fill(folder, sites, options)
        whole = folder
        if options.as_bag:
            whole = Path(temporary, "bag")
            whole.mkdir()
            info = {"Bagging-Date": date, "External-Description": _title(sites, options)}
            wrap_bag(folder, whole, {**info, **({"Source-Organization": options.creator} if options.creator else {})})
        if target.exists():
            target.rmdir()
        whole.rename(target)
    return counts


def _fill(folder: Path, sites: Sequence[Path], options: Options) -> tuple[Counts, str]:
    (folder / "data").mkdir(parents=True)
    counts, of_site = Counts(), dict.fromkeys(sites, 0)
    with write_jsonl(folder / JSONL) as write_line, write_parquet(folder / PARQUET) as write_row:
        for record in read_sites(sites, latest=options.latest):
            write_line(record)
            write_row(record)
            counts.add(record.data)
            of_site[record.site] += 1
    if not counts.records:
        raise DatasetError("there is no record in " + ", ".join(map(str, sites)))
    articles = counts.records if options.latest else sum(1 for _ in read_sites(sites, latest=True))
    date = options.date or (counts.last_fetched or counts.last_day or "")[:10]
    if not date:
        raise DatasetError("no record says when it was fetched or published; give the day of the release with --date")
    release = _release(sites, options, date, counts, articles)
    archives = _write_archives(folder, sites, release) if options.with_archive else []
    facts: dict[str, Any] = {
        "records": counts.records,
        "articles": articles,
        "sites": {site.name: number for site, number in of_site.items()},
    }
    robots = _write_robots(folder, sites)
    site_facts = [read_site_facts(site, number) for site, number in of_site.items()]
    schema = json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
    (folder / SCHEMA).write_text(schema, encoding="utf-8")
    (folder / "coverage.svg").write_text(draw_coverage(counts.days), encoding="utf-8")
    (folder / "croissant.json").write_bytes(describe_croissant(folder, release))
    (folder / "datapackage.json").write_bytes(describe_package(folder, release, facts, archives))
    (folder / "CITATION.cff").write_bytes(describe_citation(release))
    card = write_card(release, counts, articles, site_facts, robots, archives, options.latest)
    (folder / "README.md").write_text(card, encoding="utf-8")
    write_manifest(folder)
    return counts, date


def _title(sites: Sequence[Path], options: Options) -> str:
    return options.title or f"News articles of {', '.join(site.name for site in sites)}"


def _release(sites: Sequence[Path], options: Options, date: str, counts: Counts, articles: int) -> Release:
    title = _title(sites, options)
    names = "-".join(site.name for site in sites)
    span = f", published {counts.first_day} to {counts.last_day}" if counts.first_day else ""
    return Release(
        name=re.sub(r"[^a-z0-9]+", "-", f"news-{names}".lower())[:80].strip("-"),
        title=title,
        date=date,
        creator=options.creator,
        license=options.license,
        description=f"{articles:,} news articles in {counts.records:,} versions from {len(sites)} "
        f"site{'s' if len(sites) > 1 else ''}{span}, each with its authors, editors, source, date, text and the "
        "evidence for every field.",
    )


def _write_robots(folder: Path, sites: Sequence[Path]) -> dict[str, RobotsFile]:
    """Files below the dataset, and what each holds. Of a host that two sites share the later answer counts."""
    newest: dict[str, RobotsFile] = {}
    for entry in sorted((entry for site in sites for entry in read_robots(site)), key=lambda entry: entry.fetched):
        newest[f"robots/{entry.host.replace(':', '_')}.txt"] = entry
    for path, entry in newest.items():
        (folder / "robots").mkdir(exist_ok=True)
        (folder / path).write_bytes(entry.content)
    return dict(sorted(newest.items()))


def _write_archives(folder: Path, sites: Sequence[Path], release: Release) -> list[str]:
    paths = []
    (folder / "archive").mkdir()
    for site in sites:
        path = f"archive/{site.name}.wacz"
        if write_wacz(site, folder / path, _pages(site), release.date, f"{release.title}: {site.name}"):
            paths.append(path)
        else:
            (folder / path).unlink()
    if not paths:
        shutil.rmtree(folder / "archive")
        raise DatasetError("none of the sites has an archive; leave --wacz off")
    return paths


def _pages(site: Path) -> Iterator[dict[str, Any]]:
    for record in read_site(site):
        data = record.data
        if data["crawl"]["warc"] and data["url"]:
            yield {
                "id": f"{data['id']}-{data['version']}",
                "url": data["url"],
                "title": data["title"],
                "ts": data["crawl"]["fetched_at"],
            }
