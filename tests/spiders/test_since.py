"""--since and --until bound what is asked, on an archive of 5,000 articles."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.spiders.great_archive import ARTICLES, PER_PAGE, Archive, day_of

ROOT = Path(__file__).parent.parent.parent
SINCE, UNTIL = "2018-06-18", "2018-06-20"
"""Articles 50 to 64 of the archive, on pages 3 and 4 of its list; most of page 4 is older."""

IN_RANGE = {number for number in range(ARTICLES) if SINCE <= day_of(number).isoformat() <= UNTIL}


def crawl(site: Archive, output: Path, *arguments: str) -> tuple[set[int], list[str]]:
    """Crawl it. Returns the numbers of the articles that are stored, and every path that was asked."""
    known = len(site.hits)
    command = [sys.executable, "-m", "scrapy", "crawl", "site", "-a", f"url={site.url}/", "-a", f"output={output}"]
    for setting in (
        "DOWNLOAD_DELAY=0",
        "READER_PROCESSES=1",
        "CONCURRENT_REQUESTS_PER_DOMAIN=4",
        "STORE_MAX_WAIT_S=0.05",
    ):
        command += ["-s", setting]
    for argument in ("learn=0", *arguments):
        command += ["-a", argument]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, timeout=240, check=False, env={**os.environ, "NO_COLOR": "1"}
    )
    assert done.returncode == 0, done.stderr
    records = next(output.glob("*/articles.jsonl")).read_text("utf-8").splitlines()
    numbers = {int(re.sub(r"\D", "", json.loads(record)["title"])) for record in records}
    return numbers, [path for path, _ in site.hits[known:] if path != "/robots.txt"]


def lists_in(asked: list[str]) -> list[str]:
    return sorted(path for path in asked if path == "/" or path.startswith("/index"))


def articles_in(asked: list[str]) -> set[int]:
    return {int(path[-10:-5]) - 10000 for path in asked if re.search(r"/\d{5}\.html$", path)}


@pytest.mark.parametrize("way", ["dated", "printed"])
def test_only_the_pages_of_the_range_and_the_lists_up_to_it_are_asked(way: str, tmp_path: Path) -> None:
    with Archive(way) as site:
        stored, asked = crawl(site, tmp_path, f"since={SINCE}", f"until={UNTIL}")
    assert stored == IN_RANGE
    assert articles_in(asked) == IN_RANGE
    assert lists_in(asked) == ["/", "/index_2.html", "/index_3.html", "/index_4.html"]


def test_where_no_list_tells_the_day_the_walk_ends_with_a_page_whose_articles_are_all_older(tmp_path: Path) -> None:
    with Archive("undated") as site:
        stored, asked = crawl(site, tmp_path, f"since={SINCE}")
    newer = set(range(max(IN_RANGE) + 1))
    assert stored == newer
    assert lists_in(asked) == ["/", *(f"/index_{page}.html" for page in range(2, 6))]
    assert len(articles_in(asked)) == 5 * PER_PAGE


def test_sitemaps_of_other_months_are_not_asked(tmp_path: Path) -> None:
    with Archive("sitemaps") as site:
        stored, asked = crawl(site, tmp_path, "since=2018-05-01", "until=2018-05-03")
    days = {number for number in range(ARTICLES) if "2018-05-01" <= day_of(number).isoformat() <= "2018-05-03"}
    assert (stored, articles_in(asked)) == (days, days)
    assert [path for path in asked if "map" in path] == ["/map.xml", "/map-2018-05.xml"]


def test_a_wider_range_brings_what_the_narrower_left_out_and_asks_nothing_twice(tmp_path: Path) -> None:
    with Archive("printed") as site:
        crawl(site, tmp_path, f"since={SINCE}", f"until={UNTIL}")
        stored, asked = crawl(site, tmp_path, "since=2018-06-14", f"until={UNTIL}")
    wider = {number for number in range(ARTICLES) if "2018-06-14" <= day_of(number).isoformat() <= UNTIL}
    assert stored == wider
    assert articles_in(asked) == wider - IN_RANGE


@pytest.mark.full
def test_the_same_range_once_more_asks_only_the_start(tmp_path: Path) -> None:
    with Archive("undated") as site:
        crawl(site, tmp_path, "since=2018-06-27")
        stored, asked = crawl(site, tmp_path, "since=2018-06-27")
    assert stored == set(range(4 * 5))
    assert {path for path in asked if path != "/sitemap.xml"} == {"/"}
