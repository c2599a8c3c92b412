"""Addresses: canonical form, site key and the policy of what may be fetched."""

from __future__ import annotations

import pytest

from scraper.reasons import Reason
from scraper.urls import UrlPolicy, canonicalize, registrable_domain, site_key


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://News.Example.COM:80/a#top", "http://news.example.com/a"),
        ("https://example.com:443", "https://example.com/"),
        ("https://example.com:8443/", "https://example.com:8443/"),
        ("http://www.example.com/a/../b/./c.html", "http://www.example.com/b/c.html"),
        ("http://example.com/a?utm_source=x&id=7&fbclid=1", "http://example.com/a?id=7"),
        ("http://example.com/a?b=2&a=1", "http://example.com/a?a=1&b=2"),
        ("http://example.com/a?123", "http://example.com/a?123"),
        ("http://example.com/a?&&&=%", "http://example.com/a"),
        ("http://example.com/a;jsessionid=0A1B?x=1", "http://example.com/a?x=1"),
        ("http://example.com/a?PHPSESSID=1&sid=2", "http://example.com/a"),
        ("http://example.com/(S(abcdefghijkl12345))/a.aspx", "http://example.com/a.aspx"),
        ("http://example.com/a?from=timeline&isappinstalled=0", "http://example.com/a"),
        ("http://example.com/list?from=20", "http://example.com/list?from=20"),
        ("http://example.com/%7euser/%e4%b8%ad", "http://example.com/~user/%E4%B8%AD"),
        ("http://example.com/中.html", "http://example.com/%E4%B8%AD.html"),
        ("http://user:secret@example.com/", "http://example.com/"),
        ("http://新闻.example.com/", "http://xn--efvy88h.example.com/"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
        (" http://example.com/a b\n", "http://example.com/a%20b"),
    ],
)
def test_two_addresses_of_one_page_have_one_canonical_form(url: str, expected: str) -> None:
    assert canonicalize(url) == expected
    assert canonicalize(expected) == expected


@pytest.mark.parametrize("url", ["", "http://", "/a/b", "http://[broken", "http://host:port/"])
def test_an_address_without_a_host_has_no_canonical_form(url: str) -> None:
    with pytest.raises(ValueError, match=r"host|URL|Port"):
        canonicalize(url)


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("http://opinion.people.com.cn/n1/2018/a.html", "people.com.cn"),
        ("https://www.bbc.co.uk/news", "bbc.co.uk"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://localhost:8000/", "localhost"),
        ("nonsense", ""),
    ],
)
def test_registrable_domain(url: str, domain: str) -> None:
    assert registrable_domain(url) == domain


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://www.jgsdaily.com/a/b.shtml", "jgsdaily.com"),
        ("http://127.0.0.1:8000/", "127.0.0.1-8000"),
        ("http://127.0.0.1/", "127.0.0.1"),
        ("http://localhost:8000/", "localhost-8000"),
        ("http://[::1]:8000/", "1-8000"),
    ],
)
def test_site_key_is_a_safe_folder_name(url: str, key: str) -> None:
    assert site_key(url) == key


def test_the_site_with_its_subdomains_is_in_scope() -> None:
    policy = UrlPolicy(["http://www.example.com/"])
    assert policy.judge("https://news.example.com/a") is None
    assert policy.judge("http://example.org/a") is Reason.OFF_SITE
    assert policy.judge("http://example.com.evil.org/a") is Reason.OFF_SITE


def test_an_allowed_host_is_in_scope_with_its_subdomains() -> None:
    policy = UrlPolicy(["http://example.com/"], ["partner.org", "other.net:8080"])
    assert policy.judge("http://cdn.partner.org/a") is None
    assert policy.judge("http://notpartner.org/a") is Reason.OFF_SITE
    assert policy.judge("http://other.net:8080/") is None
    assert policy.judge("http://other.net/") is Reason.OFF_SITE


@pytest.mark.parametrize(
    "url", ["ftp://example.com/a", "file:///etc/passwd", "javascript:alert(1)", "data:,x", "s3://b/k"]
)
def test_only_http_and_https_are_asked(url: str) -> None:
    assert UrlPolicy(["http://example.com/"]).judge(url) is Reason.SCHEME


@pytest.mark.parametrize(
    "url",
    [
        "http://[",
        "http:///a",
        "nonsense",
        "http://example.com\\@127.0.0.1/",
        "http://exa mple.com/",
        "http://example.com:99999/",
        "http://example.com/" + "a" * 3000,
    ],
)
def test_an_unreadable_address_is_a_bad_url(url: str) -> None:
    assert UrlPolicy(["http://example.com/"]).judge(url) is Reason.BAD_URL


PRIVATE = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://localhost/",
    "http://a.localhost./",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://example.com@127.0.0.1/",
    "http://10.1.2.3/",
    "http://192.168.0.1/",
    "http://172.16.0.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://0.0.0.0/",
    "http://224.0.0.1/",
    "http://99999999999/",
    "http://１２７.0.0.1/",
]


@pytest.mark.parametrize("url", PRIVATE)
def test_a_private_address_is_blocked_in_every_notation(url: str) -> None:
    assert UrlPolicy(["http://example.com/"]).judge(url) is Reason.BLOCKED_ADDRESS


def test_a_private_address_that_was_typed_is_open_on_its_port_only() -> None:
    policy = UrlPolicy(["http://127.0.0.1:8000/"])
    assert policy.judge("http://127.0.0.1:8000/a") is None
    assert policy.judge("http://127.0.0.1:9000/a") is Reason.BLOCKED_ADDRESS
    assert policy.judge("http://127.0.0.2:8000/a") is Reason.BLOCKED_ADDRESS
    assert policy.permits_address("127.0.0.1", 8000)
    assert not policy.permits_address("127.0.0.1", 22)


@pytest.mark.parametrize("allowed", ["127.0.0.20-29", "127.0.0.20/30", "http://127.0.0.22:8000", "127.0.0.22:8000"])
def test_addresses_are_allowed_by_range_network_or_port(allowed: str) -> None:
    policy = UrlPolicy(["http://example.com/"], [allowed])
    assert policy.judge("http://127.0.0.22:8000/") is None
    assert policy.judge("http://127.0.0.30:8000/") is Reason.BLOCKED_ADDRESS


def test_a_name_never_opens_a_private_address() -> None:
    policy = UrlPolicy(["http://example.com/"], ["partner.org"])
    assert policy.permits_address("93.184.216.34", 80)
    assert not policy.permits_address("10.0.0.1", 80)
    assert not policy.permits_address("::ffff:10.0.0.1", 80)
    assert not policy.permits_address("not an address", 80)


def test_what_is_no_host_cannot_be_allowed() -> None:
    with pytest.raises(ValueError, match="expected"):
        UrlPolicy([], ["not a host"])
