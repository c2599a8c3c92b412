"""The demo newspaper, harvested as any site is: every article once, nothing else, and a second time nothing new."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest

from scraper.article import Article
from scraper.demo import differences, not_articles, truth, twins


class Harvests(NamedTuple):
    base_url: str
    first: list[dict[str, Any]]
    problems: list[dict[str, Any]]
    again: list[dict[str, Any]]
    """What the same harvest added when it was run once more."""
    second_day: list[dict[str, Any]]
    """What the harvest of day 2 added."""


def harvest(output: Path, day: int, port: int) -> None:
    command = [sys.executable, "-m", "scraper.cli", "demo", "--quiet", "--output", str(output)]
    run = subprocess.run(
        [*command, "--day", str(day), "--port", str(port)], capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stderr


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def harvests(tmp_path_factory: pytest.TempPathFactory) -> Harvests:
    output = tmp_path_factory.mktemp("output")
    articles = output / "demo" / "articles.jsonl"
    harvest(output, day=1, port=0)
    first, problems = lines(articles), lines(output / "demo" / "problems.jsonl")
    address = urlsplit(first[0]["url"])
    assert address.port is not None
    harvest(output, day=1, port=address.port)
    again = lines(articles)
    harvest(output, day=2, port=address.port)
    return Harvests(
        base_url=f"http://{address.netloc}",
        first=first,
        problems=problems,
        again=again[len(first) :],
        second_day=lines(articles)[len(again) :],
    )


def test_every_article_is_found_once_and_nothing_else(harvests: Harvests):
    expected = [article.canonical_url for article in truth(1, harvests.base_url)]
    assert sorted(record["canonical_url"] for record in harvests.first) == sorted(expected)


def test_every_field_of_every_article_is_as_its_story_says(harvests: Harvests):
    records = {record["canonical_url"]: Article.from_dict(record) for record in harvests.first}
    wrong = {
        expected.canonical_url: differences(expected, records[expected.canonical_url])
        for expected in truth(1, harvests.base_url)
    }
    assert {url: fields for url, fields in wrong.items() if fields} == {}


def test_the_same_harvest_once_more_adds_nothing(harvests: Harvests):
    assert harvests.again == []


def test_the_second_day_adds_the_new_story(harvests: Harvests):
    before = {article.canonical_url for article in truth(1, harvests.base_url)}
    new = {article.canonical_url for article in truth(2, harvests.base_url)} - before
    assert new <= {record["canonical_url"] for record in harvests.second_day}


def test_the_second_day_adds_no_story_that_did_not_change(harvests: Harvests):
    before = {article.canonical_url: article.text_hash for article in truth(1, harvests.base_url)}
    unchanged = {
        article.canonical_url
        for article in truth(2, harvests.base_url)
        if before.get(article.canonical_url) == article.text_hash
    }
    assert unchanged & {record["canonical_url"] for record in harvests.second_day} == set()


def test_the_story_that_is_in_print_too_is_marked_as_the_same_text(harvests: Harvests):
    records = {record["canonical_url"]: record for record in harvests.first}
    pairs = [(records[one], records[other]) for one, other in twins(harvests.base_url)]
    assert [{one["duplicate_of"], other["duplicate_of"]} for one, other in pairs] == [
        {None, other["id"] if one["duplicate_of"] else one["id"]} for one, other in pairs
    ]


def test_only_pages_that_are_no_articles_are_problems(harvests: Harvests):
    known = {page.url for page in not_articles(1, harvests.base_url)}
    assert [problem["url"] for problem in harvests.problems if problem["url"] not in known] == []
