"""The keys of news-please's NewsArticle, one JSON object a line, for programs that were written for its files.

news-please writes times without an offset: `date_publish` and `date_modify` are the time that was printed,
`date_download` is UTC. It has one list of authors and no source (来源); keys that we have nothing for are null.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from scraper.export.records import Record
from scraper.export.targets import open_target


@contextmanager
def write_news_please(path: Path | None) -> Iterator[Callable[[Record], object]]:
    """Each record with the names of news-please (fhamborg/news-please, NewsArticle.py)."""
    with open_target(path) as file:
        yield lambda record: file.write(orjson.dumps(to_news_please(record.data), option=orjson.OPT_APPEND_NEWLINE))


def to_news_please(data: dict[str, Any]) -> dict[str, Any]:
    """A record with the keys of news-please, in its order."""
    images, publisher = data["images"], data["publisher"]
    return {
        "authors": data["authors"],
        "date_download": _plain_time(data["crawl"]["fetched_at"]),
        "date_modify": _plain_time(data["date_modified"]),
        "date_publish": _plain_time(data["date_published"]),
        "description": data["subtitle"],
        "filename": None,
        "image_url": images[0]["url"] if images else None,
        "language": (data["language"] or "").partition("-")[0] or None,
        "localpath": None,
        "maintext": data["text"],
        "source_domain": publisher["domain"] if publisher else None,
        "title": data["title"],
        "title_page": None,
        "title_rss": None,
        "url": data["url"],
    }


def _plain_time(time: str | None) -> str | None:
    """2026-11-18T10:17:00+08:00 becomes 2026-11-18 10:17:00; a day alone begins at midnight, as it does there."""
    return datetime.fromisoformat(time).strftime("%Y-%m-%d %H:%M:%S") if time else None
