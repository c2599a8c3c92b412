"""Values from the places that a person named in a template, where the readers of print found none.

The readers look around headline and text for what says by its form or its label what it is. A person knows more: that
`span.desk` holds the author. What a template learned is no such word; it is where the readers mostly found something.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scraper.extraction.dateforms import find_dates
from scraper.extraction.lines import fold, inner_text
from scraper.extraction.reading import Candidate, PageReading
from scraper.profiles.locators import find_all
from scraper.profiles.template import Place, Template

FIELDS = {"date": "date_published", "source": "source", "authors": "author", "editor": "editor"}
"""Key of a template -> field of a reading."""
MAX_CHARS = 100
"""An element with more text holds other things than the value."""
SURE = 0.98
_PRINTED = frozenset({"label", "byline", "dateline", "text"})
_SEPARATORS = " :：|｜"


def read_named(tree: Any, reading: PageReading, template: Template) -> None:
    """Add what stands at the places of a template that a person wrote or changed; others add nothing."""
    if not template.is_by_hand:
        return
    for key, field_name in FIELDS.items():
        for place in getattr(template, key):
            if _read_place(tree, reading, place, field_name):
                break


def _read_place(tree: Any, reading: PageReading, place: Place, field_name: str) -> bool:
    """Whether a value stands at a place; of several elements the first with text counts."""
    texts = (fold(inner_text(element)) for element in find_all(place.at, tree))
    text = next(filter(None, texts), "")
    candidates = reading.candidates.get(field_name, [])
    there = [one for one in candidates if one.method in _PRINTED and fold(one.raw) in text]
    if there:
        for one in there:
            candidates[candidates.index(one)] = replace(one, confidence=max(one.confidence, SURE))
        return True
    label = place.label or ""
    value = text.removeprefix(label).strip(_SEPARATORS)
    if not value or len(value) > MAX_CHARS or any(find_dates(value)) is not (field_name == "date_published"):
        return False
    reading.add(
        field_name,
        Candidate(raw=value, method="template", locator=place.at, confidence=SURE, label=place.label),
    )
    return True
