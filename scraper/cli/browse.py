"""`scraper browse`: search and read the harvest in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scraper.cli.exits import CommandError, Exit


def browse(
    folder: Annotated[Path, typer.Argument(metavar="DIR", hidden=True)] = Path("output"),
    port: Annotated[int, typer.Option(metavar="N", min=1, max=65535, help="Of the pages, on this machine.")] = 8018,
    open_it: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
    index_only: Annotated[bool, typer.Option("--index-only", help="Build the database and serve nothing.")] = False,
) -> int:
    """Search and read the harvest in a browser, until Ctrl-C.

    DIR is the output, or the folder of one site; `output` where none is named. DIR/browse.sqlite holds the newest
    version of each article; what was harvested since the last time is added first. Words of any length are found, in
    Chinese too; several words must all occur. The pages are served by Datasette, which is installed separately: pipx
    install datasette, or uv tool install datasette.

    \b
      scraper browse --open
      scraper browse output/example.com --port 8020
      scraper browse --index-only && sqlite3 output/browse.sqlite

    Exit code 0; 65: nothing harvested there; 69: Datasette is not installed (the database is built); 74: it cannot be
    written.
    """
    import os
    import sqlite3
    import sys

    from scraper.browse.index import update_index
    from scraper.browse.serving import DATABASE, INSTALL, find_datasette, serve_command, write_pages
    from scraper.export import BrokenRecordError

    is_site = (folder / "articles.jsonl").exists()
    sites = [folder] if is_site else sorted(path.parent for path in folder.glob("*/articles.jsonl"))
    if not sites:
        raise CommandError(Exit.BROKEN_INPUT, f"no articles.jsonl in {folder} or below; harvest a site first")
    database = folder / f"{DATABASE}.sqlite"
    try:
        done = update_index(database, sites)
    except BrokenRecordError as error:
        raise CommandError(Exit.BROKEN_INPUT, str(error)) from error
    except sqlite3.Error as error:
        advice = "delete it, it is built anew" if database.exists() else "look at the disk"
        raise CommandError(Exit.IO, f"{database} cannot be written: {error}; {advice}") from error
    what = f"{_count(done.articles, 'article')} of {_count(done.sites, 'site')}"
    print(f"{database}: {what}, {_count(done.records, 'record')} added", file=sys.stderr)
    if index_only:
        return Exit.OK
    datasette = find_datasette()
    if datasette is None:
        raise CommandError(Exit.UNREACHABLE, f"the pages are made by Datasette, which is not installed; {INSTALL}")
    pages = folder / f".{DATABASE}"
    write_pages(pages)
    print(f"The harvest is at http://127.0.0.1:{port}/ until Ctrl-C.", file=sys.stderr, flush=True)
    # In the place of this process, so that a signal reaches it and nobody else.
    os.execv(datasette, serve_command(datasette, database, pages, port, open_it))


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
