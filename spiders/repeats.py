"""One article under many addresses: what session ids and views of a page make of it."""

from __future__ import annotations

from urllib.parse import urlsplit

from scraper.article import Article, article_id

MAX_TEXTS = 100_000
"""Texts that are remembered in a run, some 200 bytes each."""


class SeenTexts:
    """Recognizes the texts of a run."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def recognize(self, article: Article) -> bool:
        """Whether the run sees the text of an article for the first time.

        Where it was seen before at the same path with other parameters, the article is the one seen before: it takes
        over its canonical URL and id. A reprint at another path stays an article of its own.
        """
        if not article.text_hash:
            return False
        first = self._first.get(article.text_hash)
        if first is None:
            if len(self._first) < MAX_TEXTS:
                self._first[article.text_hash] = article.canonical_url
            return True
        if _without_query(first) == _without_query(article.canonical_url):
            article.canonical_url, article.id = first, article_id(first)
        return False


def _without_query(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.netloc, parts.path
