"""The dataset card: README.md for people, with the head that dataset hubs read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args, get_type_hints

import orjson
from jinja2 import Environment, StrictUndefined

from scraper import __version__
from scraper.article import Article
from scraper.export.descriptions import Release
from scraper.export.robots import RobotsFile
from scraper.export.statistics import COUNTED_FIELDS, Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What the manifests of a site's runs tell."""

    name: str
    records: int
    runs: int
    first_run: str | None
    """YYYY-MM-DD; None where there is no manifest."""
    last_run: str | None
    addresses: int | None
    """Addresses that were discovered."""
    robots: int | None
    """Addresses that robots.txt kept out."""


def read_site_facts(site: Path, records: int) -> SiteFacts:
    """Read ``runs/*/run.json`` of a site folder. A run that was killed has none."""
    manifests = [orjson.loads(path.read_bytes()) for path in sorted((site / "runs").glob("*/run.json"))]
    counts = manifests[-1]["counts"] if manifests else None
    return SiteFacts(
        name=site.name,
        records=records,
        runs=len(manifests),
        first_run=manifests[0]["started"][:10] if manifests else None,
        last_run=manifests[-1]["started"][:10] if manifests else None,
        addresses=counts["discovered"] if counts else None,
        robots=sum(reasons.get("robots", 0) for reasons in counts["reasons"].values()) if counts else None,
    )


def write_card(
    release: Release,
    counts: Counts,
    articles: int,
    sites: Sequence[SiteFacts],
    robots: Mapping[str, RobotsFile],
    archives: Sequence[str],
    latest: bool,
) -> str:
    """The text of README.md."""
    environment = Environment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
    environment.filters["cell"] = _cell
    # A string of JSON is one of YAML, and no language is taken for another type: `no` alone is false there.
    environment.filters["quoted"] = lambda text: orjson.dumps(text).decode()
    environment.filters["lower_language"] = lambda tag: tag.partition("-")[0].lower()
    hints = get_type_hints(Article, include_extras=True)
    rows = [(name, _share(counts.filled[name], counts.records), get_args(hints[name])[1]) for name in COUNTED_FIELDS]
    values: dict[str, Any] = {
        "release": release,
        "counts": counts,
        "articles": articles,
        "sites": sites,
        "robots": robots,
        "archives": archives,
        "latest": latest,
        "fields": rows,
        "version": __version__,
        "libraries": {name: version(name) for name in ("pyarrow", "zstandard", "isal")},
    }
    return environment.from_string((files(__package__) / "templates/card.md").read_text(encoding="utf-8")).render(
        values
    )


def _share(filled: int, records: int) -> str:
    return f"{100 * filled / records:.1f} %" if records else "0 %"


def _cell(text: str) -> str:
    """Text of a page within a table of Markdown: it ends no cell and begins no tag."""
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").replace("`", "'").split())
