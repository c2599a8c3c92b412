"""schema.org NewsArticle: one JSON-LD object a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from scraper.article import Article
from scraper.export.records import Record
from scraper.export.targets import open_target


@contextmanager
def write_schema_org(path: Path | None) -> Iterator[Callable[[Record], object]]:
    """Each record as `Article.to_schema_org` maps it."""
    with open_target(path) as file:
        yield lambda record: file.write(orjson.dumps(_map(record.data), option=orjson.OPT_APPEND_NEWLINE))


def _map(data: dict[str, Any]) -> dict[str, Any]:
    # schema.org has no word for the evidence and the crawl, and half of making an `Article` would be spent on them.
    return Article.from_dict({**data, "evidence": {}, "crawl": {}}).to_schema_org()
