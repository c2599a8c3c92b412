"""What a news sitemap or a feed said of a page: its headline and when it came out, for where the page says neither."""

from __future__ import annotations

from scraper.extraction.reading import Candidate, PageReading

CONFIDENCE = 0.3
"""Below any place of the page itself: feeds cut headlines, and times of sitemaps are often those of the upload."""

MAX_CHARS = 300


def fill_told(reading: PageReading, via: str, title: str | None, published: str | None) -> None:
    """Add what was said of a page as candidates of the fields for which the page has none.

    Args:
        reading: of the page.
        via: who said it, which becomes the method of the evidence: sitemap or feed.
        title: news:title, or the title of the entry.
        published: news:publication_date, or the date of the entry.
    """
    for field_name, raw, locator in (("title", title, "title"), ("date_published", published, "publication date")):
        if raw and not reading.candidates.get(field_name):
            raw = " ".join(raw[:MAX_CHARS].split())
            reading.add(field_name, Candidate(raw=raw, method=via, locator=locator, confidence=CONFIDENCE))
