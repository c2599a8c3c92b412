"""The pictures of the body, each with its caption and credit."""

from __future__ import annotations

from scraper.extraction.reading import PageReading
from scraper.extraction.view import PageView


def read_images(view: PageView, reading: PageReading) -> None:
    """Fill `reading.images` with the pictures that stand in the body."""
