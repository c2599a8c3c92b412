from xml.etree import ElementTree

import pytest

from scraper.export.coverage import draw_coverage

SVG = "{http://www.w3.org/2000/svg}"


def bars(days: dict[str, int]) -> list[str]:
    root = ElementTree.fromstring(draw_coverage(days))
    return [title.text or "" for title in root.findall(f"{SVG}rect/{SVG}title")]


def test_days_without_an_article_have_a_place_of_their_own() -> None:
    assert bars({"2026-11-01": 3, "2026-11-03": 1}) == ["2026-11-01: 3", "2026-11-02: 0", "2026-11-03: 1"]


def test_long_times_are_drawn_by_month_and_longer_ones_by_year() -> None:
    assert bars({"2025-12-31": 2, "2026-12-30": 1, "2026-12-31": 1})[::12] == ["2025-12: 2", "2026-12: 2"]
    assert bars({"1998-01-01": 1, "2026-12-31": 5})[-1] == "2026: 5"


@pytest.mark.parametrize("days", [{}, {"2026-11-01": 1}, {"0001-01-01": 1, "9999-12-31": 1}])
def test_any_days_can_be_drawn(days: dict[str, int]) -> None:
    assert draw_coverage(days).startswith("<svg")
