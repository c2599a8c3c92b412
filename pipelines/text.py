"""The body as text: furniture of its head and tail cut, jump lines healed."""

from __future__ import annotations

from pipelines.draft import Draft
from scraper.article import hash_text


def normalize_text(draft: Draft) -> None:
    """Fill text, images, pages and text_hash of the article."""
    article, reading = draft.article, draft.reading
    article.text = "\n\n".join(block.text for block in reading.blocks) or None
    article.images = list(reading.images)
    article.pages = list(reading.pages)
    article.text_hash = hash_text(article.text) if article.text else None
