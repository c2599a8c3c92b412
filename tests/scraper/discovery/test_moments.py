"""Times of sitemaps and feeds, and the days of a harvest."""

from __future__ import annotations

from datetime import date

import pytest

from scraper.discovery.dayrange import DayRange
from scraper.discovery.feeds import parse_feed
from scraper.discovery.listings import days_in_url
from scraper.discovery.moments import SHARED_FROM, day_of, is_shared, to_utc
from scraper.reasons import Reason

MAY = DayRange(date(2018, 5, 1), date(2018, 5, 31))


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026-11-20T18:17:32+08:00", "2026-11-20T10:17:32Z"),
        ("2026-11-20T10:17:32.123Z", "2026-11-20T10:17:32Z"),
        ("Fri, 20 Nov 2026 18:17:32 +0800", "2026-11-20T10:17:32Z"),
        ("yesterday", None),
        ("2026-13-40", None),
        ("", None),
        (None, None),
    ],
)
def test_times_are_brought_to_one_form_that_sorts(printed: str | None, expected: str | None) -> None:
    assert to_utc(printed) == expected


@pytest.mark.parametrize("printed", ["2026-11-20T23:50:00+08:00", "2026-11-20", "Fri, 20 Nov 2026 23:50:00 +0800"])
def test_the_day_is_the_printed_one(printed: str) -> None:
    assert day_of(printed) == date(2026, 11, 20)


def test_a_time_that_most_entries_share_is_that_of_the_file() -> None:
    made = ["2026-11-20T10:17:32Z"] * SHARED_FROM
    assert is_shared(made)
    assert not is_shared(made[1:])
    assert not is_shared([f"2026-11-20T10:{minute}:00Z" for minute in range(10, 10 + SHARED_FROM)])


@pytest.mark.parametrize(
    ("published", "reason"),
    [("2018-04-30", Reason.OLDER), ("2018-05-01", None), ("2018-06-01T00:00:00+08:00", Reason.NEWER), (None, None)],
)
def test_an_article_is_judged_by_its_day(published: str | None, reason: Reason | None) -> None:
    assert MAY.judge(published) is reason


@pytest.mark.parametrize(("path", "holds"), [("/2018/05/", True), ("/2018/04/", False), ("/2018/06/01/", False)])
def test_an_archive_page_of_a_month_belongs_to_the_range_where_one_of_its_days_does(path: str, holds: bool) -> None:
    days = days_in_url("http://p.example" + path)
    assert days is not None
    assert MAY.holds(*days) is holds


def test_a_list_has_left_the_range_when_most_of_its_days_are_older() -> None:
    old, new = date(2018, 4, 1), date(2018, 5, 2)
    assert MAY.is_passed([old, old, new, None])
    assert not MAY.is_passed([old, new])
    assert not MAY.is_passed([None])


def test_an_error_page_at_the_place_of_a_feed_lists_nothing() -> None:
    assert parse_feed(b"<!-- x --><!DOCTYPE html><html><head><link href='http://p.example/a.css'></head></html>") == []
