"""Progress of a run on stderr: a bar on a terminal, a line every few seconds elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from scraper.report.tally import Tally

LINE_EVERY_S = 5.0
"""Seconds between two lines where stderr is no terminal: a file or a journal should stay short."""

SHOW_EVERY_S = 1.0
"""Seconds between two looks at the ledger; to count what waits takes a moment at a large site."""

Show = Callable[[int], None]
"""Called often, with the number of addresses that still wait."""


@contextmanager
def shown_progress(name: str, tally: Tally, quiet: bool) -> Iterator[Show]:
    """A function that shows how far the run is; what it shows ends with the block."""
    if quiet:
        yield lambda waiting: None
    elif sys.stderr.isatty():
        with _bar(name, tally) as show:
            yield show
    else:
        yield _lines(name, tally)


@contextmanager
def _bar(name: str, tally: Tally) -> Iterator[Show]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("[bold]{task.description}"),
        BarColumn(bar_width=None),
        TextColumn("{task.fields[counts]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, expand=True) as progress:
        task = progress.add_task(name, total=None, counts="starting")

        def show(waiting: int) -> None:
            total = tally.addresses + waiting
            progress.update(task, completed=tally.addresses, total=total or None, counts=_counts(tally, waiting))

        yield show


def _lines(name: str, tally: Tally) -> Show:
    started = said = time.monotonic()

    def show(waiting: int) -> None:
        nonlocal said
        now = time.monotonic()
        if now - said >= LINE_EVERY_S:
            said = now
            print(f"{name}: {now - started:.0f} s, {_counts(tally, waiting)}", file=sys.stderr, flush=True)

    return show


def _counts(tally: Tally, waiting: int) -> str:
    problems = tally.problems.total()
    parts = [f"{tally.articles} articles", f"{tally.addresses}/{tally.addresses + waiting} pages"]
    if problems:
        parts.append(f"{problems} problem{'s' if problems > 1 else ''}")
    return ", ".join(parts)
