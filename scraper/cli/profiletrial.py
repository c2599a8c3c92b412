"""Templates of a profile tried on pages of the site."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import fmean

from scraper.cli.pages import SavedPage
from scraper.extraction import PageReading, read_page
from scraper.extraction.lines import width
from scraper.profiles.model import Profile
from scraper.profiles.template import Template

SHOWN = 5
"""Pages that do not fit and are named."""
WIDTH = 80


@dataclass(slots=True)
class Trial:
    """What became of one template."""

    name: str
    template: Template
    agreements: list[float] = field(default_factory=list)
    """Of each page that fits: F1 of the body against the general way, by letters."""
    misfits: list[tuple[str, str]] = field(default_factory=list)
    """Pages that do not fit, and why."""
    other_days: int = 0
    """Pages of its addresses that were fetched on days that it is not for."""

    @property
    def fits_nothing(self) -> bool:
        """Whether it is of no use; one for other days may be."""
        return not self.agreements and not self.other_days


def try_templates(profile: Profile, pages: Sequence[SavedPage]) -> tuple[list[Trial], int]:
    """Try the templates, newer ones first: what one reads the next ones are not asked for, as in a crawl.

    Returns:
        What became of each, in the order of the file, and how many of the pages are articles; the others are not
        tried.
    """
    trials = {name: Trial(name, template) for name, template in profile.named_templates()}
    newest_first = [trials[name] for name, _ in profile.newest_first()]
    articles = 0
    for page in pages:
        general = read_page(page.html, page.url, http_charset=page.charset)
        if general.reason is not None:
            continue
        articles += 1
        for trial in newest_first:
            if not trial.template.covers(page.url, page.day):
                trial.other_days += trial.template.covers(page.url)
                continue
            alone = profile.model_copy(update={"templates": (trial.template,)})
            reading = read_page(page.html, page.url, http_charset=page.charset, profile=alone, day=page.day)
            if reading.template is not None:
                trial.agreements.append(agreement(reading, general))
                break
            why = reading.misfits[0].partition(": ")[2] if reading.misfits else "cannot be read"
            trial.misfits.append((page.url or page.name, why))
    return list(trials.values()), articles


def agreement(reading: PageReading, general: PageReading) -> float:
    """F1 of two readings of a page, by letters of the paragraphs that they share."""
    one, other = (Counter(block.text for block in each.blocks) for each in (reading, general))
    sizes = [sum(width(text) * count for text, count in lines.items()) for lines in (one & other, one, other)]
    return 2 * sizes[0] / (sizes[1] + sizes[2]) if sizes[0] else 0.0


def tell(trial: Trial) -> str:
    """The trial in a few lines."""
    fitting, tried = len(trial.agreements), len(trial.agreements) + len(trial.misfits)
    head = f"{trial.name}  {', '.join(trial.template.body)}"
    lines = textwrap.wrap(head, WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)
    if fitting:
        mean = fmean(trial.agreements)
        lines.append(f"  fits {fitting} of {tried} pages; agrees to {mean:.2f} with the general way")
    elif tried:
        lines.append(f"  fits none of {tried} pages")
    elif trial.other_days:
        lines.append(f"  not tried: it is not for the days on which its pages were fetched ({trial.other_days})")
    else:
        lines.append("  no page is left to it: others go before it and read them all")
    for page, why in trial.misfits[:SHOWN]:
        lines.append(f"  does not fit {page}:\n    {why}")
    if len(trial.misfits) > SHOWN:
        lines.append(f"  and {len(trial.misfits) - SHOWN} more")
    return "\n".join(lines)
