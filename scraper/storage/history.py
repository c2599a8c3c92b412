"""All that a site folder holds of one article: its versions, and what happened to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from scraper.article import article_id
from scraper.storage.site import SiteFolder
from scraper.urls import canonicalize

ADDRESSES = ("canonical_url", "url", "requested_url")
"""Keys of a record by which an article may be named."""


@dataclass(slots=True)
class History:
    """Records of one article in the order of their versions, and its lines of ``changes.jsonl`` in theirs."""

    versions: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)


def read_history(path: Path, name: str) -> History:
    """Read what is stored of an article; what a run at work has not committed yet may be among it, but for a torn line.

    Args:
        path: the site folder.
        name: an id, or an address of the article: canonical, as it answered, or as it was asked for.

    Returns:
        A history without versions where no such article is stored.

    Raises:
        OSError: a file cannot be read.
    """
    folder = SiteFolder(path)
    wanted = _find_id(folder, name)
    return History(_lines_of(folder.articles, wanted), _lines_of(folder.changes, wanted))


def _find_id(folder: SiteFolder, name: str) -> str:
    if "://" not in name:
        return name
    try:
        canonical = canonicalize(name)
    except ValueError:
        return name
    by_address = article_id(canonical)
    if _lines_of(folder.articles, by_address):
        return by_address
    for record in _lines_with(folder.articles, orjson.dumps(canonical).strip(b'"')):
        if canonical in {canonicalize(record[key]) for key in ADDRESSES if record[key]}:
            return str(record["id"])
    return by_address


def _lines_of(path: Path, wanted: str) -> list[dict[str, Any]]:
    return [record for record in _lines_with(path, wanted.encode()) if record["id"] == wanted]


def _lines_with(path: Path, part: bytes) -> list[dict[str, Any]]:
    """Lines that hold some bytes: to parse each of a large file would take minutes."""
    if not path.exists():
        return []
    with path.open("rb") as file:
        return [orjson.loads(line) for line in file if part in line and line.endswith(b"\n")]
