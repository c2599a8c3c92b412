"""Nearly the same text again: within a site and across the sites of one output folder."""

from scraper.duplicates.index import DuplicateIndex, Seen
from scraper.duplicates.sketch import Sketch, is_near, sketch_text

__all__ = ["DuplicateIndex", "Seen", "Sketch", "is_near", "sketch_text"]
