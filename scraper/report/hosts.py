"""How the hosts of a site answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

MOST = 20
"""Hosts that a manifest names: the slowest; a site with wildcard subdomains has thousands."""


@dataclass(slots=True)
class HostTimes:
    """Answers of one host."""

    answers: int = 0
    seconds: float = 0.0
    """From request to the head of the answer, all answers together."""
    slowest_s: float = 0.0
    bytes: int = 0
    """Of the bodies, as received."""


@dataclass(slots=True)
class Hosts:
    """Answers by host, counted as they come in."""

    by_name: dict[str, HostTimes] = field(default_factory=dict)

    def add(self, host: str, seconds: float, size: int) -> None:
        """Count an answer.

        Args:
            host: which answered.
            seconds: how long its head took.
            size: bytes of its body.
        """
        times = self.by_name.setdefault(host, HostTimes())
        times.answers += 1
        times.seconds += seconds
        times.slowest_s = max(times.slowest_s, seconds)
        times.bytes += size

    def slowest_first(self) -> list[dict[str, Any]]:
        """The hosts for the manifest, by their mean time."""
        slowest = sorted(self.by_name.items(), key=lambda entry: -entry[1].seconds / entry[1].answers)
        return [
            {
                "host": host,
                "answers": times.answers,
                "mean_s": round(times.seconds / times.answers, 3),
                "slowest_s": round(times.slowest_s, 3),
                "bytes": times.bytes,
            }
            for host, times in slowest[:MOST]
        ]
