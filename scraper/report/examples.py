"""A few addresses for each thing that is worth a look."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass, field

PER_TOPIC = 3


@dataclass(slots=True)
class Examples:
    """The first addresses of each topic; the rest of a run are in problems.jsonl and articles.jsonl."""

    by_topic: defaultdict[str, list[dict[str, str | None]]] = field(default_factory=lambda: defaultdict(list))
    _ranks: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, topic: str, url: str | None, note: str | None) -> None:
        """Keep an address while there are fewer than `PER_TOPIC` of its topic.

        Args:
            topic: what it is an example of.
            url: None for a page without an address, which is no example.
            note: the headline of a record, the detail of a problem.
        """
        examples = self.by_topic[str(topic)]
        if url is not None and len(examples) < PER_TOPIC:
            examples.append({"url": url, "note": note})

    def add_least(self, topic: str, rank: int, url: str, note: str | None) -> None:
        """Keep an address while fewer than `PER_TOPIC` of its topic have a lower rank, the lowest first."""
        ranks, examples = self._ranks[topic], self.by_topic[topic]
        place = bisect(ranks, rank)
        ranks.insert(place, rank)
        examples.insert(place, {"url": url, "note": note})
        del ranks[PER_TOPIC:], examples[PER_TOPIC:]
