"""Whatever a page holds, `extract` answers, and soon; what nobody sees does not change the record."""

from __future__ import annotations

import importlib.util
import time
from pathlib import Path

import pytest

from scraper import Article, extract
from scraper.demo.site import build_site
from scraper.demo.truth import truth

_spec = importlib.util.spec_from_file_location("mutations", Path(__file__).with_name("mutations.py"))
assert _spec is not None
assert _spec.loader is not None
mutations = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(mutations)

SECONDS = 10
"""Of CPU time: a busy machine is no fault of the page."""
BATCH = 50
QUICK, FULL = 150, 2000


@pytest.fixture(scope="module")
def articles() -> dict[str, bytes]:
    base = "http://127.0.0.1:8000"
    site = build_site(1, base)
    return {record.url: site[record.url.removeprefix(base)].body for record in truth(1, base)}


def batches(start: int, stop: int) -> list[range]:
    return [range(first, min(first + BATCH, stop)) for first in range(start, stop, BATCH)]


def refuse_to_fail(pages: list[bytes], seeds: range) -> None:
    for seed in seeds:
        page = mutations.damage(pages, seed)
        start = time.process_time()
        answer = extract(page, "http://127.0.0.1:8000/a/202611/20/48594.html")
        assert time.process_time() - start < SECONDS, f"seed {seed}"
        assert answer is None or answer.to_json_line(), f"seed {seed}"


@pytest.mark.parametrize("seeds", batches(0, QUICK), ids=str)
def test_a_damaged_page_never_raises_and_never_hangs(articles, seeds):
    refuse_to_fail(list(articles.values()), seeds)


@pytest.mark.full
@pytest.mark.parametrize("seeds", batches(QUICK, FULL), ids=str)
def test_two_thousand_damaged_pages_never_raise_and_never_hang(articles, seeds):
    refuse_to_fail(list(articles.values()), seeds)


def what_is_read(article: Article | None) -> dict[str, object] | None:
    """The record without the places, which count lines."""
    if article is None:
        return None
    record = article.to_dict()
    record["evidence"] = {name: proof["raw"] for name, proof in record["evidence"].items()}
    return record


def keep_the_record(articles: dict[str, bytes], seeds: range) -> None:
    urls = sorted(articles)
    for seed in seeds:
        url = urls[seed % len(urls)]
        calm = extract(articles[url], url)
        assert calm is not None
        disturbed = extract(mutations.disturb(articles[url], seed), url)
        assert what_is_read(disturbed) == what_is_read(calm), f"seed {seed}"


@pytest.mark.parametrize("seeds", batches(0, BATCH), ids=str)
def test_what_nobody_sees_does_not_change_the_record(articles, seeds):
    keep_the_record(articles, seeds)


@pytest.mark.full
@pytest.mark.parametrize("seeds", batches(BATCH, 200), ids=str)
def test_what_nobody_sees_does_not_change_two_hundred_records(articles, seeds):
    keep_the_record(articles, seeds)
