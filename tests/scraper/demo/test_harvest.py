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
    third_day: list[dict[str, Any]]
    changes: dict[int, list[dict[str, Any]]]
    """Lines that changes.jsonl got on each day."""
    reports: dict[int, tuple[str, dict[str, Any]]]
    """By day: the line about articles in the table at the end, and the part ``harvest`` of run.json."""


def harvest(output: Path, day: int, port: int) -> tuple[str, dict[str, Any]]:
    command = [sys.executable, "-m", "scraper.cli", "demo", "--output", str(output)]
    run = subprocess.run(
        [*command, "--day", str(day), "--port", str(port)], capture_output=True, text=True, timeout=240, check=False
    )
    assert run.returncode == 0, run.stderr
    (said,) = [line for line in run.stdout.splitlines() if line.startswith("articles ")]
    manifest = max((output / "demo" / "runs").glob("*/run.json"))
    return said.removeprefix("articles").strip(), json.loads(manifest.read_bytes())["harvest"]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def harvests(tmp_path_factory: pytest.TempPathFactory) -> Harvests:
    output = tmp_path_factory.mktemp("output")
    articles, changes = output / "demo" / "articles.jsonl", output / "demo" / "changes.jsonl"
    reports = {1: harvest(output, day=1, port=0)}
    first, problems = lines(articles), lines(output / "demo" / "problems.jsonl")
    address = urlsplit(first[0]["url"])
    assert address.port is not None
    harvest(output, day=1, port=address.port)
    again = lines(articles)
    told, stored = {1: lines(changes)}, {1: again}
    for day in (2, 3):
        reports[day] = harvest(output, day=day, port=address.port)
        stored[day] = lines(articles)
        told[day] = lines(changes)[sum(map(len, told.values())) :]
    return Harvests(
        base_url=f"http://{address.netloc}",
        first=first,
        problems=problems,
        again=again[len(first) :],
        second_day=stored[2][len(again) :],
        third_day=stored[3][len(stored[2]) :],
        changes=told,
        reports=reports,
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


def texts_on(day: int, base_url: str) -> dict[str, str | None]:
    """Hash of the text by address, as the stories have it."""
    return {article.canonical_url or "": article.text_hash for article in truth(day, base_url)}


def turns_on(harvests: Harvests, day: int, what: str) -> set[str]:
    return {change["url"] for change in harvests.changes[day] if change["what"] == what}


def test_the_second_day_adds_the_new_story_and_the_corrected_one_and_no_other(harvests: Harvests):
    before, now = texts_on(1, harvests.base_url), texts_on(2, harvests.base_url)
    expected = dict.fromkeys(now.keys() - before.keys(), 1)
    expected |= {url: 2 for url in now.keys() & before.keys() if now[url] != before[url]}
    assert sorted(expected.values()) == [1, 2]
    assert {record["canonical_url"]: record["version"] for record in harvests.second_day} == expected


def test_the_records_of_the_second_day_are_as_their_stories_say(harvests: Harvests):
    expected = {article.canonical_url: article for article in truth(2, harvests.base_url)}
    records = {record["canonical_url"]: Article.from_dict(record) for record in harvests.second_day}
    assert [differences(expected[url], record) for url, record in records.items()] == [{}, {}]


def test_the_correction_names_the_text_before_and_the_fields_that_changed(harvests: Harvests):
    (change,) = [change for change in harvests.changes[2] if change["what"] == "version"]
    before = texts_on(1, harvests.base_url)[change["url"]]
    now = texts_on(2, harvests.base_url)[change["url"]]
    assert (change["previous_hash"], change["text_hash"], change["version"]) == (before, now, 2)
    assert change["fields"] == ["title", "date_modified", "text"]


def test_the_second_day_tells_the_stories_that_are_gone_and_the_third_the_one_that_is_back(harvests: Harvests):
    first, second, third = (texts_on(day, harvests.base_url).keys() for day in (1, 2, 3))
    assert turns_on(harvests, 2, "gone") == first - second
    assert turns_on(harvests, 3, "returned") == third - second
    assert len(first - second) == 2
    assert len(third - second) == 1


def test_nothing_else_is_told_of_any_day(harvests: Harvests):
    assert {day: len(changes) for day, changes in harvests.changes.items()} == {1: 0, 2: 3, 3: 1}
    assert harvests.third_day == []


def test_each_day_is_reported_in_the_table_and_in_the_manifest(harvests: Harvests):
    counts = ("articles", "changed", "gone", "returned", "problems")
    found = {day: [report[name] for name in counts] for day, (_, report) in harvests.reports.items() if day > 1}
    assert found == {2: [2, 1, 2, 0, 0], 3: [0, 0, 0, 1, 0]}
    assert harvests.reports[2][0].startswith("1 new, 1 changed, 2 gone;")
    assert harvests.reports[3][0].startswith("0 new, 1 back again;")


def test_the_story_that_is_in_print_too_is_marked_as_the_same_text(harvests: Harvests):
    records = {record["canonical_url"]: record for record in harvests.first}
    pairs = [(records[one], records[other]) for one, other in twins(harvests.base_url)]
    assert [{one["duplicate_of"], other["duplicate_of"]} for one, other in pairs] == [
        {None, other["id"] if one["duplicate_of"] else one["id"]} for one, other in pairs
    ]


def test_only_pages_that_are_no_articles_are_problems(harvests: Harvests):
    known = {page.url for page in not_articles(1, harvests.base_url)}
    assert [problem["url"] for problem in harvests.problems if problem["url"] not in known] == []
