"""Printed forms of dates, as newspapers of the world print them."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from scraper.extraction.dateforms import find_dates, find_relative
from scraper.extraction.monthnames import month_number


def first(text: str) -> tuple[int | None, ...]:
    date = next(find_dates(text))
    parts = (date.year, date.month, date.day, date.hour, date.minute, date.second)
    return tuple(part for part in parts if part is not None)


@pytest.mark.parametrize(
    "text",
    [
        "2017年12月28日 10:17",
        "2017年12月28日10:17来源：江城日报",
        "2017-12-28 10:17",
        "2017/12/28 10:17",
        "2017.12.28 10:17",
        "2017年12月28日上午10:17",
        "2017年12月28日 星期四 10:17",
        "2017年12月28日10时17分",
        "２０１７年１２月２８日　１０：１７",
        "10:17 2017-12-28",
        "106年12月28日 10:17",
        "中華民國106年12月28日 10:17",
        "http://news.example.cn2017-12-28 10:17江城晚报",
        "2017-12-2810:17",
        "2017년 12월 28일 오전 10:17",
        "2017年12月28日 午前10時17分",
        "Dec. 28, 2017 at 10:17 a.m.",
        "December 28th, 2017, 10:17 AM",
        "28 December 2017, 10:17",
        "10:17, 28 December 2017",
        "28. Dezember 2017, 10:17 Uhr",
        "28.12.2017 um 10.17 Uhr",
        "28/12/2017 à 10h17",
        "28 décembre 2017 à 10:17",
        "28 de diciembre de 2017 a las 10:17",
        "28 dicembre 2017 alle 10:17",
        "28 de dezembro de 2017 às 10h17",
        "28 december 2017 om 10:17",
        "28 grudnia 2017, 10:17",
        "28 декабря 2017, 10:17",
        "28 грудня 2017, 10:17",
        "28 Δεκεμβρίου 2017 - 10:17",
        "28 Aralık 2017 10:17",
        "28. december 2017 kl. 10.17",
        "28. desember 2017 10:17",
        "28.12.2017 klo 10:17",
        "28. joulukuuta 2017 klo 10.17",
        "2017. december 28. 10:17",
        "28 decembrie 2017, 10:17",
        "28 Desember 2017 10:17",
        "ngày 28 tháng 12 năm 2017 10:17",
        "٢٨ ديسمبر ٢٠١٧ 10:17",
        "28.12.17 10:17",
    ],
)
def test_a_printed_date_with_minutes_is_found(text: str) -> None:
    assert first(text) == (2017, 12, 28, 10, 17)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二〇一七年十二月二十八日", (2017, 12, 28)),
        ("二○一七年十月廿一日", (2017, 10, 21)),
        ("一九九九年一月三十日", (1999, 1, 30)),
        ("20171228", (2017, 12, 28)),
        ("2017年12月28日下午3:05", (2017, 12, 28, 15, 5)),
        ("2017年12月28日晚8点", (2017, 12, 28, 20, 0)),
        ("2017年12月28日凌晨0:05", (2017, 12, 28, 0, 5)),
        ("Dec 28, 2017 12:05 AM", (2017, 12, 28, 0, 5)),
        ("2017年12月28日 오후 3:05", (2017, 12, 28, 15, 5)),
        ("28.12.2017 15 Uhr", (2017, 12, 28, 15, 0)),
        ("2012/1/12 17:21:00", (2012, 1, 12, 17, 21, 0)),
        ("2017-12-28T10:17:00.123+08:00", (2017, 12, 28, 10, 17, 0)),
        ("Thu, 28 Dec 2017 10:17:05 +0800", (2017, 12, 28, 10, 17, 5)),
        ("28-Dec-2017", (2017, 12, 28)),
        ("Dec-28-2017", (2017, 12, 28)),
        ("12.28.2017", (2017, 12, 28)),
        ("HealthDECEMBER 28, 2017Updated", (2017, 12, 28)),
    ],
)
def test_other_forms_are_read_as_exactly_as_they_are_printed(text: str, expected: tuple[int, ...]) -> None:
    assert first(text) == expected


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2017-12-28T10:17:00+08:00", "+08:00"),
        ("2017-12-28T10:17Z", "Z"),
        ("28 Dec 2017 10:17:00 GMT", "GMT"),
        ("2017-12-28 10:17 CST", "CST"),
        ("Dec 28, 2017 10:17 a.m. ET", "ET"),
        ("Sat Sep 07 2019 15:10:53 GMT+0800", "GMT+0800"),
        ("28 Dec 2017 10:17 -11:30", None),
    ],
)
def test_a_zone_is_read_behind_the_time(text: str, zone: str | None) -> None:
    assert next(find_dates(text)).zone == zone


@pytest.mark.parametrize(
    "text", ["1.234.567", "version 2.0.1", "13月45日", "0431-12345678", "电话2083335", "12 monkeys 2017", "", "2017年"]
)
def test_numbers_that_are_no_dates_are_left_alone(text: str) -> None:
    assert list(find_dates(text)) == []


def test_two_dates_of_a_line_are_two() -> None:
    found = list(find_dates("2019-09-07 15:10:53 来源：江城网 最后更新: 2019-09-07 15:14:21"))
    assert [(date.hour, date.minute, date.second) for date in found] == [(15, 10, 53), (15, 14, 21)]


def test_the_span_of_a_date_holds_in_the_printed_text() -> None:
    text = "江城网　２０１７年１２月２８日　来源"
    date = next(find_dates(text))
    assert text[date.start : date.end] == "２０１７年１２月２８日"


@pytest.mark.parametrize("text", ["05/03/2024", "5/3/2024"])
def test_month_and_day_that_could_change_places_are_ambiguous(text: str) -> None:
    assert next(find_dates(text)).is_ambiguous


@pytest.mark.parametrize("text", ["15/03/2024", "03/15/2024", "05.03.2024", "05/05/2024"])
def test_month_and_day_that_cannot_change_places_are_not_ambiguous(text: str) -> None:
    assert not next(find_dates(text)).is_ambiguous


@pytest.mark.parametrize(
    ("text", "ago"),
    [
        ("3小时前", timedelta(hours=3)),
        ("3小時之前", timedelta(hours=3)),
        ("25分钟前", timedelta(minutes=25)),
        ("半小时前", timedelta(minutes=30)),
        ("两天前", timedelta(days=2)),
        ("刚刚", timedelta(0)),
        ("2 hours ago", timedelta(hours=2)),
        ("an hour ago", timedelta(hours=1)),
        ("vor 3 Stunden", timedelta(hours=3)),
        ("il y a 2 jours", timedelta(days=2)),
        ("hace 5 minutos", timedelta(minutes=5)),
        ("há 3 horas", timedelta(hours=3)),
        ("3 часа назад", timedelta(hours=3)),
        ("2시간 전", timedelta(hours=2)),
        ("3 uur geleden", timedelta(hours=3)),
    ],
)
def test_a_distance_from_now_is_read(text: str, ago: timedelta) -> None:
    date = find_relative(text)
    assert date is not None
    assert date.ago == ago


@pytest.mark.parametrize(
    ("text", "days"), [("昨天 10:17", 1), ("今天10:17", 0), ("前天", 2), ("Yesterday at 10:17", 1), ("gestern", 1)]
)
def test_yesterday_and_its_like_are_read(text: str, days: int) -> None:
    date = find_relative(text)
    assert date is not None
    assert date.days_back == days


@pytest.mark.parametrize("text", ["5 min read", "3 days of rain", "hours ago", "30 minutes"])
def test_a_duration_is_no_date(text: str) -> None:
    assert find_relative(text) is None


@pytest.mark.parametrize(
    ("word", "month"),
    [
        ("Sept", 9),
        ("févr", 2),
        ("août", 8),
        ("Mär", 3),
        ("дек", 12),
        ("Ağustos", 8),
        ("Kas", 11),
        ("juil", 7),
        ("lug", 7),
    ],
)
def test_short_month_names_are_known(word: str, month: int) -> None:
    assert month_number(word) == month


@pytest.mark.parametrize("word", ["ju", "jui", "monday", "xyz", "Uhr"])
def test_words_that_name_no_single_month_are_none(word: str) -> None:
    assert month_number(word) is None


@pytest.mark.parametrize(
    "text",
    [
        "1" * 300,
        "1 " * 150,
        "12/12/" * 50,
        " " * 300,
        "2017-12-28" + " " * 290,
        "1 jan " * 50,
        "二〇一七年" * 60,
        "12:12 " * 50,
        "2017-12-28 " + "at " * 95,
        "2017-12-28" + "(T," * 95,
        "3 hours " * 37,
        "1 de " * 60,
    ],
)
def test_hostile_strings_take_no_time(text: str) -> None:
    start = time.thread_time()
    list(find_dates(text))
    find_relative(text)
    assert time.thread_time() - start < 2  # of CPU time; what they take is some milliseconds
