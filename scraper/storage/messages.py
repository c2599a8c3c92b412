"""The HTTP message in an archive record, of whatever program wrote it: status, headers, and the body as it was meant.

Archives differ in what they keep: ours join the chunks of a transfer, wget and Heritrix keep them, Common Crawl also
undoes the coding and renames the header, and some undo it and leave the header. So what a header claims is undone
where the bytes bear it out, and left where they do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from scraper.fetching.decoding import TooBigError, UnknownCodingError, decode_body

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")


@dataclass(frozen=True, slots=True)
class Message:
    """A response."""

    status: int
    headers: dict[str, str]
    """Named in lower case; of several the first."""
    body: bytes
    """Transfer and content coding undone."""


class UnreadableMessageError(ValueError):
    """The block is no HTTP response, or its body cannot be decoded."""


def parse_message(block: bytes, max_bytes: int, body: bytes | None = None) -> Message:
    """Read the block of a response record.

    Args:
        block: head and body.
        max_bytes: how large the decoded body may be.
        body: the body where it stands in another record, as of a revisit.

    Raises:
        UnreadableMessageError: it cannot be read; the message says why.
    """
    status = _STATUS.match(block)
    end = _HEAD_END.search(block)
    if status is None or end is None:
        raise UnreadableMessageError("the record holds no HTTP response")
    headers: dict[str, str] = {}
    for line in block[: end.start()].splitlines()[1:]:
        name, _, value = line.partition(b":")
        headers.setdefault(name.decode("latin-1").strip().lower(), value.decode("latin-1").strip())
    content = block[end.end() :] if body is None else body
    if "chunked" in headers.get("transfer-encoding", "").lower():
        content = join_chunks(content)
    codings = [coding for coding in headers.get("content-encoding", "").split(",") if coding.strip()]
    try:
        content = decode_body(content, codings, max_bytes).body
    except TooBigError as error:
        raise UnreadableMessageError(str(error)) from error
    except UnknownCodingError as error:
        if not content.lstrip()[:1] == b"<":
            raise UnreadableMessageError(str(error)) from error
    if len(content) > max_bytes:
        raise UnreadableMessageError(f"more than {max_bytes} bytes")
    return Message(int(status[1]), headers, content)


def join_chunks(body: bytes) -> bytes:
    """Undo chunked transfer (RFC 9112 §7.1); bytes that are not chunked come back as they are.

    A transfer that is cut gives what there is of it.
    """
    parts: list[bytes] = []
    position = 0
    while match := _CHUNK.match(body, position):
        size = int(match[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[match.end() : match.end() + size])
        position = match.end() + size
        for line_end in (b"\r\n", b"\n"):
            if body.startswith(line_end, position):
                position += len(line_end)
                break
    return b"".join(parts) if parts and position >= len(body) else body
