"""What can go wrong with the data of a site.

SiteError
├── LockedError       another run is at work there
└── StorageError      it cannot be read or written: disk full, I/O error
    └── DamagedError  a file is shorter than the ledger says
"""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path


class SiteError(Exception):
    """One sentence for people: what was found, what was expected, what to do."""


class LockedError(SiteError):
    """Another run holds the lock of the site folder."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(f"{path.parent} is in use by another run ({holder}); wait until it ends, or stop it")
        self.path = path


class StorageError(SiteError):
    """Something could not be read or written; what is committed is whole."""

    def __init__(self, action: str, path: Path, cause: str, advice: str = "run the same command again") -> None:
        super().__init__(f"cannot {action} {path}: {cause}; {advice}")
        self.action = action
        self.path = path

    @classmethod
    def of(cls, action: str, path: Path, error: OSError | sqlite3.Error) -> StorageError:
        """The error of the operating system or of SQLite, in words."""
        number = error.errno if isinstance(error, OSError) else None
        full = number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) or "full" in str(error)
        advice = (
            "make room, then run the same command again"
            if full
            else "look at the disk, then run the same command again"
        )
        return cls(action, path, error.strerror or str(error) if isinstance(error, OSError) else str(error), advice)


class DamagedError(StorageError):
    """A file lost bytes that were committed."""
