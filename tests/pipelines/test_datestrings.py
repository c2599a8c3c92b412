"""One printed string to one point in time."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pipelines.datestrings import parse_date
from pipelines.timezones import assumed_zone, printed_zone

NOW = datetime(2018, 1, 2, 12, 0, 30, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def chinese(raw: str, year: int | None = None) -> str | None:
    parsed = parse_date(raw, now=NOW, zone=SHANGHAI, languages=["zh-CN"], year=year)
    return parsed and parsed.text()


def western(raw: str, *languages: str, zone: str = "Europe/Berlin") -> str | None:
    parsed = parse_date(raw, now=NOW, zone=ZoneInfo(zone), languages=languages)
    return parsed and parsed.text()


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("2017年12月28日 10:17", "2017-12-28T10:17:00+08:00"),
        ("2017-12-28 10:17:05", "2017-12-28T10:17:05+08:00"),
        ("2017-12-28 10:17 CST", "2017-12-28T10:17:00+08:00"),
        ("发布时间：2017年12月28日下午3:05", "2017-12-28T15:05:00+08:00"),
        ("2017年12月28日", "2017-12-28"),
        ("二〇一七年十二月二十八日", "2017-12-28"),
        ("106年12月28日", "2017-12-28"),
        ("3小时前", "2018-01-02"),
        ("13小时前", "2018-01-02"),
        ("21小时前", "2018-01-01"),
        ("5分钟前", "2018-01-02T19:55:00+08:00"),
        ("昨天 10:17", "2018-01-01T10:17:00+08:00"),
        ("2天前", "2017-12-31"),
        ("1514427420", "2017-12-28T10:17:00+08:00"),
        ("1514427420000", "2017-12-28T10:17:00+08:00"),
    ],
)
def test_chinese_forms_are_read_by_the_clock_of_shanghai(raw: str, text: str) -> None:
    assert chinese(raw) == text


@pytest.mark.parametrize("raw", ["2009年11月09日00:00", "2009-11-09 00:00:00", "2009-11-09T00:00:00+08:00"])
def test_midnight_is_what_systems_print_that_know_the_day_only(raw: str) -> None:
    parsed = parse_date(raw, now=NOW, zone=SHANGHAI)
    assert parsed is not None
    assert (parsed.text(), parsed.precision) == ("2009-11-09", "day")


@pytest.mark.parametrize(
    ("raw", "precision"),
    [("2017-12-28", "day"), ("2017-12-28 10:17", "minute"), ("2017-12-28 10:17:00", "second")],
)
def test_the_precision_is_the_printed_one(raw: str, precision: str) -> None:
    parsed = parse_date(raw, now=NOW, zone=SHANGHAI)
    assert parsed is not None
    assert parsed.precision == precision


@pytest.mark.parametrize(
    ("raw", "text", "has_zone"),
    [
        ("2017-12-28T10:17:00+01:00", "2017-12-28T10:17:00+01:00", True),
        ("2017-12-28T10:17Z", "2017-12-28T10:17:00+00:00", True),
        ("Thu, 28 Dec 2017 10:17:00 GMT", "2017-12-28T10:17:00+00:00", True),
        ("Dec 28, 2017 10:17 a.m. ET", "2017-12-28T10:17:00-05:00", True),
        ("28.12.2017 10:17", "2017-12-28T10:17:00+01:00", False),
    ],
)
def test_a_printed_zone_is_kept(raw: str, text: str, has_zone: bool) -> None:
    parsed = parse_date(raw, now=NOW, zone=ZoneInfo("Europe/Berlin"), languages=["de"])
    assert parsed is not None
    assert (parsed.text(), parsed.has_zone) == (text, has_zone)


def test_summer_time_follows_the_zone() -> None:
    assert western("28.07.2017 10:17", "de") == "2017-07-28T10:17:00+02:00"


def test_without_a_zone_a_time_is_utc() -> None:
    parsed = parse_date("2017-12-28 10:17", now=NOW)
    assert parsed is not None
    assert parsed.text() == "2017-12-28T10:17:00+00:00"


def test_a_year_less_date_is_the_last_one_before_now() -> None:
    assert chinese("12月28日") == "2017-12-28"
    assert chinese("1月1日 08:00") == "2018-01-01T08:00:00+08:00"


def test_a_year_less_date_takes_the_year_of_the_address() -> None:
    assert chinese("12月28日", year=2011) == "2011-12-28"


def test_the_29th_of_february_is_in_the_last_leap_year() -> None:
    assert chinese("2月29日") == "2016-02-29"


@pytest.mark.parametrize(
    ("raw", "languages", "day"),
    [
        ("05/03/2017", ("en-US",), "2017-05-03"),
        ("05/03/2017", ("en",), "2017-05-03"),
        ("05/03/2017", (), "2017-05-03"),
        ("05/03/2017", ("en-GB",), "2017-03-05"),
        ("05/03/2017", ("fr",), "2017-03-05"),
        ("05.03.2017", ("en-US",), "2017-03-05"),
        ("12/03/2018", ("en-US",), "2018-03-12"),
    ],
)
def test_day_and_month_stand_as_the_language_has_them(raw: str, languages: tuple[str, ...], day: str) -> None:
    later = datetime(2018, 4, 1, tzinfo=UTC)
    parsed = parse_date(raw, now=later, languages=languages)
    assert parsed is not None
    assert parsed.text() == day


def test_24_oclock_is_the_next_day() -> None:
    assert chinese("2017年12月28日24:00") == "2017-12-29T00:00:00+08:00"


@pytest.mark.parametrize("raw", ["2018-01-05", "2018-01-04 10:17", "2019年3月1日", "1989-12-31", "1960年5月1日"])
def test_what_is_to_come_or_before_1990_is_not_believed(raw: str) -> None:
    assert chinese(raw) is None


def test_a_day_ahead_is_believed() -> None:
    assert chinese("2018-01-03 10:00") == "2018-01-03T10:00:00+08:00"


@pytest.mark.parametrize(
    "raw", ["", "robot", "2017-02-30", "2017年13月1日", "no date", "12", "2017", "Uhr", "0000-00-00"]
)
def test_what_is_no_date_is_none(raw: str) -> None:
    assert chinese(raw) is None


def test_only_the_first_hundred_characters_count() -> None:
    assert chinese("江" * 101 + "2017-12-28") is None


def test_languages_beyond_the_strict_forms_are_left_to_dateparser() -> None:
    assert western("28 دسامبر 2017", "fa", zone="Asia/Tehran") == "2017-12-28"


@pytest.mark.parametrize(
    "raw",
    [
        "1" * 5000,
        "12月" * 3000,
        "2017-" * 2000,
        "vor " * 1000,
        "9" * 60,
        "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "99999999999",
        "\x00" * 100,
        "١" * 100,
    ],
)
def test_hostile_strings_take_no_time(raw: str) -> None:
    parse_date("28 x 2017", now=NOW, languages=["en"])  # loads dateparser, once a process
    start = time.thread_time()
    parse_date(raw, now=NOW, zone=SHANGHAI, languages=["fa", "en"])
    assert time.thread_time() - start < 2  # of CPU time; what they take is some milliseconds


@pytest.mark.parametrize(
    ("host", "language", "zone"),
    [
        ("news.example.cn", None, "Asia/Shanghai"),
        ("example.com.tw", "zh", "Asia/Taipei"),
        ("example.com", "zh-TW", "Asia/Taipei"),
        ("example.com", "zh-Hant", "Asia/Taipei"),
        ("example.com", "zh-CN", "Asia/Shanghai"),
        ("example.de", "de", "Europe/Berlin"),
        ("example.co.uk", "en", "Europe/London"),
        ("example.com", "ja", "Asia/Tokyo"),
        ("example.com", "de-AT", "Europe/Vienna"),
        ("example.gr", None, "Europe/Athens"),
    ],
)
def test_the_zone_is_assumed_from_domain_then_language(host: str, language: str | None, zone: str) -> None:
    assert assumed_zone(host, language) == ZoneInfo(zone)


@pytest.mark.parametrize(("host", "language"), [("example.com", "en"), ("example.com", "es-419"), (None, None)])
def test_where_many_clocks_are_possible_none_is_assumed(host: str | None, language: str | None) -> None:
    assert assumed_zone(host, language) is None


@pytest.mark.parametrize(("text", "hours"), [("CST", -6), ("CEST", 2), ("+0530", 5.5), ("GMT+8", 8), ("-03:00", -3)])
def test_printed_zones_are_offsets(text: str, hours: float) -> None:
    zone = printed_zone(text, is_chinese=False)
    assert zone is not None
    offset = zone.utcoffset(None)
    assert offset is not None
    assert offset.total_seconds() == hours * 3600


@pytest.mark.parametrize("text", ["ABC", "+99", "+08:75", "", "PM"])
def test_letters_that_are_no_zone_are_none(text: str) -> None:
    assert printed_zone(text, is_chinese=False) is None


@pytest.mark.parametrize("raw", ["3小时前", "昨天 10:17", "12月28日", "Dec 28", "刚刚"])
def test_a_date_without_a_year_is_none_where_nobody_knows_when_the_page_was_had(raw: str) -> None:
    assert parse_date(raw, now=NOW, zone=SHANGHAI, languages=["zh-CN", "en"], is_live=False) is None


def test_a_whole_date_is_read_without_knowing_when_the_page_was_had() -> None:
    parsed = parse_date("2017-12-28 10:17", now=NOW, zone=SHANGHAI, is_live=False)
    assert parsed is not None
    assert parsed.text() == "2017-12-28T10:17:00+08:00"


def test_the_year_of_the_address_completes_a_date_without_one() -> None:
    parsed = parse_date("12月28日", now=NOW, zone=SHANGHAI, languages=["zh-CN"], year=2016, is_live=False)
    assert parsed is not None
    assert parsed.text() == "2016-12-28"
