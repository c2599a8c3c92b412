"""The profiles that ship: each is valid, says what it was seen on, and is of one site."""

from __future__ import annotations

import re
from datetime import date

import pytest

from scraper.profiles import Profile, load_profile, loader, parse_profile, shipped_profiles
from scraper.profiles.loader import shipped_text
from scraper.profiles.patterns import fits_any
from scraper.urls import registrable_domain

SITES = [name for name in shipped_profiles() if name != "demo"]
"""The demo newspaper is on no domain."""

WRITTEN_ON = date(2026, 11, 23)
LEARNED_FROM = 5
"""Pages from which on a template was learned; one of fewer pages was written by hand."""


def shipped(name: str) -> tuple[str, Profile]:
    found = shipped_text(name)
    assert found is not None
    return found[1], parse_profile(found[1], name)


def test_a_dozen_news_sites_have_a_profile_and_half_of_them_are_chinese() -> None:
    assert len(SITES) >= 13
    languages = [shipped(name)[1].language or "" for name in SITES]
    assert sum(language.startswith("zh") for language in languages) >= len(SITES) / 2


@pytest.mark.parametrize("name", SITES)
def test_a_profile_is_named_after_the_domain_of_its_seeds(name: str) -> None:
    _, profile = shipped(name)
    assert profile.name == name
    assert profile.seeds
    assert {registrable_domain(seed) for seed in profile.seeds} == {name}


@pytest.mark.parametrize("name", SITES)
def test_further_hosts_are_of_other_domains(name: str) -> None:
    _, profile = shipped(name)
    assert name not in {registrable_domain(f"http://{host}/") for host in profile.hosts}


@pytest.mark.parametrize("name", SITES)
def test_a_profile_says_on_which_pages_of_which_years_it_was_seen(name: str) -> None:
    text, _ = shipped(name)
    head = text.partition("name =")[0]
    assert re.search(r"Evidence: (?:\d+|one) article pages? of .*20[012]\d|Evidence: \d+ article pages, read", head)
    assert "2026-11-23" in head
    assert re.search(r"(?:of|in|2009|January|December) 20[012]\d|one of 2009", head)


@pytest.mark.parametrize("name", SITES)
def test_every_template_has_evidence_and_none_says_that_it_may_be_replaced(name: str) -> None:
    _, profile = shipped(name)
    assert profile.templates
    for template in profile.templates:
        assert template.learned_from is not None
        assert template.learned_from.pages >= 1
        assert template.learned_from.agreement >= 0.85
        assert template.mark is None  # looked over by a person
    assert profile.learned is None


@pytest.mark.parametrize("name", SITES)
def test_a_design_that_was_learned_from_old_pages_is_not_for_pages_of_today(name: str) -> None:
    _, profile = shipped(name)
    for template in profile.templates:
        assert template.learned_from is not None
        if template.learned_from.pages >= LEARNED_FROM:
            assert not template.covers(None, WRITTEN_ON)
            assert template.covers(None, date(2012, 1, 12))


@pytest.mark.parametrize("name", SITES)
def test_no_text_of_the_pages_ships_but_short_labels(name: str) -> None:
    _, profile = shipped(name)
    lines = [*profile.boilerplate, *(line for template in profile.templates for line in template.boilerplate)]
    assert all(len(line) <= 40 for line in lines)


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("jgsdaily.com", "http://www.jgsdaily.com/system/2017/12/28/010000001.shtml"),
        ("people.com.cn", "http://world.people.com.cn/n1/2019/0614/c1002-10000001.html"),
        ("ifeng.com", "http://nb.ifeng.com/a/20200911/10000001_0.shtml"),
        ("chinanews.com", "http://www.chinanews.com/sh/2013/04-09/1000001.shtml"),
        ("udn.com", "https://udn.com/news/story/7331/1000001"),
        ("xinhuanet.com", "http://news.xinhuanet.com/society/2011-12/09/c_100000001.htm"),
        ("huanqiu.com", "http://world.huanqiu.com/roll/2012-04/1000001.html"),
        ("uho.com.tw", "http://www.uho.com.tw/hotnews.asp?aid=10001"),
        ("sina.com.cn", "http://tech.sina.com.cn/d/2011-12-09/10000001.shtml"),
        ("bbc.co.uk", "http://www.bbc.co.uk/news/health-10000001"),
    ],
)
def test_the_form_of_an_article_is_known_and_the_front_page_has_none(name: str, url: str) -> None:
    profile = load_profile(url)
    assert profile is not None
    assert profile.name == name
    assert fits_any(profile.article_urls, url)
    assert not fits_any(profile.article_urls, profile.seeds[0])


def test_only_the_profile_that_is_asked_for_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []

    def spy(text: str, where: str) -> Profile:
        parsed.append(where)
        return parse_profile(text, where)

    monkeypatch.setattr(loader, "parse_profile", spy)
    loader._shipped.cache_clear()
    loader._parsed_once.cache_clear()
    assert load_profile("http://world.huanqiu.com/") is load_profile("huanqiu.com")
    assert load_profile("http://www.example.com/") is None
    assert parsed == ["huanqiu.com.toml"]


@pytest.mark.parametrize("asked", ["../sites/demo", "http://demo/", "http://demo:8017/", "", "no such name"])
def test_what_is_no_name_and_no_domain_finds_nothing(asked: str) -> None:
    assert load_profile(asked) is None
