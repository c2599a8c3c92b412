"""Licence and paywall, as pages declare them."""

import json

import pytest

from pipelines import normalize
from scraper.extraction.page import read_page

PROSE = (
    "<p>" + "The last field of the valley was cut on Thursday evening, nine days after the first machine. " * 4 + "</p>"
)


def records(head="", body="", **declared):
    node = {"@type": "NewsArticle", "headline": "Last field is cut", **declared}
    script = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    page = f"""<html lang=en><head><title>Last field is cut</title>{script}{head}</head>
    <body><h1>Last field is cut</h1>{PROSE * 3}{body}</body></html>"""
    article = normalize(read_page(page, "https://www.fenmoor.example/a/1.html")).article
    return {(record.kind, record.value) for record in article.site_records}


@pytest.mark.parametrize("stated", [False, "False", "false", "http://schema.org/False"])
def test_an_article_that_is_not_free_is_locked(stated):
    assert records(isAccessibleForFree=stated) == {("paywall", "locked")}


def test_a_free_article_is_said_to_be_free():
    assert records(isAccessibleForFree=True) == {("paywall", "free")}


def test_a_part_that_is_not_free_locks_the_article():
    part = {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".paid"}
    assert records(hasPart=[part]) == {("paywall", "locked")}
    assert records(hasPart=[part | {"isAccessibleForFree": True}]) == set()


@pytest.mark.parametrize("tier", ["free", "metered", "locked"])
def test_the_content_tier_of_open_graph_is_kept(tier):
    assert records(f'<meta property="article:content_tier" content="{tier}">') == {("paywall", tier)}


def test_an_unknown_tier_says_nothing():
    assert records('<meta property="article:content_tier" content="gold">', isAccessibleForFree="maybe") == set()


LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize("given", [LICENCE, {"@type": "CreativeWork", "url": LICENCE, "name": "CC BY"}, [LICENCE]])
def test_the_licence_of_the_structured_data_is_kept(given):
    assert records(license=given) == {("licence", LICENCE)}


def test_a_link_may_state_the_licence():
    assert records(body=f'<footer><a rel="nofollow license" href="{LICENCE}">CC BY</a></footer>') == {
        ("licence", LICENCE)
    }
    assert records('<link rel="license" href="/terms">') == {("licence", "https://www.fenmoor.example/terms")}


def test_dublin_core_may_state_the_licence():
    assert records(f'<meta name="DCTERMS.license" content="{LICENCE}">') == {("licence", LICENCE)}


def test_what_is_not_declared_is_not_recorded():
    assert records(license=None, isAccessibleForFree=None) == set()
    assert records(license=[{"@type": "CreativeWork"}, 7], hasPart="x") == set()
