"""`scraper report`: the newest run of a site as a page to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scraper.cli.exits import CommandError, Exit
from scraper.cli.folders import OutputOption, SiteArgument, site_folder


def report(
    site: SiteArgument,
    output: OutputOption = Path("output"),
    open_it: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
) -> int:
    """Write the newest run of a site as a page to look at.

    SITE is the name of a folder in DIR, its path, or a name in sites.toml. The page is report.html in the folder of
    the run, and its path is printed. One page, Chinese and English, that needs
    no network: articles a day, how often each field is filled against the site's own history, problems with examples,
    slow hosts, where values stood, sizes, and some records with the evidence of their fields.

    \b
      scraper report demo --open
      scraper report /archive/2026/example.com
    """
    from scraper.report.page import write_report

    folder = site_folder(site, output)
    try:
        path = write_report(folder)
    except LookupError as error:
        raise CommandError(Exit.BROKEN_INPUT, f"{error}; harvest it once more") from error
    print(path)
    if open_it:
        import webbrowser

        webbrowser.open(path.absolute().as_uri())
    return Exit.OK
