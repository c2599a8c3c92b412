"""How much is taken of one answer: just below a limit it is an article, just above it is reported."""

from __future__ import annotations

import dataclasses
import gzip

import pytest
from check import Harvested, _by_fault
from crawling import Crawl, site_folder
from faultsite import FAULTS, FaultSite
from faultsite.server import Call
from faultsite.stories import print_page

from scraper.reasons import Reason

MB = 1024 * 1024
BYTES = {
    # name: bytes, and how the story is padded to them
    "raw-below": 10 * MB - 1000,
    "raw-above": 10 * MB + 1000,
    "decoded-below": 20 * MB - 1000,
    "decoded-above": 20 * MB + 1000,
    "headers-below": 60 * 1024,
    "headers-above": 200 * 1024,
}


def padded(call: Call, size: int) -> bytes:
    """The story as a page of so many bytes; the padding is a comment, so that reading it is no work."""
    page = print_page(call.story, after="<!---->").encode()
    return page.replace(b"<!---->", b"<!--" + b"x" * (size - len(page)) + b"-->")


def serve(call: Call) -> None:
    kind, _, _ = call.fault.name.partition("-")
    size = BYTES[call.fault.name]
    match kind:
        case "raw":
            call.reply(padded(call, size))
        case "decoded":
            call.reply(gzip.compress(padded(call, size), 1), headers=["Content-Encoding: gzip"])
        case "headers":
            call.reply(call.page, headers=[f"X-{number}: {'x' * 1000}" for number in range(size // 1010)])


@pytest.fixture(scope="module")
def harvested(tmp_path_factory):
    output = tmp_path_factory.mktemp("limits")
    faults = [dataclasses.replace(FAULTS["plain"], name=name, pages=1, serve=serve) for name in BYTES]
    with FaultSite(faults) as site, Crawl(site, output) as crawl:
        code = crawl.wait(120)
        return Harvested.read(site_folder(output), code)


@pytest.mark.parametrize("name", [name for name in BYTES if name.endswith("below")])
def test_an_answer_below_the_limit_is_taken(name, harvested):
    assert len(_by_fault(harvested.records)[name]) == 1


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("raw-above", Reason.TOO_LARGE),
        ("decoded-above", Reason.BOMB),
        ("headers-above", Reason.TOO_LARGE),
    ],
)
def test_an_answer_above_the_limit_is_reported(name, reason, harvested):
    assert not _by_fault(harvested.records)[name]
    assert [problem["reason"] for problem in _by_fault(harvested.problems)[name]] == [reason]
