"""Pages out of WARC files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.parser import BytesHeaderParser
from pathlib import Path

from scraper.cli.exits import CommandError, Exit
from scraper.cli.pages import MAX_PAGE_BYTES, SavedPage


def archived_pages(paths: list[Path]) -> Iterator[SavedPage]:
    """The HTML pages of WARC files that were answered with status 200, in order.

    Raises:
        CommandError: a file is broken; what came before it is whole.
    """
    from scraper.fetching.decoding import TooBigError, UnknownCodingError, decode_body
    from scraper.storage.reading import BrokenArchiveError, read_records

    for path in paths:
        try:
            for record in read_records(path):
                status, _, head = record.block.partition(b"\r\n\r\n")[0].partition(b"\r\n")
                headers = BytesHeaderParser().parsebytes(head)
                is_page = record.kind == "response" and status.split()[1:2] == [b"200"]
                if not is_page or "html" not in headers.get("Content-Type", "").lower():
                    continue
                codings = headers.get("Content-Encoding", "").split(",")
                try:
                    html = decode_body(record.payload, codings, MAX_PAGE_BYTES).body
                except (TooBigError, UnknownCodingError):
                    continue  # the crawl has no article of it either
                day = datetime.fromisoformat(record.headers["warc-date"]).date()
                name, charset = f"{path}:{record.offset}", headers.get_content_charset()
                yield SavedPage(name=name, html=html, url=record.url, day=day, charset=charset)
        except BrokenArchiveError as error:
            raise CommandError(Exit.BROKEN_INPUT, str(error)) from error
