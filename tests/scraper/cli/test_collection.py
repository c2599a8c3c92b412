"""sites.toml: what it says, and how its mistakes are told."""

from datetime import timedelta
from pathlib import Path

import pytest

from scraper.cli.collection import Collection, load_collection, parse_interval
from scraper.cli.exits import CommandError, Exit

WHOLE = """
jobs = 3
every = "6h"
[defaults]
delay = 2.5
settings = { CONTACT = "harvest@example.org", READER_PROCESSES = 1 }
[sites.yunshan]
url = "https://www.example.com/"
allow_host = ["epaper.example.net"]
since = 2026-01-31
[sites.qingxi]
url = "example.org"
delay = 0
every = "1d"
settings = { LOG_LEVEL = "DEBUG" }
"""


def load(tmp_path: Path, text: str) -> Collection:
    path = tmp_path / "sites.toml"
    path.write_text(text, encoding="utf-8")
    return load_collection(path)


def mistakes(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(CommandError) as raised:
        load(tmp_path, text)
    assert raised.value.code is Exit.CONFIG
    return [line.removeprefix(f"{tmp_path}/sites.toml: ") for line in raised.value.sentence.splitlines()]


def test_a_site_has_its_own_options_and_those_of_all(tmp_path: Path) -> None:
    yunshan, qingxi = load(tmp_path, WHOLE).sites
    assert yunshan.arguments == (
        "--allow-host=epaper.example.net",
        "--delay=2.5",
        "--since=2026-01-31",
        *("-s", "CONTACT=harvest@example.org"),
        *("-s", "READER_PROCESSES=1"),
    )
    assert qingxi.arguments[0] == "--delay=0.0"
    assert qingxi.arguments[-2:] == ("-s", "LOG_LEVEL=DEBUG")
    assert (yunshan.every, qingxi.every) == (timedelta(hours=6), timedelta(days=1))


def test_the_output_is_beside_the_file(tmp_path: Path) -> None:
    collection = load(tmp_path, WHOLE)
    assert collection.output == tmp_path / "output"
    assert collection.sites[0].folder == tmp_path / "output" / "example.com"


def test_a_site_knows_which_hosts_it_may_ask(tmp_path: Path) -> None:
    assert load(tmp_path, WHOLE).sites[0].hosts == {"example.com", "example.net"}


def test_a_site_may_be_a_profile_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('name = "own"\nseeds = ["https://news.example.com/"]\n')
    (site,) = load(tmp_path, '[sites.own]\nurl = "own.toml"\n').sites
    assert site.url == str(tmp_path / "own.toml")
    assert (site.folder.name, site.hosts) == ("own", {"example.com"})


def test_all_mistakes_are_told_at_once_with_place_and_hint(tmp_path: Path) -> None:
    told = mistakes(
        tmp_path,
        """
        job = 2
        every = "soon"
        [defaults]
        dely = 1
        [sites.a]
        uri = "https://a.example/"
        delay = "fast"
        """,
    )
    assert sorted(told) == [
        "defaults.dely: unknown key; did you mean delay?",
        "every: expected a number with m, h, d or w, such as 30m, 6h or 1d (found 'soon')",
        "job: unknown key; did you mean jobs?",
        "sites.a.delay: expected a number (found 'fast')",
        "sites.a.uri: unknown key; did you mean url?",
        'sites.a.url: missing; write url = "…"',
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("jobs = ", "is not TOML"),
        ("", "sites: missing; write [sites.example] with url"),
        ('[sites.a]\nurl = "not a site"', "sites.a: 'not a site' is neither an address nor a profile"),
        (
            '[sites.a]\nurl = "https://example.com/"\n[sites.b]\nurl = "https://www.example.com/news/"',
            "sites.b: has the folder example.com of sites.a; make them one site",
        ),
        ('[sites.a]\nurl = "ftp://example.com/"', "sites.a: only http and https addresses can be crawled"),
        ('[sites.a]\nurl = "http://example.com:99999/"', "has no readable host or port"),
        ('[sites.a]\nurl = "example.com"\nsince = "yesterday"', "sites.a.since: expected a day, such as 2026-01-31"),
        ('[sites.a]\nurl = "example.com"\nsince = 2026-02-01\nuntil = 2026-01-01', "expected them in their order"),
        (
            '[sites.a]\nurl = "example.com"\nsince = 2026-02-01T10:00:00',
            "such as 2026-01-31 (found 2026-02-01 10:00:00)",
        ),
        ('[sites.a]\nurl = "example.com"\ndelay = -1', "sites.a.delay: expected 0 or more (found -1)"),
        ('[sites.a]\nurl = "example.com"\nallow_host = "b"', "sites.a.allow_host: expected a list"),
        ('[sites]\na = "https://example.com/"', 'sites.a: expected a table of keys, such as url = "…"'),
        ('[sites."a b"]\nurl = "example.com"', "sites: a name has letters, digits, dots, dashes"),
    ],
)
def test_a_file_that_cannot_be_used_is_said(tmp_path: Path, text: str, said: str) -> None:
    assert said in mistakes(tmp_path, text)[0]


def test_a_setting_of_no_type_is_one_mistake(tmp_path: Path) -> None:
    told = mistakes(tmp_path, '[sites.a]\nurl = "example.com"\nsettings = { DOWNLOAD_DELAY = [1] }')
    assert told == ["sites.a.settings.DOWNLOAD_DELAY: expected text, a number, true or false (found [1])"]


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    assert load(tmp_path, "\ufeff" + WHOLE).jobs == 3


def test_a_file_in_another_encoding_is_said(tmp_path: Path) -> None:
    (tmp_path / "sites.toml").write_bytes('# 云岫\n[sites.a]\nurl = "example.com"'.encode("gbk"))
    with pytest.raises(CommandError, match=r"sites\.toml is not UTF-8; save it as UTF-8"):
        load_collection(tmp_path / "sites.toml")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"there is no .*sites\.toml"):
        load_collection(tmp_path / "sites.toml")


def test_a_site_that_is_not_there_is_said_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="did you mean qingxi"):
        load(tmp_path, WHOLE).pick(["qinxi"])


@pytest.mark.parametrize("text", ["6", "h", "0h", "6 hours", "-1d", "1.5h", ""])
def test_what_is_no_interval_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a number"):
        parse_interval(text)
