"""The functions that a notebook needs; with `scraper.cli` the only code that composes all three packages.

>>> from scraper import extract
>>> article = extract(open("saved-page.html", "rb").read(), url="https://www.example.com/2017/12/28/a.html")
>>> article.title, article.authors, article.date_published
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.article import Article
from scraper.extraction import PageReading
from scraper.extraction import read_page as _read_page

if TYPE_CHECKING:
    from pipelines import Draft
    from scraper.profiles import Profile

__all__ = ["draft_article", "extract", "read_page"]


def extract(html: bytes | str, url: str | None = None, profile: Profile | None = None) -> Article | None:
    """The article on a page.

    Args:
        html: the page. Bytes are better than text: the character set is then judged from the page itself.
        url: where the page was served. Dates without a zone, the publisher and relative links are read with it.
        profile: of its site, see `scraper.profiles.load_profile`; by default the one that ships, if there is one.

    Returns:
        The record, each field with its evidence, or None where the page is no article: `read_page` says why.
        Never raises for a broken page.
    """
    draft = draft_article(html, url, profile)
    return draft.article if draft.reason is None else None


def draft_article(html: bytes | str, url: str | None = None, profile: Profile | None = None) -> Draft:
    """The article on a page, or the reason why there is none: what `extract` and the command line build on.

    Args:
        html: the page, bytes or text.
        url: where the page was served.
        profile: of its site; by default the one that ships, as in a crawl of that site.

    Returns:
        A draft: `article` is complete where `reason` is None.
    """
    from pipelines import normalize
    from scraper.profiles import load_profile

    if profile is None and url:
        profile = load_profile(url)
    return normalize(_read_page(html, url, profile=profile), profile=profile)


def read_page(html: bytes | str, url: str | None = None) -> PageReading:
    """Everything that was seen on a page, undecided.

    Args:
        html: the page, bytes or text.
        url: where the page was served.

    Returns:
        The kind of page, why it is no article (`reason`), its links, the body as blocks, and for every field the
        candidates with the place where each stood. `pipelines.normalize` makes a record of it.
    """
    return _read_page(html, url)
