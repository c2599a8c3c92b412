"""Profiles from TOML files."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.profiles import ProfileError, load_profile, parse_profile, profile_text, shipped_profiles


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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('name = "a"\nname = "b"', 'line 2: this key stands there twice (found name = "b")'),
        ('name = "a', "line 1: a text is not closed, expected a quote at its end"),
        ("name", "line 1: expected key = value (found name)"),
        ('name = "a"\nseeds = [', "line 2: "),
        ('name = "a"\n[[template]]\nbody = "p"\nvalid_from = 2026-13-01', "a day is 2026-01-31 (found valid_from = "),
    ],
)
def test_what_is_no_toml_is_said_with_the_line_and_what_to_write(text: str, told: str) -> None:
    with pytest.raises(ProfileError) as caught:
        parse_profile(text, "a.toml")
    assert str(caught.value).startswith("a.toml: not TOML: line ")
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            'name = "A B"',
            "name: expected lower-case letters, digits, dots and dashes, such as example.com (found 'A B')",
        ),
        ('language = "Chinese"', "language: expected a language of BCP 47, such as zh-CN or en (found 'Chinese')"),
        ("delay_s = -1", "delay_s: expected 0 or more (found -1)"),
        ('[template]\nbody = "p"', "template: expected a list; a table of it is headed [[template]]"),
        ('[[template]]\nurls = ["/a"]', 'template[1].body: missing; write body = ["div#content"]'),
        ('[[template]]\nbody = []\ndate_format = "%Q"', "template[1].body: expected at least 1 of them"),
        ('[[template]]\nbody = []\ndate_format = "%Q"', "template[1].date_format: expected a format with %d and %m"),
        (
            '[[template]]\nbody = "p"\nvalid_from = 2026-12-01\nvalid_until = 2026-11-01',
            "template[1]: valid_from 2026-12-01 lies behind valid_until 2026-11-01",
        ),
    ],
)
def test_a_mistake_is_told_in_the_words_of_the_file(text: str, told: str) -> None:
    with pytest.raises(ProfileError) as caught:
        parse_profile(text if text.startswith("name") else f'name = "a"\n{text}')
    assert f"profile: {told}" in str(caught.value)
    assert "(found {" not in str(caught.value)


def test_two_templates_of_one_name_are_a_mistake() -> None:
    text = 'name = "a"\n[[template]]\nname = "x"\nbody = "p"\n[[template]]\nname = "x"\nbody = "div"\n'
    with pytest.raises(ProfileError, match="two templates are called 'x'; give each a name of its own"):
        parse_profile(text)


def test_a_template_that_stands_there_twice_is_a_mistake_but_not_one_for_other_days() -> None:
    once = '[[template]]\nbody = "p"\n'
    with pytest.raises(ProfileError, match="template 2 is for the same pages as template 1"):
        parse_profile(f'name = "a"\n{once}{once}')
    assert len(parse_profile(f'name = "a"\n{once}{once}valid_until = 2026-01-31\n').templates) == 2


def test_a_file_that_begins_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b'\xef\xbb\xbfname = "mine"\r\n')
    assert profile_text(path) == 'name = "mine"\n'


def test_a_file_in_another_encoding_is_said_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes('publisher = "云山日报"\n'.encode("gb18030"))
    with pytest.raises(ProfileError, match=r"mine\.toml: is no text in UTF-8; save it as UTF-8"):
        profile_text(path)
