"""The server of the demo newspaper."""

from __future__ import annotations

import gzip
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from scraper.demo import serve, truth


@pytest.fixture
def newspaper():
    with serve() as server:
        yield server


def ask(url: str, **headers: str):
    return urlopen(
        Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()}), timeout=240
    )


def test_an_unchanged_page_answers_304_to_its_etag(newspaper):
    etag = ask(newspaper.url + "/").headers["ETag"]
    with pytest.raises(HTTPError) as answer:
        ask(newspaper.url + "/", If_None_Match=etag)
    assert (answer.value.code, answer.value.read()) == (304, b"")


def test_an_unchanged_page_answers_304_to_its_last_modified(newspaper):
    url = truth(1, newspaper.url)[0].url
    modified = ask(url).headers["Last-Modified"]
    with pytest.raises(HTTPError, match="304"):
        ask(url, If_Modified_Since=modified)


def test_a_date_that_cannot_be_read_is_ignored(newspaper):
    assert ask(newspaper.url + "/", If_Modified_Since="yesterday").status == 200


def test_a_corrected_story_answers_in_full_to_the_etag_of_its_first_version(newspaper):
    url = next(article.url for article in truth(1, newspaper.url) if "燃气管线" in (article.title or ""))
    etag = ask(url).headers["ETag"]
    newspaper.show(2)
    assert "延后一周" in ask(url, If_None_Match=etag).read().decode("utf-8")


def test_a_story_that_was_taken_down_answers_410(newspaper):
    gone = {article.url for article in truth(1, newspaper.url)} - {article.url for article in truth(2, newspaper.url)}
    newspaper.show(2)
    with pytest.raises(HTTPError, match="410"):
        ask(gone.pop())


def test_a_page_is_compressed_for_who_asks(newspaper):
    plain = ask(newspaper.url + "/").read()
    packed = ask(newspaper.url + "/", Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.read()) == plain


def test_the_charset_is_only_in_the_header_of_the_newest_system(newspaper):
    kinds = {ask(article.url).headers["Content-Type"] for article in truth(1, newspaper.url)[::6]}
    assert kinds == {"text/html", "text/html; charset=utf-8"}


def test_an_old_address_leads_to_the_story(newspaper):
    assert ask(newspaper.url + "/news/yxyw/48300.html").url == truth(1, newspaper.url)[0].url


def test_the_server_counts_what_was_asked_for(newspaper):
    ask(newspaper.url + "/robots.txt")
    ask(newspaper.url + "/internal/draft_1.shtml?x=1")
    assert newspaper.hits == {"/robots.txt": 1, "/internal/draft_1.shtml": 1}


def test_robots_forbid_the_internal_pages_and_name_the_sitemap(newspaper):
    robots = ask(newspaper.url + "/robots.txt").read().decode()
    assert "Disallow: /internal/" in robots
    assert f"Sitemap: {newspaper.url}/sitemap.xml" in robots


def test_pictures_are_png(newspaper):
    picture = truth(1, newspaper.url)[0].images[0]
    assert ask(picture.url).read().startswith(b"\x89PNG\r\n\x1a\n")


def test_head_answers_without_a_body(newspaper):
    request = Request(newspaper.url + "/", method="HEAD")
    assert urlopen(request, timeout=240).read() == b""
