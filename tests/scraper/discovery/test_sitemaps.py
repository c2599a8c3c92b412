"""Sitemaps and their indexes."""

from __future__ import annotations

import pytest

from scraper.discovery.sitemaps import parse_sitemap

NAMESPACES = (
    b'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    b' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


def urlset(inner: bytes) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8"?><urlset ' + NAMESPACES + b">" + inner + b"</urlset>"


def test_an_entry_has_its_address_and_its_last_change() -> None:
    found = parse_sitemap(urlset(b"<url><loc> http://a.com/1?x=1&amp;y=2 </loc><lastmod>2018-01-05</lastmod></url>"))
    assert [(entry.loc, entry.lastmod) for entry in found.pages] == [("http://a.com/1?x=1&y=2", "2018-01-05")]
    assert not found.broken


def test_an_entry_of_a_news_sitemap_has_title_and_date() -> None:
    found = parse_sitemap(
        urlset(
            b"<url><loc>http://a.com/1</loc><news:news><news:publication><news:name>N</news:name></news:publication>"
            b"<news:publication_date>2018-01-05T08:00:00+08:00</news:publication_date>"
            b"<news:title>\xe6\xa0\x87\xe9\xa2\x98</news:title></news:news></url>"
        )
    )
    assert found.pages[0].title == "标题"
    assert found.pages[0].publication_date == "2018-01-05T08:00:00+08:00"


def test_the_address_of_an_image_is_not_that_of_the_page() -> None:
    inner = b"<url><image:image><image:loc>http://a.com/1.jpg</image:loc></image:image><loc>http://a.com/1</loc></url>"
    assert [entry.loc for entry in parse_sitemap(urlset(inner)).pages] == ["http://a.com/1"]


def test_an_index_lists_sitemaps() -> None:
    found = parse_sitemap(
        b"<sitemapindex " + NAMESPACES + b"><sitemap><loc>http://a.com/s1.xml.gz</loc></sitemap></sitemapindex>"
    )
    assert [entry.loc for entry in found.sitemaps] == ["http://a.com/s1.xml.gz"]
    assert found.pages == []


@pytest.mark.parametrize("cut", [0, 4])
def test_relative_addresses_are_resolved_whole_or_cut(cut: int) -> None:
    body = urlset(
        b"<url><loc>/1.html</loc></url><url><loc>http://b.com/2.html</loc></url><url><loc>/3.html</loc></url>"
    )
    found = parse_sitemap(body[: len(body) - cut], "http://a.com/maps/news.xml.gz")
    assert [page.loc for page in found.pages] == ["http://a.com/1.html", "http://b.com/2.html", "http://a.com/3.html"]


def test_a_cut_file_gives_what_stands_before_the_cut() -> None:
    whole = urlset(b"".join(b"<url><loc>http://a.com/%d</loc></url>" % number for number in range(3)))
    found = parse_sitemap(whole[: whole.index(b"/2</loc>")])
    assert [entry.loc for entry in found.pages] == ["http://a.com/0", "http://a.com/1"]
    assert found.broken


def test_entries_behind_a_stray_ampersand_are_told() -> None:
    inner = b"<url><loc>http://a.com/1?a=1&b=2</loc></url><url><loc>http://a.com/2</loc></url>"
    assert [entry.loc for entry in parse_sitemap(urlset(inner)).pages] == ["http://a.com/1?a=1&b=2", "http://a.com/2"]


def test_a_text_sitemap_is_one_address_a_line() -> None:
    assert [entry.loc for entry in parse_sitemap(b"http://a.com/1\r\nhttp://a.com/2\n").pages] == [
        "http://a.com/1",
        "http://a.com/2",
    ]


@pytest.mark.parametrize("body", [b"", b"<html><body>404</body></html>", b"\x00\x01", b"{}"])
def test_what_is_no_sitemap_is_empty(body: bytes) -> None:
    found = parse_sitemap(body)
    assert (found.pages, found.sitemaps) == ([], [])


def test_no_entity_is_expanded_and_no_file_read() -> None:
    body = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY a "aaaaaaaaaa">'
        b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        b"<urlset><url><loc>http://a.com/&f;&b;</loc></url></urlset>"
    )
    found = parse_sitemap(body)
    assert all("root:" not in entry.loc and "aaaa" not in entry.loc for entry in found.pages)


def test_a_sitemap_of_more_than_50000_addresses_is_read_so_far() -> None:
    listed = b"".join(b"<url><loc>http://a.com/%d</loc></url>" % number for number in range(50_010))
    assert len(parse_sitemap(urlset(listed)).pages) == 50_000
    lines = b"\n".join(b"http://a.com/%d" % number for number in range(50_010))
    assert len(parse_sitemap(lines).pages) == 50_000
