"""`scraper schedule`: what cron or systemd needs to harvest a collection again and again."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Scheduler(StrEnum):
    """Who starts the harvests."""

    CRON = "cron"
    SYSTEMD = "systemd"


def schedule(
    scheduler: Annotated[Scheduler, typer.Argument(metavar="cron|systemd", hidden=True)],
    sites: Annotated[Path, typer.Argument(metavar="SITES.TOML", hidden=True)],
    options: Annotated[list[str] | None, typer.Argument(metavar="-- OPTION", hidden=True)] = None,
    every: Annotated[
        str, typer.Option(metavar="TIME", help="How often: 15m, 30m, 1h, 2h, 3h, 4h, 6h, 8h, 12h, 1d or 1w.")
    ] = "6h",
    write_to: Annotated[
        Path | None, typer.Option("--write-to", metavar="DIR", help="For systemd: write the two units there.")
    ] = None,
) -> int:
    """Print what cron or systemd needs to harvest regularly.

    SITES.TOML is the collection, and what stands behind -- are options of `scraper harvest`. All paths are absolute,
    the minute is one of the collection's own, and how to install it stands in front. A start that finds a harvest
    still at work ends at once with 75. Nothing is installed by this command.

    \b
      scraper schedule cron sites.toml --every 6h
      scraper schedule cron sites.toml --every 1d -- --jobs 4 --metrics news.prom
      scraper schedule systemd sites.toml --write-to ~/.config/systemd/user
    """
    from scraper.cli import timetables
    from scraper.cli.collection import load_collection, parse_interval

    collection = load_collection(sites)
    collection.pick(_check(sites, options or []))
    try:
        timetable = timetables.Timetable(collection, timetables.Interval(parse_interval(every)), options or [])
    except ValueError as error:
        raise typer.BadParameter(f"--every {every}: {error}") from error
    if scheduler is Scheduler.CRON:
        print(timetable.crontab(), end="")
    elif write_to is None:
        for name, unit in timetable.units().items():
            print(f"# ----- {name} -----\n{unit}")
    else:
        write_to.mkdir(parents=True, exist_ok=True)
        for name, unit in timetable.units().items():
            (write_to / name).write_text(unit, encoding="utf-8")
            print(write_to / name)
    return 0


def _check(sites: Path, options: list[str]) -> list[str]:
    """The sites that options of `scraper harvest` name; a mistake in them is told now, and not at night in a log.

    Raises:
        typer.TyperException: harvest has no such option, or not with this value.
    """
    from typer.main import get_command

    from scraper.cli.harvest import harvest

    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command()(harvest)
    with get_command(alone).make_context("scraper harvest", [str(sites), *options]) as parsed:
        return list(parsed.params["only"] or ())
