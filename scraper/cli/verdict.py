"""What came of a crawl, as an exit code, and as a sentence where it was not well."""

from __future__ import annotations

import signal
from collections import Counter
from pathlib import Path

from scraper.cli.exits import CommandError, Exit
from scraper.cli.harvest import Harvest
from scraper.cli.tally import Tally
from scraper.ledger import DamagedError, LockedError, SiteError
from scraper.profiles.loader import ProfileError


def conclude(site: str, done: Harvest) -> Exit:
    """The exit code of a crawl that was well or was stopped by a signal.

    Raises:
        CommandError: it failed, or found nothing; with the sentence for the user.
    """
    if done.failure is not None:
        raise _as_command_error(done.failure, done.log) from done.failure
    if done.stopped_by is not None:
        return Exit.INTERRUPTED if done.stopped_by == signal.SIGINT else Exit.TERMINATED
    if done.tally.nothing_reached:
        raise CommandError(Exit.UNREACHABLE, f"nothing of {site} could be reached: {_why(done.tally)}")
    log = f"; see {done.log}" if done.log else ""
    if done.folder is None or not records_in(done.folder):
        raise CommandError(Exit.LOOK, f"no article found on {site}: {_why(done.tally)}{log}")
    if left := len(done.tally.postponed):
        addresses = "1 address" if left == 1 else f"{left} addresses"
        raise CommandError(Exit.LOOK, f"{addresses} of {site} did not answer and are left to the next run{log}")
    return Exit.OK


def records_in(folder: Path) -> int:
    """Lines of articles.jsonl; 0 where there is none."""
    try:
        with (folder / "articles.jsonl").open("rb") as file:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
    except FileNotFoundError:
        return 0


def _why(tally: Tally) -> str:
    tried = tally.addresses + len(tally.postponed)
    reasons = tally.reasons + Counter(tally.postponed.values())
    if tried == 1 and tally.first is not None:
        reason, detail = tally.first
        return f"{reason.describe} ({detail})" if detail else reason.describe
    if not reasons:
        return "there are only lists" if tried else "there was no page to read"
    reason, count = reasons.most_common(1)[0]
    return f"{tried} pages, {count} times {reason} ({reason.describe})"


def _as_command_error(failure: Exception, log: Path | None) -> CommandError:
    code = Exit.UNBALANCED
    if isinstance(failure, LockedError):
        code = Exit.LOCKED
    elif isinstance(failure, DamagedError):
        code = Exit.UNBALANCED
    elif isinstance(failure, (SiteError, OSError)):
        code = Exit.IO
    elif isinstance(failure, (ProfileError, ImportError)):
        code = Exit.CONFIG
    elif isinstance(failure, ValueError):
        code = Exit.USAGE
    else:
        where = f"; the log {log} has the details" if log else ""
        return CommandError(code, f"the program failed: {type(failure).__name__}: {failure}{where}")
    return CommandError(code, str(failure))
