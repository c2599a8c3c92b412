"""The folder of a harvested site, as an argument."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scraper.cli.exits import CommandError, Exit

SiteArgument = Annotated[str, typer.Argument(metavar="SITE", show_default=False)]
SitesArgument = Annotated[list[str], typer.Argument(metavar="SITE", show_default=False)]
OutputOption = Annotated[Path, typer.Option(metavar="DIR", help="Where the folder of each site is.")]


def site_folder(site: str, output: Path) -> Path:
    """The folder that a user means by its name below `output`, or by its path.

    Raises:
        CommandError: neither is a folder with harvested data.
    """
    for folder in (output / site, Path(site)):
        if (folder / "articles.jsonl").exists() or (folder / "ledger.sqlite").exists():
            return folder
    raise CommandError(Exit.BROKEN_INPUT, f"no harvested site in {output / site} or {site}; name one that was crawled")
