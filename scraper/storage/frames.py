"""Records of ``.warc.zst`` files: a Zstandard frame each, perhaps packed with a dictionary that stands in front.

https://iipc.github.io/warc-specifications/specifications/warc-zstd/. Frames that decoders skip (RFC 8878 §3.1.2) hold
the dictionary and whatever else a program noted.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import Any, BinaryIO

MAGIC = b"\x28\xb5\x2f\xfd"

_SKIPPED = struct.Struct("<II")
_DICTIONARY = 0x184D2A5D
_MAX_DICTIONARY = 100_000_000

_CHUNK = 1 << 12
"""Bytes unpacked at a time: 4 of them can stand for 128 kB, so no more than 128 MB come of one step."""


def skip_frames(file: BinaryIO, offset: int) -> int:
    """Where the next frame with content begins, or the file ends."""
    while True:
        file.seek(offset)
        head = file.read(_SKIPPED.size)
        if len(head) < _SKIPPED.size or not 0x184D2A50 <= _SKIPPED.unpack(head)[0] <= 0x184D2A5F:
            return offset
        offset += _SKIPPED.size + _SKIPPED.unpack(head)[1]


def unpack_frame(file: BinaryIO, offset: int, end: int, max_bytes: int) -> tuple[bytes, int]:
    """The content of a frame and its length in the file.

    Args:
        file: the whole archive file: a dictionary stands at its start.
        offset: where the frame begins.
        end: where the file ends.
        max_bytes: how much it may unpack to.

    Raises:
        ValueError: it cannot be unpacked; the message says why and, where the library is missing, what to do.
    """
    try:
        import zstandard
    except ImportError as error:
        raise ValueError(
            "it is packed with zstd, and zstandard is not installed: pip install 'news-scraper[export]'"
        ) from error
    unpacker = zstandard.ZstdDecompressor(dict_data=_dictionary(_read_dictionary(file))).decompressobj()
    data, position = bytearray(), offset
    file.seek(offset)
    while not unpacker.eof:
        chunk = file.read(min(_CHUNK, end - position))
        if not chunk:
            raise ValueError("the zstd frame is cut")
        position += len(chunk)
        try:
            data += unpacker.decompress(chunk)
        except zstandard.ZstdError as error:
            raise ValueError(f"the zstd frame is broken ({error})") from error
        if len(data) > max_bytes:
            raise ValueError(f"the record is larger than {max_bytes} bytes")
    return bytes(data), position - len(unpacker.unused_data) - offset


def _read_dictionary(file: BinaryIO) -> bytes:
    """As it stands in the first frame; empty without one."""
    file.seek(0)
    head = file.read(_SKIPPED.size)
    if len(head) < _SKIPPED.size or _SKIPPED.unpack(head)[0] != _DICTIONARY:
        return b""
    return file.read(min(_SKIPPED.unpack(head)[1], _MAX_DICTIONARY))


@lru_cache(maxsize=1)
def _dictionary(content: bytes) -> Any:
    import zstandard

    if not content:
        return None
    if content.startswith(MAGIC):  # the dictionary may be packed itself
        content = zstandard.ZstdDecompressor().stream_reader(content).read(_MAX_DICTIONARY)
    return zstandard.ZstdCompressionDict(content)
