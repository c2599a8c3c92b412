"""Figures of the sites for Prometheus: the text exposition format 0.0.4, for node_exporter's textfile collector.

Written here and not with prometheus-client: that keeps counters of a living process, and a harvest is none; what is
left of it is some lines of text.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from scraper.report.history import Run, share
from scraper.report.status import Status
from scraper.report.tally import SHOWN_FIELDS

_RUN_FIGURES: tuple[tuple[str, str, Callable[[Run], float]], ...] = (
    ("last_run_timestamp_seconds", "When the last run that left a manifest ended.", lambda run: run.ended.timestamp()),
    ("last_run_duration_seconds", "How long it took.", lambda run: run.seconds),
    ("last_run_exit_code", "Its exit code.", lambda run: run.exit_code),
    ("articles_new", "Articles that were new in it.", lambda run: run.harvested.new),
    ("articles_changed", "Articles that had changed.", lambda run: run.harvested.changed),
    ("articles_gone", "Stored articles that the server said are gone.", lambda run: run.harvested.gone),
    ("pages_failed", "Addresses that gave no article though they should.", lambda run: run.harvested.problems),
    ("addresses_left", "Addresses left to the next run.", lambda run: run.left),
    ("gate_breaches", "What was not as usual for the site.", lambda run: len(run.breaches)),
)


def expose(statuses: Iterable[Status]) -> str:
    """The figures of sites as text; a site that was never harvested has none."""
    sites = [(status, status.run) for status in statuses]
    lines = []
    for name, meaning, figure in _RUN_FIGURES:
        lines += _head(name, meaning)
        lines += [_line(name, {"site": status.site}, figure(run)) for status, run in sites if run is not None]
    lines += _head("articles_stored", "Records in articles.jsonl, all versions.")
    lines += [_line("articles_stored", {"site": status.site}, status.articles) for status, run in sites if run]
    lines += _head("field_fill_ratio", "Share of the records of the last run in which a field has a value.")
    for status, run in sites:
        if run is not None and run.harvested.articles:
            for field in SHOWN_FIELDS:
                ratio = share(run.harvested.fields.get(field, 0), run.harvested.articles)
                lines.append(_line("field_fill_ratio", {"site": status.site, "field": field}, round(ratio, 4)))
    return "\n".join(lines) + "\n"


def write_metrics(path: Path, statuses: Iterable[Status]) -> None:
    """Write the figures to a file that a collector may read at any moment: whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_text(expose(statuses), encoding="utf-8")
    part.chmod(0o644)
    part.replace(path)


def _head(name: str, meaning: str) -> list[str]:
    return [f"# HELP news_scraper_{name} {meaning}", f"# TYPE news_scraper_{name} gauge"]


def _line(name: str, labels: dict[str, str], value: float) -> str:
    escaped = (value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n") for value in labels.values())
    pairs = ",".join(f'{key}="{text}"' for key, text in zip(labels, escaped, strict=True))
    return f"news_scraper_{name}{{{pairs}}} {value}"
