"""From pages of a site to its templates: the whole of learning, pure and deterministic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from scraper.profiles.boilerplate import Boilerplate
from scraper.profiles.learning.addresses import find_patterns
from scraper.profiles.learning.dateformats import find_date_format
from scraper.profiles.learning.differing import find_differing
from scraper.profiles.learning.dropping import find_drops
from scraper.profiles.learning.frames import find_frame, frame_of
from scraper.profiles.learning.observed import Observed
from scraper.profiles.learning.places import FIELDS, find_place, find_title, find_title_suffix
from scraper.profiles.learning.recurring import distinct, recurring_lines
from scraper.profiles.learning.regions import Region, find_regions, weigh_page
from scraper.profiles.template import Proof, Template

MIN_PAGES = 5
"""From fewer pages nothing is learned."""


@dataclass(slots=True, kw_only=True)
class Learned:
    """What pages of a site have in common."""

    seen: int = 0
    """Pages that were looked at."""
    pages: int = 0
    """Articles among them, near-duplicates left out."""
    article_urls: tuple[str, ...] = ()
    listing_urls: tuple[str, ...] = ()
    templates: list[Template] = field(default_factory=list)
    boilerplate: tuple[str, ...] = ()
    refused: list[str] = field(default_factory=list)
    """Why a template that was seen is none, one line each."""


def learn_templates(pages: Sequence[Observed]) -> Learned:
    """Learn the templates of a site.

    Args:
        pages: read in the general way, of any kind and in any order; those that are no articles are left out.

    Returns:
        The same for the same pages, whatever their order.
    """
    articles = sorted(
        (page for page in pages if page.reading.reason is None and page.body),
        key=lambda page: (page.url or "", len(page.lines), [line.text for line in page.lines]),
    )
    articles = distinct(articles)
    learned = Learned(seen=len(pages), pages=len(articles))
    if len(articles) < MIN_PAGES:
        count = "1 article is" if len(articles) == 1 else f"{len(articles)} articles are"
        learned.refused.append(f"{count} too few to learn from, {MIN_PAGES} are needed")
        return learned
    recurring = recurring_lines(articles)
    differing = find_differing(articles, recurring)
    if differing:
        known = Boilerplate(differing)
        recurring |= {line.text for page in articles for line in page.lines if line.text in known}
    weighed = [weigh_page(page, recurring) for page in articles]
    learned.boilerplate = _worth_keeping(articles, recurring, differing)
    learned.article_urls = find_patterns(page.url for page in articles if page.url)
    lists = sorted({page.url for page in pages if page.reading.kind in ("listing", "section") and page.url})
    learned.listing_urls = tuple(pattern for pattern in find_patterns(lists) if pattern not in learned.article_urls)
    regions, refused = find_regions(weighed)
    learned.templates = [
        _template(region, [articles[index] for index in region.pages], recurring, differing) for region in regions
    ]
    learned.refused += refused
    return learned


def _template(region: Region, pages: list[Observed], recurring: frozenset[str], differing: tuple[str, ...]) -> Template:
    title = find_title(pages)
    places = {key: find_place(pages, name) for key, name in FIELDS.items()}
    frame = find_frame(pages, region.locator)
    frames = [frame_of(page, frame) for page in pages]
    body = [frozenset(index for index in page.body if page.lines[index].text not in recurring) for page in pages]
    return Template.model_validate(
        {key: [place] for key, place in places.items() if place is not None}
        | {
            "urls": find_patterns(page.url for page in pages if page.url),
            "frame": (frame,) if frame else (),
            "body": (region.locator,),
            "title": (title,) if title else (),
            "date_format": find_date_format(pages),
            "title_suffix": find_title_suffix(pages),
            "drop": tuple(find_drops(pages, frames, [page.spans_of(region.locator) for page in pages], body)),
            "boilerplate": _worth_keeping(pages, recurring, differing),
            "learned_from": Proof(pages=len(pages), agreement=round(region.agreement, 3)),
        }
    )


def _worth_keeping(pages: Sequence[Observed], recurring: frozenset[str], differing: tuple[str, ...]) -> tuple[str, ...]:
    """The recurring lines that the general way takes for body somewhere."""
    taken = {page.lines[index].text for page in pages for index in page.body}
    known = Boilerplate(differing)
    return tuple(sorted([*differing, *(text for text in recurring & taken if text not in known)]))
