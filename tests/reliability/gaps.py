"""Faults that the harvester does not yet meet as it should, each with what happens instead.

The tests expect these to fail, strictly: a fault that has been mended has to leave the list.
"""

from __future__ import annotations

KNOWN_GAPS: dict[str, str] = {}
