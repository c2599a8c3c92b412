from datetime import UTC, datetime

import pytest

from pipelines.draft import Draft
from pipelines.identity import canonical_address, identify
from scraper.article import Article, article_id
from scraper.extraction.reading import PageReading

URL = "https://www.example.com/2018/0312/1.html"


@pytest.mark.parametrize(
    ("url", "stated", "canonical"),
    [
        (URL + "?utm_source=x", None, URL),
        (URL + "?from=timeline", URL, URL),
        ("https://m.example.com/1.html", URL, URL),  # a mobile page names the desktop page
        (URL, "https://www.example.com/", URL),  # a template states the home page on every page
        (URL, "https://www.example.org/a.html", URL),  # a reprint states the other house's page
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/b", "http://127.0.0.1:8000/b"),
        (URL, "http://[broken", URL),
        (None, URL, URL),  # a page saved without its address
        (None, None, None),
    ],
)
def test_the_stated_address_counts_where_it_can_be_this_page(
    url: str | None, stated: str | None, canonical: str | None
) -> None:
    assert canonical_address(url, stated) == canonical


def identified(url: str | None, text_hash: str) -> Article:
    draft = Draft(
        reading=PageReading(url=url), fetched_at=datetime(2026, 1, 1, tzinfo=UTC), article=Article(text_hash=text_hash)
    )
    identify(draft)
    return draft.article


def test_the_id_is_that_of_the_canonical_address() -> None:
    article = identified(URL + "#top", "f" * 32)
    assert (article.url, article.canonical_url, article.id) == (URL + "#top", URL, article_id(URL))


def test_a_page_without_an_address_has_the_id_of_its_text() -> None:
    article = identified(None, "f" * 32)
    assert (article.url, article.canonical_url, article.id) == (None, None, "f" * 32)
