"""The folder of a harvested site, as an argument."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from scraper.cli.exits import CommandError, Exit

SiteArgument = Annotated[str, typer.Argument(metavar="SITE", hidden=True)]
SitesArgument = Annotated[list[str], typer.Argument(metavar="SITE", hidden=True)]
OutputOption = Annotated[Path, typer.Option(metavar="DIR", help="Where the folder of each site is.")]


COLLECTION = Path("sites.toml")
"""The collection of the folder in which a command is typed."""


def site_folder(site: str, output: Path) -> Path:
    """The folder that a user means by its name below `output`, by its path, or by the site's name in `COLLECTION`.

    Raises:
        CommandError: none of them is a folder with harvested data.
    """
    for folder in chain((output / site, Path(site)), _folder_in_collection(site)):
        if (folder / "articles.jsonl").exists() or (folder / "ledger.sqlite").exists():
            return folder
    raise CommandError(Exit.BROKEN_INPUT, f"no harvested site in {output / site} or {site}; name one that was crawled")


def _folder_in_collection(site: str) -> Iterator[Path]:
    # Not read before the other places were looked at: most commands need no collection.
    if COLLECTION.exists():
        from scraper.cli.collection import load_collection

        yield from (each.folder for each in load_collection(COLLECTION).sites if each.name == site)
