"""`scraper status`: how each site stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scraper.cli.exits import Exit
from scraper.cli.folders import COLLECTION

if TYPE_CHECKING:
    from scraper.report.status import Status


def status(
    site: Annotated[str | None, typer.Argument(metavar="SITE", hidden=True)] = None,
    sites: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The collection. [default: sites.toml, where there is one]")
    ] = None,
    output: Annotated[
        Path, typer.Option(metavar="DIR", help="Without a collection: where the folder of each site is.")
    ] = Path("output"),
    json: Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")] = False,
) -> int:
    """Show how each site stands.

    A line for each: its last run, what it brought, when the next is due, and whether all is as usual. SITE is a name
    in the collection, the name of a folder in DIR, or a path; with it more is said. Health: ok; learning, while there
    is too little history to compare with; else what is not as usual.

    \b
      scraper status
      scraper status example
      scraper status --json | jq 'select(.health != "ok")'

    Exit code 0, or 65 where there is no such site.
    """
    from scraper.cli.statuses import find_statuses, print_details, print_table

    collection = sites or (COLLECTION if COLLECTION.exists() else None)
    found = find_statuses(collection, output, site)
    if json:
        _print_json(found)
    elif site is not None:
        print_details(found[0])
    else:
        print_table(found)
    return Exit.OK


def _print_json(statuses: list[Status]) -> None:
    import sys

    import orjson

    for each in statuses:
        options = orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z
        sys.stdout.buffer.write(orjson.dumps(each.to_dict(), option=options))
