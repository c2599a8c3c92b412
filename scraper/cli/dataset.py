"""`scraper dataset`: harvested sites as a release to deposit."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from scraper.cli.exits import CommandError, Exit
from scraper.cli.folders import OutputOption, SitesArgument, site_folder


def dataset(
    sites: SitesArgument,
    target: Annotated[Path, typer.Option("-o", metavar="DIR", help="The new folder.", show_default=False)],
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Title of the release.")] = None,
    creator: Annotated[str | None, typer.Option(metavar="NAME", help="Who compiled it, for the citation.")] = None,
    license: Annotated[
        str | None, typer.Option(metavar="SPDX|URL", help="Licence of the compilation, not of the texts.")
    ] = None,
    date: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Day of the release. Default: of the newest record."),
    ] = None,
    latest: Annotated[bool, typer.Option("--latest", help="Only the latest version of each article.")] = False,
    wacz: Annotated[bool, typer.Option("--wacz", help="Add the archive of each site as WACZ.")] = False,
    bagit: Annotated[bool, typer.Option("--bagit", help="Wrap it as a bag (RFC 8493).")] = False,
    output: OutputOption = Path("output"),
) -> int:
    """Write a dataset of harvested sites, ready to deposit.

    SITE is the name of a folder in DIR, or its path. JSON Lines and Parquet with a dataset card, JSON Schema,
    datapackage.json, croissant.json, CITATION.cff and manifest-sha256.txt. The same records give the same bytes.
    `scraper verify DIR` checks all of it.

    \b
      scraper dataset demo -o demo-dataset
      scraper dataset example.com example.org -o news-2026 --wacz
      scraper dataset demo -o bag --bagit --creator "A. Scholar" --title "News"
      scraper verify news-2026

    Exit code 0: written; 2: DIR is taken, or there is no record; 65: no such site, or a site folder is damaged;
    78: a library is missing.
    """
    from scraper.export import BrokenRecordError, DatasetError, MissingExtraError, Options, build_dataset
    from scraper.storage import BrokenArchiveError

    options = Options(
        title=title,
        creator=creator,
        license=license,
        date=date.date().isoformat() if date else None,
        latest=latest,
        with_archive=wacz,
        as_bag=bagit,
    )
    try:
        counts = build_dataset([site_folder(site, output) for site in sites], target, options)
    except DatasetError as error:
        raise CommandError(Exit.USAGE, str(error)) from error
    except MissingExtraError as error:
        raise CommandError(Exit.CONFIG, str(error)) from error
    except (BrokenRecordError, BrokenArchiveError) as error:
        raise CommandError(Exit.BROKEN_INPUT, str(error)) from error
    print(
        f"{counts.records:,} records in {target}; begin with {target / ('data/README.md' if bagit else 'README.md')}",
        file=sys.stderr,
    )
    return Exit.OK
