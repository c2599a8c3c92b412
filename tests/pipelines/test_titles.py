"""The headline as printed, without the names of site and section."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.draft import Draft
from pipelines.titles import normalize_titles, strip_names
from scraper.article import Article
from scraper.extraction.reading import Candidate, PageReading
from scraper.extraction.titlekeys import fits, title_key

SITE = {title_key(name) for name in ("江城新闻网", "Gazette", "要闻", "World")}


def article(*titles: tuple[str, str, float], url: str | None = None, **fields: str) -> Article:
    reading = PageReading(url=url)
    for raw, method, confidence in titles:
        locator = "$.headline" if method == "jsonld" else method
        reading.add("title", Candidate(raw=raw, method=method, locator=locator, confidence=confidence))
    for name, raw in fields.items():
        reading.add(name, Candidate(raw=raw, method="meta", confidence=0.7))
    draft = Draft(reading=reading, fetched_at=datetime(2024, 6, 1, tzinfo=UTC))
    normalize_titles(draft)
    return draft.article


@pytest.mark.parametrize(
    "window",
    [
        "大桥今日通车_江城新闻网",
        "大桥今日通车-江城新闻网",
        "大桥今日通车--江城新闻网",
        "大桥今日通车――江城新闻网",
        "大桥今日通车 - 江城新闻网",
        "大桥今日通车 | 江城新闻网",
        "大桥今日通车 江城新闻网",
        "大桥今日通车_要闻_江城新闻网",
        "大桥今日通车",
    ],
)
def test_site_and_section_come_off_the_end(window: str) -> None:
    assert strip_names(window, SITE) == "大桥今日通车"


@pytest.mark.parametrize(
    "title",
    [
        "暖了民心红了党旗———江城市深入开展主题活动纪实",
        "两会观察|大桥背后的故事",
        "新华社：大桥通车",
        "1-0！主队险胜",
        "【记者即时播报】大桥今日通车",
        "大桥今日通车(图)",
        "[组图]大桥今日通车",
        "Bridge reopens - at last",
        "A world-class bridge for the Gazette",
        "Hello World",
    ],
)
def test_a_title_keeps_its_own_signs_and_labels(title: str) -> None:
    assert strip_names(title, SITE) == title
    assert strip_names(f"{title}_江城新闻网", SITE) == title


def test_the_name_of_the_site_comes_off_the_beginning() -> None:
    assert strip_names("Gazette | Bridge reopens", SITE) == "Bridge reopens"


def test_the_end_of_a_chinese_title_is_cut_where_it_is_named_as_sites_are() -> None:
    assert strip_names("大桥今日通车_科技频道_河畔网", set()) == "大桥今日通车"


def test_a_title_that_is_a_name_only_is_kept() -> None:
    assert strip_names("江城新闻网", SITE) == "江城新闻网"


def test_the_printed_headline_wins_where_the_page_agrees() -> None:
    found = article(("Bridge reopens – Gazette", "title", 0.5), ("Bridge reopens", "heading", 0.9))
    assert found.title == "Bridge reopens"
    assert found.evidence["title"].method == "heading"


def test_a_site_name_learned_from_the_page_comes_off_og_title() -> None:
    assert article(("Bridge reopens - The Gazette", "meta", 0.75), publisher="The Gazette").title == "Bridge reopens"


def test_the_host_tells_the_site_s_name() -> None:
    assert article(("Bridge reopens | rivergazette", "title", 0.5), url="https://www.rivergazette.com/a").title == (
        "Bridge reopens"
    )


def test_a_title_that_is_given_as_the_name_of_the_site_is_kept() -> None:
    assert article(("Bridge reopens", "title", 0.5), publisher="Bridge reopens").title == "Bridge reopens"


def test_a_last_crumb_that_is_the_title_does_not_take_it_away() -> None:
    found = article(
        ("Bridge reopens | X", "title", 0.5), ("Bridge reopens", "heading", 0.9), breadcrumbs="Home > Bridge reopens"
    )
    assert found.title == "Bridge reopens"


def written_for_search_engines(heading: str) -> Article:
    reading = PageReading()
    for raw, method, locator, confidence in (
        ("Best bridge guide", "meta", "meta[@property='og:title']", 0.75),
        ("Best bridge guide | X", "title", "title", 0.5),
        ("A guide to it", "heading", heading, 0.75),
    ):
        reading.add("title", Candidate(raw=raw, method=method, locator=locator, confidence=confidence))
    reading.add("publisher", Candidate(raw="X", method="meta", confidence=0.7))
    draft = Draft(reading=reading, fetched_at=datetime(2024, 6, 1, tzinfo=UTC))
    normalize_titles(draft)
    return draft.article


def test_two_places_that_agree_outvote_a_lesser_heading_that_only_resembles() -> None:
    assert written_for_search_engines("h2").title == "Best bridge guide"


def test_the_h1_wins_over_one_title_for_search_engines_in_window_and_og_title() -> None:
    assert written_for_search_engines("h1").title == "A guide to it"


def test_a_headline_is_less_sure_where_two_places_agree_on_other_words() -> None:
    alone = article(("A guide to it", "heading", 0.75)).evidence["title"].confidence
    assert written_for_search_engines("h1").evidence["title"].confidence < alone


def test_a_chinese_headline_that_only_resembles_the_window_title_is_kept() -> None:
    found = article(("九部门：确保工程款付清_江城网", "title", 0.5), ("江城确保工程款付清", "heading", 0.75))
    assert found.title == "江城确保工程款付清"


def test_og_title_and_jsonld_together_outvote_the_print() -> None:
    found = article(("New bridge", "jsonld", 0.95), ("New bridge", "meta", 0.75), ("Bridge day", "heading", 0.9))
    assert found.title == "New bridge"


def test_words_that_are_merely_added_to_the_printed_headline_are_not_taken() -> None:
    found = article(
        ("Bridge reopens - Latest news", "jsonld", 0.95),
        ("Bridge reopens - Latest news", "meta", 0.75),
        ("Bridge reopens", "heading", 0.9),
    )
    assert found.title == "Bridge reopens"


def test_without_candidates_there_is_no_title() -> None:
    found = article()
    assert found.title is None
    assert found.evidence == {}


def test_kicker_and_subtitle_are_kept_with_their_evidence() -> None:
    found = article(("大桥今日通车", "heading", 0.9), kicker="建设者奋战三年", subtitle="——记江城大桥建设者")
    assert (found.kicker, found.subtitle) == ("建设者奋战三年", "记江城大桥建设者")
    assert {"title", "kicker", "subtitle"} <= set(found.evidence)


def test_a_subtitle_that_repeats_the_title_is_dropped() -> None:
    assert article(("大桥今日通车", "heading", 0.9), subtitle="大桥今日通车").subtitle is None


@pytest.mark.parametrize(("a", "b"), [("大桥今日通车", "大桥今日通车_江城网"), ("Bridge re-opens!", "bridge reopens")])
def test_titles_that_name_one_text_fit(a: str, b: str) -> None:
    assert fits(a, b)


@pytest.mark.parametrize(("a", "b"), [("大桥今日通车", "明日多云转晴"), ("", "x"), ("A", "About the new bridge")])
def test_titles_of_different_texts_do_not_fit(a: str, b: str) -> None:
    assert not fits(a, b)


def test_a_quotation_mark_is_no_separator() -> None:
    quoted = "Bürgermeister ruft zum «stillen Protest» gegen die Brücke auf"
    crumbs = f"Start > Lokales > {quoted}"
    assert article((quoted, "heading", 0.9), (quoted, "jsonld", 0.95), breadcrumbs=crumbs).title == quoted
    assert strip_names("Bridge opens » Gazette", SITE) == "Bridge opens"
