"""What the ledger keeps of the templates of a site: whether they fitted the last pages, and when learning failed.

A site that prints few articles between two runs shows a change only over several of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from scraper.ledger.leases import Leases
from scraper.outcome import TemplateLook

KEPT = 60
"""Looks that are kept of each template: enough to know which share of its pages it read before it missed so many."""


class Looks(Leases):
    """The ledger as far as it knows templates. `Ledger` has the rest."""

    def enter_looks(self, url: str, looks: Sequence[TemplateLook]) -> None:
        """Within a `transaction`: whether templates fitted the page of an address."""
        for look in looks:
            missed_on = look.missed_on.isoformat() if look.missed_on else None
            self._db.execute(
                "INSERT INTO look (template, places, url, missed_on, why, is_checked) VALUES (?, ?, ?, ?, ?, ?)",
                (look.template, look.places, url, missed_on, look.why, look.is_checked),
            )
            self._db.execute(
                "DELETE FROM look WHERE template = ? AND id NOT IN"
                " (SELECT id FROM look WHERE template = ? AND places = ? ORDER BY id DESC LIMIT ?)",
                (look.template, look.template, look.places, KEPT),
            )

    def looks(self) -> list[tuple[str, TemplateLook]]:
        """The last looks of each template, oldest first, each with the address of its page."""
        rows = self._query("SELECT url, template, places, missed_on, why, is_checked FROM look ORDER BY id")
        return [
            (
                url,
                TemplateLook(
                    template=template,
                    places=places,
                    missed_on=date.fromisoformat(missed_on) if missed_on else None,
                    why=why,
                    is_checked=bool(is_checked),
                ),
            )
            for url, template, places, missed_on, why, is_checked in rows
        ]

    def note_learning_failed(self) -> None:
        """Note that the templates of the site could not be learned just now: the learner crashed, or took too long."""
        with self.transaction():
            self._db.execute("INSERT OR REPLACE INTO meta VALUES ('learning_failed', ?)", (self._clock(),))

    def learning_failed_at(self) -> float | None:
        """POSIX seconds of the last `note_learning_failed`; None where it never came to that."""
        rows = self._query("SELECT value FROM meta WHERE name = 'learning_failed'")
        return float(rows[0][0]) if rows else None
