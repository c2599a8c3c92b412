"""Named places where a test may kill the process, to prove that the next start puts things right.

Off unless ``SCRAPER_CRASH_AT`` is set to ``NAME`` or ``NAME:N``: the process then kills itself with SIGKILL when it
reaches that place for the N-th time. The names are `POINTS`.
"""

from __future__ import annotations

import os
import signal

POINTS = (
    "open.locked",
    "recover.cut",
    "recover.done",
    "archive.rotated",
    "archive.created",
    "archive.written",
    "archive.synced",
    "articles.written",
    "articles.synced",
    "problems.written",
    "problems.synced",
    "changes.written",
    "changes.synced",
    "commit.before",
    "commit.after",
    "profile.written",
    "profile.renamed",
    "manifest.written",
    "manifest.renamed",
)

_name, _, _count = os.environ.get("SCRAPER_CRASH_AT", "").partition(":")
_left = int(_count or 1)


def reach(name: str) -> None:
    """Say that a named place is reached."""
    global _left
    if name != _name:
        return
    _left -= 1
    if _left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
