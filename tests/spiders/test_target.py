"""What a crawl is pointed at."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scraper.profiles import ProfileError
from scraper.reasons import Reason
from spiders.target import parse_target, user_agent


def test_an_address_starts_there_and_names_the_folder_by_its_domain() -> None:
    target = parse_target("http://news.example.com/world/?utm_source=x")
    assert target.site == "example.com"
    assert target.starts == ("http://news.example.com/world/",)
    assert target.profile is None


def test_a_bare_host_is_asked_over_http() -> None:
    assert parse_target("www.example.com").starts == ("http://www.example.com/",)
    assert parse_target("127.0.0.1:8000").site == "127.0.0.1-8000"


def test_the_name_of_a_profile_starts_at_its_seeds() -> None:
    target = parse_target("jgsdaily.com")
    assert target.starts == ("http://www.jgsdaily.com/",)
    assert target.profile is not None
    assert target.site == "jgsdaily.com"


def test_a_profile_may_be_another_than_that_of_the_site(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\ndelay_s = 2\nhosts = ["cdn.example.net"]\n', encoding="utf-8")
    target = parse_target("http://example.com/", profile=str(path))
    assert (target.site, target.delay_s) == ("mine", 2)
    assert target.policy.judge("http://cdn.example.net/1") is None


def test_the_delay_that_is_asked_for_goes_before_that_of_the_profile() -> None:
    assert parse_target("http://127.0.0.1:8000/", profile="demo").delay_s == 0
    assert parse_target("http://127.0.0.1:8000/", profile="demo", delay="1.5").delay_s == 1.5


def test_allowed_hosts_are_separated_by_commas() -> None:
    policy = parse_target("http://example.com/", allow_host="a.org, 127.0.0.20-29").policy
    assert policy.judge("http://a.org/") is None
    assert policy.judge("http://127.0.0.25/") is None
    assert policy.judge("http://127.0.0.30/") is Reason.BLOCKED_ADDRESS


def test_since_and_max_articles_are_read() -> None:
    target = parse_target("http://example.com/", since="2018-01-05", max_articles="7")
    assert (target.days.since, target.max_articles) == (date(2018, 1, 5), 7)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"url": ""}, "no start given"),
        ({"url": "no such site"}, "neither an address nor a profile"),
        ({"url": "http://example.com/", "delay": "fast"}, "delay is 'fast', expected a number"),
        ({"url": "http://example.com/", "max_articles": "-1"}, "max_articles is '-1', expected a number"),
        ({"url": "http://example.com/", "since": "yesterday"}, "since is 'yesterday', expected YYYY-MM-DD"),
        ({"url": "http://example.com/", "allow_host": "a b"}, "'a b' is not a host"),
        ({"url": "http://example.com/", "profile": "nobody"}, "no profile 'nobody'"),
    ],
)
def test_what_cannot_be_used_is_said(arguments: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_target(**arguments)


def test_a_profile_with_a_mistake_is_said_with_its_path(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("name = 3\n", encoding="utf-8")
    with pytest.raises(ProfileError, match=r"bad\.toml: name"):
        parse_target("http://example.com/", profile=str(path))


@pytest.mark.parametrize(
    ("plain", "contact", "expected"),
    [
        ("news-scraper/1 (news harvester)", "", "news-scraper/1 (news harvester)"),
        (
            "news-scraper/1 (news harvester)",
            "https://example.org/bot",
            "news-scraper/1 (news harvester; +https://example.org/bot)",
        ),
        ("news-scraper/1", "bot@example.org", "news-scraper/1 (+bot@example.org)"),
    ],
)
def test_the_contact_stands_in_the_comment_of_the_user_agent(plain: str, contact: str, expected: str) -> None:
    assert user_agent(plain, contact) == expected


@pytest.mark.parametrize("contact", ["someone", "https://example.org/\r\nX: y", "http://example.org/)", "a b@c.org"])
def test_what_is_no_contact_is_refused(contact: str) -> None:
    with pytest.raises(ValueError, match=r"CONTACT is .*, expected https://… or a mail address"):
        user_agent("news-scraper/1", contact)


def test_a_profile_says_at_which_ages_an_article_is_asked_again(tmp_path):
    profile = tmp_path / "p.toml"
    profile.write_text('name = "p"\nseeds = ["http://p.example/"]\nrevisit = ["6h", "3d"]\n')
    assert parse_target(profile=str(profile)).revisit_ages_s == (6 * 3600, 3 * 86400)


def test_a_revisit_that_is_no_choice_is_told():
    with pytest.raises(ValueError, match="expected due, all or none"):
        parse_target("http://p.example/", revisit="never")
