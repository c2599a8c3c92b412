"""Undo the content coding of a body, within limits."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import brotli  # type: ignore[import-untyped]

CODINGS = ("gzip", "deflate", "br")
"""What we ask for (RFC 9110 §8.4.1)."""

_GZIP_MAGIC = b"\x1f\x8b"


class TooBigError(ValueError):
    """The body grows beyond the limit when it is decoded."""


class UnknownCodingError(ValueError):
    """The body is in a coding that was not asked for, or is not in the coding that it claims."""


@dataclass(slots=True, frozen=True)
class Decoded:
    body: bytes
    complete: bool
    """False where the compressed stream ends before its end: half a page is a loss, not a page."""


def decode_body(body: bytes, codings: list[str], max_bytes: int) -> Decoded:
    """Undo content codings, the last one first.

    A body that claims gzip and is not is taken as it is: servers in front of servers do that.

    Args:
        body: as received.
        codings: of Content-Encoding, in the order of the header.
        max_bytes: how large the decoded body may be.

    Raises:
        TooBigError: it grows beyond `max_bytes`; decoding stops there.
        UnknownCodingError: a coding that is not of `CODINGS`, or a corrupt stream.
    """
    complete = True
    for coding in reversed(codings):
        name = coding.strip().lower()
        if name in ("", "identity", "utf-8", "none"):
            continue
        if not body:
            break
        if name in ("gzip", "x-gzip"):
            if not body.startswith(_GZIP_MAGIC):
                continue
            body, whole = gunzip(body, max_bytes)
        elif name == "deflate":
            # RFC 9110 means zlib, and some servers send raw deflate all the same.
            body, whole = _inflate(body, zlib.MAX_WBITS if body[0] & 0x0F == 8 else -zlib.MAX_WBITS, max_bytes)
        elif name == "br":
            body, whole = _unbrotli(body, max_bytes)
        else:
            raise UnknownCodingError(f"content coding {name[:40]!r}, expected {', '.join(CODINGS)}")
        complete = complete and whole
    return Decoded(body, complete)


def gunzip(body: bytes, max_bytes: int) -> tuple[bytes, bool]:
    """Undo gzip, all members of it.

    Returns:
        The bytes, and whether the stream was whole. What follows the last member is ignored, as gzip does with padding.

    Raises:
        TooBigError: more than `max_bytes` came out.
        UnknownCodingError: the stream is corrupt from the start.
    """
    parts: list[bytes] = []
    size = 0
    rest = body
    while rest.startswith(_GZIP_MAGIC):
        decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            part = decoder.decompress(rest, max_bytes - size + 1)
        except zlib.error as error:
            if not parts:
                raise UnknownCodingError(f"broken gzip: {error}") from error
            return b"".join(parts), False
        size += len(part)
        if size > max_bytes:
            raise TooBigError(f"more than {max_bytes} bytes decoded")
        parts.append(part)
        if not decoder.eof:
            return b"".join(parts), False
        rest = decoder.unused_data
    return b"".join(parts), True


def _inflate(body: bytes, window: int, max_bytes: int) -> tuple[bytes, bool]:
    decoder = zlib.decompressobj(window)
    try:
        plain = decoder.decompress(body, max_bytes + 1)
    except zlib.error as error:
        raise UnknownCodingError(f"broken deflate: {error}") from error
    if len(plain) > max_bytes:
        raise TooBigError(f"more than {max_bytes} bytes decoded")
    return plain, decoder.eof


def _unbrotli(body: bytes, max_bytes: int) -> tuple[bytes, bool]:
    decoder = brotli.Decompressor()
    parts: list[bytes] = []
    size = 0
    data = body
    try:
        while True:
            part = decoder.process(data, output_buffer_limit=1 << 20)
            data = b""
            size += len(part)
            if size > max_bytes:
                raise TooBigError(f"more than {max_bytes} bytes decoded")
            parts.append(part)
            if decoder.is_finished() or (not part and decoder.can_accept_more_data()):
                return b"".join(parts), decoder.is_finished()
    except brotli.error as error:
        raise UnknownCodingError(f"broken brotli: {error}") from error
