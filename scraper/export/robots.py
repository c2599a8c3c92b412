"""What the hosts of a site asked of crawlers: the robots.txt that each of them served, as the archive has it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from scraper.export.cdxj import is_indexed
from scraper.export.records import committed_lengths
from scraper.storage.messages import UnreadableMessageError, parse_message
from scraper.storage.reading import read_records
from scraper.storage.site import ARCHIVE, SiteFolder

MAX_BYTES = 512_000
"""More of a robots.txt is not read by anybody (RFC 9309 §2.5)."""


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """The last robots.txt of a host."""

    host: str
    """With its port, where it is not the usual one."""
    fetched: str
    """WARC-Date."""
    status: int
    content: bytes


def read_robots(site: Path) -> list[RobotsFile]:
    """The last answer of each host to the question for its robots.txt, by host; empty without an archive.

    Raises:
        BrokenArchiveError: a WARC file is damaged.
    """
    folder = SiteFolder(site)
    lengths = committed_lengths(folder)
    found: dict[str, RobotsFile] = {}
    bodies: dict[str, bytes] = {}
    for path in sorted(folder.archive.glob("*.warc.gz")):
        for record in read_records(path, lengths.get(f"{ARCHIVE}/{path.name}")):
            parts = urlsplit(record.url)
            if not is_indexed(record) or parts.path != "/robots.txt":
                continue
            digest = record.headers.get("warc-payload-digest", "")
            body = bodies.setdefault(digest, record.payload) if record.kind == "response" else bodies.get(digest, b"")
            try:
                message = parse_message(record.block, MAX_BYTES, body)
            except UnreadableMessageError:
                continue
            host = parts.netloc.rpartition("@")[2].lower()
            found[host] = RobotsFile(host, record.headers["warc-date"], message.status, message.body)
    return [found[host] for host in sorted(found)]
