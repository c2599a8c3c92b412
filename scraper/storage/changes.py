"""What happened to articles that are stored: one line of ``changes.jsonl`` for each new version, loss and return."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from scraper.article import Article
from scraper.ledger import Ledger
from scraper.outcome import PageOutcome, Turn
from scraper.rfc3339 import to_text
from scraper.storage.appending import AppendFile
from scraper.storage.site import SiteFolder

OF_A_VERSION = frozenset(
    {"requested_url", "version", "previous_hash", "text_hash", "duplicate_of", "evidence", "crawl", "site_records"}
)
"""Keys of a record that differ, or may differ, without the article saying anything else."""


def changed_fields(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Keys of a record in which two versions differ, in the order of the record; bookkeeping is left out."""
    return [name for name in after if name not in OF_A_VERSION and before.get(name) != after[name]]


def moment_of(outcome: PageOutcome) -> float:
    """When an outcome was had, in POSIX seconds: the time of its last answer, else now."""
    if outcome.exchanges:
        return datetime.fromisoformat(outcome.exchanges[-1].fetched_at).timestamp()
    return datetime.now(UTC).timestamp()


class Changes:
    """Writes the changes of one run, within the commits of the store.

    Args:
        file: ``changes.jsonl``.
        articles: ``articles.jsonl``, where the version before is looked up.
        run: name of the run.
    """

    def __init__(self, folder: SiteFolder, file: AppendFile, articles: AppendFile, ledger: Ledger, run: str) -> None:
        self._folder = folder
        self._file = file
        self._articles = articles
        self._ledger = ledger
        self._run = run

    def stage_turn(self, outcome: PageOutcome, at: float) -> None:
        """Within a transaction, before the outcome is settled: note that the article went away or came back."""
        turn, article_id = self._ledger.turn(outcome, at)
        if turn is None or article_id is None:
            return
        known = self._ledger.known(article_id)
        self._stage(
            outcome,
            turn,
            at,
            article_id,
            version=known.version if known else None,
            text_hash=known.text_hash if known else None,
            detail=outcome.detail,
        )

    def stage_version(self, outcome: PageOutcome, article: Article, at: float) -> None:
        """Within a transaction, before the line of an article is staged: note a version that is not the first."""
        if article.version > 1:
            self._stage(
                outcome,
                "version",
                at,
                article.id,
                version=article.version,
                fields=changed_fields(self._version_before(article), article.to_dict()),
                text_hash=article.text_hash,
                previous_hash=article.previous_hash,
            )

    def _version_before(self, article: Article) -> dict[str, Any]:
        offset = self._ledger.line_at(article.id, article.version - 1)
        if offset is None:
            self._ledger.place_lines(line_offsets(self._folder.articles))
            offset = self._ledger.line_at(article.id, article.version - 1)
        assert offset is not None
        record: dict[str, Any] = orjson.loads(self._articles.read_line(offset))
        return record

    def _stage(self, outcome: PageOutcome, turn: Turn, at: float, article_id: str, **facts: Any) -> None:
        outcome.turns.append(turn)
        line: dict[str, Any] = {
            "id": article_id,
            "url": outcome.url,
            "what": turn,
            "at": to_text(datetime.fromtimestamp(at, UTC)),
            "run": self._run,
            "version": None,
            "fields": [],
            "text_hash": None,
            "previous_hash": None,
            "detail": None,
        }
        self._file.stage(orjson.dumps(line | facts, option=orjson.OPT_APPEND_NEWLINE))


def line_offsets(path: Path) -> list[int]:
    """At which byte each line of a file begins."""
    offsets, end = [], 0
    with path.open("rb") as file:
        for line in file:
            offsets.append(end)
            end += len(line)
    return offsets
