"""The report of a site: one page of HTML that needs nothing beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import orjson
from jinja2 import Environment, PackageLoader, StrictUndefined

from scraper.report.charts import draw_bars, draw_line
from scraper.report.drift import find_drift, list_templates
from scraper.report.gates import MIN_SAMPLES, cut_samples
from scraper.report.history import Harvested, Run, load_runs, share
from scraper.report.tally import SHOWN_FIELDS
from scraper.report.words import EXITS_EN, EXITS_ZH, FIELDS_EN, FIELDS_ZH, REASONS_ZH, breach_zh

DAYS = 60
"""Days that a chart goes back."""

RECORDS = 4
"""Records that are shown with their evidence."""

TAIL_BYTES = 400_000
"""How far from the end of articles.jsonl they are looked for."""

MOST_PROBLEMS = 6
"""Kinds of problems that are seen at once; the others are unfolded."""

CLIPPED_CHARS = 110
"""Of an address that is shown."""

LEAD_CHARS = 140
"""Of the text of a record."""

EVIDENCE_FIELDS = (
    "title",
    "date_published",
    "authors",
    "source",
    "responsible_editors",
    "section",
    "keywords",
    "edition",
)


def build_page(folder: Path) -> str:
    """The report of the newest run of a site.

    Args:
        folder: of the site.

    Raises:
        LookupError: no run left a manifest.
        OSError: articles.jsonl cannot be read.
    """
    runs = load_runs(folder)
    if not runs:
        raise LookupError(f"no run of {folder} left a manifest")
    *earlier, run = runs
    samples = list(cut_samples(earlier))
    before = sum((each.harvested for each in earlier), Harvested())
    environment = Environment(
        loader=PackageLoader("scraper.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "bytes": _show_bytes,
        "clipped": _clip,
        "number": lambda value: f"{value:,}",
        "percent": lambda value: f"{value:.0%}",
        "seconds": _show_seconds,
    }
    return environment.get_template("report.html.j2").render(
        site=folder.name,
        run=run,
        brought=run.harvested,
        verdict={"en": EXITS_EN.get(run.exit_code, ""), "zh": EXITS_ZH.get(run.exit_code, "")},
        breaches=[
            {**breach, "zh": breach_zh(breach["gate"], breach["found"], breach["usual"])} for breach in run.breaches
        ],
        is_learning=len(samples) < MIN_SAMPLES,
        samples=len(samples),
        min_samples=MIN_SAMPLES,
        published=_published(runs),
        found=_found(runs),
        fields=_fields(run.harvested, samples or [each.harvested for each in earlier if each.harvested.articles]),
        problems=_reasons(run, are_problems=True),
        most_problems=MOST_PROBLEMS,
        others=_reasons(run, are_problems=False),
        hosts=run.harvested.hosts,
        drift=find_drift(run.harvested, before),
        templates=list_templates(run),
        learning=run.manifest.get("learning", []),
        sizes=_sizes(run, before),
        records=_records(folder),
        stored=next((file["lines"] for file in run.manifest["files"] if file["name"] == "articles.jsonl"), 0),
    )


def write_report(folder: Path) -> Path:
    """Write report.html beside the manifest of the newest run. Raises as `build_page`."""
    page = build_page(folder)
    path = folder / "runs" / load_runs(folder, limit=1)[-1].name / "report.html"
    path.write_text(page, encoding="utf-8")
    return path


# --- what is shown -------------------------------------------------------------------------------------------------


def _chart(counts: Counter[str], last: date, label: str) -> dict[str, Any] | None:
    """The days up to the last, each with its number; None where there is none."""
    days = [(last - timedelta(days=back)).isoformat() for back in reversed(range(DAYS))]
    first = next((place for place, day in enumerate(days) if counts[day]), None)
    if first is None:
        return None
    shown = [(day, counts[day]) for day in days[min(first, DAYS - 14) :]]
    return {
        "svg": draw_bars(shown, label),
        "first": shown[0][0],
        "middle": shown[len(shown) // 2][0],
        "last": shown[-1][0],
        "top": max(count for _, count in shown),
        "total": sum(count for _, count in shown),
    }


def _published(runs: Sequence[Run]) -> dict[str, Any] | None:
    counts = Counter[str]()
    for run in runs:
        counts.update(run.harvested.published)
    days = [day for day in counts if day <= runs[-1].ended.date().isoformat()]
    if not days:
        return None
    return _chart(counts, date.fromisoformat(max(days)), "articles by day of publication")


def _found(runs: Sequence[Run]) -> dict[str, Any] | None:
    counts = Counter[str]()
    for run in runs[1:]:
        counts[run.started.date().isoformat()] += run.harvested.new
    return _chart(counts, runs[-1].started.date(), "new articles by day of harvest")


def _fields(now: Harvested, before: Sequence[Harvested]) -> list[dict[str, Any]]:
    shown = []
    for name in SHOWN_FIELDS:
        shares = [share(each.fields.get(name, 0), each.articles) for each in before]
        current = share(now.fields.get(name, 0), now.articles) if now.articles else None
        line = [*shares[-30:], *([current] if current is not None else [])]
        shown.append(
            {
                "name": name,
                "en": FIELDS_EN[name],
                "zh": FIELDS_ZH[name],
                "share": current,
                "filled": now.fields.get(name, 0),
                "usual": median(shares) if shares else None,
                "line": draw_line(line, f"{name} over time") if len(line) > 1 else None,
                "examples": now.examples.get(f"without {name}", []),
            }
        )
    return shown


def _reasons(run: Run, *, are_problems: bool) -> list[dict[str, Any]]:
    counts = run.harvested.count_reasons(problems=are_problems)
    top = max(counts.values(), default=1)
    return [
        {
            "name": str(reason),
            "en": reason.describe,
            "zh": REASONS_ZH[reason],
            "count": count,
            "width": count / top,
            "examples": run.harvested.examples.get(str(reason), []),
        }
        for reason, count in counts.items()
    ]


def _sizes(run: Run, before: Harvested) -> dict[str, Any]:
    files = run.manifest["files"]
    archive = [file for file in files if file["name"].endswith(".warc.gz")]
    return {
        "files": [file for file in files if file not in archive],
        "archive_bytes": sum(file["bytes"] for file in archive),
        "archive_files": len(archive),
        "total": sum(file["bytes"] for file in files),
        "length": run.harvested.median_length,
        "usual_length": before.median_length,
    }


def _records(folder: Path) -> list[dict[str, Any]]:
    """The newest records of the site, each with the evidence of its fields."""
    path = folder / "articles.jsonl"
    if not path.exists():
        return []
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL_BYTES))
        lines = file.read(TAIL_BYTES).split(b"\n")
    # The first is cut where the file is longer, the last is empty or not committed yet.
    whole = lines[1 if path.stat().st_size > TAIL_BYTES else 0 : -1]
    records = [orjson.loads(line) for line in whole[-RECORDS:]]
    for record in records:
        text = " ".join((record.get("text") or "").split())
        record["lead"] = text[:LEAD_CHARS] + "…" * (len(text) > LEAD_CHARS)
        record["rows"] = [row for name in EVIDENCE_FIELDS if (row := _row(record, name))]
    return records[::-1]


def _row(record: dict[str, Any], name: str) -> dict[str, Any] | None:
    value = record.get(name)
    if not value:
        return None
    if isinstance(value, list):
        value = "、".join(str(item) for item in value)
    elif isinstance(value, dict):
        value = value.get("name") or " · ".join(str(part) for part in value.values() if isinstance(part, str) and part)
    return {
        "name": name,
        "en": FIELDS_EN[name],
        "zh": FIELDS_ZH[name],
        "value": value,
        "evidence": record.get("evidence", {}).get(name),
    }


def _clip(url: str) -> str:
    """A long address without its middle: its host and its end tell it from others."""
    return url if len(url) <= CLIPPED_CHARS else f"{url[: CLIPPED_CHARS - 31]}…{url[-30:]}"


def _show_bytes(number: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if number < 1000:
            return f"{number:.0f} {unit}" if unit == "B" or number >= 10 else f"{number:.1f} {unit}"
        number /= 1000
    return f"{number:.1f} TB"


def _show_seconds(number: float) -> str:
    if number < 90:
        return f"{number:.0f} s"
    return f"{number / 60:.0f} min" if number < 5400 else f"{number / 3600:.1f} h"
