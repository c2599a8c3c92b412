"""The text of the record: furniture out, jump lines healed, paragraphs joined by one blank line."""

from __future__ import annotations

from pipelines.draft import Draft
from pipelines.furniture import cut_furniture
from pipelines.jumps import heal_jumps
from scraper.article import Edition, hash_text
from scraper.extraction.reading import Candidate


def normalize_text(draft: Draft) -> None:
    """Fill text, text_hash, images, pages, and the jumps of the edition."""
    article, reading = draft.article, draft.reading
    blocks, jumps = heal_jumps(cut_furniture(reading.blocks, (article.title, article.kicker, article.subtitle)))
    article.text = "\n\n".join(block.text for block in blocks) or None
    article.images = list(reading.images)
    article.pages = list(reading.pages)
    if article.text:
        article.text_hash = hash_text(article.text)
        method, locator = ("template", reading.template) if reading.template else ("body", "printed lines")
        draft.prove("text", Candidate(raw=blocks[0].text[:80], method=method, locator=locator, confidence=0.9))
        draft.prove("text_hash", Candidate(raw="text", method="computed", confidence=1.0))
    if article.images:
        draft.prove("images", Candidate(raw=article.images[0].url, method="body", locator="img", confidence=0.8))
    if article.pages:
        draft.prove("pages", Candidate(raw=article.pages[0], method="link", confidence=0.9))
    if jumps:
        article.edition = article.edition or Edition()
        article.edition.jumps = jumps
        if "edition" not in article.evidence:
            draft.prove("edition", Candidate(raw=jumps[0].text, method="text", locator="jump line", confidence=0.9))
