"""Profiles from TOML files."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.profiles import ProfileError, load_profile, parse_profile, shipped_profiles


def test_a_shipped_profile_is_found_by_name_host_and_address() -> None:
    by_name = load_profile("jgsdaily.com")
    assert by_name is not None
    assert by_name.timezone == "Asia/Shanghai"
    assert load_profile("http://www.jgsdaily.com/system/a.shtml") is by_name
    assert load_profile("news.jgsdaily.com") is by_name


def test_the_demo_profile_is_found_by_its_name_only() -> None:
    demo = load_profile("demo")
    assert demo is not None
    assert demo.delay_s == 0
    assert load_profile("http://127.0.0.1:8000/") is None


def test_a_site_without_a_profile_gives_none() -> None:
    assert load_profile("http://example.com/") is None
    assert load_profile("no such name") is None


def test_every_shipped_profile_is_valid() -> None:
    assert {"demo", "jgsdaily.com"} <= set(shipped_profiles())


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\ndelay_s = 2.5\n', encoding="utf-8")
    profile = load_profile(str(path))
    assert profile is not None
    assert profile.delay_s == 2.5


def test_a_missing_file_is_said_with_its_path() -> None:
    with pytest.raises(ProfileError, match=r"gone\.toml: cannot be read"):
        load_profile("gone.toml")


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('[[epaper]]\nknd = "nbs"', "epaper[1].knd: unknown key; did you mean kind?"),
        ('[[load_more]]\nitem = "data"', "load_more[1].item: unknown key; did you mean items?"),
        ('[[template]]\nbody = "p"\ndate = { att = "p" }', "template[1].date[1].att: unknown key; did you mean at?"),
        ("[learned]\npage = 1", "learned.page: unknown key; did you mean pages?"),
    ],
)
def test_an_unknown_key_of_a_table_is_compared_with_the_keys_of_that_table(table: str, told: str) -> None:
    with pytest.raises(ProfileError) as caught:
        parse_profile(f'name = "a"\n{table}')
    assert told in str(caught.value)


def test_every_mistake_is_told_with_its_key_and_a_hint() -> None:
    text = 'delay_s = "fast"\nzone = 1\ntimezome = "x"\ntimezone = "Mars/Base"\nseeds = ["ftp://a"]\nhosts = ["a b"]'
    with pytest.raises(ProfileError) as caught:
        parse_profile(text, "a.toml")
    told = str(caught.value)
    assert "a.toml: name: missing" in told
    assert "delay_s: expected a number" in told
    assert "timezome: unknown key; did you mean timezone?" in told
    assert "timezone: expected an IANA time zone such as Asia/Shanghai (found 'Mars/Base')" in told
    assert "seeds: expected http(s)://host/path, found 'ftp://a'" in told
    assert "hosts: 'a b' is not a host" in told


def test_what_is_no_toml_is_said_with_its_line() -> None:
    with pytest.raises(ProfileError, match=r"a\.toml: not TOML: "):
        parse_profile("name =", "a.toml")
