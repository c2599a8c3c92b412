"""The writer whom a page introduces in a box of its own, or by a portrait."""

from __future__ import annotations

import pytest

from pipelines import normalize
from scraper.article import Article
from scraper.extraction.page import read_page

PROSE = (
    "The last field of the valley was cut on Thursday evening, nine days after the first machine had gone out, and the "
    "farmers of the cooperative sat down to supper in the barn while the rain they had feared began to fall."
)


def article(head: str = "", tail: str = "", meta: str = "") -> Article:
    paragraphs = "".join(f"<p>{number}. {PROSE}</p>" for number in range(1, 12))
    page = f"""<html lang="en"><head><title>The valley is cut | Valley News</title>{meta}
    <meta property="og:site_name" content="Valley News"></head><body><nav><a href="/">Home</a></nav>
    <article><h1>The valley is cut</h1>{head}<p>Published on 20 November 2026</p><div>{paragraphs}</div></article>
    {tail}<footer>© 2026 Valley News</footer></body></html>"""
    return normalize(read_page(page, "https://www.valleynews.example/2026/valley-is-cut")).article


@pytest.mark.parametrize(
    "box",
    [
        '<div class="author-box"><h4>Ondra Vesely</h4><p>Ondra farms and writes.</p></div>',
        '<div class="author_box_text"><div><a href="/author/ondra">Ondra Vesely</a></div><p>Author</p>'
        "<p>Ondra is the chief of the field office of the valley.</p></div>",
        '<section class="post-author-info"><p>Ondra Vesely is a farmer who writes about his fields.</p></section>',
        "<h3>About the author</h3><p>Ondra Vesely has farmed in the valley since 1998.</p>",
        "<h3>Author Bio</h3><p>Ondra Vesely, a farmer, lives in the valley.</p>",
        "<h3>Über den Autor</h3><p>Ondra Vesely ist Bauer und lebt im Tal.</p>",
        '<div id="about-the-author"><h3>About Ondra Vesely</h3><p>He farms.</p></div>',
    ],
)
def test_a_box_about_the_author_behind_the_text_names_the_writer(box: str) -> None:
    assert article(tail=box).authors == ["Ondra Vesely"]


def test_a_box_about_the_author_above_the_text_names_the_writer() -> None:
    head = '<div class="author-bio"><p>Ondra Vesely</p><p>Farmer and writer</p></div>'
    assert article(head=head).authors == ["Ondra Vesely"]


def test_a_byline_is_surer_than_a_box_about_somebody() -> None:
    box = '<div class="author-box"><h4>Ondra Vesely</h4></div>'
    assert article(head="<p>By Marta Lindqvist</p>", tail=box).authors == ["Marta Lindqvist"]


@pytest.mark.parametrize(
    "box",
    [
        '<div class="author-box"><h4>More Stories</h4></div>',
        '<p>Fact checked by our readers</p><div class="author-role">Field Expert</div>',
        '<div class="author-box"><p>This text was made by all of us.</p></div>',
        '<div class="related-box"><h4>Ondra Vesely</h4></div>',
        "<h3>About the valley</h3><p>Ondra Vesely has farmed there since 1998.</p>",
    ],
)
def test_a_box_without_a_name_or_about_something_else_names_nobody(box: str) -> None:
    assert article(tail=box).authors == []


@pytest.mark.parametrize(
    "alt", ["Ondra Vesely", "Photo of Ondra Vesely", "Ondra Vesely's avatar", "Ondra Vesely headshot"]
)
def test_a_name_beside_a_portrait_that_bears_it_is_the_writer(alt: str) -> None:
    head = f'<div><img src="/o.jpg" alt="{alt}"><div><p>Ondra Vesely</p></div></div>'
    assert article(head=head).authors == ["Ondra Vesely"]


def test_capitalized_words_under_the_headline_are_no_name_by_themselves() -> None:
    assert article(head='<div><img src="/o.jpg" alt="A field"><div><p>Valley Living</p></div></div>').authors == []


@pytest.mark.parametrize(
    "head",
    [
        "<p>Ondra Vesely</p><p>Staff Writer</p>",
        "<p>Ondra Vesely</p><p>Farming &amp; Food Editor</p>",
        "<p>Ondra Vesely</p><p>Redakteur</p>",
        "<p>Ondra Vesely, DVM, DACVB</p>",
    ],
)
def test_a_post_or_a_degree_beside_two_words_says_that_they_are_a_name(head: str) -> None:
    assert article(head=head).authors == ["Ondra Vesely"]


def test_an_intruder_between_name_and_box_does_not_hide_the_box() -> None:
    box = '<div class="author-role">Privacy Expert</div><div class="author-info"><p>Ondra Vesely</p></div>'
    assert article(tail=box).authors == ["Ondra Vesely"]


def test_a_page_without_lines_around_its_text_names_nobody() -> None:
    assert normalize(read_page(f"<html lang='en'><body><p>{PROSE}</p></body></html>")).article.authors == []


@pytest.mark.parametrize(
    "line",
    [
        "<p><em>Emma Vesely is a reporter at the Valley News.</em></p>",
        "<p>(Emma Vesely is a farmer who writes about his fields.)</p>",
        "<p>Contact reporter Emma Vesely at evesely@valleynews.example.</p>",
    ],
)
def test_a_line_about_the_writer_ends_a_text(line: str) -> None:
    assert article(tail=line).authors == ["Emma Vesely"]


@pytest.mark.parametrize(
    "line",
    [
        "<p>Emma Vesely is the head of the cooperative.</p>",
        "<p><em>Valley Living is a magazine of the Valley News.</em></p>",
        "<p>Contact us at 555 0134.</p>",
    ],
)
def test_a_last_sentence_about_somebody_or_something_names_no_writer(line: str) -> None:
    assert article(tail=line).authors == []
