"""How a site stands: its last run, when the next is due, whether it is as usual."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from scraper.ledger.runs import last_run
from scraper.report.drift import list_templates
from scraper.report.gates import MIN_SAMPLES, cut_samples
from scraper.report.history import Harvested, Run, load_runs
from scraper.storage.site import SiteFolder

SLACK = 0.1
"""Share of the interval by which a site may be early: a timer that fires each six hours never fires to the second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How a site stands."""

    site: str
    folder: Path
    state: str
    """never: not harvested yet; running; killed: the last run left no manifest; ended."""
    started: datetime | None
    """Of the last run."""
    every: timedelta | None
    """How often it is to be harvested; None where that is not known."""
    articles: int
    """Records in articles.jsonl, all versions."""
    run: Run | None
    """The newest run that left a manifest."""
    samples: int
    """Portions of history that a run is compared with."""

    @property
    def exit_code(self) -> int | None:
        """Of the last run; None where it has none."""
        return self.run.exit_code if self.run is not None and self.state == "ended" else None

    @property
    def health(self) -> str:
        """Whether the last run was as usual: ok, ``learning`` with too little history to say, or the gates it broke,
        ``templates`` also where one has stopped matching.
        """
        if self.run is None:
            return ""
        gates = [breach["gate"] for breach in self.run.breaches]
        if "templates" not in gates and any(one["stopped_on"] for one in list_templates(self.run)):
            gates.append("templates")
        if gates:
            return ", ".join(gates)
        return "ok" if self.samples >= MIN_SAMPLES else "learning"

    @property
    def due(self) -> datetime | None:
        """When it is to be harvested again; None where that is not known, or it was never harvested.

        A run that was cut or failed, or left something, makes it due at once.
        """
        if self.started is None or self.every is None:
            return None
        code = self.exit_code
        has_left = code == 1 and self.run is not None and self.run.left > 0
        is_cut = self.state == "killed" or has_left or code not in (None, 0, 1)
        return self.started if is_cut else self.started + self.every

    def is_due(self, now: datetime) -> bool:
        """Whether its time has come, or is about to."""
        return self.due is None or self.every is None or now >= self.due - self.every * SLACK

    def to_dict(self) -> dict[str, Any]:
        """For JSON: times in RFC 3339, null for what is not known."""
        run = self.run
        brought = run.harvested if run else Harvested()
        return {
            "site": self.site,
            "folder": str(self.folder),
            "state": self.state,
            "last_run": self.started,
            "next_due": self.due,
            "exit_code": self.exit_code,
            "exit_reason": run and run.exit_reason,
            "seconds": run and run.seconds,
            "new": run and brought.new,
            "changed": run and brought.changed,
            "gone": run and brought.gone,
            "failed": run and brought.problems,
            "left": run and run.left,
            "articles": self.articles,
            "health": self.health or None,
            "breaches": run.breaches if run else [],
            "templates": run.manifest.get("templates", []) if run else [],
        }


def read_status(path: Path, *, name: str | None = None, every: timedelta | None = None) -> Status:
    """How the site of a folder stands; the folder need not exist.

    Args:
        path: the site folder.
        name: what the site is called; by default as its folder.
        every: how often it is to be harvested.

    Raises:
        StorageError: its ledger cannot be read.
    """
    folder = SiteFolder(path)
    last = last_run(folder.ledger) if folder.ledger.exists() else None
    runs = load_runs(path)
    run = runs[-1] if runs else None
    if last is None:
        state = "never"
    elif last.ended is not None or (run and run.name == last.name):
        state = "ended"
    else:
        state = "running" if _is_held(folder.lock) else "killed"
    files = {file["name"]: file for file in run.manifest["files"]} if run else {}
    return Status(
        site=name or path.name,
        folder=path,
        state=state,
        started=last.started if last else None,
        every=every,
        articles=files.get("articles.jsonl", {}).get("lines", 0),
        run=run,
        samples=sum(1 for _ in cut_samples(runs[:-1])),
    )


def _is_held(lock: Path) -> bool:
    """Whether the process that took the lock last is alive. To try the lock itself could keep a run from starting."""
    try:
        os.kill(orjson.loads(lock.read_bytes())["pid"], 0)
    except PermissionError:
        return True  # it is somebody else's
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return True
