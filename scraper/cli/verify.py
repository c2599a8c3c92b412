"""`scraper verify`: whether a site folder or a dataset is whole."""

from __future__ import annotations

import sys
from pathlib import Path

from scraper.cli.exits import CommandError, Exit
from scraper.cli.folders import OutputOption, SiteArgument, site_folder


def verify(site: SiteArgument, output: OutputOption = Path("output")) -> int:
    """Check that a site or a dataset is whole.

    Every record, archive entry and count is looked at, and nothing is changed. SITE is the name of a folder in DIR, or
    its path; or the folder of a dataset that `scraper dataset` wrote. What is wrong is printed, one line each, with
    file and byte. Exit code 0: all is whole; 70: something is not; 65: there is no such folder; 78: a library is
    missing.

    \b
      scraper verify demo
      scraper verify /archive/2026/example.com
      scraper verify news-2026/
    """
    from scraper.export import MissingExtraError, is_dataset, verify_dataset
    from scraper.storage.verify import verify_site

    if is_dataset(Path(site)):
        folder = Path(site)
        try:
            findings = verify_dataset(folder)
        except MissingExtraError as error:
            raise CommandError(Exit.CONFIG, str(error)) from error
    else:
        folder = site_folder(site, output)
        findings = verify_site(folder)
    for finding in findings:
        print(finding)
    if findings:
        return Exit.UNBALANCED
    print(f"{folder}: all is whole", file=sys.stderr)
    return Exit.OK
