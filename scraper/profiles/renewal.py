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
    """How many templates the pages have."""
    refused: tuple[str, ...]
    """Why there are not more, one sentence each."""


def renew_profile(
    pages: Sequence[SeenPage],
    text: str | None,
    name: str,
    seeds: tuple[str, ...],
    day: date,
    stopped: tuple[str, ...] = (),
) -> Renewed:
    """Learn from pages.

    Args:
        pages: articles as they were received.
        text: the profile until now, in TOML; None where there is none.
        name: key of the site, for a new profile.
        seeds: where a crawl starts, for a new profile.
        day: on which the pages were fetched; of pages that templates no longer fit, the first such day.
        stopped: these templates.
    """
    # Here, because the process of the event loop has this module for `Renewed` and never learns.
    from scraper.profiles.learning import learn_templates, observe_page
    from scraper.profiles.saving import Change, learn_again, print_profile

    seen = [page for html, url, charset in pages if (page := observe_page(html, url, charset)) is not None]
    learned = learn_templates(seen)
    if text is None:
        text = print_profile(name, learned, seeds)
    else:
        text = learn_again(text, learned, (day,), Change(day, stopped) if stopped else None)
    return Renewed(text, len(learned.templates), tuple(learned.refused))
