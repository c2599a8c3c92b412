"""The archive of a crawl, read by warcio and gzip alone: each article has its page there, as it was received."""

from __future__ import annotations

import base64
import gzip
import hashlib
import socketserver
import threading
from types import SimpleNamespace

import pytest
from check import Harvested
from crawling import Crawl, site_folder
from faultsite import FAULTS, FaultSite
from warcio.archiveiterator import ArchiveIterator

from scraper.storage import read_records

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


HEAD = b"HTTP/1.1 200 Fine\r\nx-Odd: 1\r\ncontent-TYPE: text/html\r\nX-ODD:2  \r\nServer: \xe5\xa0\xb1\r\n"
BODY = b"<html><head><title>A page</title></head><body><p>No article.</p></body></html>"


class Raw(socketserver.StreamRequestHandler):
    """Answers with HEAD and BODY in two chunks, to the byte; robots.txt and all guesses with 404."""

    requests: list[bytes]

    def handle(self) -> None:
        while lines := list(iter(self.rfile.readline, b"\r\n")):
            if lines[-1] == b"":
                return
            self.requests.append(b"".join([*lines, b"\r\n"]))
            if lines[0].startswith(b"GET / "):
                chunks = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (9, BODY[:9], len(BODY) - 9, BODY[9:])
                self.wfile.write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunks)
            else:
                self.wfile.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")


def test_the_archive_has_heads_as_they_went_over_the_wire(tmp_path):
    handler = type("Handler", (Raw,), {"requests": []})
    with socketserver.ThreadingTCPServer(("127.0.0.20", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.20:{server.server_address[1]}/"
        with Crawl(SimpleNamespace(url=url), tmp_path) as crawl:
            crawl.wait(60)
        server.shutdown()
    records = [
        record
        for path in (site_folder(tmp_path) / "archive").glob("*.warc.gz")
        for record in read_records(path)
        if record.url == url
    ]
    assert next(record.block for record in records if record.kind == "response") == HEAD + b"\r\n" + BODY
    assert next(record.block for record in records if record.kind == "request") in handler.requests
