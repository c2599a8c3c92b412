"""The open site folder: what one run writes, and the commit that ties the files to the ledger."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import orjson

from scraper.article import Article
from scraper.discovery.dayrange import DayRange
from scraper.ledger import Ledger, Revisit, StorageError
from scraper.outcome import PageOutcome
from scraper.rfc3339 import to_text
from scraper.storage.appending import AppendFile
from scraper.storage.archive import MAX_FILE_BYTES, Archive
from scraper.storage.books import hash_committed
from scraper.storage.changes import Changes, moment_of
from scraper.storage.crashpoints import reach
from scraper.storage.recovery import open_ledger, recover
from scraper.storage.site import ARTICLES, CHANGES, PROBLEMS, SiteFolder, SiteLock, require_space

logger = logging.getLogger(__name__)

Settle = Callable[[Article, Ledger], bool]
"""Gives an article its version and duplicate_of; False where the text is known and no line is to be written."""


class Store:
    """One run at work on one site folder. Opening takes the lock and puts right what a killed run left.

    A spider carries it as its attribute `store`: the scheduler leases from `store.ledger`, the store pipeline
    commits to it from a thread of its own. Whoever opened it closes it; a commit under way is waited for.

    Args:
        path: the site folder; it is made where it does not exist.
        archive: whether requests, responses and outcomes are kept as WARC.
        run: name of the run; its start in UTC by default.
        scope: what may be taken, see `Ledger.start_run`.
        days: days of publication of what is taken, see `Ledger.start_run`.
        revisit: which articles are asked again, see `Ledger.start_run`.
        revisit_ages_s: at which ages they are due; `scraper.ledger.revisits.DEFAULT_AGES_S` where none are given.
        min_free_bytes: see `require_space`.
        max_warc_bytes: from this length on a WARC file is finished.

    Raises:
        LockedError: another run is at work there.
        DamagedError: a file is shorter than the ledger says, or there is no ledger beside the records.
        StorageError: the folder cannot be written, or its disk is nearly full.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        archive: bool = True,
        run: str | None = None,
        scope: str = "",
        days: DayRange | None = None,
        revisit: Revisit = "due",
        revisit_ages_s: Sequence[float] | None = None,
        min_free_bytes: int | None = None,
        max_warc_bytes: int = MAX_FILE_BYTES,
    ) -> None:
        started = datetime.now(UTC)
        self.folder = SiteFolder(Path(path))
        self.started = to_text(started)
        self.run = run or f"{started:%Y%m%dT%H%M%S}{started.microsecond // 1000:03d}Z"
        """Name of the run and of its folder: 20261123T084200123Z."""
        self.failure: StorageError | None = None
        """What stopped the run, where the disk did."""
        self._is_closed = False
        self._committing = threading.Lock()
        self._min_free_bytes = min_free_bytes
        self._lock = SiteLock(self.folder.lock, self.started)
        reach("open.locked")
        try:
            require_space(self.folder.path, min_free_bytes)
            self.ledger = open_ledger(self.folder)
            recover(self.folder, self.ledger)
            if revisit_ages_s is not None:
                self.ledger.revisit_ages_s = revisit_ages_s
            self.ledger.start_run(self.run, self.started, scope, days or DayRange(), revisit)
            files = self.ledger.files()
            self._articles = AppendFile(self.folder.articles, files[ARTICLES], "articles")
            self._problems = AppendFile(self.folder.problems, files[PROBLEMS], "problems")
            self._changed = AppendFile(self.folder.changes, files[CHANGES], "changes")
        except BaseException:
            self._lock.release()
            raise
        self._archive = Archive(self.folder, self.ledger, self.run, max_warc_bytes) if archive else None
        self._changes = Changes(self.folder, self._changed, self._articles, self.ledger, self.run)
        self.turns: Counter[str] = Counter()
        """What this run brought and is committed: `new` articles, and what a `Turn` says."""

    @property
    def run_folder(self) -> Path:
        """Folder of this run, made where it does not exist: run.json, crawl.log and report.html stand there."""
        path = self.folder.run(self.run)
        path.mkdir(parents=True, exist_ok=True)
        return path

    def commit(self, outcomes: Sequence[PageOutcome], settle: Settle) -> int:
        """Store outcomes durably, all or none of them.

        Records and lines are appended and on the disk before one transaction enters the states of the addresses, the
        addresses found on them and the new lengths of the files. That transaction is the commit point: what a killed
        run wrote before it is cut off at the next start.

        Returns:
            How many lines articles.jsonl grew by.

        Raises:
            StorageError: nothing of it is stored; no further commit is possible in this run.
            Exception: an outcome cannot be stored, such as a text that is no Unicode; nothing of the batch is stored.
        """
        with self._committing:
            return self._commit(outcomes, settle)

    def _commit(self, outcomes: Sequence[PageOutcome], settle: Settle) -> int:
        if self.failure is not None:
            raise self.failure
        try:
            require_space(self.folder.path, self._min_free_bytes)
            if self._archive is not None:
                self._archive.rotate(exchange for outcome in outcomes for exchange in outcome.exchanges)
            with self.ledger.transaction():
                lines = sum(self._stage(outcome, settle) for outcome in outcomes)
                for file in self._files():
                    if file.has_staged:
                        self.ledger.enter_file(file.write())
                reach("commit.before")
            reach("commit.after")
            turns = Counter(turn for outcome in outcomes for turn in outcome.turns)
            self.turns.update(turns)
            self.turns["new"] += lines - turns["version"]
        except StorageError as error:
            self.failure = error
            raise
        finally:
            for file in self._files():
                file.drop()
        return lines

    def _files(self) -> list[AppendFile]:
        return [*(self._archive.open_files if self._archive else ()), self._articles, self._problems, self._changed]

    def _stage(self, outcome: PageOutcome, settle: Settle) -> bool:
        article, at = outcome.article, moment_of(outcome)
        outcome.turns.clear()
        # What an address gave before is nothing new, also where another address gave a newer version of the article.
        if article is not None and (
            self.ledger.gave_text(outcome.url, article.text_hash) or not settle(article, self.ledger)
        ):
            article = None
        self._changes.stage_turn(outcome, at)
        if article is not None:
            self._changes.stage_version(outcome, article, at)
        discovered = self.ledger.settle(outcome, article, at=at, offset=self._articles.end)
        reference = None
        if self._archive is not None:
            reference = self._archive.stage_exchanges(outcome.exchanges)
            self._archive.stage_metadata(outcome, article, discovered, reference)
        if article is not None:
            article.crawl.run, article.crawl.warc = self.run, reference
            self._articles.stage(article.to_json_line())
        if outcome.is_problem:
            self._problems.stage(self._problem_line(outcome))
        return article is not None

    def _problem_line(self, outcome: PageOutcome) -> bytes:
        problem = {
            "url": outcome.url,
            "reason": outcome.reason,
            "detail": outcome.detail,
            "kind": outcome.kind,
            "state": outcome.state,
            "status": outcome.status,
            "run": self.run,
        }
        return orjson.dumps(problem, option=orjson.OPT_APPEND_NEWLINE)

    def seal(self) -> None:
        """Enter the sha256 of each file that has grown; call it when the last commit is done.

        A file that this run began has been hashed while it grew. One that it continued is read once more, which takes a
        second for each 1.6 GB; so not in the event loop.

        Raises:
            StorageError: a file cannot be read; nothing is sealed after a failure either.
        """
        if self.failure is not None:
            return
        for file in self.ledger.files().values():
            if file.sha256 is None:
                path = self.folder.path / file.name
                try:
                    sha256 = hash_committed(path, file.bytes)
                except OSError as error:
                    raise StorageError.of("read", path, error) from error
                with self.ledger.transaction():
                    self.ledger.enter_file(replace(file, sha256=sha256))

    def close(self, exit_reason: str = "finished") -> None:
        """Note how the run ended, close the files and let the next run in; closing twice does no harm.

        What is still leased is asked by the next run.
        """
        with self._committing:
            if self._is_closed:
                return
            self._is_closed = True
            try:
                if self.failure is None:
                    self.ledger.end_run(self.run, datetime.now(UTC).isoformat(timespec="seconds"), exit_reason)
            finally:
                for file in self._files():
                    file.close()
                self.ledger.close()
                self._lock.release()
