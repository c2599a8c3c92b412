from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import orjson
import pytest

from pipelines.duplicates import settle_version
from scraper.ledger import Ledger
from scraper.outcome import Address, PageOutcome
from scraper.storage import SiteFolder, Store, read_records, rebuild_site, verify_site

Open = Callable[..., Store]


@pytest.fixture
def site(open_store: Open, harvest: ModuleType) -> SiteFolder:
    """A finished site of seven pages whose seventh leads to one that was never asked."""
    store = open_store()
    store.ledger.add([Address(url="http://paper.example/0.html")])
    store.commit([harvest.make_outcome(number, 7) for number in range(6)], settle_version)
    last = harvest.make_outcome(6, 0)
    last.links = [Address(url="http://paper.example/never.html", via="listing", depth=4, priority=2)]
    last.covers = ["http://paper.example/6_2.html"]
    store.commit([last], settle_version)
    store.close()
    return store.folder


def archive(site: SiteFolder) -> Path:
    return next(site.archive.glob("*.warc.gz"))


def test_a_whole_site_gives_no_finding(site: SiteFolder) -> None:
    assert verify_site(site.path) == []


def test_a_cut_archive_file_is_found(site: SiteFolder) -> None:
    os.truncate(archive(site), archive(site).stat().st_size - 30)
    problems = [str(finding) for finding in verify_site(site.path)]
    assert any("the gzip member is cut" in problem for problem in problems)
    assert any("were committed" in problem for problem in problems)


def test_an_archive_file_cut_between_two_records_is_found(site: SiteFolder) -> None:
    *_, last = read_records(archive(site))
    os.truncate(archive(site), last.offset)
    assert any("were committed" in finding.problem for finding in verify_site(site.path))


