"""Whether confidence means something: the share of right values by the confidence that their evidence states."""

from __future__ import annotations

from itertools import pairwise
from types import ModuleType

from bench.accuracy.corpora import Page
from bench.accuracy.systems import Answer

BOUNDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
FIELDS = {"title": "title", "date": "date_published", "authors": "authors", "source": "source"}
"""Field of an answer -> field of the record, whose evidence states the confidence."""

Tally = dict[str, list[list[bool]]]
"""Field -> for each bucket whether each value was right."""


def tally(measure: ModuleType, pages: list[Page], answers: list[Answer]) -> Tally:
    """The values given for pages that have a label, by bucket of confidence.

    Args:
        measure: the module `text_metrics`.
        pages: with their labels.
        answers: ours, in page order.
    """
    same = {
        "title": measure.title_key,
        "source": measure.title_key,
        "date": measure.day,
        "authors": measure.author_keys,
    }
    found: Tally = {field: [[] for _ in BOUNDS[1:]] for field in FIELDS}
    for page, answer in zip(pages, answers, strict=True):
        label = page.label.get("gold", page.label)
        for field, buckets in found.items():
            wanted = label.get(field) or (label.get("date_published") if field == "date" else None)
            value, confidence = getattr(answer, field), answer.confidence.get(FIELDS[field])
            if wanted and value and confidence is not None:
                at = max(index for index, bound in enumerate(BOUNDS[:-1]) if confidence >= bound)
                buckets[at].append(same[field](value) == same[field](wanted))
    return found


def print_confidence(tallies: list[Tally]) -> None:
    """One row a bucket, two columns a field: the share that is right and how many values there are."""
    print("\nshare right by confidence" + "".join(f"{field:>18s}" for field in FIELDS))
    for at, (low, high) in enumerate(pairwise(BOUNDS)):
        row = f"  {low:.2f} to {min(high, 1.0):.2f}{'':11s}"
        for field in FIELDS:
            right = [one for found in tallies for one in found[field][at]]
            row += f"{sum(right) / len(right):10.3f} of {len(right):4d}" if right else f"{'-':>18s}"
        print(row)
