"""The page that the stored text of an address was read from."""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from scraper.ledger import Ledger
from scraper.storage.messages import Message, UnreadableMessageError, parse_message
from scraper.storage.reading import BrokenArchiveError, read_record
from scraper.storage.site import SiteFolder


@dataclass(frozen=True, slots=True)
class EarlierPage:
    """A page as it was received."""

    url: str
    """Which answered."""
    message: Message


def find_earlier_page(folder: SiteFolder, ledger: Ledger, url: str, max_bytes: int) -> EarlierPage | None:
    """The page of the version that an address gave last.

    Args:
        folder: of the site.
        ledger: its ledger.
        url: the address that was asked.
        max_bytes: how large the decoded page may be.

    Returns:
        None where it cannot be had: nothing was archived, the file was moved away, the body stands in another record,
        or the text was put together from several pages.
    """
    offset = ledger.line_of(url)
    if offset is None:
        return None
    try:
        with folder.articles.open("rb") as file:
            file.seek(offset)
            line = orjson.loads(file.readline())
        warc = line["crawl"]["warc"]
        if warc is None or line["pages"]:
            return None
        record = read_record(folder.path / warc["file"], warc["offset"])
        if record.kind != "response" or record.record_id != warc["record_id"]:
            return None
        return EarlierPage(record.url, parse_message(record.block, max_bytes))
    except (OSError, BrokenArchiveError, UnreadableMessageError):
        return None  # an archive may be moved away; `scraper verify` tells what is wrong with one
