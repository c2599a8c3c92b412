"""Which page it is: the address it answered at, its canonical form, and the id made of it."""

from __future__ import annotations

from urllib.parse import urlsplit

from pipelines.draft import Draft
from scraper.article import article_id
from scraper.extraction.reading import Candidate
from scraper.urls import canonicalize, registrable_domain


def identify(draft: Draft) -> None:
    """Fill url, canonical_url and id. A page without any address has the id of its text.

    Runs behind the text.
    """
    article, reading = draft.article, draft.reading
    article.url = reading.url
    article.canonical_url = canonical_address(reading.url, reading.canonical_url)
    article.id = article_id(article.canonical_url) if article.canonical_url else article.text_hash or ""
    of = "canonical_url" if article.canonical_url else "text"
    draft.prove("id", Candidate(raw=of, method="computed", confidence=1.0))
    if reading.url:
        draft.prove("url", Candidate(raw=reading.url, method="http", confidence=1.0))
    if reading.url and article.canonical_url == canonical_address(reading.url, None):
        draft.prove("canonical_url", Candidate(raw=reading.url, method="url", confidence=0.9))
    elif reading.canonical_url and article.canonical_url:
        stated = Candidate(raw=reading.canonical_url, method="meta", locator="rel=canonical, og:url", confidence=0.9)
        draft.prove("canonical_url", stated)


def canonical_address(url: str | None, stated: str | None) -> str | None:
    """The canonical form of a page's address.

    Args:
        url: where it answered.
        stated: what the page says itself (rel=canonical, og:url). Templates often state the home page, or another
            house's page for a reprint: then it does not name this page and `url` is taken (RFC 6596 §3).

    Returns:
        `stated` where it can be this page's, else `url`, canonical; None where there is neither.
    """
    candidates = [stated] if stated and (not url or _can_be_the_same(url, stated)) else []
    for candidate in (*candidates, url):
        try:
            if candidate:
                return canonicalize(candidate)
        except ValueError:
            continue
    return None


def _can_be_the_same(url: str, stated: str) -> bool:
    if registrable_domain(url) != registrable_domain(stated):
        return False
    return urlsplit(stated).path.strip("/") != "" or urlsplit(url).path.strip("/") == ""
