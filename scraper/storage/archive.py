"""The archive of one run: WARC files that grow with the commits."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterable
from datetime import UTC, datetime

from scraper import __version__
from scraper.article import Article, WarcRef
from scraper.ledger import FileState, Ledger
from scraper.outcome import Address, Exchange, PageOutcome
from scraper.storage.appending import AppendFile
from scraper.storage.crashpoints import reach
from scraper.storage.site import ARCHIVE, SiteFolder
from scraper.storage.warc import (
    WarcRecord,
    build_metadata,
    build_request,
    build_response,
    build_revisit,
    build_warcinfo,
    payload_digest,
    warc_date,
)

MAX_FILE_BYTES = 1_000_000_000
"""No file grows beyond, unless one commit alone does. Common in the field: 1 GB."""

RECORDS_BYTES = 1_500
"""What the records of one answer have besides its body and heads, rather more than less: some 1,100 bytes are usual."""

_NOT_MODIFIED = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+304\b")

_OF_ARTICLES = ("id", "version", "text_hash", "date_published")


class Archive:
    """Appends to ``archive/<run>-<number>.warc.gz``; a file is begun when there is something to put into it."""

    def __init__(self, folder: SiteFolder, ledger: Ledger, run: str, max_file_bytes: int = MAX_FILE_BYTES) -> None:
        self._folder = folder
        self._ledger = ledger
        self._run = run
        self._max_file_bytes = max_file_bytes
        self._number = 0
        self._file: AppendFile | None = None

    @property
    def open_files(self) -> list[AppendFile]:
        """The file that is written to now, if there is one."""
        return [self._file] if self._file is not None else []

    def rotate(self, exchanges: Iterable[Exchange]) -> None:
        """Outside of a transaction: see that there is a file with room for these."""
        if self._file is not None:
            # Compressed they are fewer, so a file ends somewhat before it is full rather than after.
            size = sum(len(e.body) + len(e.response_head) + len(e.request) + RECORDS_BYTES for e in exchanges)
            if self._file.end == 0 or self._file.end + size <= self._max_file_bytes:
                return
            self._file.close()
            self._file = None
        name = f"{ARCHIVE}/{self._run}-{self._number:05d}.warc.gz"
        self._number += 1
        # The ledger knows of the file before it exists, so that none is ever left that nobody knows.
        with self._ledger.transaction():
            self._ledger.enter_file(FileState(name, 0, 0))
        reach("archive.rotated")
        self._file = AppendFile(self._folder.path / name, FileState(name, 0, 0), "archive")
        reach("archive.created")

    def _stage(self, member: bytes) -> WarcRef:
        """Stage a record; returns where it will stand, the record id left out."""
        if self._file is None:
            raise RuntimeError("the archive has no open file; rotate before the transaction")
        if self._file.end == 0:
            self._file.stage(self._build_warcinfo(self._file.path.name).member)
        return WarcRef(file=self._file.name, offset=self._file.stage(member), record_id="")

    def _build_warcinfo(self, file_name: str) -> WarcRecord:
        fields = {
            "software": f"news-scraper/{__version__} (Python {platform.python_version()})",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "isPartOf": self._run,
        }
        return build_warcinfo(file_name, _now(), fields)

    def stage_exchanges(self, exchanges: list[Exchange]) -> WarcRef | None:
        """Within a transaction: stage requests and responses. Returns where the last response stands.

        "Not modified" is left out: the page stands there already, and a replay would show the empty answer in its
        place, also as a revisit record (pywb loads no payload where the status begins with 3). That and when it was
        said is in the metadata record of the address.
        """
        reference = None
        for exchange in exchanges:
            if _NOT_MODIFIED.match(exchange.response_head):
                continue
            record = self._build_response(exchange)
            reference = self._stage(record.member)
            reference.record_id = record.record_id
            self._stage(build_request(exchange, record.record_id).member)
        return reference

    def _build_response(self, exchange: Exchange) -> WarcRecord:
        digest = payload_digest(exchange.body)
        if not exchange.body or exchange.truncated:
            return build_response(exchange, digest)
        first = self._ledger.archived(digest)
        if first is not None:
            return build_revisit(exchange, digest, *first)
        record = build_response(exchange, digest)
        self._ledger.enter_payload(digest, exchange.url, record.date)
        return record

    def stage_metadata(
        self, outcome: PageOutcome, article: Article | None, discovered: list[Address], reference: WarcRef | None
    ) -> None:
        """Stage what became of an address: all that `rebuild` needs."""
        facts: dict[str, object] = {
            "run": self._run,
            "state": outcome.state,
            "kind": outcome.kind,
            "reason": outcome.reason,
            "detail": outcome.detail,
            "status": outcome.status,
            "etag": outcome.etag,
            "last_modified": outcome.last_modified,
            "next_at": outcome.next_at,
            "covers": outcome.covers,
            "article": article and {name: getattr(article, name) for name in _OF_ARTICLES},
            "discovered": discovered,
        }
        date = warc_date(outcome.exchanges[-1].fetched_at) if outcome.exchanges else _now()
        response_id = reference.record_id if reference else None
        self._stage(build_metadata(outcome.url, date, facts, response_id).member)


def _now() -> str:
    return warc_date(datetime.now(UTC).isoformat(timespec="seconds"))
