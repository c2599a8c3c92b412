"""What the extraction makes of the demo newspaper, against what its stories say: every article, every field.

The pages are read from the generator without a server, as the harvest reads them: page by page, pages of one
article joined, then normalized with the profile that ships.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest

from pipelines import normalize
from pipelines.draft import Draft
from scraper.demo import differences, not_articles, truth
from scraper.demo.comparison import FIELDS
from scraper.demo.site import Resource, build_site
from scraper.extraction import read_page
from scraper.extraction.joining import join_readings
from scraper.extraction.reading import PageReading
from scraper.profiles import load_profile
from scraper.reasons import Reason

FETCHED_AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
BASE = "http://127.0.0.1:8000"
NOT_READ = {Reason.ROBOTS, Reason.GONE}


@cache
def site(day: int) -> dict[str, Resource]:
    return build_site(day, BASE)


@cache
def read(url: str, day: int = 1) -> PageReading:
    resource = site(day)[urlsplit(url).path]
    return read_page(resource.body, url, http_charset=resource.content_type.partition("charset=")[2] or None)


@cache
def harvest(day: int) -> dict[str, Draft]:
    profile = load_profile("demo")
    drafts = {}
    for article in truth(day, BASE):
        reading = join_readings([read(url, day) for url in article.pages or [article.url]])
        drafts[article.url] = normalize(reading, fetched_at=FETCHED_AT, profile=profile)
    return drafts


@cache
def wrong(day: int) -> dict[str, dict[str, tuple[Any, Any]]]:
    """By path of the article: the fields that are not as expected, each with the expected and the found value."""
    found = {}
    for expected in truth(day, BASE):
        draft = harvest(day)[expected.url]
        path = urlsplit(expected.url).path
        if draft.reason is not None:
            found[path] = {"reason": (None, draft.reason)}
        else:
            found[path] = differences(expected, draft.article)
    return found


@pytest.mark.parametrize("day", [1, 2])
def test_every_article_page_gives_a_record(day: int):
    assert {path: fields["reason"] for path, fields in wrong(day).items() if "reason" in fields} == {}


@pytest.mark.parametrize("day", [1, 2])
@pytest.mark.parametrize("field", FIELDS)
def test_every_article_has_the_field_as_its_story_says(field: str, day: int):
    assert {path: fields[field] for path, fields in wrong(day).items() if field in fields} == {}


@pytest.mark.parametrize(
    "page",
    [page for page in not_articles(1, BASE) if not page.reasons & NOT_READ],
    ids=lambda page: urlsplit(page.url).path,
)
def test_a_page_that_is_no_article_gives_the_reason(page):
    reading = read(page.url)
    reason = reading.reason
    if reading.kind == "article" and reading.first_page:
        reason = Reason.CONTINUATION  # a page alone cannot know whether its article is read from page 1
    assert reason in page.reasons


def test_a_filled_field_has_evidence():
    missing = [
        (draft.article.url, name)
        for draft in harvest(1).values()
        if draft.reason is None
        for name in sorted(FIELDS)
        if getattr(draft.article, name) and name not in draft.article.evidence
    ]
    assert missing == []
