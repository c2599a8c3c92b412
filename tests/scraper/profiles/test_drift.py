"""Whether templates still fit."""

from __future__ import annotations

from datetime import date

from scraper.profiles.drift import STOPPED, WINDOW, TemplateWatch, agreement

DAY = date(2026, 3, 1)


def test_a_template_that_misses_nearly_all_of_its_last_pages_has_stopped() -> None:
    watch = TemplateWatch()
    stopped: list[str] = []
    for _ in range(20):
        stopped += watch.see("template 1", [], date(2026, 2, 28))
    for _ in range(STOPPED):
        stopped += watch.see(None, ["template 1: no div#text"], DAY)
    assert stopped == ["template 1"]
    assert [health.sentence() for health in watch.stopped()] == [
        "template 1 stopped matching on 2026-03-01, 14 of 15 pages (no div#text)"
    ]


def test_a_template_that_misses_some_pages_goes_on() -> None:
    watch = TemplateWatch()
    for number in range(60):
        fits = number % 3 > 0
        assert watch.see("template 1" if fits else None, [] if fits else ["template 1: no h1"], DAY) == []
    assert (watch.health["template 1"].fitted, watch.health["template 1"].missed) == (40, 20)


def test_a_few_pages_prove_nothing() -> None:
    watch = TemplateWatch()
    assert not any(watch.see(None, ["template 1: no h1"], DAY) for _ in range(WINDOW - 1))


def test_pages_that_another_template_reads_do_not_count_against_the_first() -> None:
    watch = TemplateWatch()
    for _ in range(40):
        assert watch.see("template 2", ["template 1: no div#text"], DAY) == []
    assert "template 1" not in watch.health


def test_checked_pages_whose_texts_differ_count_as_missed() -> None:
    watch = TemplateWatch()
    stopped = [watch.see("template 1", [], DAY, agreement=0.1) for _ in range(WINDOW)]
    assert stopped[-1] == ["template 1"]
    assert watch.health["template 1"].why == "text agrees to 0.10 with the general way"


def test_one_page_that_differs_has_the_next_ones_checked_until_one_agrees() -> None:
    watch = TemplateWatch()
    watch.see("template 1", [], DAY, agreement=0.9)
    assert not watch.is_doubted()
    watch.see("template 1", [], DAY, agreement=0.1)
    watch.see("template 1", [], DAY)
    assert watch.is_doubted()
    watch.see("template 1", [], DAY, agreement=0.9)
    assert not watch.is_doubted()


def test_pages_that_are_not_checked_prove_nothing_while_a_template_is_doubted() -> None:
    watch = TemplateWatch()
    stopped = [watch.see("template 1", [], DAY, agreement=None if turn % 2 else 0.1) for turn in range(2 * WINDOW)]
    assert [name for names in stopped for name in names] == ["template 1"]
    assert watch.health["template 1"].fitted == WINDOW


def test_a_template_that_has_stopped_is_doubted_no_longer() -> None:
    watch = TemplateWatch()
    for _ in range(WINDOW + 1):
        watch.see("template 1", [], DAY, agreement=0.1)
    assert not watch.is_doubted()


def test_a_template_stops_once() -> None:
    watch = TemplateWatch()
    told = [name for _ in range(40) for name in watch.see(None, ["template 1: no h1"], DAY)]
    assert told == ["template 1"]


def test_texts_agree_by_their_paragraphs() -> None:
    assert agreement("甲甲\n\n乙乙", "甲甲\n\n乙乙") == 1
    assert agreement("甲甲\n\n乙乙", "甲甲") == 2 * 2 / 6
    assert agreement("甲", "") == 0
