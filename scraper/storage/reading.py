"""Reading WARC files back: record by record, with their offsets, noticing what a cut or changed file lacks.

Libraries of the field end quietly where a gzip member is cut; here that is an error with its place.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from scraper.storage.frames import MAGIC, skip_frames, unpack_frame
from scraper.storage.warc import payload_digest

MAX_RECORD_BYTES = 200_000_000
"""A record that unpacks to more is not one of ours: a response has 10 MB at most."""

_CHUNK = 1 << 18

_STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})\b")
_PLAIN = b"WARC/1."
_MAX_LINE = 1 << 20


class BrokenArchiveError(Exception):
    """The file cannot be read on from `offset`."""

    def __init__(self, path: Path, offset: int, problem: str) -> None:
        super().__init__(f"{path} at byte {offset}: {problem}")
        self.offset = offset
        self.problem = problem


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """One record of an archive file."""

    offset: int
    length: int
    """Of its gzip member, in bytes; of the record itself in a file that is not compressed."""
    headers: dict[str, str]
    """Named in lower case."""
    block: bytes

    @property
    def kind(self) -> str:
        """WARC-Type: warcinfo, response, revisit, request, metadata."""
        return self.headers.get("warc-type", "")

    @property
    def url(self) -> str:
        """WARC-Target-URI. WARC 1.0 has it in angle brackets, and wget writes it so."""
        return self.headers.get("warc-target-uri", "").removeprefix("<").removesuffix(">")

    @property
    def record_id(self) -> str:
        """WARC-Record-ID."""
        return self.headers.get("warc-record-id", "")

    @property
    def status(self) -> int | None:
        """Status of an HTTP response; None where the block begins with no status line."""
        status = _STATUS_LINE.match(self.block)
        return int(status[1]) if status else None

    @property
    def payload(self) -> bytes:
        """Body of an HTTP message, as received."""
        return self.block.partition(b"\r\n\r\n")[2]

    def find_fault(self) -> str | None:
        """What does not fit: a digest that the bytes do not have. None where all is well."""
        stated = self.headers.get("warc-block-digest")
        if stated is None:
            return "the record has no block digest"
        if stated != payload_digest(self.block):
            return f"the block has the digest {payload_digest(self.block)}, the header says {stated}"
        stated = self.headers.get("warc-payload-digest")
        if self.kind == "response" and stated is not None and stated != payload_digest(self.payload):
            return f"the payload has the digest {payload_digest(self.payload)}, the header says {stated}"
        return None


def read_records(path: Path, end: int | None = None, start: int = 0) -> Iterator[StoredRecord]:
    """Records of an archive file in order.

    Args:
        path: a ``.warc.gz`` file with one gzip member a record, a ``.warc.zst`` file with one frame a record, or a
            ``.warc`` file.
        end: byte to read to; the whole file by default.
        start: byte at which the first record begins, for an archive file within another file.

    Raises:
        BrokenArchiveError: a record is cut or is not WARC, or a member is no gzip; what came before is whole.
        OSError: the file cannot be read.
    """
    end = path.stat().st_size if end is None else end
    with path.open("rb") as file:
        offset = skip_frames(file, start)
        while offset < end:
            record = _read(path, file, offset, end)
            yield record
            offset = skip_frames(file, offset + record.length)


def read_record(path: Path, offset: int) -> StoredRecord:
    """The record whose member begins at `offset`. Raises as `read_records`."""
    with path.open("rb") as file:
        return _read(path, file, offset, path.stat().st_size)


def _read(path: Path, file: BinaryIO, offset: int, end: int) -> StoredRecord:
    if offset >= end:
        raise BrokenArchiveError(path, offset, f"the file ends at byte {end}")
    file.seek(offset)
    head = file.read(len(_PLAIN))
    read = _read_plain if head == _PLAIN else _read_frame if head.startswith(MAGIC) else _read_member
    return read(path, file, offset, end)


def _read_plain(path: Path, file: BinaryIO, offset: int, end: int) -> StoredRecord:
    file.seek(offset)
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        line = file.readline(_MAX_LINE)
        if not line or len(head) > _MAX_LINE:
            raise BrokenArchiveError(path, offset, "the record is cut")
        head += line
    size = re.search(rb"(?im)^content-length:[ \t]*(\d+)", head)
    if size is None or int(size[1]) > MAX_RECORD_BYTES:
        raise BrokenArchiveError(path, offset, f"the record has no length, or more than {MAX_RECORD_BYTES} bytes")
    rest = file.read(min(int(size[1]) + 4, end - offset - len(head)))
    if len(rest) < int(size[1]) + 4:
        raise BrokenArchiveError(path, offset, "the record is cut")
    return _parse(path, offset, len(head) + len(rest), head + rest)


def _read_frame(path: Path, file: BinaryIO, offset: int, end: int) -> StoredRecord:
    try:
        data, length = unpack_frame(file, offset, end, MAX_RECORD_BYTES)
    except ValueError as error:
        raise BrokenArchiveError(path, offset, str(error)) from error
    return _parse(path, offset, length, data, "`unzstd` makes a .warc of it, which can be read")


def _read_member(path: Path, file: BinaryIO, offset: int, end: int) -> StoredRecord:
    file.seek(offset)
    unzip = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    data, position = bytearray(), offset
    while not unzip.eof:
        chunk = file.read(min(_CHUNK, end - position))
        if not chunk:
            raise BrokenArchiveError(path, offset, "the gzip member is cut")
        position += len(chunk)
        try:
            data += unzip.decompress(chunk, MAX_RECORD_BYTES + 1 - len(data))
        except zlib.error as error:
            raise BrokenArchiveError(path, offset, f"the gzip member is broken ({error})") from error
        if len(data) > MAX_RECORD_BYTES:
            raise BrokenArchiveError(path, offset, f"the record is larger than {MAX_RECORD_BYTES} bytes")
    return _parse(path, offset, position - len(unzip.unused_data) - offset, bytes(data))


def _parse(
    path: Path, offset: int, length: int, data: bytes, mending: str = "`warcio recompress` mends it"
) -> StoredRecord:
    head, gap, rest = data.partition(b"\r\n\r\n")
    version, *lines = head.decode("utf-8", "replace").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    size = headers.get("content-length", "")
    if not gap or not version.startswith("WARC/1.") or not size.isdecimal():
        raise BrokenArchiveError(path, offset, "this is no WARC record")
    if rest[int(size) + 4 :].startswith(_PLAIN):
        raise BrokenArchiveError(path, offset, f"the records are not compressed one by one; {mending}")
    if len(rest) != int(size) + 4 or not rest.endswith(b"\r\n\r\n"):
        raise BrokenArchiveError(path, offset, f"the record has {len(rest) - 4} bytes, its header says {size}")
    return StoredRecord(offset, length, headers, rest[:-4])
