import gzip
import zlib

import brotli
import pytest

from scraper.storage.messages import UnreadableMessageError, join_chunks, parse_message

PAGE = "<html><h1>春到茶山</h1></html>".encode()


def block(body: bytes, *headers: str, line_end: str = "\r\n") -> bytes:
    lines = ["HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8", *headers, "", ""]
    return line_end.join(lines).encode() + body


def chunked(body: bytes, size: int = 7) -> bytes:
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(f"{len(part):x};ext=1\r\n".encode() + part + b"\r\n" for part in parts) + b"0\r\nTrailer: x\r\n\r\n"


@pytest.mark.parametrize(
    "content",
    [
        block(PAGE),
        block(PAGE, line_end="\n"),
        block(gzip.compress(PAGE, mtime=0), "Content-Encoding: gzip"),
        block(brotli.compress(PAGE), "Content-Encoding: br"),
        block(zlib.compress(PAGE), "Content-Encoding: deflate"),
        block(chunked(PAGE), "Transfer-Encoding: chunked"),
        block(chunked(gzip.compress(PAGE, mtime=0)), "Transfer-Encoding: chunked", "Content-Encoding: gzip"),
        block(PAGE, "Transfer-Encoding: chunked", "Content-Encoding: gzip"),  # both undone, the headers left
        block(PAGE, "Content-Encoding: br"),
        block(PAGE, "X-Crawler-Content-Encoding: gzip", "X-Crawler-Transfer-Encoding: chunked"),  # Common Crawl
    ],
)
def test_a_body_is_what_the_server_meant(content: bytes) -> None:
    message = parse_message(content, 1000)
    assert (message.status, message.body) == (200, PAGE)
    assert message.headers["content-type"] == "text/html; charset=utf-8"


def test_a_revisit_has_its_body_elsewhere() -> None:
    head = block(b"", "Content-Encoding: gzip")
    assert parse_message(head, 1000, gzip.compress(PAGE, mtime=0)).body == PAGE


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"no HTTP at all", "no HTTP response"),
        (b"HTTP/1.1 200 OK\r\nno end", "no HTTP response"),
        (block(gzip.compress(b"x" * 2000, mtime=0), "Content-Encoding: gzip"), "1000"),
        (block(b"x" * 2000), "more than 1000 bytes"),
        (block(b"\xff\xff\xff\xff", "Content-Encoding: br"), "brotli"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableMessageError, match=sentence):
        parse_message(content, 1000)


def test_a_transfer_that_is_cut_gives_what_there_is() -> None:
    assert join_chunks(b"5\r\nhello\r\n5\r\nwor") == b"hellowor"


def test_bytes_that_begin_with_a_number_are_not_taken_for_chunks() -> None:
    body = b"12\r\nare the apostles, and many more came behind them"
    assert join_chunks(body) == body
