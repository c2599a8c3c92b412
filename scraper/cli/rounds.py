"""One round over the sites of a collection: who is due, what came of each, who is told."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scraper.cli.children import Children, Ended
from scraper.cli.collection import Collection, Site
from scraper.cli.exits import BY_WEIGHT, CommandError, Exit, worst
from scraper.cli.notices import notify as run_notice
from scraper.cli.notices import post
from scraper.ledger import LockedError, SiteError
from scraper.report.metrics import write_metrics
from scraper.report.status import Status, read_status
from scraper.rfc3339 import to_text
from scraper.storage.site import SiteLock


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What came of one site."""

    site: Site
    code: Exit
    said: str
    seconds: float
    status: Status | None
    """None where the site could not even be looked at."""
    has_run: bool
    """Whether it left the manifest of a run of its own."""

    def line(self) -> str:
        """80 columns for the terminal and the log."""
        counts = ""
        if self.has_run and self.status is not None and self.status.run is not None:
            brought = self.status.run.harvested
            counts = (
                f"{brought.new:>6} new {brought.changed:>3} changed {brought.gone:>3} gone {brought.problems:>3} failed"
            )
        return f"{self.site.name[:20]:<20} {self.code.word:<8} {counts:<42} {_time(self.seconds):>6}".rstrip()

    def to_dict(self) -> dict[str, Any]:
        """For the webhook."""
        facts = self.status.to_dict() if self.status is not None and self.has_run else {}
        return {**facts, "site": self.site.name, "exit_code": int(self.code), "sentence": self.said or None}


def go_round(
    collection: Collection,
    only: list[str],
    jobs: int | None = None,
    *,
    notify: str | None = None,
    webhook: str | None = None,
    metrics: Path | None = None,
) -> Exit:
    """Harvest the sites that are due, and say what came of it.

    Args:
        collection: what there is.
        only: names of the sites to take, due or not; empty for all that are due.
        jobs: sites at a time; None for what the collection says.
        notify: shell command that is told when something needs a look.
        webhook: address that is told then.
        metrics: file for Prometheus.

    Returns:
        The worst exit code of the sites.

    Raises:
        CommandError: a harvest of the collection is at work; a site is not known; the output cannot be written.
    """
    sites = collection.pick(only)
    started = datetime.now(UTC)
    lock = _lock(collection, started)
    try:
        due = [site for site in sites if only or _is_due(site, started)]
        for site in sites:
            if site not in due:
                print(f"{site.name[:20]:<20} not due yet")
        children = Children(str(collection.output), jobs or collection.jobs)
        visits = []
        for ended in children.run(due):
            visits.append(visit := _look(ended, started))
            print(visit.line(), flush=True)
        codes = [visit.code for visit in visits]
        if children.stopped_by is not None:
            codes.append(Exit(128 + children.stopped_by))
        code = worst(codes)
        text = _sum_up(visits, len(due) - len(visits), len(sites) - len(due), datetime.now(UTC) - started)
        print(text, flush=True)
        sentences = [f"{visit.site.name}: {visit.said}" for visit in visits if visit.said]
        for sentence in sentences:
            print(f"scraper: {sentence}", file=sys.stderr)
        if metrics is not None:
            _write_metrics(metrics, collection.sites)
        if code is not Exit.OK:
            facts = {
                "collection": str(collection.path),
                "started": started,
                "exit_code": int(code),
                "meaning": code.describe,
                "sites": [visit.to_dict() for visit in visits],
            }
            _tell(notify, webhook, "\n".join([*sentences, text]) + "\n", facts)
        return code
    finally:
        lock.release()


def _lock(collection: Collection, started: datetime) -> SiteLock:
    path = collection.output / f".{collection.path.stem}.lock"
    try:
        return SiteLock(path, to_text(started))
    except LockedError as error:
        holder = str(error).partition("(")[2].partition(")")[0]
        sentence = f"another harvest of {collection.path} is at work ({holder}); the next one takes what it leaves"
        raise CommandError(Exit.LOCKED, sentence) from error
    except SiteError as error:
        raise CommandError(Exit.IO, str(error)) from error


def _is_due(site: Site, now: datetime) -> bool:
    try:
        return read_status(site.folder, every=site.every).is_due(now)
    except SiteError:
        return True  # its crawl finds out, and says what to do


def _look(ended: Ended, began: datetime) -> Visit:
    code = worst([ended.code])
    said = ended.said
    if ended.code < 0:
        said = f"its process was killed by signal {-ended.code}; what it had is kept, the next harvest goes on"
    elif code is not Exit.OK and not said:
        said = code.describe
    try:
        status = read_status(ended.site.folder, name=ended.site.name, every=ended.site.every)
    except SiteError:
        status = None
    # A site that was locked shows the runs of others.
    has_run = bool(status and status.run and status.run.started >= began.replace(microsecond=0)) and code != Exit.LOCKED
    return Visit(site=ended.site, code=code, said=said, seconds=ended.seconds, status=status, has_run=has_run)


def _sum_up(visits: list[Visit], not_begun: int, not_due: int, took: Any) -> str:
    counts = Counter(visit.code for visit in visits)
    parts = [f"{counts[code]} {code.word}" for code in BY_WEIGHT if counts[code]]
    if not_begun:
        parts.append(f"{not_begun} not begun")
    if not_due:
        parts.append(f"{not_due} not due")
    runs = [visit.status.run for visit in visits if visit.has_run and visit.status and visit.status.run]
    new, changed = sum(run.harvested.new for run in runs), sum(run.harvested.changed for run in runs)
    total = len(visits) + not_begun + not_due
    number = f"{total} site{'s' if total != 1 else ''} in {_time(took.total_seconds())}"
    return f"{number}: {', '.join(parts)}; {new} new articles, {changed} changed"


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 600 else f"{seconds / 60:.0f} min"


def _write_metrics(path: Path, sites: Iterable[Site]) -> None:
    statuses = []
    for site in sites:
        try:
            statuses.append(read_status(site.folder, name=site.name, every=site.every))
        except SiteError as error:
            print(f"scraper: {site.name} has no figures: {error}", file=sys.stderr)
    try:
        write_metrics(path, statuses)
    except OSError as error:
        print(f"scraper: {path} cannot be written: {error.strerror}", file=sys.stderr)


def _tell(notify: str | None, webhook: str | None, text: str, facts: dict[str, Any]) -> None:
    failures = [run_notice(notify, text) if notify else None, post(webhook, facts) if webhook else None]
    for failure in failures:
        if failure is not None:
            print(f"scraper: {failure}", file=sys.stderr)
