"""Budgets against addresses without end."""

from __future__ import annotations

import pytest

from scraper.discovery.traps import (
    DEAD_IN_A_ROW,
    FRUITLESS_PER_HOST,
    FRUITLESS_PER_PATH,
    FRUITLESS_PER_PATTERN,
    TrapBudget,
    has_trap_form,
    url_pattern,
)


@pytest.mark.parametrize(
    "url",
    [
        "http://a.com/a/b/a/b/a/b/a/b/",
        "http://a.com" + "/x1" * 3 + "/y" * 20,
        "http://a.com/list?a=1&b=2&c=3&d=4&e=5&f=6&g=7",
        "http://[",
    ],
)
def test_a_growing_path_and_a_heap_of_parameters_are_traps(url: str) -> None:
    assert has_trap_form(url)


def test_an_ordinary_address_is_no_trap() -> None:
    assert not has_trap_form("http://a.com/news/2018/01/05/content_1.html?page=2")


def test_numbers_and_ids_do_not_make_another_form() -> None:
    assert url_pattern("http://a.com/cal/2018/1?b=1&a=2") == url_pattern("http://a.com/cal/2019/12?a=7&b=8")
    assert url_pattern("http://a.com/0a1b2c3d4e") == url_pattern("http://a.com/ffffffff00")


def test_a_form_that_gives_nothing_is_exhausted() -> None:
    budget = TrapBudget()
    for number in range(FRUITLESS_PER_PATTERN):
        assert not budget.is_exhausted(f"http://a.com/calendar/{number}")
        budget.record(f"http://a.com/calendar/{number}", gave_new=False)
    assert budget.is_exhausted("http://a.com/calendar/12345")
    assert not budget.is_exhausted("http://a.com/news/1.html")


def test_a_form_that_gives_articles_is_not_exhausted() -> None:
    budget = TrapBudget()
    for number in range(5000):
        budget.record(f"http://a.com/news/{number}.html", gave_new=number % 4 == 0)
    assert not budget.is_exhausted("http://a.com/news/9999.html")


def test_filters_that_combine_without_end_share_a_budget() -> None:
    budget = TrapBudget()
    for number in range(FRUITLESS_PER_PATH):
        names = "&".join(f"{name}=1" for place, name in enumerate("abcdefg") if number >> place & 1)
        budget.record(f"http://a.com/list?{names}&z=1", gave_new=False)
    assert budget.is_exhausted("http://a.com/list?unheard=1")
    assert not budget.is_exhausted("http://a.com/list")


def test_a_host_where_every_address_has_its_own_form_is_exhausted_too() -> None:
    budget = TrapBudget()
    letters = "abcdefghij"
    for number in range(FRUITLESS_PER_HOST):
        word = "".join(letters[int(digit)] for digit in str(number))
        budget.record(f"http://a.com/{word}", gave_new=False)
    assert budget.is_exhausted("http://a.com/another")
    assert not budget.is_exhausted("http://b.com/another")


def dead_budget() -> TrapBudget:
    budget = TrapBudget()
    for number in range(DEAD_IN_A_ROW):
        budget.note_answer(f"http://a.com/2019/{number}.html", is_gone=True)
    return budget


def test_a_form_rests_when_one_address_after_the_other_is_gone() -> None:
    budget = dead_budget()
    assert budget.must_rest("http://a.com/2019/5000.html")
    assert not budget.must_rest("http://a.com/news/2019/5000.html")


def test_a_dead_form_is_asked_more_and_more_seldom() -> None:
    budget = dead_budget()
    asked = [number for number in range(1, 2001) if not budget.must_rest(f"http://a.com/2019/{number}.html")]
    assert asked == [2**power for power in range(1, 11)]


def test_a_form_of_which_an_address_is_there_again_is_asked_again() -> None:
    budget = dead_budget()
    budget.note_answer("http://a.com/2019/5000.html", is_gone=False)
    assert not budget.must_rest("http://a.com/2019/5001.html")


def test_a_trap_is_told_once_for_each_form() -> None:
    budget = TrapBudget()
    for number in range(FRUITLESS_PER_PATTERN):
        budget.record(f"http://a.com/x/calendar/{number}", gave_new=False)
        budget.record(f"http://a.com/x/days/{number}", gave_new=False)
    told = [budget.tell(f"http://a.com/x/{name}/{number}") for number in range(3) for name in ("calendar", "days")]
    assert told == [True, True, False, False, False, False]


def test_addresses_below_one_place_that_are_traps_by_themselves_are_told_once() -> None:
    budget = TrapBudget()
    told = [budget.tell(f"http://a.com/{place}/" + "a/" * depth) for depth in (5, 6, 7) for place in ("x", "y")]
    assert told == [True, True, False, False, False, False]
