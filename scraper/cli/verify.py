"""`scraper verify`: whether a site folder is whole."""

from __future__ import annotations

import sys
from pathlib import Path

from scraper.cli.exits import Exit
from scraper.cli.folders import OutputOption, SiteArgument, site_folder


def verify(site: SiteArgument, output: OutputOption = Path("output")) -> int:
    """Check every record, archive entry and count of a site; nothing is changed.

    SITE is the name of a folder in DIR, or its path. What is wrong is printed, one line each, with file and byte.
    Exit code 0: all is whole; 70: something is not; 65: there is no such folder.

    \b
      scraper verify demo
      scraper verify /archive/2026/example.com
    """
    from scraper.storage.verify import verify_site

    folder = site_folder(site, output)
    findings = verify_site(folder)
    for finding in findings:
        print(finding)
    if findings:
        return Exit.UNBALANCED
    print(f"{folder}: all is whole", file=sys.stderr)
    return Exit.OK
