"""What the runs of a site have harvested: written into each manifest, read back by status, report and gates."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import orjson

from scraper.profiles.drift import TemplateWatch
from scraper.reasons import Reason
from scraper.report.hosts import Hosts
from scraper.report.tally import Tally

logger = logging.getLogger(__name__)

MAX_RUNS = 400
"""Runs that are read back at most, the newest: three months, four times a day."""


@dataclass(slots=True, kw_only=True)
class Harvested:
    """What one run brought: the part ``harvest`` of its manifest. Counts are of this run alone."""

    pages: int = 0
    """Addresses with an outcome."""
    articles: int = 0
    """Records written: new ones and new versions."""
    changed: int = 0
    repeated: int = 0
    gone: int = 0
    """Stored articles that the server said are gone."""
    returned: int = 0
    """Stored articles that were gone and are back."""
    revisited: int = 0
    """Stored articles that were asked again."""
    charset_trouble: int = 0
    doubtful: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    problems: int = 0
    """Addresses that may have cost an article."""
    fields: dict[str, int] = field(default_factory=dict)
    """Records in which a field has a value."""
    published: dict[str, int] = field(default_factory=dict)
    """Records by day of publication."""
    lengths: dict[int, int] = field(default_factory=dict)
    """Records by characters of text, two digits."""
    methods: dict[str, dict[str, int]] = field(default_factory=dict)
    """By field: records by where its value stood."""
    templates: dict[str, int] = field(default_factory=dict)
    """Articles by the template of the profile that read them."""
    misfits: int = 0
    """Articles that a template of the profile should have read, and that it missed."""
    hosts: list[dict[str, Any]] = field(default_factory=list)
    examples: dict[str, list[dict[str, str | None]]] = field(default_factory=dict)

    @classmethod
    def of(cls, tally: Tally, hosts: Hosts, watch: TemplateWatch) -> Self:
        """What a run has counted."""
        methods: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for (name, method), count in tally.methods.most_common():
            methods[name][method] = count
        return cls(
            pages=tally.addresses,
            articles=tally.articles,
            changed=tally.changed,
            repeated=tally.repeated,
            gone=tally.withdrawn,
            returned=tally.returned,
            revisited=tally.revisited,
            charset_trouble=tally.charset_trouble,
            doubtful=tally.doubtful,
            reasons={str(reason): count for reason, count in tally.reasons.most_common()},
            problems=tally.problems.total(),
            fields=dict(tally.filled.most_common()),
            published=dict(sorted(tally.published.items())),
            lengths=dict(sorted(tally.lengths.items())),
            methods=dict(methods),
            templates={health.name: health.fitted for health in watch.health.values() if health.fitted},
            misfits=sum(health.missed for health in watch.health.values()),
            hosts=hosts.slowest_first(),
            examples=dict(tally.examples.by_topic),
        )

    @property
    def new(self) -> int:
        """Articles that were not known before."""
        return self.articles - self.changed

    def count_reasons(self, *, problems: bool) -> dict[Reason, int]:
        """How many addresses had each reason that is a problem, or none, the most frequent first.

        A manifest of another version of the program may have reasons that this one does not know; they are left out.
        """
        known = {str(reason): reason for reason in Reason if reason.is_problem is problems}
        counts = sorted(self.reasons.items(), key=lambda entry: -entry[1])
        return {known[name]: count for name, count in counts if name in known}

    @property
    def median_length(self) -> int | None:
        """Median of the characters of text; None without a record."""
        seen = 0
        for length, count in sorted(self.lengths.items()):
            seen += count
            if seen * 2 >= self.articles:
                return length
        return None

    def to_dict(self) -> dict[str, Any]:
        """For the manifest."""
        return {**asdict(self), "lengths": {str(length): count for length, count in self.lengths.items()}}

    @classmethod
    def from_dict(cls, entry: dict[str, Any]) -> Self:
        """The inverse; keys of other versions of the program are left out."""
        known = {name.name: entry[name.name] for name in fields(cls) if name.name in entry}
        known["lengths"] = {int(length): count for length, count in known.get("lengths", {}).items()}
        return cls(**known)

    def __add__(self, other: Harvested) -> Harvested:
        """The counts of two runs together; hosts and examples are those of the later one."""
        numbers = ["pages", "articles", "changed", "repeated", "gone", "returned", "revisited"]
        numbers += ["charset_trouble", "doubtful", "problems", "misfits"]
        counters = ("reasons", "fields", "published", "lengths", "templates")
        summed: dict[str, Any] = {name: getattr(self, name) + getattr(other, name) for name in numbers}
        for name in counters:
            summed[name] = dict(Counter(getattr(self, name)) + Counter(getattr(other, name)))
        summed["methods"] = {
            name: dict(Counter(self.methods.get(name)) + Counter(other.methods.get(name)))
            for name in {**self.methods, **other.methods}
        }
        return Harvested(**summed, hosts=other.hosts, examples=other.examples)


@dataclass(slots=True, kw_only=True)
class Run:
    """A run of a site, from its manifest."""

    name: str
    started: datetime
    ended: datetime
    exit_reason: str
    exit_code: int
    left: int
    """Addresses left to the next run."""
    harvested: Harvested
    breaches: list[dict[str, Any]]
    """See `scraper.report.gates.Breach`."""
    manifest: dict[str, Any]

    @property
    def seconds(self) -> float:
        """How long it took."""
        return (self.ended - self.started).total_seconds()


def load_runs(folder: Path, limit: int = MAX_RUNS) -> list[Run]:
    """The runs of a site folder that left a manifest, oldest first; the newest `limit` of them.

    A manifest that cannot be read is told in the log and left out: it is no reason to harvest nothing.
    """
    runs = []
    for path in sorted((folder / "runs").glob("*/run.json"))[-limit:]:
        try:
            manifest = orjson.loads(path.read_bytes())
            if "harvest" in manifest:
                runs.append(parse_run(manifest))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            logger.warning("%s cannot be read: %s", path, error)
    return runs


def parse_run(manifest: dict[str, Any]) -> Run:
    """A run from its manifest. Raises KeyError, ValueError or TypeError for what is no manifest."""
    return Run(
        name=manifest["run"],
        started=datetime.fromisoformat(manifest["started"]),
        ended=datetime.fromisoformat(manifest["ended"]),
        exit_reason=manifest["exit_reason"],
        exit_code=manifest["exit_code"],
        left=manifest["counts"]["left"],
        harvested=Harvested.from_dict(manifest["harvest"]),
        breaches=manifest.get("breaches", []),
        manifest=manifest,
    )


def share(part: int, whole: int) -> float:
    """A part of a whole; 0 of nothing."""
    return part / whole if whole else 0.0
