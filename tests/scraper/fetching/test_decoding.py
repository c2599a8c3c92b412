"""Content codings, within limits."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest

from scraper.fetching.decoding import TooBigError, UnknownCodingError, decode_body

PAGE = b"<html><body>" + b"text " * 2000 + b"</body></html>"
LIMIT = 1_000_000


@pytest.mark.parametrize(
    ("coding", "coded"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("x-gzip", gzip.compress(PAGE, mtime=0)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("br", brotli.compress(PAGE)),
        ("identity", PAGE),
        ("", PAGE),
    ],
)
def test_a_coding_is_undone(coding: str, coded: bytes) -> None:
    decoded = decode_body(coded, [coding], LIMIT)
    assert decoded.body == PAGE
    assert decoded.complete


def test_codings_are_undone_in_reverse_order() -> None:
    assert decode_body(brotli.compress(gzip.compress(PAGE, mtime=0)), ["gzip", "br"], LIMIT).body == PAGE


def test_a_stream_of_several_gzip_members_is_one_body() -> None:
    assert decode_body(gzip.compress(PAGE, mtime=0) + gzip.compress(b"end"), ["gzip"], LIMIT).body == PAGE + b"end"


@pytest.mark.parametrize(
    ("coding", "coded"),
    [("gzip", gzip.compress(PAGE, mtime=0)), ("deflate", zlib.compress(PAGE)), ("br", brotli.compress(PAGE))],
)
def test_half_a_stream_is_not_complete(coding: str, coded: bytes) -> None:
    decoded = decode_body(coded[: len(coded) // 2], [coding], LIMIT)
    assert not decoded.complete
    assert PAGE.startswith(decoded.body)


@pytest.mark.parametrize(
    ("coding", "coded"),
    [
        ("gzip", gzip.compress(b"0" * 5_000_000, mtime=0)),
        ("deflate", zlib.compress(b"0" * 5_000_000)),
        ("br", brotli.compress(b"0" * 5_000_000, quality=5)),
    ],
)
def test_a_bomb_is_not_decoded_beyond_the_limit(coding: str, coded: bytes) -> None:
    with pytest.raises(TooBigError, match="1000000"):
        decode_body(coded, [coding], LIMIT)


def test_plain_bytes_that_claim_gzip_are_taken_as_they_are() -> None:
    assert decode_body(PAGE, ["gzip"], LIMIT).body == PAGE


def test_a_coding_that_was_not_asked_for_is_refused() -> None:
    with pytest.raises(UnknownCodingError, match="expected gzip, deflate, br"):
        decode_body(b"x", ["compress"], LIMIT)


def test_a_corrupt_stream_is_refused() -> None:
    with pytest.raises(UnknownCodingError, match="broken brotli"):
        decode_body(b"\xff" * 50, ["br"], LIMIT)
