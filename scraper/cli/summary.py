"""The table at the end of a run, and where to look next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from scraper.cli.running import CrawlResult
from scraper.report.tally import SHOWN_FIELDS, Tally

WIDTH = 80

BAR_CHARS = 20

COUNTS_CHARS = WIDTH - len("other pages") - 4


def print_summary(done: CrawlResult, in_file: int) -> None:
    """Print what a run did, 80 columns wide, to stdout.

    Args:
        done: a run that had a folder.
        in_file: records in articles.jsonl now.
    """
    assert done.folder is not None
    tally = done.tally
    console = Console(width=WIDTH, highlight=False)
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    table.add_row("articles", _articles(done, in_file))
    table.add_row("pages", f"{tally.addresses} in {done.seconds:.0f} s")
    if tally.dates:
        table.add_row("dates", f"{tally.dates[0]} to {tally.dates[1]}")
    if tally.articles:
        table.add_row("fields", _shares(tally))
    if done.templates:
        table.add_row("templates", "\n".join(done.templates))
    problems = tally.problems
    table.add_row("other pages", _counts({**tally.sources, **(tally.reasons - problems)}))
    table.add_row("problems", Text(_counts(problems), style="yellow" if problems else ""))
    console.print()
    console.rule(Text(done.folder.name, style="bold"), align="left", style="dim")
    console.print(table)
    console.print()
    console.print("Look next:", style="bold")
    for line in _next_steps(done.folder, in_file, bool(problems), done.log):
        console.print(f"  {line}", soft_wrap=True)


def _articles(done: CrawlResult, in_file: int) -> str:
    tally = done.tally
    counts = [f"{tally.articles - tally.changed} new"]
    if tally.changed:
        counts.append(f"{tally.changed} changed")
    if tally.withdrawn:
        counts.append(f"{tally.withdrawn} gone")
    if tally.returned:
        counts.append(f"{tally.returned} back again")
    if tally.repeated:
        counts.append(f"{tally.repeated} with the text of another")
    return f"{', '.join(counts)}; {in_file} in the file"


def _shares(tally: Tally) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    for name in SHOWN_FIELDS:
        share = tally.filled[name] / tally.articles
        full = round(share * BAR_CHARS)
        bar = Text("█" * full, style="green") + Text("░" * (BAR_CHARS - full), style="dim")
        grid.add_row(name, bar, f"{share:4.0%}", f"{tally.filled[name]:>6}")
    return grid


def _counts(counts: Mapping[Any, int]) -> str:
    """The largest counts, as many as stand in one line beside the names; how many are behind them."""
    parts = [f"{count} {name}" for name, count in Counter(+Counter(counts)).most_common()]
    shown = len(parts)
    while (line := _join(parts, shown)) and len(line) > COUNTS_CHARS and shown > 1:
        shown -= 1
    return line or "none"


def _join(parts: list[str], shown: int) -> str:
    others = sum(int(part.partition(" ")[0]) for part in parts[shown:])
    return ", ".join([*parts[:shown], f"{others} others"] if others else parts)


def _next_steps(folder: Path, in_file: int, has_problems: bool, log: Path | None) -> list[str]:
    steps = []
    if in_file:
        steps.append(f"head -n 1 {folder}/articles.jsonl | python3 -m json.tool --no-ensure-ascii")
    if has_problems:
        steps.append(f"less {folder}/problems.jsonl")
    if log is not None:
        steps.append(f"less {log}")
    return steps
