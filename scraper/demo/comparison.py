"""What a harvested record says otherwise than the story does."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from scraper.article import Article

OF_A_RUN = frozenset({"requested_url", "version", "previous_hash", "duplicate_of", "evidence", "crawl"})
"""Fields that belong to one run and not to the story."""

FIELDS = tuple(field.name for field in fields(Article) if field.name not in OF_A_RUN)
"""Fields that the stories decide, in the order of the record."""


def differences(expected: Article, found: Article) -> dict[str, tuple[Any, Any]]:
    """The fields that differ, each with the expected and the found value; empty where the record is right.

    Left open are the order of credits and registrations and how much of its line `source.name_raw` quotes. `url`
    may carry tracking parameters that `canonical_url` has lost, so it is not compared.
    """
    wanted, got = expected.to_dict(), found.to_dict()
    pairs = {name: (_comparable(name, wanted[name]), _comparable(name, got[name])) for name in FIELDS if name != "url"}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _comparable(name: str, value: Any) -> Any:
    if name in ("credits", "site_records"):
        return sorted(value, key=lambda part: [str(part[key]) for key in sorted(part)])
    if name == "source" and value is not None:
        return {key: part for key, part in value.items() if key != "name_raw"}
    return value
