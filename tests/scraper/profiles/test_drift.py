"""Whether templates still fit."""

from __future__ import annotations

from datetime import date

import pytest

from scraper.outcome import TemplateLook
from scraper.profiles.drift import STOPPED, WINDOW, TemplateWatch, agreement, channel_of

DAY = date(2026, 3, 1)


def see(
    watch: TemplateWatch,
    fitted: str | None,
    misfits: list[str],
    day: date,
    agreement: float | None = None,
    url: str = "http://www.post.example/city/7.html",
) -> list[str]:
    """The templates that are known to have stopped since this page."""
    return watch.see(watch.look(url, fitted, misfits, day, agreement))


def test_a_template_that_misses_nearly_all_of_its_last_pages_has_stopped() -> None:
    watch = TemplateWatch()
    stopped: list[str] = []
    for _ in range(20):
        stopped += see(watch, "template 1", [], date(2026, 2, 28))
    for _ in range(STOPPED):
        stopped += see(watch, None, ["template 1: no div#text"], DAY)
    assert stopped == ["template 1"]
    assert [health.sentence() for health in watch.stopped()] == [
        "template 1 stopped matching on 2026-03-01, 14 of 15 pages (no div#text)"
    ]


def test_a_template_that_misses_some_pages_goes_on() -> None:
    watch = TemplateWatch()
    for number in range(60):
        fits = number % 3 > 0
        assert see(watch, "template 1" if fits else None, [] if fits else ["template 1: no h1"], DAY) == []
    assert (watch.health["template 1"].fitted, watch.health["template 1"].missed) == (40, 20)


def test_a_few_pages_prove_nothing() -> None:
    watch = TemplateWatch()
    assert not any(see(watch, None, ["template 1: no h1"], DAY) for _ in range(WINDOW - 1))


def missed(watch: TemplateWatch, count: int, url: str) -> list[str]:
    """The templates that are known to have stopped after so many pages that nothing reads."""
    return [name for _ in range(count) for name in see(watch, None, ["template 1: no h1"], DAY, url=url)]


def test_a_channel_of_which_a_template_never_read_a_page_says_nothing_about_it() -> None:
    watch = TemplateWatch(looks(*[True] * 5))
    assert missed(watch, 40, "http://sport.post.example/city/1.html") == []
    assert missed(watch, 40, "http://www.post.example/blogs/1.html") == []
    assert missed(watch, 40, "http://www.post.example/city/1.html") == ["template 1"]


def test_channels_are_hosts_and_first_folders_where_days_are_alike() -> None:
    assert channel_of("https://news.post.example/20261123/1.html") == "news.post.example/#"
    assert channel_of("https://news.post.example/city/old-town/1.html") == "news.post.example/city"
    assert channel_of("https://news.post.example/1.html?id=7") == "news.post.example/"


def test_a_template_that_always_read_one_page_in_five_has_not_stopped_after_fifteen() -> None:
    watch = TemplateWatch(looks(*[True, False, False, False, False] * 6))
    url = "http://www.post.example/city/1.html"
    assert missed(watch, 25, url) == []
    assert missed(watch, 40, url) == ["template 1"]


@pytest.mark.parametrize(("fits", "enough"), [(20, 15), (4, 60)])
def test_a_template_learned_from_a_few_of_the_pages_is_expected_to_read_as_few(fits: int, enough: int) -> None:
    watch = TemplateWatch()
    watch.expect("template 1", fits, 20)
    url = "http://www.post.example/city/1.html"
    see(watch, "template 1", [], DAY, url=url)
    assert missed(watch, enough * 2 // 3, url) == []
    assert missed(watch, enough - enough * 2 // 3, url) == ["template 1"]


def test_pages_that_another_template_reads_do_not_count_against_the_first() -> None:
    watch = TemplateWatch()
    for _ in range(40):
        assert see(watch, "template 2", ["template 1: no div#text"], DAY) == []
    assert "template 1" not in watch.health


def test_checked_pages_whose_texts_differ_count_as_missed() -> None:
    watch = TemplateWatch()
    stopped = [see(watch, "template 1", [], DAY, agreement=0.1) for _ in range(WINDOW)]
    assert stopped[-1] == ["template 1"]
    assert watch.health["template 1"].why == "text agrees to 0.10 with the general way"


def test_one_page_that_differs_has_the_next_ones_checked_until_one_agrees() -> None:
    watch = TemplateWatch()
    see(watch, "template 1", [], DAY, agreement=0.9)
    assert not watch.is_doubted()
    see(watch, "template 1", [], DAY, agreement=0.1)
    see(watch, "template 1", [], DAY)
    assert watch.is_doubted()
    see(watch, "template 1", [], DAY, agreement=0.9)
    assert not watch.is_doubted()


def test_pages_that_are_not_checked_prove_nothing_while_a_template_is_doubted() -> None:
    watch = TemplateWatch()
    stopped = [see(watch, "template 1", [], DAY, agreement=None if turn % 2 else 0.1) for turn in range(2 * WINDOW)]
    assert [name for names in stopped for name in names] == ["template 1"]
    assert watch.health["template 1"].missed == WINDOW


def test_a_template_that_has_stopped_is_doubted_no_longer() -> None:
    watch = TemplateWatch()
    for _ in range(WINDOW + 1):
        see(watch, "template 1", [], DAY, agreement=0.1)
    assert not watch.is_doubted()


def test_a_template_stops_once() -> None:
    watch = TemplateWatch()
    told = [name for _ in range(40) for name in see(watch, None, ["template 1: no h1"], DAY)]
    assert told == ["template 1"]


def looks(*pages: bool, is_checked: bool = False) -> list[tuple[str, TemplateLook]]:
    """Of one template, for pages that it fits or not."""
    return [
        (
            "http://www.post.example/city/1.html",
            TemplateLook(
                template="template 1",
                missed_on=None if fits else DAY,
                why=None if fits else "no h1",
                is_checked=is_checked,
            ),
        )
        for fits in pages
    ]


def test_pages_of_the_runs_before_count() -> None:
    watch = TemplateWatch(looks(True, *[False] * 12))
    stopped = [see(watch, None, ["template 1: no h1"], date(2026, 3, 4)) for _ in range(3)]
    assert stopped == [[], ["template 1"], []]
    assert watch.health["template 1"].sentence() == (
        "template 1 stopped matching on 2026-03-01, 14 of 15 pages (no h1)"
    )
    assert (watch.health["template 1"].fitted, watch.health["template 1"].missed) == (0, 3)


def test_what_has_stopped_in_an_earlier_run_is_told_again_when_it_misses_once_more() -> None:
    watch = TemplateWatch(looks(*[False] * WINDOW))
    assert watch.health["template 1"].to_dict()["stopped_on"] == "2026-03-01"
    assert see(watch, None, ["template 1: no h1"], DAY) == ["template 1"]


def test_what_fits_again_has_not_stopped() -> None:
    watch = TemplateWatch(looks(*[False] * WINDOW))
    assert [see(watch, "template 1", [], DAY) for _ in range(2)] == [[], []]
    assert watch.stopped() == []


def test_a_doubt_lasts_over_the_runs() -> None:
    assert TemplateWatch([*looks(False, is_checked=True), *looks(True)]).is_doubted()
    assert not TemplateWatch(looks(False, True, is_checked=True)).is_doubted()


def test_texts_agree_by_their_paragraphs() -> None:
    assert agreement("甲甲\n\n乙乙", "甲甲\n\n乙乙") == 1
    assert agreement("甲甲\n\n乙乙", "甲甲") == 2 * 2 / 6
    assert agreement("甲", "") == 0