def test_a_changed_byte_in_the_archive_is_found(site: SiteFolder) -> None:
    data = bytearray(archive(site).read_bytes())
    data[len(data) // 2] ^= 0xFF
    archive(site).write_bytes(data)
    assert any(finding.file.startswith("archive/") for finding in verify_site(site.path))


def test_a_changed_text_is_found(site: SiteFolder) -> None:
    site.articles.write_bytes(site.articles.read_bytes().replace(b"Text of page 3", b"Text of page 8"))
    text, whole = verify_site(site.path)
    assert "text_hash" in text.problem
    assert "its sha256 is another" in whole.problem


def test_a_line_that_names_a_wrong_record_is_found(site: SiteFolder) -> None:
    first, *rest = site.articles.read_bytes().splitlines(keepends=True)
    record = orjson.loads(first)
    other = orjson.loads(rest[0])
    record["crawl"]["warc"]["offset"] = other["crawl"]["warc"]["offset"]
    site.articles.write_bytes(b"".join([orjson.dumps(record) + b"\n", *rest]))
    assert any("is not at byte" in finding.problem for finding in verify_site(site.path))


def test_an_archive_path_that_leaves_the_folder_is_not_followed(site: SiteFolder) -> None:
    site.articles.write_bytes(site.articles.read_bytes().replace(b'"file":"archive/', b'"file":"../../x/', 1))
    assert any("outside of the folder" in finding.problem for finding in verify_site(site.path))


def test_a_missing_ledger_is_found(site: SiteFolder) -> None:
    site.ledger.unlink()
    (finding,) = verify_site(site.path)
    assert "scraper rebuild" in finding.problem


def states(site: SiteFolder) -> tuple[dict[str, int], int, int]:
    ledger = Ledger(site.ledger)
    try:
        return dict(ledger.by_state()), ledger.articles(), ledger.discovered()
    finally:
        ledger.close()


def test_a_line_whose_record_stands_behind_the_end_of_the_archive_is_found(site: SiteFolder) -> None:
    os.truncate(archive(site), 100)
    lines = [finding.problem for finding in verify_site(site.path) if finding.file == "articles.jsonl"]
    assert len(lines) == 7
    assert all("the file ends at byte 100" in problem for problem in lines[1:])


def test_a_lost_ledger_is_rebuilt_with_states_and_what_was_not_asked_yet(site: SiteFolder) -> None:
    before = states(site)
    site.ledger.unlink()
    rebuilt = rebuild_site(site.path)
    assert states(site) == before
    assert (rebuilt.articles, rebuilt.left) == (7, 1)
    assert verify_site(site.path) == []
    ledger = Ledger(site.ledger)
    (lease,) = ledger.lease(5, 0)
    assert (lease.url, lease.via, lease.depth, lease.priority) == ("http://paper.example/never.html", "listing", 4, 2)
    ledger.close()


def test_a_rebuilt_site_does_not_store_its_articles_again(
    site: SiteFolder, open_store: Open, harvest: ModuleType
) -> None:
    site.ledger.unlink()
    rebuild_site(site.path)
    assert open_store().commit([harvest.make_outcome(0, 7)], settle_version) == 0


def test_a_rebuild_keeps_whole_records_and_sets_the_torn_ones_aside(site: SiteFolder) -> None:
    os.truncate(archive(site), archive(site).stat().st_size - 30)
    lines = site.articles.read_bytes().splitlines(keepends=True)
    site.articles.write_bytes(b"".join([lines[0], b"{broken}\n", *lines[1:], b'{"id": "torn']))
    rebuilt = rebuild_site(site.path)
    assert (rebuilt.articles, rebuilt.dropped_lines) == (7, 2)
    assert rebuilt.cut_bytes > 0
    assert site.articles.read_bytes() == b"".join(lines)
    assert site.path.joinpath("articles.jsonl.broken").read_bytes() == b'{broken}\n{"id": "torn'
    assert verify_site(site.path) == []


def test_a_rebuild_keeps_an_article_whose_archive_record_was_cut_off(site: SiteFolder) -> None:
    *_, response, _, _ = read_records(archive(site))
    os.truncate(archive(site), response.offset + 20)
    rebuilt = rebuild_site(site.path)
    assert (rebuilt.articles, rebuilt.unarchived, rebuilt.cut_bytes) == (7, 1, 20)
    references = [orjson.loads(line)["crawl"]["warc"] for line in site.articles.read_bytes().splitlines()]
    assert [reference is None for reference in references] == [False] * 6 + [True]
    assert verify_site(site.path) == []


def test_a_rebuild_sets_aside_what_stands_behind_a_broken_archive_record(site: SiteFolder) -> None:
    _, _, third, *_ = read_records(archive(site))
    data = bytearray(archive(site).read_bytes())
    data[third.offset + 12] ^= 0xFF
    archive(site).write_bytes(data)
    rebuild_site(site.path)
    assert archive(site).read_bytes() == data[: third.offset]
    assert archive(site).with_suffix(".gz.broken").read_bytes() == data[third.offset :]
    assert verify_site(site.path) == []


def test_an_article_whose_line_is_lost_is_fetched_again(site: SiteFolder, open_store: Open) -> None:
    lines = site.articles.read_bytes().splitlines(keepends=True)
    site.articles.write_bytes(b"".join(lines[:3] + lines[4:]))
    rebuild_site(site.path)
    urls = {lease.url for lease in open_store(revisit="none").ledger.lease(9, 0)}
    assert urls == {"http://paper.example/3.html", "http://paper.example/never.html"}


def test_an_article_whose_line_is_lost_is_fetched_again_where_a_later_run_found_it_unchanged(
    site: SiteFolder, open_store: Open
) -> None:
    url = "http://paper.example/3.html"
    store = open_store()
    store.commit([PageOutcome(url=url, state="done", etag='"3"')], settle_version)
    store.close()
    lines = site.articles.read_bytes().splitlines(keepends=True)
    site.articles.write_bytes(b"".join(lines[:3] + lines[4:]))
    rebuild_site(site.path)
    (lease,) = (lease for lease in open_store(revisit="none").ledger.lease(9, 0) if lease.url == url)
    assert (lease.etag, lease.last_modified) == (None, None)


def test_without_an_archive_the_addresses_come_from_the_lines(site: SiteFolder) -> None:
    site.ledger.unlink()
    archive(site).unlink()
    rebuild_site(site.path)
    assert states(site)[0]["done"] == 7


def test_after_a_rebuild_a_sitemap_is_read_whole_again(open_store: Open) -> None:
    store = open_store()
    sitemap = PageOutcome(url="http://p.example/map.xml", kind="sitemap", state="done", etag='"1"', last_modified="x")
    store.commit([sitemap], settle_version)
    store.close()
    rebuild_site(store.folder.path)
    (lease,) = open_store(revisit="all").ledger.lease(5, 0)
    assert (lease.kind, lease.etag, lease.last_modified) == ("sitemap", None, None)


def test_a_rebuild_keeps_sources_as_sources(open_store: Open) -> None:
    store = open_store()
    store.commit([PageOutcome(url="http://p.example/feed", kind="feed", state="done")], settle_version)
    store.close()
    rebuild_site(store.folder.path)
    (lease,) = open_store().ledger.lease(5, 0)
    assert lease.kind == "feed"
