"""The archive of a crawl, read by warcio and gzip alone: each article has its page there, as it was received."""

from __future__ import annotations

import base64
import gzip
import hashlib

import pytest
from check import Harvested
from crawling import Crawl, site_folder
from faultsite import FAULTS, FaultSite
from warcio.archiveiterator import ArchiveIterator

MIXED = [FAULTS[name] for name in ("plain", "twins", "print-twin")]


@pytest.fixture(scope="module")
def harvested(tmp_path_factory):
    output = tmp_path_factory.mktemp("archived")
    with FaultSite(MIXED) as site, Crawl(site, output) as crawl:
        code = crawl.wait(120)
        return Harvested.read(site_folder(output), code)


def warc_files(harvested):
    return sorted((harvested.folder / "archive").glob("*.warc.gz"))


def test_every_archive_file_is_whole_gzip(harvested):
    # What gzip -t does: all members, to their checksums.
    assert warc_files(harvested)
    for path in warc_files(harvested):
        with gzip.open(path) as file:
            while file.read(1 << 20):
                pass


def test_warcio_finds_no_wrong_digest(harvested):
    for path in warc_files(harvested):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests=True):
                record.content_stream().read()
                assert record.digest_checker.passed is not False, record.rec_headers


def test_every_article_names_the_record_of_its_page(harvested):
    assert harvested.records
    for article in harvested.records:
        place = article["crawl"]["warc"]
        with (harvested.folder / place["file"]).open("rb") as file:
            file.seek(place["offset"])
            record = next(iter(ArchiveIterator(file)))
            payload = record.raw_stream.read()
        headers = record.rec_headers
        assert headers.get_header("WARC-Target-URI") == article["url"]
        assert headers.get_header("WARC-Type") in ("response", "revisit")
        if headers.get_header("WARC-Type") == "response":
            digest = base64.b32encode(hashlib.sha1(payload).digest()).decode()
            assert headers.get_header("WARC-Payload-Digest") == f"sha1:{digest}"
