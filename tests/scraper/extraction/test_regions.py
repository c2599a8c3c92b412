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
    ],
)
def test_a_word_of_a_class_or_an_id_names_the_part(names, region):
    assert region in regions_of(names)


@pytest.mark.parametrize("names", ["class='photo'", "class='thread'", "class='unavoidable'", "class='relative'"])
def test_the_middle_of_a_word_names_nothing(names):
    assert regions_of(names) == frozenset()


def test_an_element_that_holds_most_of_the_prose_is_no_side_part():
    box = html.document_fromstring("<div class='with-sidebar related content'><p>a</p></div>").find(".//div")
    assert Regions({box: 100.0}, 100.0).of(box) == {"content"}


def test_html_has_elements_for_some_parts():
    assert regions_of("", "aside") == {"box"}
    assert regions_of("", "footer") == {"chrome"}


def test_an_element_that_is_not_displayed_is_hidden():
    assert regions_of("style='color: red; display : none'") == {"hidden"}
