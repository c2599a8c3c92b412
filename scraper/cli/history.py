"""`scraper history`: the versions of one article, and when it was gone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from scraper.cli.exits import CommandError, Exit
from scraper.cli.folders import OutputOption, SiteArgument, site_folder

WIDTH = 80


def history(
    site: SiteArgument,
    url: Annotated[str, typer.Argument(metavar="URL|ID", hidden=True)],
    output: OutputOption = Path("output"),
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object: versions and changes as they stand.")
    ] = False,
) -> int:
    """Show the versions of an article, and when it was gone.

    SITE is the name of a folder in DIR, or its path; the article is named by an address of it or by its id. What
    changed from one version to the next is shown: paragraphs that were taken out have a minus before them,
    new ones a plus, and within a paragraph that was edited the words that differ are marked.

    \b
      scraper history demo 9b37487dc40f4bbb513680aace05e1df
      scraper history example.com https://www.example.com/2026/a.html --json

    Exit code 65: no such site or article.
    """
    from scraper.storage.history import read_history

    folder = site_folder(site, output)
    found = read_history(folder, url)
    if not found.versions:
        raise CommandError(Exit.BROKEN_INPUT, f"{folder} has no article of {url}; give an address or an id as stored")
    if as_json:
        facts: dict[str, Any] = {"versions": found.versions, "changes": found.changes}
        import orjson

        sys.stdout.buffer.write(orjson.dumps(facts, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        return Exit.OK
    from scraper.cli.versions import print_history

    print_history(found, WIDTH)
    return Exit.OK
