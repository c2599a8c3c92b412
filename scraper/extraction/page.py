"""Read one page: decode once, parse once, and let each reader add what it sees."""

from __future__ import annotations

from scraper.extraction.reading import PageReading


def read_page(html: bytes | str, url: str | None = None, *, http_charset: str | None = None) -> PageReading:
    """Read a page.

    Args:
        html: the page as bytes (preferred: the charset is then judged here) or as text.
        url: where it answered; relative links, the publisher and a date in the path are read from it.
        http_charset: charset of the Content-Type header, if there was one.

    Returns:
        What was seen. Never raises for a broken page: `reason` says what was wrong with it.
    """
    raise NotImplementedError
