"""What a worker sends back of a page."""

from __future__ import annotations

from datetime import UTC, datetime

from pipelines import normalize
from pipelines.pages import normalize_joined, read_and_normalize, read_whole
from scraper.extraction import read_page
from scraper.reasons import Reason

NOW = datetime(2018, 1, 6, tzinfo=UTC)
URL = "http://news.example.com/20180105/1.html"
TEXT = "".join(f"<p>这是第{number}段，说的是茶山上的春天和采茶的人们，他们一早就上了山。</p>" for number in range(8))
PAGE = f"<html><head><title>春到茶山</title></head><body><h1>春到茶山</h1><p>2018-01-05 08:30</p>{TEXT}</body></html>"


def test_an_article_on_one_page_comes_back_as_its_record_and_without_its_evidence() -> None:
    reading, record = read_and_normalize(PAGE.encode(), URL, None, NOW, None)
    assert record is not None
    assert record.article == normalize(read_page(PAGE.encode(), URL), fetched_at=NOW).article
    assert (reading.kind, reading.blocks, reading.candidates) == ("article", [], {})


def test_an_article_that_goes_on_comes_back_whole() -> None:
    page = PAGE.replace("</body>", "<a href='1_2.html'>2</a> <a href='1_2.html'>下一页</a></body>").encode()
    reading, record = read_and_normalize(page, URL, None, NOW, None)
    assert record is None
    assert reading == read_whole(page, URL, None, NOW, None)
    assert reading.next_page == "http://news.example.com/20180105/1_2.html"


def test_a_page_that_is_no_article_has_no_record() -> None:
    reading, record = read_and_normalize(b"%PDF-1.4", URL, None, NOW, None)
    assert (reading.reason, record) == (Reason.NOT_HTML, None)


def test_an_article_that_no_record_comes_of_tells_why() -> None:
    reading = read_page(PAGE.encode(), URL)
    reading.blocks = reading.blocks[:0]
    record = normalize_joined([reading], NOW, None)
    assert record.article is None
    assert record.reason is not None
