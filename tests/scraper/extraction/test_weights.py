"""What speaks for and against a line."""

from scraper.extraction.lines import print_lines
from scraper.extraction.regions import REGIONS
from scraper.extraction.tree import parse
from scraper.extraction.weights import WEIGHTS, find_traits

PROSE = "Prices rose again in March, the statistics office said on Monday, and rents with them. "


def traits_of(body: str, covered: set[int] | None = None, headline: int | None = None) -> list[set[str] | None]:
    found = find_traits(print_lines(parse(f"<body>{body}</body>")), covered or set(), headline)
    return [None if traits is None else {name for name, _ in traits} for traits in found]


def test_a_long_paragraph_that_was_printed_before_cannot_be_body():
    first, second = traits_of(f"<p>{PROSE * 2}</p><div><p>{PROSE * 2}</p></div>")
    assert first is not None
    assert second is None


def test_a_run_of_lines_that_stands_twice_counts_once():
    items = "".join(f"<li>{number}. {PROSE[:70]}</li>" for number in range(3))
    traits = traits_of(f"<ul>{items}</ul><p>{PROSE}</p><ul>{items}</ul>")
    assert [found is None for found in traits] == [False] * 4 + [True] * 3


def test_short_lines_that_stand_twice_stay():
    cells = "<div>Range</div><div>28 miles</div><div>Weight</div>"
    assert None not in traits_of(f"{cells}<p>{PROSE}</p>{cells}")


def test_hidden_text_counts_only_where_the_engine_takes_it():
    page = f"<div hidden><p>{PROSE}</p></div><p>{PROSE}x</p><p>{PROSE}y</p>"
    assert traits_of(page)[0] is None
    assert traits_of(page, {0})[0] >= {"in hidden", "covered"}


def test_a_heading_over_prose_and_one_over_links_differ():
    page = f"<h2>Rents</h2><p>{PROSE}</p><h2>More</h2><ul><li><a href='/a'>Weather for the week</a></li></ul>"
    prose, _, links, _ = traits_of(page)
    assert "heads prose" in prose
    assert "heads links" in links


def test_text_of_another_article_element_is_outside():
    first, other = traits_of(f"<article><p>{PROSE}</p></article><article><p>{PROSE}x</p></article>", {0})
    assert "in the article" in first
    assert "outside the article" in other


def test_a_second_headline_begins_another_story():
    *_, last = traits_of(f"<h1>Rents</h1><p>{PROSE}</p><h1>Weather</h1><p>{PROSE}x</p>", {1}, 0)
    assert last >= {"below a second headline", "below the covered"}


def test_each_region_has_a_weight():
    assert {f"in {region}" for region in [*REGIONS, "hidden"]} <= WEIGHTS.keys()
