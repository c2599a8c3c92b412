"""What an address is by the forms that a profile names."""

from __future__ import annotations

import pytest

from scraper.profiles import parse_profile
from scraper.profiles.forms import AddressForms

FORMS = AddressForms(
    parse_profile(
        'name = "post"\narticle_urls = ["/a/*", "/b/*"]\nlisting_urls = ["/b/*", "/lists/*.html"]\npaging = ["/more/*"]'
    )
)
PLAIN = AddressForms(None)
HOST = "http://post.example"


@pytest.mark.parametrize(
    ("path", "by_profile", "by_convention"),
    [
        ("/a/x", "article", "section"),
        ("/lists/t20180105_12345.html", "section", "article"),
        ("/b/20180105123.html", "article", "article"),  # both forms: the conventions decide
        ("/b/", "section", "section"),
        ("/c/20180105123.html", "article", "article"),
        ("/a/photo.jpg", None, None),  # a file is no page, whatever its form
    ],
)
def test_the_shape_of_an_address(path: str, by_profile: str | None, by_convention: str | None) -> None:
    assert (FORMS.shape_of(HOST + path), PLAIN.shape_of(HOST + path)) == (by_profile, by_convention)


def test_listings_and_later_pages_are_those_that_the_profile_names() -> None:
    assert FORMS.is_listing(HOST + "/lists/town.html")
    assert FORMS.is_later_page(HOST + "/more/abc")
    assert not PLAIN.is_listing(HOST + "/lists/town.html")
    assert not PLAIN.is_later_page(HOST + "/more/abc")
