"""What an address of a site is by the forms that its profile names, where it names some."""

from __future__ import annotations

from scraper.discovery.listings import Shape, shape_of
from scraper.profiles.model import Profile
from scraper.profiles.patterns import fits_any


class AddressForms:
    """The forms of the addresses of one site.

    Args:
        profile: of the site; None for one of which nothing is known.
    """

    def __init__(self, profile: Profile | None) -> None:
        self._articles = profile.article_urls if profile is not None else ()
        self._listings = profile.listing_urls if profile is not None else ()
        self._later = profile.paging if profile is not None else ()

    def shape_of(self, url: str) -> Shape | None:
        """What an address looks like; None where it is not worth asking, whatever form it has.

        One that has the form of articles and of listings is judged by the conventions of most sites.
        """
        shape = shape_of(url)
        if shape is None:
            return None
        is_article, is_listing = fits_any(self._articles, url), self.is_listing(url)
        if is_article == is_listing:
            return shape
        return "article" if is_article else "section"

    def is_listing(self, url: str) -> bool:
        """Whether the profile says that it is a listing."""
        return fits_any(self._listings, url)

    def is_later_page(self, url: str) -> bool:
        """Whether the profile says that it is a later page of a listing."""
        return fits_any(self._later, url)
