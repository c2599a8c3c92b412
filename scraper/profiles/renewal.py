"""A profile made anew from pages of its site: what a crawl that learns has done in a worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

SeenPage = tuple[bytes, str, str | None]
"""Body, address, charset of the header."""


@dataclass(slots=True, frozen=True)
class Renewed:
    """A profile with what was learned."""

    text: str
    """TOML."""
    templates: int
    """How many templates were learned; after the first time how many that the profile had not."""
    refused: tuple[str, ...]
    """Why there are not more, one sentence each."""
    articles: int
    """Articles among the pages, near-duplicates left out."""


def renew_profile(
    pages: Sequence[SeenPage],
    text: str | None,
    name: str,
    seeds: tuple[str, ...],
    day: date,
    stopped: tuple[str, ...] | None = None,
) -> Renewed:
    """Learn from pages.

    Args:
        pages: articles as they were received.
        text: the profile until now, in TOML; None where there is none.
        name: key of the site, for a new profile.
        seeds: where a crawl starts, for a new profile.
        day: on which the pages were fetched; of pages that templates no longer fit, the first such day.
        stopped: these templates; empty for pages that none of them was ever for. None where the pages are any of the
            site's, and the profile is learned as a whole.
    """
    # Here, because the process of the event loop has this module for `Renewed` and never learns.
    from scraper.profiles.learning import learn_templates, observe_page
    from scraper.profiles.loader import parse_profile
    from scraper.profiles.saving import Change, learn_again, print_profile

    seen = [page for html, url, charset in pages if (page := observe_page(html, url, charset)) is not None]
    learned = learn_templates(seen)
    count, refused = len(learned.templates), tuple(learned.refused)
    if text is None:
        return Renewed(print_profile(name, learned, seeds), count, refused, learned.pages)
    if stopped is None:
        return Renewed(learn_again(text, learned, (day,)), count, refused, learned.pages)
    changed = learn_again(text, learned, (day,), Change(day, stopped))
    count = len(parse_profile(changed).templates) - len(parse_profile(text).templates)
    return Renewed(changed, count, refused, learned.pages)
