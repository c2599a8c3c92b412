"""The bulk interface: JSON lines with pages in, JSON lines with articles out.

In:  ``{"id": any JSON value, "url": str or null, "html_b64": base64 of the page's bytes}``
Out: ``{"id": the same, "article": record or null, "reason": null or why there is no article}``

One line out for each line in, in the same order, each as soon as it is ready. A line that cannot be read is
answered with a reason that begins with ``bad_line``; blank lines are skipped.
"""

from __future__ import annotations

import base64
import binascii
import sys
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

import orjson

from scraper.cli.exits import Exit
from scraper.cli.readers import Answer, Page, answer_in_order

if TYPE_CHECKING:
    from scraper.profiles import Profile

MAX_LINE_BYTES = 30_000_000
"""Longest line: a page of 20 MB in base64, and room for the rest."""

Key = tuple[Any, str | None]
"""The id of a line, and what was wrong with the line."""


def extract_lines(profile: Profile | None = None) -> int:
    """Answer the lines of stdin on stdout.

    Args:
        profile: of the site of all pages; None for those that ship, each for its site.

    Returns:
        0 where every line was answered with an article or a reason, 1 where a line could not be read.
    """
    bad_lines = 0

    def write(key: Key, answer: Answer | None) -> None:
        nonlocal bad_lines
        line_id, fault = key
        bad_lines += fault is not None
        sys.stdout.buffer.write(_answer_line(line_id, fault, answer))
        sys.stdout.buffer.flush()

    # A reader of our own: the thread that waits in it must not hold the lock of sys.stdin when Python exits.
    with open(0, "rb", closefd=False) as stdin:
        answer_in_order(parse_lines(stdin), write, profile)
    return Exit.LOOK if bad_lines else Exit.OK


def parse_lines(lines: IO[bytes]) -> Iterator[tuple[Key, Page | None]]:
    """Each line as its key and its page; None instead of a page for a line that cannot be read."""
    while line := lines.readline(MAX_LINE_BYTES):
        if not line.endswith(b"\n") and len(line) == MAX_LINE_BYTES:
            while not lines.readline(MAX_LINE_BYTES).endswith(b"\n") and lines.peek(1):  # type: ignore[attr-defined]
                pass
            yield (None, f"bad_line: longer than {MAX_LINE_BYTES:,} bytes"), None
        elif line.strip():
            yield _parse_line(line)


def _parse_line(line: bytes) -> tuple[Key, Page | None]:
    try:
        entry = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return (None, f"bad_line: not JSON ({error})"), None
    if not isinstance(entry, dict):
        return (None, f"bad_line: expected an object with id, url and html_b64, found {type(entry).__name__}"), None
    line_id, url, html = entry.get("id"), entry.get("url"), entry.get("html_b64")
    if not isinstance(html, str) or not (url is None or isinstance(url, str)):
        return (line_id, "bad_line: html_b64 must be a string, url a string or null"), None
    try:
        return (line_id, None), Page(base64.b64decode(html.replace("\n", ""), validate=True), url or None)
    except (binascii.Error, ValueError) as error:
        return (line_id, f"bad_line: html_b64 is not base64 ({error})"), None


def _answer_line(line_id: Any, fault: str | None, answer: Answer | None) -> bytes:
    # Put together by hand: the record is a line of JSON already and need not be parsed again.
    reason = fault or (answer and answer.reason)
    record = answer.record.rstrip(b"\n") if answer and answer.record else b"null"
    return b'{"id":%b,"article":%b,"reason":%b}\n' % (orjson.dumps(line_id), record, orjson.dumps(reason))
