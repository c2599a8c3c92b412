"""Pages as they were received, from the network or out of an archive."""

from __future__ import annotations

from scrapy.http import Response

from scraper.profiles.renewal import SeenPage
from scraper.storage import Store
from scraper.storage.earlier import find_earlier_page
from scraper.storage.messages import Message
from spiders.answers import charset, header
from spiders.archive import MAX_PAGE_BYTES


def seen_page(response: Response) -> SeenPage:
    """A page that answered just now."""
    return response.body, response.url, charset(header(response, b"Content-Type") or "")


def archived_page(message: Message, url: str) -> SeenPage:
    """A page out of an archive.

    Args:
        message: as it stands there.
        url: the address that answered.
    """
    return message.body, url, charset(message.headers.get("content-type", ""))


def earlier_page(store: Store, url: str) -> SeenPage | None:
    """The page that the stored text of an address was read from; None as of `find_earlier_page`."""
    found = find_earlier_page(store.folder, store.ledger, url, MAX_PAGE_BYTES)
    return archived_page(found.message, found.url) if found is not None else None
