"""The demo newspaper is found by each way alone: by its pages, by its sitemap, and by its feed what the feed has."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from scraper.demo import truth
from scraper.demo.server import serve
from scraper.demo.site import Resource

ROOT = Path(__file__).parent.parent.parent.parent
Site = dict[str, Resource]

ROBOTS = Resource(body=b"User-agent: *\nDisallow: /internal/\n", content_type="text/plain")
BARE = "<html><head><title>云岫要闻</title>{}</head><body><p>欢迎</p></body></html>"


def harvest(cut: Callable[[Site], Site], output: Path) -> tuple[set[str], set[str], Site]:
    """Harvest what is left of the newspaper. Returns the paths stored, those asked, and the site."""
    with serve(0) as paper:
        site = paper._server.site = cut(paper._server.site)
        command = [sys.executable, "-m", "scrapy", "crawl", "site", "-a", f"url={paper.url}/", "-a", "profile=demo"]
        command += ["-a", f"output={output}", "-a", "delay=0", "-a", "learn=0"]
        command += ["-s", "READER_PROCESSES=1", "-s", "STORE_MAX_WAIT_S=0.05"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
        assert done.returncode == 0, done.stderr
        base, asked = paper.url, set(paper.hits)
    lines = (output / "demo" / "articles.jsonl").read_text("utf-8").splitlines()
    return {json.loads(line)["canonical_url"].removeprefix(base) for line in lines}, asked, site


def expected() -> set[str]:
    return {article.canonical_url or "" for article in truth(1, "")}


def is_story(path: str) -> bool:
    return any(path.startswith(re.sub(r"\.\w+$", "", story)) for story in expected())


def test_from_the_home_page_alone(tmp_path: Path):
    def cut(site: Site) -> Site:
        kept = {path: page for path, page in site.items() if "xml" not in path}
        home = re.sub(rb"<link[^>]+rss[^>]*>", b"", kept["/"].body)
        return kept | {"/": replace(kept["/"], body=home), "/robots.txt": ROBOTS}

    stored, asked, _ = harvest(cut, tmp_path)
    assert stored == expected()
    assert {path for path in asked if "xml" in path} <= {"/sitemap.xml", "/rss.xml"}


def test_from_the_sitemap_alone(tmp_path: Path):
    def cut(site: Site) -> Site:
        kept = {path: page for path, page in site.items() if is_story(path) or "sitemap" in path}
        return kept | {"/robots.txt": site["/robots.txt"], "/": Resource(body=BARE.format("").encode())}

    stored, _, _ = harvest(cut, tmp_path)
    assert stored == expected()


def test_from_the_feed_what_the_feed_has(tmp_path: Path):
    def links(site: Site) -> set[str]:
        found = re.findall(rb"<guid[^>]*>https?://[^/]+([^<]+)<", site["/rss.xml"].body)
        return {path.decode() for path in found}

    def cut(site: Site) -> Site:
        stems = tuple(re.sub(r"\.\w+$", "", path) for path in links(site))
        kept = {path: page for path, page in site.items() if path.startswith(stems)}
        feed = "<link rel='alternate' type='application/rss+xml' href='/rss.xml'>"
        home = Resource(body=BARE.format(feed).encode())
        return kept | {"/": home, "/rss.xml": site["/rss.xml"], "/robots.txt": ROBOTS}

    stored, _, site = harvest(cut, tmp_path)
    assert len(stored) == 20
    assert stored == links(site)
