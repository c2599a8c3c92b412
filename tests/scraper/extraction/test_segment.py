"""Choosing the best runs of lines."""

from scraper.extraction.lines import print_lines, width
from scraper.extraction.segment import choose
from scraper.extraction.tree import parse
from scraper.extraction.view import PageView
from scraper.extraction.weights import weigh


def test_the_run_with_the_greatest_sum_is_chosen():
    assert choose([-2, -3, 5, 4, -6, -2]) == [2, 3]


def test_a_weak_line_between_strong_ones_is_kept():
    assert choose([5, -1, 5]) == [0, 1, 2]


def test_a_strong_line_against_it_parts_the_body():
    assert choose([5, -9, -9, 5]) == [0, 3]


def test_lines_that_cannot_be_body_neither_count_nor_part():
    assert choose([5, None, None, 5]) == [0, 3]


def test_nothing_is_chosen_where_nothing_speaks_for_body():
    assert choose([-1, -2, None]) == []
    assert choose([]) == []


def test_a_chinese_sign_says_as_much_as_three_letters():
    assert width("云 ab") == 6


def test_prose_weighs_more_than_links():
    tree = parse(
        "<body><p>Prices rose again in March, the office said, and rents with them.</p>"
        "<p><a href='/x'>More news</a></p></body>"
    )
    view = PageView(tree=tree, lines=print_lines(tree))
    prose, link = weigh(view, {0})
    assert prose is not None
    assert link is not None
    assert prose > 0 > link
