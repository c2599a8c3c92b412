"""The keys of a profile: how a person may write them, and what is said about mistakes."""

from __future__ import annotations

import datetime
import re

import pytest

from scraper.extraction.tree import parse
from scraper.profiles import ProfileError, Template, parse_profile
from scraper.profiles.ages import seconds
from scraper.profiles.locators import check_locator, find_all
from scraper.profiles.patterns import check_pattern, fits

WHOLE = """
name = "a"
feeds = ["http://a.example/rss.xml"]
article_urls = ["/system/#/#/#/#.shtml"]
revisit = ["30m", "1d"]
[[template]]
urls = ["/system/#/#/#/#.shtml"]
valid_from = 2026-01-01
body = "div#artibody"
source = { at = "div.info", label = "来源" }
date = "div.info"
"""


def test_a_single_locator_may_stand_without_a_list() -> None:
    template = parse_profile(WHOLE).templates[0]
    assert template.body == ("div#artibody",)
    assert [(place.at, place.label) for place in (*template.source, *template.date)] == [
        ("div.info", "来源"),
        ("div.info", None),
    ]


def test_mistakes_inside_a_template_are_told_with_its_number_and_key() -> None:
    broken = WHOLE.replace("urls", "url").replace("body", "bodi").replace("div.info", "div..info").replace("1d", "soon")
    with pytest.raises(ProfileError) as caught:
        parse_profile(broken, "a.toml")
    told = str(caught.value)
    assert "a.toml: template[1].url: unknown key; did you mean urls?" in told
    assert "a.toml: template[1].body: missing" in told
    assert "a.toml: template[1].source[1].at: expected a CSS selector such as div#content" in told
    assert "a.toml: revisit[2]: expected a number and m, h or d, such as 30m, 6h or 7d, found 'soon'" in told


def test_a_span_that_ends_before_it_begins_is_a_mistake() -> None:
    with pytest.raises(ProfileError, match="lies behind valid_until"):
        parse_profile(WHOLE + "valid_until = 2025-01-01\n")


@pytest.mark.parametrize(
    ("pattern", "url", "expected"),
    [
        ("/news/#/#.html", "http://a.example/news/2026/12.html?from=x", True),
        ("/news/#/#.html", "http://a.example/news/2026/x.html", False),
        ("/news/*.html", "http://a.example/news/2026/x.html", False),
        ("/news/**", "http://a.example/news/2026/x.html", True),
        ("b.example/**", "http://a.example/news/", False),
        ("a.example/**", "http://a.example:8080/news/", True),
        ("/show?id=#", "http://a.example/show?id=7", True),
        ("/show?id=#", "http://a.example/show?id=x", False),
        ("/a.b", "http://a.example/aXb", False),
        ("/**", "http://[broken", False),
    ],
)
def test_a_pattern_fits_addresses_of_its_form(pattern: str, url: str, expected: bool) -> None:
    assert fits(pattern, url) is expected


def test_a_template_covers_the_days_on_which_its_pages_were_fetched() -> None:
    template = Template(body=("div",), valid_from=datetime.date(2026, 1, 1), valid_until=datetime.date(2026, 3, 1))
    days = [
        datetime.date(2025, 12, 31),
        datetime.date(2026, 1, 1),
        datetime.date(2026, 3, 1),
        datetime.date(2026, 3, 2),
    ]
    assert [template.covers(None, day) for day in days] == [False, True, True, False]


def test_a_locator_is_a_css_selector_or_an_xpath() -> None:
    tree = parse("<div class='info x'><span>1</span><span id=b>2</span></div>")
    assert [one.text for one in find_all("div.info > span:nth-of-type(2)", tree)] == ["2"]
    assert [one.text for one in find_all("//span[1]", tree)] == ["1"]
    assert find_all("//span/text()", tree) == []


def test_ages_are_lengths_of_time() -> None:
    assert [seconds(age) for age in ("30m", "6h", "7d")] == [1800, 21600, 604800]


@pytest.mark.parametrize(
    ("locator", "told"),
    [
        ("//p[matches(., 'a')]", "matches() is no function of XPath 1.0"),
        ("//p[re:test(., 'a')]", "re:test() is no function of XPath 1.0"),
        ("//p[$here]", "'$here' means nothing here"),
        ("//svg:a", "'svg:a' means nothing here"),
    ],
)
def test_an_xpath_that_no_page_could_be_asked_with_is_a_mistake(locator: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        check_locator(locator)


def test_an_xpath_may_use_axes_functions_and_any_text_in_quotes() -> None:
    for locator in (
        "//div[contains(., 'a:b $c matches(')]/following-sibling::p[position() < last()]",
        "(//td[not(@class)])[2]",
        "//h2[normalize-space(text())='x' and (@id or @class)]",
        "./descendant-or-self::node()/p",
    ):
        assert check_locator(locator) == locator


@pytest.mark.parametrize("pattern", ["news/#.html", "*.html", "news.example.com", "#", "127.0.0.1:8017/a"])
def test_a_pattern_that_no_address_could_have_is_a_mistake(pattern: str) -> None:
    with pytest.raises(ValueError, match="expected a pattern that begins with / or a host without its port"):
        check_pattern(pattern)


@pytest.mark.parametrize("pattern", ["/news/*", "news.example.com/**", "**/story/#", "127.0.0.1/a", "localhost/#"])
def test_a_pattern_begins_with_a_slash_or_a_host(pattern: str) -> None:
    assert check_pattern(pattern) == pattern


def test_an_xpath_that_fails_on_a_page_names_nothing_there() -> None:
    tree = parse("<html><body><p>text</p></body></html>")
    assert find_all("//p[count('a') > 1]", tree) == []
    assert find_all("//p[substring('a')]", tree) == []
