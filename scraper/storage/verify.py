"""Whether a site folder is whole: archive, JSON Lines and ledger, and that they agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from scraper.article import Article, hash_text
from scraper.ledger import FileState, Ledger, SiteError
from scraper.storage.books import check_books, hash_committed
from scraper.storage.reading import BrokenArchiveError, read_record, read_records
from scraper.storage.site import ARCHIVE, ARTICLES, CHANGES, PROBLEMS, SiteFolder


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be."""

    file: str
    """Relative to the site folder."""
    offset: int | None
    """Bytes from its start; None where it is about the file."""
    problem: str

    def __str__(self) -> str:
        place = self.file if self.offset is None else f"{self.file} at byte {self.offset}"
        return f"{place}: {self.problem}"


def verify_site(path: Path | str) -> list[Finding]:
    """Check every record of a site folder; nothing is changed.

    Each gzip member is unpacked and each digest computed again; each line is parsed, its text hashed, and the archive
    record that it names is looked up; the lengths are compared with what the ledger committed. What a run at work has
    not committed yet is left alone.

    Returns:
        What is wrong; an empty list where all is well.
    """
    folder = SiteFolder(Path(path))
    if not folder.ledger.exists():
        return [Finding(folder.ledger.name, None, "there is none; build it with `scraper rebuild`")]
    try:
        ledger = Ledger(folder.ledger)
    except SiteError as error:
        return [Finding(folder.ledger.name, None, str(error))]
    try:
        with ledger.snapshot():
            findings = [Finding(folder.ledger.name, None, problem) for problem in check_books(folder, ledger)]
            files = ledger.files()
        findings += _verify_files(folder, files)
    finally:
        ledger.close()
    return findings


def _verify_files(folder: SiteFolder, files: dict[str, FileState]) -> Iterator[Finding]:
    for state in files.values():
        path = folder.path / state.name
        if not path.exists():
            if state.bytes:
                yield Finding(state.name, None, f"it is gone; the ledger committed {state.bytes} bytes")
        elif state.name == ARTICLES:
            yield from _verify_lines(folder, state, is_article=True)
        elif state.name in (PROBLEMS, CHANGES):
            yield from _verify_lines(folder, state, is_article=False)
        else:
            yield from _verify_archive(path, state)
        if path.exists() and state.sha256 is not None and hash_committed(path, state.bytes) != state.sha256:
            yield Finding(state.name, None, "it changed since the last run: its sha256 is another")
    for path in sorted(folder.archive.glob("*.warc.gz")):
        name = f"{ARCHIVE}/{path.name}"
        if name not in files:
            yield Finding(name, None, "the ledger does not know it; take it in with `scraper rebuild`")


def _verify_archive(path: Path, state: FileState) -> Iterator[Finding]:
    records = 0
    try:
        for record in read_records(path, state.bytes):
            records += 1
            fault = record.find_fault()
            if fault is not None:
                yield Finding(state.name, record.offset, fault)
    except BrokenArchiveError as error:
        yield Finding(state.name, error.offset, error.problem)
    else:
        if records != state.lines:
            yield Finding(state.name, None, f"it has {records} records, the ledger committed {state.lines}")


def _verify_lines(folder: SiteFolder, state: FileState, *, is_article: bool) -> Iterator[Finding]:
    path, offset, lines = folder.path / state.name, 0, 0
    with path.open("rb") as file:
        while offset < state.bytes:
            line = file.readline()
            if not line.endswith(b"\n"):
                yield Finding(state.name, offset, "the line is cut")
                break
            problem = _find_line_fault(folder, line) if is_article else _find_json_fault(line)
            if problem is not None:
                yield Finding(state.name, offset, problem)
            offset += len(line)
            lines += 1
    if lines != state.lines:
        yield Finding(state.name, None, f"it has {lines} lines, the ledger committed {state.lines}")


def _find_json_fault(line: bytes) -> str | None:
    try:
        orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return f"the line is not JSON ({error})"
    return None


def _find_line_fault(folder: SiteFolder, line: bytes) -> str | None:
    try:
        article = Article.from_dict(orjson.loads(line))
    except orjson.JSONDecodeError as error:
        return f"the line is not JSON ({error})"
    except (TypeError, AttributeError) as error:
        return f"the line is no article record ({error})"
    if article.text is not None and article.text_hash != hash_text(article.text):
        return f"the text of {article.id} does not have the text_hash of the line"
    warc = article.crawl.warc
    if warc is None:
        return None
    archived = folder.path / warc.file
    if not archived.resolve().is_relative_to(folder.archive.resolve()):
        return f"the archive file of {article.id} is outside of the folder: {warc.file}"
    try:
        record = read_record(archived, warc.offset)
    except (BrokenArchiveError, OSError) as error:
        return f"the archive record of {article.id} cannot be read: {error}"
    if record.record_id != warc.record_id:
        return f"the archive record of {article.id} is not at byte {warc.offset} of {warc.file}"
    return None
