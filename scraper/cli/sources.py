"""`scraper sources`: where the articles of a site are looked for."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scraper.cli.exits import CommandError, Exit
from scraper.cli.folders import OutputOption

if TYPE_CHECKING:
    from scraper.ledger.sources import Source

WIDTH = 80
MAX_SHOWN = 40
MAX_ASKED = 60
"""Sources that are looked at for a site that is not harvested yet; an index may name thousands of sitemaps."""


def sources(
    site: Annotated[str, typer.Argument(metavar="URL|SITE", hidden=True)],
    output: OutputOption = Path("output"),
    allow_host: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="A further host of the site; may be repeated.")
    ] = None,
) -> int:
    """Show where the articles of a site are looked for.

    What was found, and what is used. Where SITE is a folder in DIR, or its path, the ledger tells, without any request.
    For another site its robots.txt, home page, sitemaps and feeds are asked, and nothing is kept.

    \b
      scraper sources https://www.example.com/
      scraper sources www.example.com

    A profile adds to them with the keys sitemaps, feeds and listings. Exit code 69: nothing could be reached.
    """
    for folder in (output / site, Path(site)):
        if (folder / "ledger.sqlite").exists():
            return _show(folder, sections=None)
    return _look_up(site, ",".join(allow_host or []))


def _look_up(site: str, allow_host: str) -> int:
    from scraper.cli.running import run_crawl
    from scraper.cli.verdict import judge

    with tempfile.TemporaryDirectory(prefix="scraper-sources-") as folder:
        settings = {"OUTPUT_DIR": folder, "CLOSESPIDER_PAGECOUNT": MAX_ASKED}
        hosts = {"allow_host": allow_host} if allow_host else {}
        done = run_crawl(site, settings, True, url=site, archive="0", only_sources="1", **hosts)
        if done.folder is None or done.failure is not None or done.tally.nothing_reached:
            code, sentence = judge(site, done)
            raise CommandError(code, sentence or f"nothing of {site} could be reached")
        from scraper.discovery.listings import PRIORITY

        return _show(done.folder, sections=PRIORITY["section"])


def _show(folder: Path, sections: int | None) -> int:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from scraper.ledger import Ledger
    from scraper.ledger.sources import count_sections, read_sources

    ledger = Ledger(folder / "ledger.sqlite")
    try:
        found = read_sources(ledger)
        waiting = count_sections(ledger, sections) if sections is not None else 0
    finally:
        ledger.close()
    first = [source for source in found if not source.is_later]
    console = Console(width=WIDTH, highlight=False)
    table = Table(show_header=True, box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("kind", no_wrap=True)
    table.add_column("found by", no_wrap=True)
    table.add_column("address", overflow="fold", ratio=1)
    table.add_column("what it has", no_wrap=True)
    for source in first[:MAX_SHOWN]:
        style = "" if source.is_used else "dim"
        words = describe_source(source, time.time())
        table.add_row(source.kind, source.via, Text(source.url), words, style=style)
    console.rule(Text(folder.name, style="bold"), align="left", style="dim")
    console.print(table)
    if len(first) > MAX_SHOWN:
        console.print(f"… and {len(first) - MAX_SHOWN} more")
    if waiting:
        console.print(f"{waiting} sections of the home page, which a crawl looks through")
    if later := len(found) - len(first):
        console.print(f"{later} later pages and old editions, asked where a page before them brings something new")
    return Exit.OK


def describe_source(source: Source, now: float) -> str:
    """What a source has, or why it is not used, in a few words.

    Args:
        source: as the ledger knows it.
        now: POSIX seconds.
    """
    if source.state == "new":
        return "not asked yet"
    if source.state != "done":
        return source.reason or source.state
    if source.detail and source.detail.startswith("status") and source.listed is None:
        return f"not there ({source.detail.removeprefix('status ')})"
    if source.listed is None:
        return "not changed" if source.asked_at else "leads elsewhere"
    lists = f"lists {source.listed}" if source.listed else "lists nothing"
    resting = source.rest_s and source.asked_at and source.asked_at + source.rest_s > now
    return f"{lists}, rests {_span(source.rest_s)}" if resting and source.rest_s else lists


def _span(seconds: float) -> str:
    if seconds < 7200:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.0f} h" if seconds < 172_800 else f"{seconds / 86_400:.0f} d"
