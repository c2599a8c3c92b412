"""Quality gates: whether what a run brought is as usual for its site.

Nothing here has a threshold for all sites: one prints an author in every story, another in none. A run is compared with
the site's own history, cut into *samples* of enough records, by robust figures (median, and the median absolute
deviation times 1.4826, which for a normal distribution is its standard deviation). A share must also be improbable for
so few records (binomial distribution), so that a single article without a byline is no alarm.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

from scraper.report.history import Harvested, Run, share
from scraper.report.tally import SHOWN_FIELDS

SAMPLE_RECORDS = 10
"""Records of one sample: runs that brought fewer are taken together."""

MIN_SAMPLES = 5
"""Samples without which nothing is judged."""

MAX_SAMPLES = 120
"""Older history says little about what is usual now: a month, four times a day."""

MIN_DAYS = 7
"""Days without which articles a day are not judged: a newspaper's week has a rhythm."""

MAX_DAYS = 28

DEVIATIONS = 3.0
IMPROBABLE = 1e-4
"""Some fifteen comparisons a run, four runs a day: a chance alarm in half a year where records were independent."""

FIELD_STEP = 0.10
TROUBLE_STEP = 0.05
"""A share that moved by less is as usual, however steady it was: points of fields, and of what should be rare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """Something of a run that is not as usual for the site."""

    gate: str
    """What was compared: articles_a_day, problems, doubtful, charset_trouble, templates, text_length, field/<name>."""
    sentence: str
    """What was found, and what is usual."""
    found: float
    usual: float
    examples: list[str] = field(default_factory=list)
    """Addresses."""

    def __str__(self) -> str:
        return f"{self.sentence}, for example {self.examples[0]}" if self.examples else self.sentence


def find_breaches(run: Run, earlier: Sequence[Run], min_samples: int = MIN_SAMPLES) -> list[Breach]:
    """Compare a run with those before it.

    Args:
        run: the run in question.
        earlier: the runs before it, oldest first.
        min_samples: with less history nothing is judged.

    Returns:
        What is not as usual; empty where all is, and where there is too little history to say.
    """
    now, samples = run.harvested, list(cut_samples(earlier))[-MAX_SAMPLES:]
    found: list[Breach | None] = []
    if len(samples) >= max(1, min_samples):
        found = [
            _judge_trouble("problems", now, samples),
            _judge_trouble("doubtful", now, samples),
            _judge_trouble("charset_trouble", now, samples),
            _judge_trouble("templates", now, samples),
            _judge_length(now, samples),
            *(_judge_field(name, now, samples) for name in SHOWN_FIELDS),
        ]
    # Behind the others, which often are the reason why there are few.
    found.append(_judge_pace([*earlier, run]))
    return [breach for breach in found if breach is not None]


def cut_samples(runs: Sequence[Run]) -> Iterator[Harvested]:
    """The history in portions of at least `SAMPLE_RECORDS` records, oldest first; the rest at the end is left out."""
    sample = Harvested()
    for run in runs:
        sample = sample + run.harvested
        if sample.articles >= SAMPLE_RECORDS:
            yield sample
            sample = Harvested()


# --- shares --------------------------------------------------------------------------------------------------------


def _judge_field(name: str, now: Harvested, samples: Sequence[Harvested]) -> Breach | None:
    shares = [share(sample.fields.get(name, 0), sample.articles) for sample in samples]
    filled, usual = now.fields.get(name, 0), median(shares)
    lacking, records = now.articles - filled, now.articles
    if not _is_unusual(lacking, records, [1 - each for each in shares], samples, FIELD_STEP):
        return None
    sentence = f"{name} in {filled} of {records} records ({share(filled, records):.0%}), usually in {usual:.0%}"
    return _breach(f"field/{name}", sentence, share(filled, records), usual, now, f"without {name}")


_TROUBLES = {
    "problems": "{part} of {whole} pages gave no article though they should ({found:.0%}), usually {usual:.0%}",
    "doubtful": "{part} of {whole} records name neither date nor source nor person ({found:.0%}), usually {usual:.0%}",
    "templates": "{part} of {whole} pages do not fit the templates of the profile ({found:.0%}), usually {usual:.0%}",
    "charset_trouble": "{part} of {whole} pages show a wrong character set ({found:.0%}), usually {usual:.0%}",
}


def _judge_trouble(gate: str, now: Harvested, samples: Sequence[Harvested]) -> Breach | None:
    shares = [share(*_trouble(gate, sample)) for sample in samples]
    (part, whole), usual = _trouble(gate, now), median(shares)
    if not _is_unusual(part, whole, shares, samples, TROUBLE_STEP):
        return None
    sentence = _TROUBLES[gate].format(part=part, whole=whole, found=share(part, whole), usual=usual)
    topic = gate
    if gate == "problems":
        reason = next(iter(now.count_reasons(problems=True)))
        sentence += f", most of them {reason} ({reason.describe})"
        topic = str(reason)
    return _breach(gate, sentence, share(part, whole), usual, now, topic)


def _trouble(gate: str, harvested: Harvested) -> tuple[int, int]:
    """How many there were, and of how many."""
    if gate == "templates":
        return harvested.misfits, harvested.misfits + sum(harvested.templates.values())
    part: int = getattr(harvested, gate)
    return part, harvested.articles + (harvested.problems if gate == "problems" else 0)


def _is_unusual(part: int, whole: int, shares: Sequence[float], samples: Sequence[Harvested], step: float) -> bool:
    """Whether a share is too high for what is usual, and improbable for so few."""
    usual, spread = median(shares), _spread(shares)
    if share(part, whole) <= usual + max(step, DEVIATIONS * spread):
        return False
    # The median of small samples hides what is rare; all samples together show it. And nothing is certain, however
    # steady it was: one more record may be otherwise.
    weights = [sample.articles for sample in samples]
    together = sum(each * weight for each, weight in zip(shares, weights, strict=True)) / sum(weights)
    surely = 1 / (sum(weights) + 2)
    return _at_least(part, whole, min(max(usual, together, surely), 1 - surely)) < IMPROBABLE


def _spread(values: Sequence[float]) -> float:
    middle = median(values)
    return 1.4826 * median(abs(value - middle) for value in values)


def _at_least(part: int, whole: int, probability: float) -> float:
    """The chance of so many or more of `whole`, where each has this probability."""
    log_p, log_q = math.log(probability), math.log1p(-probability)
    return math.fsum(
        math.exp(
            math.lgamma(whole + 1) - math.lgamma(k + 1) - math.lgamma(whole - k + 1) + k * log_p + (whole - k) * log_q
        )
        for k in range(part, whole + 1)
    )


# --- lengths and pace ----------------------------------------------------------------------------------------------


def _judge_length(now: Harvested, samples: Sequence[Harvested]) -> Breach | None:
    """The median length: half or twice the usual, no chance, and nothing that one sample in twenty has too.

    A run of nothing but the short notices of a Sunday is as usual where Sundays are so.
    """
    before = sum(samples, Harvested())
    usual, found = before.median_length or 0, now.median_length or 0
    # Twice, because one sample alone has no quantiles.
    medians = quantiles([sample.median_length or 0 for sample in samples] * 2, n=20, method="inclusive")
    if usual / 2 <= found <= usual * 2 or medians[0] <= found <= medians[-1]:
        return None
    is_short = found < usual
    part, part_before = (_count_aside(each.lengths, usual, is_short=is_short) for each in (now, before))
    if _at_least(part, now.articles, (part_before + 1) / (before.articles + 2)) >= IMPROBABLE:
        return None
    most = "at most" if is_short else "at least"
    sentence = f"half of the {now.articles} texts have {most} {found} characters, usually {usual}"
    return _breach("text_length", sentence, found, usual, now, "short text" if is_short else "long text")


def _count_aside(lengths: Mapping[int, int], usual: int, *, is_short: bool) -> int:
    """How many texts have less than half of the usual length, or more than twice."""
    return sum(count for length, count in lengths.items() if (length < usual / 2 if is_short else length > usual * 2))


def _judge_pace(runs: Sequence[Run]) -> Breach | None:
    """New articles of the last day against the slow and the busy days before, and of the last week against the mean."""
    days = list(_paces(runs))
    if len(days) <= MIN_DAYS:
        return None
    *before, (pace, length) = days
    deciles = quantiles([each for each, _ in before[-MAX_DAYS:]], n=10, method="inclusive")
    slow, usual, busy = deciles[0], deciles[4], deciles[8]
    sentence = f"{pace:.0f} new articles a day, usually {usual:.0f}"
    if _at_most(pace * length, slow * length) < IMPROBABLE:
        least = f", on slow days {slow:.0f}"
        return _breach("articles_a_day", sentence + least, pace, usual, runs[-1].harvested, "")
    if pace > busy * 3 and pace * length >= SAMPLE_RECORDS:
        most = f", on busy days {busy:.0f}"
        return _breach("articles_a_day", sentence + most, pace, usual, runs[-1].harvested, "")
    return _judge_week(runs, days)


def _judge_week(runs: Sequence[Run], days: Sequence[tuple[float, float]]) -> Breach | None:
    """A site of few articles has days without any, but no weeks: less than half of the usual is told."""
    before, week = days[:-MIN_DAYS][-MAX_DAYS:], days[-MIN_DAYS:]
    if len(before) < MIN_DAYS:
        return None
    (found, length), (all_before, length_before) = _total(week), _total(before)
    pace, usual = found / length, all_before / length_before
    if _at_most(found, usual / 2 * length) >= IMPROBABLE:
        return None
    sentence = f"{pace:.1f} new articles a day in the last {length:.0f} days, usually {usual:.1f}"
    return _breach("articles_a_day", sentence, pace, usual, runs[-1].harvested, "")


def _total(days: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Articles and days."""
    return sum(pace * length for pace, length in days), sum(length for _, length in days)


