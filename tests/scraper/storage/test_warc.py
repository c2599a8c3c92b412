from __future__ import annotations

import gzip

import pytest

from scraper.outcome import Exchange
from scraper.storage.warc import build_response, payload_digest, warc_date


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T08:42:00Z", "2026-11-23T08:42:00Z"),
        ("2026-11-23T16:42:00+08:00", "2026-11-23T08:42:00Z"),
        ("2026-11-23T08:42:00.250000+00:00", "2026-11-23T08:42:00.250000Z"),
    ],
)
def test_a_warc_date_is_utc_with_z(moment: str, expected: str) -> None:
    assert warc_date(moment) == expected


def test_a_payload_digest_is_sha1_in_base_32() -> None:
    assert payload_digest(b"") == "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"


def test_a_line_end_in_an_address_makes_no_header() -> None:
    exchange = Exchange(
        url="http://p.example/a\r\nWARC-Type: warcinfo",
        request=b"",
        response_head=b"HTTP/1.1 200 OK",
        body=b"cut",
        fetched_at="2026-11-23T08:42:00Z",
        truncated="length",
    )
    record = gzip.decompress(build_response(exchange, payload_digest(exchange.body)).member)
    assert record.count(b"\r\nWARC-Type:") == 1
    assert b"\r\nWARC-Truncated: length\r\n" in record
    assert b"\r\n\r\nHTTP/1.1 200 OK\r\n\r\ncut\r\n\r\n" in record
