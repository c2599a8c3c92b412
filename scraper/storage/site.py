"""A site is a folder: where each of its files stands, and the lock that lets one run at a time work on it."""

from __future__ import annotations

import fcntl
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import orjson

from scraper.ledger.errors import LockedError, StorageError

ARTICLES = "articles.jsonl"
PROBLEMS = "problems.jsonl"
CHANGES = "changes.jsonl"
ARCHIVE = "archive"

MIN_FREE_BYTES = 500_000_000
MIN_FREE_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class SiteFolder:
    """The paths of one site: a folder that is complete in itself and may be moved."""

    path: Path

    @property
    def articles(self) -> Path:
        """Append-only; one record a line; a new version of an article is a new line."""
        return self.path / ARTICLES

    @property
    def problems(self) -> Path:
        """Append-only; one address a line that gave no article though it should have."""
        return self.path / PROBLEMS

    @property
    def changes(self) -> Path:
        """Append-only; one line for each new version, loss and return of an article that is stored."""
        return self.path / CHANGES

    @property
    def archive(self) -> Path:
        """Folder of the WARC files."""
        return self.path / ARCHIVE

    @property
    def ledger(self) -> Path:
        """The authority on what is done."""
        return self.path / "ledger.sqlite"

    @property
    def lock(self) -> Path:
        """Held by the run that works here; its content says who."""
        return self.path / "ledger.lock"

    @property
    def profile(self) -> Path:
        """What was learned about the site, and what a person wrote down of it."""
        return self.path / "profile.toml"

    def run(self, name: str) -> Path:
        """Folder of one run: run.json, crawl.log, report.html."""
        return self.path / "runs" / name


class SiteLock:
    """The lock of a site folder, held until `release` or until the process ends, however it ends.

    It is an flock(2): the kernel frees it, so that no stale lock is left behind. It holds on one machine; on a
    network file system it may not hold at all.

    Raises:
        LockedError: another run holds it.
        StorageError: the folder cannot be written.
    """

    def __init__(self, path: Path, started: str) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StorageError.of("open", path, error) from error
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._fd)
            raise LockedError(path, _describe_holder(path)) from error
        try:
            os.ftruncate(self._fd, 0)
            os.pwrite(self._fd, orjson.dumps({"pid": os.getpid(), "started": started}), 0)
        except OSError as error:
            os.close(self._fd)
            raise StorageError.of("write", path, error) from error

    def release(self) -> None:
        """Let the next run in."""
        os.close(self._fd)


def _describe_holder(path: Path) -> str:
    try:
        holder = orjson.loads(path.read_bytes())
        return f"process {holder['pid']}, since {holder['started']}"
    except (OSError, ValueError, KeyError, TypeError):
        # The other run may be about to write it.
        return "it has just begun"


def require_space(path: Path, min_free_bytes: int | None = None) -> None:
    """Raise `StorageError` where the disk is nearly full: a run stops before it is full.

    Args:
        path: an existing folder on the disk in question.
        min_free_bytes: what must be free; by default 500 MB, or 5 % of a disk smaller than 10 GB.
    """
    usage = shutil.disk_usage(path)
    needed = min(MIN_FREE_BYTES, int(usage.total * MIN_FREE_SHARE)) if min_free_bytes is None else min_free_bytes
    if usage.free < needed:
        found = f"{usage.free // 1_000_000} MB are free, {needed // 1_000_000} MB must stay free"
        raise StorageError("go on writing to", path, found, "make room, then run the same command again")
