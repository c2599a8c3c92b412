"""What came of a crawl, as an exit code, and as a sentence where it was not well."""

from __future__ import annotations

import re
import signal
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from scraper.cli.exits import Exit
from scraper.ledger import LockedError, SiteError
from scraper.profiles.loader import ProfileError
from scraper.report.tally import Tally

if TYPE_CHECKING:
    from scraper.cli.running import CrawlResult


def judge(site: str, done: CrawlResult) -> tuple[Exit, str | None]:
    """The exit code of a crawl, and the sentence for the user where something was not well."""
    if done.failure is not None:
        return _judge_failure(done.failure, done.log)
    if done.faults:
        return Exit.UNBALANCED, f"the books of {site} do not balance: {done.faults[0]}; look with `scraper verify`"
    if done.stopped_by is not None:
        return Exit.INTERRUPTED if done.stopped_by == signal.SIGINT else Exit.TERMINATED, None
    if done.tally.nothing_reached:
        return Exit.UNREACHABLE, f"nothing of {site} could be reached: {_why(done.tally)}"
    log = f"; see {done.log}" if done.log else ""
    if done.folder is None or not records_in(done.folder):
        return Exit.LOOK, f"no article found on {site}: {_why(done.tally)}{log}"
    if done.breaches:
        more = f" (and {len(done.breaches) - 1} more)" if len(done.breaches) > 1 else ""
        return Exit.LOOK, f"{site} is not as usual: {done.breaches[0]}{more}; see `scraper report {done.folder}`"
    if done.left:
        addresses = "1 address" if done.left == 1 else f"{done.left} addresses"
        return Exit.LOOK, f"{addresses} of {site} could not be asked yet and are left to the next run{log}"
    return Exit.OK, None


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
        # The name of an exception says nothing to who reads the sentence; problems.jsonl has it.
        said = re.sub(r"^\w+Error: ", "", detail or "").rstrip(".")
        return f"{reason.describe} ({said})" if said else reason.describe
    if not reasons:
        return "there are only lists" if tried else "there was no page to read"
    reason, count = reasons.most_common(1)[0]
    return f"{tried} pages, {count} times {reason} ({reason.describe})"


def _judge_failure(failure: Exception, log: Path | None) -> tuple[Exit, str]:
    if isinstance(failure, LockedError):
        return Exit.LOCKED, str(failure)
    if isinstance(failure, (SiteError, OSError)):
        return Exit.IO, str(failure)
    if isinstance(failure, (ProfileError, ImportError)):
        return Exit.CONFIG, str(failure)
    if isinstance(failure, ValueError):
        return Exit.USAGE, str(failure)
    where = f"; {log} has the details" if log else ""
    return Exit.UNBALANCED, f"the program failed: {type(failure).__name__}: {failure}{where}"
