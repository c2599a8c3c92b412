"""The asset itself: it has to misbehave as promised, and `check` has to notice."""

from __future__ import annotations

import http.client
import json
import socket
import sqlite3
import urllib.error
import urllib.request
import zlib

import pytest
from check import Harvested, check_books
from faultsite import FAULTS, FaultSite, Kind, write_story
from faultsite.too_large import gzip_bomb, zstd_bomb


@pytest.fixture(scope="module")
def site():
    with FaultSite() as site:
        yield site


def _get(site, name, number=1):
    fault = FAULTS[name]
    return urllib.request.urlopen(site.address(fault, fault.path(number)), timeout=10).read()


def test_no_two_stories_have_the_same_title():
    titles = [story.title for fault in FAULTS.values() for story in fault.stories]
    assert len(titles) == len(set(titles))


def test_a_name_always_gives_the_same_story():
    assert write_story("a name") == write_story("a name")
    assert write_story("a name").text != write_story("another").text


def test_every_fault_says_in_a_sentence_what_it_does():
    assert all(fault.about.endswith(".") for fault in FAULTS.values())


def test_every_bad_fault_names_the_reasons_that_may_be_given():
    assert all(fault.reasons for fault in FAULTS.values() if fault.kind is Kind.BAD)


def test_traditional_stories_fit_into_big5():
    for fault in FAULTS.values():
        if fault.language == "zh-Hant":
            fault.story().text.encode("big5hkscs")


def test_the_front_page_links_to_every_fault_that_it_announces(site):
    front = urllib.request.urlopen(site.url, timeout=10).read().decode()
    for fault in FAULTS.values():
        if fault.announced == "home":
            assert f"/{fault.name}/" in front


def test_a_plain_page_holds_its_story(site):
    page = _get(site, "plain", 3).decode()
    assert all(paragraph in page for paragraph in FAULTS["plain"].story(3).paragraphs)


def test_a_reset_reaches_the_client(site):
    with pytest.raises(ConnectionResetError):
        _get(site, "reset-before-headers")


def test_a_cut_body_reaches_the_client(site):
    with pytest.raises(http.client.IncompleteRead):
        _get(site, "body-cut")


def test_a_bad_status_line_reaches_the_client(site):
    with pytest.raises(http.client.BadStatusLine):
        _get(site, "bad-status-line")


def test_a_flaky_page_is_right_at_the_second_visit(site):
    fault = FAULTS["flaky-reset"]
    with pytest.raises(ConnectionResetError):
        _get(site, "flaky-reset")
    assert fault.story().title in _get(site, "flaky-reset").decode()


def test_nobody_listens_on_the_dead_port(site):
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.20", site.dead_port), timeout=5)


def test_a_request_during_the_rest_counts_as_early(site):
    fault = FAULTS["retry-after-seconds"]
    for _ in range(2):
        with pytest.raises(urllib.error.HTTPError):
            _get(site, fault.name)
    early = [request.early for request in site.requests if request.fault == fault.name]
    assert early == [False, True]


def test_the_internal_host_counts_who_asks(site):
    urllib.request.urlopen(site.internal("plain"), timeout=10).read()
    assert [request.target for request in site.requests if request.internal] == ["/plain/20250304/admin.html"]


def test_whoever_reads_a_file_is_noticed(site):
    with site.bait("links-to-files").open("rb") as bait:
        assert bait.read()
    assert site.files_read == ["links-to-files"]


def test_stats_tell_what_was_asked(site):
    _get(site, "plain", 7)
    stats = json.loads(urllib.request.urlopen(site.url + "__stats", timeout=10).read())
    assert stats["requests"][-1]["target"].endswith("/plain/20250304/1007.html")


def test_the_gzip_bomb_grows_as_promised():
    inflate = zlib.decompressobj(wbits=31)
    assert sum(len(inflate.decompress(piece)) for piece in gzip_bomb(16)) == 16 << 20


def test_the_zstd_bomb_is_small():
    assert len(zstd_bomb(10 * 1024)) < 400_000


def test_a_torn_line_is_noticed(tmp_path, empty_ledger):
    (tmp_path / "articles.jsonl").write_bytes(b'{"id": 1}\n{"id": ')
    assert len(Harvested.read(tmp_path, 0).torn) == 2


def test_an_address_that_is_left_is_noticed(tmp_path, empty_ledger):
    empty_ledger.execute("INSERT INTO url (url, state, reason, next_at) VALUES ('http://127.0.0.20/', 'new', NULL, 0)")
    empty_ledger.commit()
    assert any("exit code is 0" in detail for detail in check_books(Harvested.read(tmp_path, 0)))


@pytest.fixture
def empty_ledger(tmp_path):
    ledger = sqlite3.connect(tmp_path / "ledger.sqlite")
    ledger.execute("CREATE TABLE url (url, host, state, reason, next_at)")
    ledger.execute("CREATE TABLE host (name, rests_until)")
    ledger.execute("CREATE TABLE file (name, bytes, lines)")
    ledger.commit()
    yield ledger
    ledger.close()
