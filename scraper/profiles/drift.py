"""Whether a site's templates still fit its pages.

A template stops fitting when the site gets another content system or another design. One page proves nothing: each
site prints some pages that no template reads. So the last pages of each template are counted, over the runs, and it
has stopped when nearly all of them did not fit, and more than it was used to.

A portal has a dozen channels with a system each, and one form of addresses: most pages that nothing reads are another
channel's. Therefore a template answers only for channels (host and first folder) of which it has read a page, and one
that always read one page in five has not stopped when fifteen in a row are others'.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from scraper.outcome import TemplateLook

WINDOW = 15
"""Pages that are looked at together."""
STOPPED = 14
"""So many of them that do not fit, and the template has stopped."""
CHANCE = 1e-4
"""A template that reads some share of its pages has stopped where it would miss so many in a row in fewer cases."""
REMEMBERED = 200
"""Looks from which that share is known."""
DISAGREES = 0.5
"""A page that was read both ways does not fit where the texts agree less than this (F1)."""


@dataclass(slots=True)
class TemplateHealth:
    """How one template did on the pages of a run, and on its last pages over the runs."""

    name: str
    fitted: int = 0
    """Articles that it read."""
    missed: int = 0
    """Articles that it should have read, and that were read in the general way."""
    checked: int = 0
    """Pages that were read both ways."""
    disagreed: int = 0
    """Checked pages whose texts differed; they count as missed too."""
    is_doubted: bool = False
    """Whether the texts of the last checked page differed, and the template has not been told to have stopped."""
    is_told: bool = False
    """Whether this run saw that it has stopped."""
    why: str | None = None
    """What was missing on the page that it missed last."""
    learned: tuple[int, int] = (0, 0)
    """Pages that it was learned from in this run, and pages that were looked at for it."""
    channels: set[str] = field(default_factory=set)
    """Of the pages that it read, over the runs as far as they are known; see `channel_of`."""
    _looks: deque[TemplateLook] = field(default_factory=lambda: deque(maxlen=REMEMBERED))

    def remember(self, look: TemplateLook, url: str) -> None:
        """Take a page into account that an earlier run counted."""
        self._note(look)
        if look.missed_on is None:
            self.channels.add(channel_of(url))
        if look.is_checked:
            self.is_doubted = look.missed_on is not None

    def see(self, look: TemplateLook) -> bool:
        """Count a page; whether this run sees with it that the template has stopped."""
        self.fitted += look.missed_on is None
        self.missed += look.missed_on is not None
        self._note(look)
        if self.is_told or look.missed_on is None or self.stopped_on is None:
            return False
        self.is_told, self.is_doubted = True, False
        return True

    def _note(self, look: TemplateLook) -> None:
        if not self.is_told:
            self.why = look.why or self.why
            self._looks.append(look)

    @property
    def stopped_on(self) -> date | None:
        """Day on which the first page was fetched of those that it missed in the end; None while it fits."""
        missed = self._missed
        if len(self._looks) < WINDOW or len(missed) < STOPPED:
            return None
        return missed[0] if self._looks[-1].is_checked or self._is_unusual() else None

    def _is_unusual(self) -> bool:
        """Whether so many pages without its places are more than chance, by the share of pages that it read before."""
        fits = [index for index, look in enumerate(self._looks) if look.missed_on is None]
        before = fits[-2] + 1 if len(fits) > 1 else 0
        since = len(self._looks) - before
        share = (max(1, len(fits)) + self.learned[0]) / (before + 1 + self.learned[1])
        return (1 - share) ** since + since * share * (1 - share) ** (since - 1) < CHANCE

    @property
    def _last(self) -> list[TemplateLook]:
        return list(self._looks)[-WINDOW:]

    @property
    def _missed(self) -> list[date]:
        """The days of those of its last pages that it missed."""
        return [look.missed_on for look in self._last if look.missed_on is not None]

    def sentence(self) -> str:
        """Such as ``template 2 stopped matching on 2026-03-01, 14 of 15 pages (no div#artibody)``."""
        return (
            f"{self.name} stopped matching on {self.stopped_on}, {len(self._missed)} of {len(self._last)} pages"
            f"{f' ({self.why})' if self.why else ''}"
        )

    def to_dict(self) -> dict[str, Any]:
        """For the manifest of the run: what it counted, and how many of the last pages over the runs were missed."""
        return {
            "name": self.name,
            "fitted": self.fitted,
            "missed": self.missed,
            "checked": self.checked,
            "disagreed": self.disagreed,
            "stopped_on": self.stopped_on.isoformat() if self.stopped_on else None,
            "last": len(self._last),
            "last_missed": len(self._missed),
            "why": self.why,
        }


class TemplateWatch:
    """Counts, over the articles of a run, which templates fit.

    Args:
        earlier: what the runs before saw last, oldest first, each with the address of its page.
    """

    def __init__(self, earlier: Iterable[tuple[str, TemplateLook]] = ()) -> None:
        self.health: dict[str, TemplateHealth] = {}
        """By the name of the template, in the order in which they were met."""
        for url, look in earlier:
            self._of(look.template).remember(look, url)

    def look(
        self, url: str, fitted: str | None, misfits: Sequence[str], day: date, agreement: float | None = None
    ) -> list[TemplateLook]:
        """What an article says about the templates.

        Args:
            url: of the article.
            fitted: name of the template that read it; None where none did.
            misfits: templates that should have read it, each with what was missing: ``template 1: no div#text``.
            day: on which it was fetched.
            agreement: of its text with that of the general way (F1); None where it was not checked.

        Returns:
            A look for the template that read it, else for each that should have; none where it says nothing.
        """
        channel = channel_of(url)
        if fitted is None:
            # Only here: where another template reads the page, the first was not meant for it.
            parted = [misfit.partition(": ") for misfit in misfits]
            return [
                TemplateLook(template=name, missed_on=day, why=why)
                for name, _, why in parted
                if not (known := self._of(name).channels) or channel in known
            ]
        self._of(fitted).channels.add(channel)
        if agreement is None:
            if self._of(fitted).is_doubted:  # it was asked for before the doubt
                return []
            return [TemplateLook(template=fitted)]
        if agreement >= DISAGREES:
            return [TemplateLook(template=fitted, is_checked=True)]
        why = f"text agrees to {agreement:.2f} with the general way"
        return [TemplateLook(template=fitted, missed_on=day, why=why, is_checked=True)]

    def see(self, looks: Iterable[TemplateLook]) -> list[str]:
        """Count what an article said. Returns the names of the templates that this run now knows to have stopped."""
        stopped = []
        for look in looks:
            health = self._of(look.template)
            if look.is_checked:
                health.checked += 1
                health.disagreed += look.missed_on is not None
                health.is_doubted = look.missed_on is not None and not health.is_told
            if health.see(look):
                stopped.append(look.template)
        return stopped

    def is_doubted(self) -> bool:
        """Whether each page is to be read both ways, because the last that was read so was read wrongly.

        A share of the pages would never fill the window: where the places are still there and hold something else,
        the pages that are not checked seem to fit.
        """
        return any(health.is_doubted for health in self.health.values())

    def expect(self, name: str, fits: int, pages: int) -> None:
        """Note that a template was learned from some of these pages: of the next ones it will read as large a share."""
        self._of(name).learned = (fits, pages)

    def stopped(self) -> list[TemplateHealth]:
        """The templates that have stopped."""
        return [health for health in self.health.values() if health.stopped_on is not None]

    def _of(self, name: str) -> TemplateHealth:
        return self.health.setdefault(name, TemplateHealth(name))


def channel_of(url: str) -> str:
    """Host and first folder of an address, digits as one: ``sport.example.com/#``, ``www.example.com/city``."""
    parts = urlsplit(url)
    folders = parts.path.split("/")[1:-1]
    return f"{parts.netloc}/{re.sub(r'[0-9]+', '#', folders[0]) if folders else ''}"


def agreement(text: str, other: str) -> float:
    """How far two texts have the same paragraphs: F1 by letters, 0 to 1."""
    ours, theirs = (Counter(part for part in one.split("\n\n") if part) for one in (text, other))
    shared = sum(len(part) * count for part, count in (ours & theirs).items())
    total = sum(len(part) * count for counts in (ours, theirs) for part, count in counts.items())
    return 2 * shared / total if total else 1.0
