"""Pages of one site as input: those of its archive, of a folder, or of a WARC file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scraper.cli.archived import archived_pages
from scraper.cli.exits import CommandError, Exit
from scraper.cli.pages import SavedPage, saved_pages


def archive_folder(site: str, output: Path) -> Path | None:
    """The folder of a site, by name or path; None where none has an archive."""
    return next((folder for folder in (output / site, Path(site)) if (folder / "archive").is_dir()), None)


def site_pages(site: str, folder: Path | None) -> Iterator[SavedPage]:
    """All pages, in the order in which they were kept.

    Args:
        site: as the user named it: a folder of saved pages, a WARC file, or a site.
        folder: of the site, where it has an archive.

    Raises:
        CommandError: there are none, or one cannot be read.
    """
    path = Path(site)
    if folder is not None:
        yield from archived_pages(sorted((folder / "archive").glob("*.warc.gz")))
    elif path.is_file() and path.name.endswith((".warc.gz", ".warc")):
        yield from archived_pages([path])
    elif path.exists():
        for page in saved_pages([site], None):
            if isinstance(page, CommandError):
                raise page
            yield page
    else:
        raise CommandError(
            Exit.BROKEN_INPUT,
            f"no harvested pages of {site}, no folder and no file of that name; "
            f"harvest some first: scraper crawl {site} --max-articles 40",
        )


def choose_pages(pages: list[SavedPage], most: int) -> list[SavedPage]:
    """At most so many pages, evenly from the first to the last."""
    if len(pages) <= most:
        return pages
    return [pages[number * len(pages) // most] for number in range(most)]
