"""Pages of one site as input: those of its archive, of a folder, or of a WARC file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from scraper.cli.archived import archived_pages
from scraper.cli.exits import CommandError, Exit
from scraper.cli.folders import places
from scraper.cli.pages import SavedPage, saved_pages


def archive_folder(site: str, output: Path) -> Path | None:
    """The folder of a site, see `places`; None where none has an archive."""
    return next((folder for folder in places(site, output) if (folder / "archive").is_dir()), None)


def need_archive(site: str, output: Path) -> None:
    """Say of a harvested site that it has no archive.

    Raises:
        CommandError: it has none.
    """
    for folder in places(site, output):
        if (folder / "ledger.sqlite").exists():
            sentence = f"{folder} has no archive, so no pages to read; crawl it without --no-archive"
            raise CommandError(Exit.BROKEN_INPUT, sentence)


def site_pages(site: str, folder: Path | None) -> Iterator[SavedPage]:
    """All pages, in the order in which they were kept. What cannot be read is left out, and told in the end.

    Args:
        site: as the user named it: a folder of saved pages, a WARC file, or a site.
        folder: of the site, where it has an archive.

    Raises:
        CommandError: there are none, or none can be read.
    """
    path = Path(site)
    if folder is not None:
        found = _archived(sorted((folder / "archive").glob("*.warc.gz")))
    elif path.is_file() and path.name.endswith((".warc.gz", ".warc")):
        found = _archived([path])
    elif path.exists():
        found = saved_pages([site], None)
    else:
        raise CommandError(
            Exit.BROKEN_INPUT,
            f"no harvested pages of {site}, no folder and no file of that name; "
            f"harvest some first: scraper crawl {site} --max-articles 40",
        )
    count = 0
    failures: list[CommandError] = []
    for page in found:
        if isinstance(page, CommandError):
            failures.append(page)
        else:
            count += 1
            yield page
    if failures and not count:
        raise failures[0]
    for failure in failures:
        failure.tell()
    if failures:
        files = "1 file is" if len(failures) == 1 else f"{len(failures)} files are"
        print(f"scraper: {files} left out, from there on; {count} pages can be read", file=sys.stderr)


def _archived(files: list[Path]) -> Iterator[SavedPage | CommandError]:
    for file in files:
        try:
            yield from archived_pages([file])
        except CommandError as error:
            yield error  # what came before it is whole


def choose_pages(pages: Iterable[SavedPage], most: int) -> tuple[list[SavedPage], int]:
    """At most so many pages, evenly from the first to the last, and how many there are.

    An archive may hold more than memory: of those that were seen, never more than twice as many are kept.
    """
    kept: list[SavedPage] = []
    step = 1
    count = 0
    for page in pages:
        if count % step == 0:
            kept.append(page)
        if len(kept) > 2 * most:
            kept = kept[::2]
            step *= 2
        count += 1
    if len(kept) > most:
        kept = [kept[number * len(kept) // most] for number in range(most)]
    return kept, count
