"""robots.txt."""

from __future__ import annotations

from scraper.discovery.robots import MAX_BYTES, RobotsRules


def rules(text: str) -> RobotsRules:
    return RobotsRules(text.encode(), "news-scraper")


def test_the_rules_of_our_group_go_before_those_for_all() -> None:
    found = rules("User-agent: *\nDisallow: /\n\nUser-agent: news-scraper\nDisallow: /private/\nCrawl-delay: 3\n")
    assert found.allows("http://a.com/news/")
    assert not found.allows("http://a.com/private/x")
    assert found.crawl_delay_s == 3


def test_the_longest_rule_wins() -> None:
    found = rules("User-agent: *\nDisallow: /news/\nAllow: /news/2018/\n")
    assert found.allows("http://a.com/news/2018/1.html")
    assert not found.allows("http://a.com/news/2017/1.html")


def test_sitemaps_are_listed_once_each() -> None:
    found = rules("Sitemap: http://a.com/s.xml\nUser-agent: *\nDisallow:\nSitemap: http://a.com/s.xml\n")
    assert found.sitemaps == ["http://a.com/s.xml"]


def test_a_crawl_delay_of_an_hour_counts_as_two_minutes() -> None:
    assert rules("User-agent: *\nCrawl-delay: 3600\n").crawl_delay_s == 120


def test_what_is_no_robots_txt_allows_everything() -> None:
    found = RobotsRules(b"<html>\xff\xfe not found</html>", "news-scraper")
    assert found.allows("http://a.com/x")
    assert found.crawl_delay_s is None


def test_a_byte_order_mark_and_bare_carriage_returns_do_no_harm() -> None:
    found = RobotsRules(b"\xef\xbb\xbfUser-agent: *\rDisallow: /private/\r", "news-scraper")
    assert not found.allows("http://a.com/private/x")


def test_a_rule_that_the_limit_cuts_is_ignored() -> None:
    filler = b"User-agent: *\n" + b"# filler\n" * (MAX_BYTES // 9)
    body = filler[: MAX_BYTES - 11] + b"\nDisallow: /private/"
    assert RobotsRules(body, "news-scraper").allows("http://a.com/x")
