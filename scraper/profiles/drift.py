"""Whether a site's templates still fit its pages.

A template stops fitting when the site gets another content system or another design. One page proves nothing: each
site prints some pages that no template reads. So the last pages of each template are counted, and it has stopped when
nearly all of them did not fit.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import date

WINDOW = 15
"""Pages that are looked at together."""
STOPPED = 14
"""So many of them that do not fit, and the template has stopped."""
DISAGREES = 0.5
"""A page that was read both ways does not fit where the texts agree less than this (F1)."""


@dataclass(slots=True)
class TemplateHealth:
    """How one template did on the pages of a run."""

    name: str
    fitted: int = 0
    missed: int = 0
    """Articles that it should have read, and that were read in the general way."""
    checked: int = 0
    """Pages that were read both ways."""
    disagreed: int = 0
    """Checked pages whose texts differed; they count as missed too."""
    is_doubted: bool = False
    """Whether the texts of the last checked page differed, and the template has not stopped yet."""
    stopped_on: date | None = None
    """Day on which the first page was fetched of those that it missed in the end; None while it fits."""
    why: str | None = None
    """What was missing on the page that it missed last."""
    _last: deque[date | None] = field(default_factory=lambda: deque(maxlen=WINDOW))

    def see(self, fits: bool, day: date, why: str | None = None) -> bool:
        """Count a page; whether the template stopped with it."""
        self.fitted += fits
        self.missed += not fits
        self.why = why or self.why
        self._last.append(None if fits else day)
        missed = [one for one in self._last if one is not None]
        if self.stopped_on is not None or len(self._last) < WINDOW or len(missed) < STOPPED:
            return False
        self.stopped_on, self.is_doubted = missed[0], False
        return True

    def sentence(self) -> str:
        """Such as ``template 2 stopped matching on 2026-03-01, 14 of 15 pages (no div#artibody)``."""
        missed = sum(one is not None for one in self._last)
        return (
            f"{self.name} stopped matching on {self.stopped_on}, {missed} of {len(self._last)} pages"
            f"{f' ({self.why})' if self.why else ''}"
        )

    def to_dict(self) -> dict[str, object]:
        """For the manifest of the run."""
        return {
            "name": self.name,
            "fitted": self.fitted,
            "missed": self.missed,
            "checked": self.checked,
            "disagreed": self.disagreed,
            "stopped_on": self.stopped_on.isoformat() if self.stopped_on else None,
            "why": self.why,
        }


class TemplateWatch:
    """Counts, over the articles of a run, which templates fit."""

    def __init__(self) -> None:
        self.health: dict[str, TemplateHealth] = {}
        """By the name of the template, in the order in which they were met."""

    def see(self, fitted: str | None, misfits: list[str], day: date, agreement: float | None = None) -> list[str]:
        """Count an article.

        Args:
            fitted: name of the template that read it; None where none did.
            misfits: templates that should have read it, each with what was missing: ``template 1: no div#text``.
            day: on which it was fetched.
            agreement: of its text with that of the general way (F1); None where it was not checked.

        Returns:
            Names of the templates that stopped with this page.
        """
        if fitted is None:
            # Only here: where another template reads the page, the first was not meant for it.
            parted = [misfit.partition(": ") for misfit in misfits]
            return [name for name, _, why in parted if self._of(name).see(False, day, why)]
        health = self._of(fitted)
        if agreement is None:
            if health.is_doubted:  # it was asked for before the doubt, and says nothing
                health.fitted += 1
            else:
                health.see(True, day)
            return []
        health.checked += 1
        health.is_doubted = agreement < DISAGREES and health.stopped_on is None
        if agreement >= DISAGREES:
            health.see(True, day)
            return []
        health.disagreed += 1
        return [fitted] if health.see(False, day, f"text agrees to {agreement:.2f} with the general way") else []

    def is_doubted(self) -> bool:
        """Whether each page is to be read both ways, because the last that was read so was read wrongly.

        A share of the pages would never fill the window: where the places are still there and hold something else,
        the pages that are not checked seem to fit.
        """
        return any(health.is_doubted for health in self.health.values())

    def stopped(self) -> list[TemplateHealth]:
        """The templates that have stopped."""
        return [health for health in self.health.values() if health.stopped_on is not None]

    def _of(self, name: str) -> TemplateHealth:
        return self.health.setdefault(name, TemplateHealth(name))


def agreement(text: str, other: str) -> float:
    """How far two texts have the same paragraphs: F1 by letters, 0 to 1."""
    ours, theirs = (Counter(part for part in one.split("\n\n") if part) for one in (text, other))
    shared = sum(len(part) * count for part, count in (ours & theirs).items())
    total = sum(len(part) * count for counts in (ours, theirs) for part, count in counts.items())
    return 2 * shared / total if total else 1.0
