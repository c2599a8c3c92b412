"""What speaks for and against a line."""

from itertools import permutations

import pytest

from scraper.extraction.lines import print_lines
from scraper.extraction.regions import BY_ELEMENT, REGIONS
from scraper.extraction.traits import PageTraits, find_traits
from scraper.extraction.tree import parse
from scraper.extraction.view import PageView
from scraper.extraction.weights import WEIGHTS, weigh

PROSE = "Prices rose again in March, the statistics office said on Monday, and rents with them. "

OTHER = "The bridge by the mill closes for a year, the mayor told reporters, while its pillars are rebuilt. "


def traits_of(
    body: str, covered: set[int] | None = None, headline: int | None = None, description: str = "", told: str = ""
) -> list[set[str] | None]:
    tree = parse(f"<body>{body}</body>")
    view = PageView(
        tree=tree, lines=print_lines(tree), headline=headline, description=description, told="".join(told.split())
    )
    found = find_traits(view, covered or set())
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


def test_an_answer_that_is_hidden_until_it_is_asked_for_can_be_body():
    page = f"<div class='faq'><h3>What rose?</h3><div aria-hidden='true'><p>{PROSE}</p></div></div><p>{PROSE}x</p>"
    assert traits_of(page)[1] is not None


@pytest.mark.parametrize(
    "box",
    [
        "<div class='factbox'>{}</div>",
        "<blockquote class='twitter-tweet'>{}</blockquote>",
        "<div role='dialog'>{}</div>",
    ],
)
def test_fact_boxes_posts_and_dialogs_are_never_body(box):
    text, beside = traits_of(f"<p>{PROSE * 2}</p>{box.format(f'<p>{PROSE}x</p>')}", {0, 1})
    assert text is not None
    assert beside is None


def test_what_structured_data_tell_of_the_text_speaks_for_a_line_and_against_the_others():
    page = f"<h2>Rents</h2><p>{PROSE * 3}</p><p>{OTHER}</p>"
    heading, text, other = traits_of(page, {1, 2}, told=PROSE * 3)
    assert "told" in text
    assert "untold" in other
    assert not {"told", "untold"} & heading


def test_structured_data_that_tell_a_part_of_the_text_only_say_nothing():
    text, other = traits_of(f"<p>{PROSE * 3}</p><p>{OTHER * 6}</p>", {0, 1}, told=PROSE * 3)
    assert not {"told", "untold"} & (text | other)


def test_the_standfirst_is_the_line_that_the_description_repeats():
    page = f"<h1>Rents</h1><div>{PROSE}</div><p>{PROSE}x and more</p>"
    _, standfirst, _ = traits_of(page, headline=0, description=PROSE)
    assert "described" in standfirst


def test_a_short_line_alone_with_a_picture_is_its_caption():
    caption, text = traits_of(f"<div><img src='a.jpg'><p>Houses by the river</p></div><p>{PROSE}</p>")
    assert "beside picture" in caption
    assert "beside picture" not in text


def test_a_card_with_a_picture_and_a_text_is_no_caption():
    heading, text = traits_of(f"<div><img src='a.jpg'><h3>{OTHER}</h3><p>{PROSE}</p></div>")
    assert "beside picture" not in heading | text


def test_cells_are_those_of_tables_with_columns():
    left, _, alone = traits_of("<table><tr><td>Rent</td><td>900</td></tr></table><table><tr><td>Rent</td></tr></table>")
    assert "cell" in left
    assert "cell" not in alone


def test_an_item_that_leads_elsewhere_differs_from_an_entry_of_the_table_of_contents():
    elsewhere, here = traits_of("<ul><li><a href='/a'>Weather</a></li><li><a href='#rents'>Rents</a></li></ul>")
    assert "linked item" in elsewhere
    assert "linked item" not in here


def test_each_region_has_a_weight():
    parts = {*REGIONS, *BY_ELEMENT} - {"facts", "post", "dialog"}  # never body
    assert {f"in {region}" for region in parts} <= WEIGHTS.keys()


def test_the_order_of_the_traits_makes_no_difference(monkeypatch):
    # They come from sets, and a sum that is rounded at each step would depend on the seed of their hashes.
    tree = parse(f"<body><p>{PROSE}</p></body>")
    view = PageView(tree=tree, lines=print_lines(tree))
    found = set()
    for order in permutations(["above the headline", "all link", "among links"]):
        monkeypatch.setattr(PageTraits, "of_all", lambda self, among, order=order: [[(name, 1.0) for name in order]])
        found.update(weigh(view, set()))
    assert len(found) == 1
