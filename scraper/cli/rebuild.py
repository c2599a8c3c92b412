"""`scraper rebuild`: the ledger of a site, made again from what it describes."""

from __future__ import annotations

from pathlib import Path

from scraper.cli.exits import CommandError, Exit
from scraper.cli.folders import OutputOption, SiteArgument, site_folder


def rebuild(site: SiteArgument, output: OutputOption = Path("output")) -> int:
    """Build the ledger of a site from its records and archive.

    SITE is the name of a folder in DIR, or its path. Every whole record stays; the old ledger is kept beside it.

    \b
      scraper rebuild demo
      scraper rebuild /archive/2026/example.com
    """
    from scraper.ledger import LockedError, SiteError
    from scraper.storage.rebuild import rebuild_site

    folder = site_folder(site, output)
    try:
        found = rebuild_site(folder)
    except SiteError as error:
        raise CommandError(Exit.LOCKED if isinstance(error, LockedError) else Exit.IO, str(error)) from error
    print(f"{folder}: {found.articles} articles, {found.addresses} addresses, {found.left} of them left to ask")
    if found.dropped_lines or found.cut_bytes or found.faulty_records or found.unarchived:
        print(
            f"set aside: {found.dropped_lines} broken lines, {found.cut_bytes} bytes behind the last whole archive "
            f"record, {found.faulty_records} archive records with a wrong digest; {found.unarchived} articles have no "
            "archive record any more"
        )
        return Exit.LOOK
    return Exit.OK
