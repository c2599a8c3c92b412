"""Feeds, broken ones too."""

from __future__ import annotations

import pytest

from scraper.discovery.feeds import parse_feed


def test_an_rss_item_has_address_title_and_date() -> None:
    body = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>报</title><item><title>标题</title>'
        "<link>http://a.com/1</link><pubDate>Fri, 05 Jan 2018 08:00:00 +0800</pubDate></item></channel></rss>"
    )
    entry = parse_feed(body.encode())[0]
    assert (entry.url, entry.title, entry.published) == ("http://a.com/1", "标题", "Fri, 05 Jan 2018 08:00:00 +0800")


def test_an_atom_entry_is_read_and_its_link_resolved() -> None:
    body = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><link href="/1"/>'
        b"<updated>2018-01-05T00:00:00Z</updated></entry></feed>"
    )
    entry = parse_feed(body, "http://a.com/feed.xml")[0]
    assert (entry.url, entry.published) == ("http://a.com/1", "2018-01-05T00:00:00Z")


def test_a_json_feed_is_read() -> None:
    body = b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"http://a.com/1","title":"T"},{"id":2}]}'
    assert [entry.url for entry in parse_feed(body)] == ["http://a.com/1"]


def test_a_feed_with_bare_ampersands_and_unknown_entities_is_read() -> None:
    body = (
        b"<rss><channel><item><title>A & B &nbsp; C</title><link>http://a.com/1?a=1&b=2</link></item>"
        b"<item><title>D</title><link>http://a.com/2</link></item></channel></rss>"
    )
    assert [entry.url for entry in parse_feed(body)] == ["http://a.com/1?a=1&b=2", "http://a.com/2"]


def test_a_feed_that_is_cut_gives_its_first_entries() -> None:
    body = b"<rss><channel><item><title>A</title><link>http://a.com/1</link></item><item><title>B</ti"
    assert [entry.url for entry in parse_feed(body)] == ["http://a.com/1"]


def test_a_json_feed_that_is_cut_gives_its_first_entries() -> None:
    body = (
        b'{"version":"1.1","items": [{"url":"http://a.com/1","tags":["x"]}, {"url":"http://a.com/2"},\n{"url":"http://a'
    )
    assert [entry.url for entry in parse_feed(body)] == ["http://a.com/1", "http://a.com/2"]


@pytest.mark.parametrize("body", [b"", b"<html><body>no feed</body></html>", b"{", b'{"items": 3}', b"[]"])
def test_what_is_no_feed_has_no_entries(body: bytes) -> None:
    assert parse_feed(body) == []
