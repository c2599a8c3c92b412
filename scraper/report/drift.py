"""Where the values of a run stood on the pages, beside where they stood before: a new template shows there first."""

from __future__ import annotations

from collections import Counter
from typing import Any

from scraper.report.charts import draw_parts
from scraper.report.gates import SAMPLE_RECORDS
from scraper.report.history import Harvested, Run, share
from scraper.report.words import FIELDS_EN, FIELDS_ZH

DRIFT_FIELDS = ("title", "date_published", "authors", "source", "section", "text")
"""Fields of which it is shown where their values stood."""


def list_templates(run: Run) -> list[dict[str, Any]]:
    """Each template of the profile with the articles that it read, since when it does not fit any more, and how many of
    its `last` pages, over the runs, it missed.
    """
    health = {entry["name"]: entry for entry in run.manifest.get("templates", [])}
    read = run.harvested.templates
    return [
        {
            "why": None,
            "stopped_on": None,
            "last": 0,
            "last_missed": 0,
            "name": name,
            **health.get(name, {}),
            "read": read.get(name, 0),
        }
        for name in sorted({*health, *read})
    ]


def find_drift(now: Harvested, before: Harvested) -> list[dict[str, Any]]:
    """For the fields that a template places: where their values stand now, and where they stood before."""
    rows = []
    for name in DRIFT_FIELDS:
        was, is_now = Counter(before.methods.get(name, {})), Counter(now.methods.get(name, {}))
        # Of a few records it says nothing that none of them has a value.
        if not is_now and (not was or now.articles < SAMPLE_RECORDS):
            continue
        # One order for both, so that the same place has the same colour.
        methods = [method for method, _ in (was + is_now).most_common()]
        rows.append(
            {
                "en": FIELDS_EN[name],
                "zh": FIELDS_ZH[name],
                "now": draw_parts([(method, is_now[method]) for method in methods], f"{name} now") if is_now else None,
                "before": draw_parts([(method, was[method]) for method in methods], f"{name} before") if was else None,
                "legend": [
                    (place, method, share(is_now[method], is_now.total()), share(was[method], was.total()))
                    for place, method in enumerate(methods)
                ],
                "is_steady": len(methods) == 1 and bool(is_now),
                # Of two or three values it says nothing that they stand elsewhere.
                "moved": _moved(was, is_now) if was and is_now.total() >= SAMPLE_RECORDS else None,
            }
        )
    return rows


def _moved(was: Counter[str], now: Counter[str]) -> float:
    """Which share of the values stands elsewhere than before: the total variation distance of the two."""
    methods = {*was, *now}
    return sum(abs(share(was[method], was.total()) - share(now[method], now.total())) for method in methods) / 2
