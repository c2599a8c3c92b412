"""A few addresses for each thing that is worth a look."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

PER_TOPIC = 3


@dataclass(slots=True)
class Examples:
    """The first addresses of each topic; the rest of a run are in problems.jsonl and articles.jsonl."""

    by_topic: defaultdict[str, list[dict[str, str | None]]] = field(default_factory=lambda: defaultdict(list))

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
