"""Retry-After and back-off."""

from __future__ import annotations

import pytest

from scraper.fetching.patience import parse_retry_after, retry_at
from scraper.reasons import Reason

NOW = 1_515_110_400.0  # Fri, 05 Jan 2018 00:00:00 GMT


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("Fri, 05 Jan 2018 00:01:00 GMT", 60.0),
        ("Thu, 04 Jan 2018 23:00:00 GMT", 0.0),
        ("999999999999", 86400.0),
        ("soon", None),
        ("", None),
        (None, None),
        ("-5", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    assert parse_retry_after(value, NOW) == seconds


def test_each_try_waits_about_twice_as_long() -> None:
    first, second = retry_at(Reason.HTTP_5XX, 1, NOW, 2.0), retry_at(Reason.HTTP_5XX, 2, NOW, 2.0)
    assert first is not None
    assert second is not None
    assert 1.0 <= first - NOW <= 3.0
    assert 2.0 <= second - NOW <= 6.0


@pytest.mark.parametrize(
    ("reason", "tries"),
    [(Reason.HTTP_5XX, 3), (Reason.TIMEOUT, 2), (Reason.HTTP_4XX, 1), (Reason.TOO_LARGE, 1), (Reason.ROBOTS, 1)],
)
def test_what_will_not_pass_is_not_tried_again(reason: Reason, tries: int) -> None:
    assert retry_at(reason, tries, NOW, 2.0) is None
