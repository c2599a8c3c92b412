"""Parts of a page by the names of their elements."""

import pytest
from lxml import html

from scraper.extraction.regions import Regions


def regions_of(attributes: str, tag: str = "div") -> frozenset[str]:
    element = html.fromstring(f"<body><{tag} {attributes}><p>a</p></{tag}></body>").find(".//p")
    return Regions({}, 0).of(element)


@pytest.mark.parametrize(
    ("names", "region"),
    [
        ("class='related-posts'", "related"),
        ("class='module relatedPosts'", "related"),
        ("id='comment_list'", "comment"),
        ("class='sideBar'", "chrome"),
        ("class='wp-caption'", "caption"),
        ("class='article-body'", "content"),
        ("class='infobox'", "box"),
        ("class='site-factbox'", "facts"),
        ("class='author-bio'", "author"),
        ("class='article-footnotes'", "notes"),
        ("class='cta'", "offer"),
        ("class='twitter-tweet'", "post"),
        ("class='faq-answer'", "accordion"),
        ("class='wp-block-pullquote'", "quote"),
        ("class='visually-hidden'", "unseen"),
        ("role='dialog'", "dialog"),
    ],
)
def test_a_word_of_a_class_or_an_id_names_the_part(names, region):
    assert region in regions_of(names)


@pytest.mark.parametrize(
    "names", ["class='photo'", "class='thread'", "class='unavoidable'", "class='fact-check'", "class='overflow-hidden'"]
)
def test_the_middle_of_a_word_names_nothing(names):
    assert regions_of(names) == frozenset()


@pytest.mark.parametrize("names", ["class='relative print:hidden'", "class='category-related-rights'"])
def test_classes_of_style_sheets_and_subjects_name_no_part(names):
    assert regions_of(names) == frozenset()


def test_an_element_of_the_site_itself_has_a_name_too():
    assert regions_of("", "daily-factbox") == {"facts"}


def test_a_figure_is_a_picture_unless_it_holds_a_quotation_or_a_table():
    def regions(inside: str) -> frozenset[str]:
        element = html.fromstring(f"<body><figure>{inside}</figure></body>").find(".//p")
        return Regions({}, 0).of(element)

    assert regions("<img src='a.jpg'><p>a</p>") == {"caption"}
    assert "caption" not in regions("<blockquote><p>a</p></blockquote>")
    assert "caption" not in regions("<table><tr><td><p>a</p></td></tr></table>")


def test_most_of_the_prose_below_the_start_of_the_article_may_still_be_related():
    page = html.document_fromstring("<div id=top><p>a</p></div><div class='related side'><p>b</p></div>")
    start, others = page.findall(".//div")
    held = {start: 40.0, others: 60.0}
    assert Regions(held, 100.0, {start}).of(others) == {"related"}
    assert Regions(held, 100.0, {others}).of(others) == frozenset()


def test_an_article_about_facts_is_no_fact_box():
    page = html.document_fromstring("<div class='facts'><p>a</p></div><div><p>b</p></div>")
    article = page.find(".//div")
    assert Regions({article: 40.0}, 100.0, {article}).of(article) == frozenset()


def test_an_element_that_holds_most_of_the_prose_is_no_side_part():
    box = html.document_fromstring("<div class='with-sidebar related content'><p>a</p></div>").find(".//div")
    assert Regions({box: 100.0}, 100.0).of(box) == {"content"}


def test_html_has_elements_for_some_parts():
    assert regions_of("", "aside") == {"aside"}
    assert regions_of("", "footer") == {"chrome"}
    assert regions_of("", "details") == {"accordion"}


def test_an_element_that_is_not_displayed_is_hidden():
    assert regions_of("style='color: red; display : none'") == {"hidden"}
