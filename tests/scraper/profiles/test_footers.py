"""Footers that are longer than the stories: what recurs on a site is no story, even where some of its words differ."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from littlesite import prose, sentence

from pipelines.pages import read_and_normalize
from scraper.extraction import read_page
from scraper.profiles import Profile
from scraper.profiles.learning import Learned, learn_templates, observe_page

NOTICES = (
    "All rights reserved. Page {number} of the River Post, registered at Bridge Street {number}, may not be "
    "copied, kept or sent to others without permission of the publisher, whose address is known to {name}.",
    "Readers who wish to complain about what we print may write to the editor, who answers each letter in {number} "
    "days, or to the press council, whose rules we follow since it was founded; case {number} is that of {name}.",
    "The River Post was founded by a printer who bought an old press and sold four pages a week. Today {number} people "
    "work in the house by the river, and its publisher since the winter of the great flood is {name}.",
)


def page(number: int, footer: list[str], story: list[str] | None = None) -> tuple[str, str, list[str]]:
    """Address, HTML and text of a page: one to four paragraphs, and below all of it a footer."""
    chance = random.Random(number)
    title = sentence(chance)[:-1]
    story = story or prose(chance, 1 + number % 4)
    text, below = ("".join(f"<p>{one}</p>" for one in several) for several in (story, footer))
    html = (
        f"<html><head><title>{title} - River Post</title></head><body><div id='page'><div class='wrap'><h1>{title}</h1>"
        f"<div class='info'>2026-03-{number % 27 + 1:02d} 10:00</div><div id='text'>{text}</div></div>"
        f"<div class='about'>{below}</div></div></body></html>"
    )
    return f"http://post.example/news/{number}.html", html, story


def notices(number: int) -> list[str]:
    chance = random.Random(f"footer {number}")
    return [one.format(number=chance.randint(1, 9999), name=sentence(chance)[:-1]) for one in NOTICES]


def learn(pages: list[tuple[str, str, list[str]]]) -> Learned:
    return learn_templates([seen for url, html, _ in pages if (seen := observe_page(html, url)) is not None])


def profile(learned: Learned) -> Profile:
    return Profile(name="post", boilerplate=learned.boilerplate, templates=tuple(learned.templates))


@pytest.mark.parametrize("count", [5, 8, 20])
def test_notices_that_differ_by_page_are_no_text_and_do_not_draw_the_region(count: int) -> None:
    learned = learn([page(number, notices(number)) for number in range(count)])
    assert [template.body for template in learned.templates] == [("div#text",)]
    for number in range(100, 104):
        url, html, story = page(number, notices(number))
        reading = read_page(html, url, profile=profile(learned))
        assert reading.template == "template 1"
        assert [block.text for block in reading.blocks] == story


def test_where_no_template_reads_a_page_such_notices_go_too() -> None:
    known = profile(learn([page(number, notices(number)) for number in range(8)]))
    url, html, story = page(100, notices(100))
    reading = read_page(html.replace("id='text'", "class='elsewhere'"), url, profile=known)
    assert reading.template is None
    assert [block.text for block in reading.blocks] == story


def test_a_page_read_both_ways_does_not_tell_against_the_template_that_leaves_them_out() -> None:
    known = profile(learn([page(number, notices(number)) for number in range(8)]))
    url, html, _ = page(100, notices(100))
    day = datetime(2026, 3, 20, tzinfo=UTC)
    _, record = read_and_normalize(html.encode(), url, "utf-8", day, known, is_checked=True)
    assert record is not None
    assert record.agreement == 1


def test_what_differs_is_a_star_in_the_profile() -> None:
    learned = learn([page(number, notices(number)) for number in range(8)])
    assert learned.boilerplate[0] == NOTICES[0].format(number="*", name="*")


def weather(number: int) -> list[str]:
    chance = random.Random(number)
    low, high, wind = (chance.randint(1, 90) for _ in range(3))
    return [
        f"In the valley temperatures lie between {low} and {high} degrees, and the wind comes from the west with "
        f"{wind} kilometres an hour; towards evening clouds move in from the mountains.",
        f"In the hills it remains cooler, with {low} degrees in the morning and up to {high} at noon, and the chance "
        f"of rain is {wind} per cent until the following night.",
    ]


def test_stories_of_one_form_are_no_boilerplate() -> None:
    pages = [page(number, [], weather(number)) for number in range(8)]
    url, html, story = page(100, [], weather(100))
    learned = learn(pages)
    assert learned.boilerplate == ()
    assert [block.text for block in read_page(html, url, profile=profile(learned)).blocks] == story


def test_nor_below_a_first_paragraph_of_their_own() -> None:
    pages = [page(number, [], [*prose(random.Random(f"lead {number}"), 1), *weather(number)]) for number in range(8)]
    url, html, story = page(100, [], [*prose(random.Random("lead 100"), 1), *weather(100)])
    learned = learn(pages)
    assert learned.boilerplate == ()
    assert [block.text for block in read_page(html, url, profile=profile(learned)).blocks] == story


@pytest.mark.parametrize("opening", ["<footer>", "<div class='footer'>", "<div id='site-footer'>"])
def test_a_footer_by_name_is_no_region_whatever_it_says(opening: str) -> None:
    pages = []
    for number in range(6):
        url, html, story = page(number, prose(random.Random(f"footer {number}"), 9), prose(random.Random(number), 1))
        pages.append((url, html.replace("<div id='page'>", "").replace("<div class='about'>", opening), story))
    assert learn(pages).templates == []


def test_a_wrapper_called_footer_around_the_whole_article_is_none() -> None:
    pages = []
    for number in range(6):
        url, html, story = page(number, [])
        pages.append((url, html.replace("id='page'", "class='footer'"), story))
    assert [template.body for template in learn(pages).templates] == [("div#text",)]
