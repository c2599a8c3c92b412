"""`scraper sources`: what was found, and what is used."""

from __future__ import annotations

import pytest

from scraper.cli.sources import describe_source
from scraper.demo.server import serve
from scraper.ledger.sources import Source
from tests.scraper.cli.conftest import Run

FEED = Source("http://p.example/rss", "feed", "link", "done", None, None, 20, 1000.0, 900.0, 0.0, False)


def source(**facts: object) -> Source:
    from dataclasses import replace

    return replace(FEED, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "words", "is_used"),
    [
        ({}, "lists 20", True),
        ({"rest_s": 3600.0}, "lists 20, rests 60 min", True),
        ({"rest_s": 30.0}, "lists 20", True),
        ({"listed": 0}, "lists nothing", False),
        ({"listed": None, "asked_at": 1000.0, "detail": "status 404"}, "not there (404)", False),
        ({"state": "gone", "reason": "gone"}, "gone", False),
        ({"state": "failed", "reason": "timeout"}, "timeout", False),
        ({"state": "new"}, "not asked yet", True),
    ],
)
def test_a_source_is_told_in_a_few_words(facts: dict[str, object], words: str, is_used: bool) -> None:
    assert (describe_source(source(**facts), now=1100.0), source(**facts).is_used) == (words, is_used)


def test_a_site_that_is_not_harvested_is_looked_at_and_nothing_is_kept(scraper: Run, tmp_path) -> None:
    with serve(0) as paper:
        done = scraper("sources", f"{paper.url}/", "--allow-host", "127.0.0.1")
        asked = set(paper.hits)
    shown = [line.split() for line in done.stdout.decode().splitlines()]
    assert [(row[0], row[1], row[4].removeprefix(paper.url), row[3]) for row in shown[2:7]] == [
        ("listing", "seed", "/", "62"),
        ("sitemap", "robots", "/sitemap.xml", "2"),
        ("sitemap", "sitemap", "/sitemap-articles.xml", "62"),
        ("sitemap", "sitemap", "/sitemap-news.xml", "12"),
        ("feed", "link", "/rss.xml", "20"),
    ]
    assert asked == {"/", "/robots.txt", "/sitemap.xml", "/sitemap-articles.xml", "/sitemap-news.xml", "/rss.xml"}
    assert list(tmp_path.iterdir()) == []


def test_a_site_that_cannot_be_reached_is_one_sentence(scraper: Run) -> None:
    done = scraper("sources", "http://127.0.0.1:1/", "--allow-host", "127.0.0.1")
    assert (done.returncode, done.stderr.decode().count("\n")) == (69, 1)