def _at_most(number: float, expected: float) -> float:
    """The chance of so many or fewer where so many are expected, and each comes by itself (Poisson distribution)."""
    if expected <= 0:
        return 1.0
    return math.fsum(math.exp(k * math.log(expected) - expected - math.lgamma(k + 1)) for k in range(round(number) + 1))


def _paces(runs: Sequence[Run]) -> Iterator[tuple[float, float]]:
    """New articles a day, and the days that each figure is of: at least 0.9, counted back from the newest run.

    So it does not matter how often a site is harvested, nor that it was not for a while: what a run finds has appeared
    since the run before. What the first run found has gathered over years and is left out.
    """
    paces: list[tuple[float, float]] = []
    new, until = 0, runs[-1].started
    for run, before in zip(reversed(runs), reversed(runs[:-1]), strict=False):
        new += run.harvested.new
        length = (until - before.started).total_seconds() / 86400
        if length >= 0.9:
            paces.append((new / length, length))
            new, until = 0, before.started
    return reversed(paces)


def _breach(gate: str, sentence: str, found: float, usual: float, now: Harvested, topic: str) -> Breach:
    examples = [entry["url"] or "" for entry in now.examples.get(topic, [])]
    return Breach(gate=gate, sentence=sentence, found=round(found, 4), usual=round(usual, 4), examples=examples)
