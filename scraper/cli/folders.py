"""The folder of a harvested site, as an argument."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from scraper.cli.exits import CommandError, Exit

SiteArgument = Annotated[str, typer.Argument(metavar="SITE", hidden=True)]
SitesArgument = Annotated[list[str], typer.Argument(metavar="SITE", hidden=True)]
OutputOption = Annotated[Path, typer.Option(metavar="DIR", help="Where the folder of each site is.")]


COLLECTION = Path("sites.toml")
"""The collection of the folder in which a command is typed."""


def places(site: str, output: Path) -> Iterator[Path]:
    """Where the folder of a site may be that a user names, the likeliest first: `named_places`, and below `output` that
    of an address or host of the site.
    """
    yield from named_places(site, output)
    from scraper.urls import site_key

    with suppress(ValueError):  # it is neither
        yield output / site_key(site if "://" in site else f"http://{site}/")


def named_places(site: str, output: Path) -> Iterator[Path]:
    """By its name below `output`, by its path, by the site's name in `COLLECTION`."""
    yield output / site
    yield Path(site)
    yield from folder_in_collection(site)


def site_folder(site: str, output: Path) -> Path:
    """The folder that a user means, see `places`.

    Raises:
        CommandError: none of them is a folder with harvested data.
    """
    for folder in places(site, output):
        if (folder / "articles.jsonl").exists() or (folder / "ledger.sqlite").exists():
            return folder
    raise CommandError(Exit.BROKEN_INPUT, f"no harvested site in {output / site} or {site}; name one that was crawled")


def folder_in_collection(site: str) -> Iterator[Path]:
    """The folder of a site by its name in `COLLECTION`, whether it is there or not."""
    # Not read before the other places were looked at: most commands need no collection.
    if COLLECTION.exists():
        from scraper.cli.collection import load_collection

        yield from (each.folder for each in load_collection(COLLECTION).sites if each.name == site)
