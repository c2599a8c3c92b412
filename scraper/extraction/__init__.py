"""From bytes to a reading: decode, tree, links, kind of page, body, and raw metadata with the place it stood in."""

from scraper.extraction.page import read_page
from scraper.extraction.reading import Block, Candidate, Link, PageReading

__all__ = ["Block", "Candidate", "Link", "PageReading", "read_page"]
