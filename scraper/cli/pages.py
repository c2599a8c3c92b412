"""Saved pages as input: which files, how they are opened, and what they are when no article."""

from __future__ import annotations

import gzip
import os
import re
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scraper.cli.exits import CommandError, Exit

PAGE_SUFFIXES = frozenset({".html", ".htm", ".shtml", ".xhtml"})
"""What is taken from a directory, each also with .gz behind it; a file that is named is always taken."""

MAX_PAGE_BYTES = 20_000_000
"""Largest page, decompressed; the limit of a crawled page."""

_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d+\)(http[^ ]+) -->|Page saved with SingleFile\s+url:\s*(http\S+)")


@dataclass(slots=True, frozen=True, kw_only=True)
class SavedPage:
    """One page from disk or stdin."""

    name: str
    """How the user knows it: its path, or - for stdin."""
    html: bytes
    url: str | None
    """Where it was served: what the user said, else what the browser wrote into it."""
    file: str | None = None
    """Its file as a URI; None for stdin."""
    day: date | None = None
    """Day on which it was fetched; None where nobody wrote it down."""
    charset: str | None = None
    """Of the header with which it came; None where there was none."""


def saved_pages(paths: list[str], url: str | None) -> Iterator[SavedPage | CommandError]:
    """The pages behind the paths, in order; a `CommandError` stands for one that cannot be read.

    Directories are walked in the order of names.
    """
    for path in paths:
        if path == "-":
            yield _saved_page("-", sys.stdin.buffer.read(MAX_PAGE_BYTES + 1), url)
        elif (found := Path(path)).is_dir():
            yield from _pages_in(found, url)
        else:
            yield _open(found, url)


def _pages_in(directory: Path, url: str | None) -> Iterator[SavedPage | CommandError]:
    unreadable: list[OSError] = []
    walked = os.walk(directory, onerror=unreadable.append)
    files = sorted(Path(folder, name) for folder, _, names in walked for name in names)
    pages = [file for file in files if is_page_file(file)]
    for error in unreadable:
        yield CommandError(Exit.BROKEN_INPUT, f"{error.filename}: {error.strerror}")
    if not pages and not unreadable:
        expected = "expected *.html, *.htm or *.html.gz"
        yield CommandError(Exit.BROKEN_INPUT, f"{directory}: no page in this directory, {expected}")
    yield from (_open(page, url) for page in pages)


def is_page_file(path: Path) -> bool:
    """Whether a file of a directory is taken for a page, by its name."""
    suffixes = path.suffixes[:-1] if path.suffix.lower() == ".gz" else path.suffixes
    return bool(suffixes) and suffixes[-1].lower() in PAGE_SUFFIXES and path.is_file()


def _open(path: Path, url: str | None) -> SavedPage | CommandError:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_PAGE_BYTES + 1)
    except OSError as error:
        return CommandError(Exit.BROKEN_INPUT, f"{path}: {error.strerror or error}")
    return _saved_page(str(path), content, url, path.absolute().as_uri())


def _saved_page(name: str, content: bytes, url: str | None, file: str | None = None) -> SavedPage | CommandError:
    if content[:2] == b"\x1f\x8b":
        try:
            content = _gunzip(content)
        except (OSError, EOFError, zlib.error) as error:
            return CommandError(Exit.BROKEN_INPUT, f"{name}: not a whole gzip file ({error})")
    if len(content) > MAX_PAGE_BYTES:
        return CommandError(Exit.BROKEN_INPUT, f"{name}: larger than {MAX_PAGE_BYTES:,} bytes, the limit for one page")
    return SavedPage(name=name, html=content, url=url or _saved_from(content), file=file)


def _gunzip(content: bytes) -> bytes:
    import io

    with gzip.open(io.BytesIO(content)) as unpacked:
        # One byte more than allowed tells a page at the limit from a bomb; the rest is never unpacked.
        return unpacked.read(MAX_PAGE_BYTES + 1)


def _saved_from(html: bytes) -> str | None:
    """The address that browsers (Chrome, Edge) and SingleFile write into the head of a page they save."""
    found = _SAVED_FROM.search(html[:2048])
    return (found[1] or found[2]).decode("ascii", "replace") if found else None
