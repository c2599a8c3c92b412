"""`scraper sources`: where the articles of a site are looked for."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scraper.cli.exits import CommandError, Exit
from scraper.cli.folders import OutputOption, named_places

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
    for folder in named_places(site, output):
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
    shown = first[:MAX_SHOWN]
    rows = [("kind", "found by", "what it has", "address")]
    rows += [(source.kind, source.via, describe_source(source, time.time()), source.url) for source in shown]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    styles = ["dim", *("" if source.is_used else "dim" for source in shown)]
    console.rule(Text(folder.name, style="bold"), align="left", style="dim")
    for (*cells, address), style in zip(rows, styles, strict=True):
        # The address is last and never wrapped, to be copied.
        line = "".join(cell.ljust(width + 2) for cell, width in zip(cells, widths, strict=False))
        console.print(Text(line + address, style), soft_wrap=True)
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
