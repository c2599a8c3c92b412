"""Values from the places that a person named in a template."""

from __future__ import annotations

import pytest

from pipelines import normalize
from scraper.article import Article
from scraper.extraction import read_page
from scraper.profiles import Profile
from scraper.profiles.template import Template, mark_of

TEXT = "".join(
    f"<p>The bridge over the river was opened on day {number} of the fair, and the mayor thanked all who had built it, "
    "paid for it and waited for it since the old one was carried off by the flood of the last winter.</p>"
    for number in range(4)
)
PAGE = f"""<html><head><title>The new bridge is open to all</title></head><body><div class='desk'>Jane Roe</div>
{"<div>River Post</div>" * 9}<h1>The new bridge is open to all</h1>
<div class='info'>2026-03-04 10:03</div><div class='house'>Gazette of the Hills</div>
<div id='text'>{TEXT}</div><div class='stamp'>Filed: 14/02/2026</div></body></html>"""


def read(table: dict[str, object]) -> Article:
    profile = Profile.model_validate({"name": "post", "template": [{"body": ["div#text"], **table}]})
    article = normalize(read_page(PAGE, "http://post.example/news/1.html", profile=profile), profile=profile).article
    assert article is not None
    return article


def test_without_a_place_the_readers_find_what_they_know() -> None:
    article = read({})
    assert (article.authors, article.source, article.date_published) == ([], None, "2026-03-04T10:03:00+00:00")


def test_what_a_person_names_is_read_with_its_place_as_evidence() -> None:
    article = read({"authors": "div.desk", "source": "div.house", "date": {"at": "div.stamp", "label": "Filed"}})
    assert article.authors == ["Jane Roe"]
    assert article.source is not None
    assert article.source.name == "Gazette of the Hills"
    assert article.date_published == "2026-02-14"
    assert (article.evidence["source"].method, article.evidence["source"].locator) == ("template", "div.house")


def test_of_several_places_the_first_with_a_value_counts() -> None:
    article = read({"source": ["div.nowhere", "div.info", "div.house", "div.desk"]})
    assert article.source is not None
    assert article.source.name == "Gazette of the Hills"


@pytest.mark.parametrize("place", ["div#text", "div.info", "div.nowhere"])
def test_a_long_text_or_a_date_is_no_source(place: str) -> None:
    assert read({"source": place}).source is None


def test_what_a_template_learned_is_no_word_of_a_person_until_it_is_changed() -> None:
    table: dict[str, object] = {
        "body": ["div#text"],
        "source": ["div.house"],
        "learned_from": {"pages": 9, "agreement": 1.0},
    }
    learned = table | {"mark": mark_of(table)}
    changed = learned | {"name": "mine"}
    assert [Template.model_validate(one).is_by_hand for one in (table, learned, changed)] == [False, False, True]
    assert read(learned).source is None
    source = read(changed).source
    assert source is not None
    assert source.name == "Gazette of the Hills"
