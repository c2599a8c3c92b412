"""When an article was published and changed: the choice among all dates that a page gives.

Places that agree about the day strengthen each other. Within the day that wins, a time with an explicit offset is
better than a printed time, and a printed time is better than a bare day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from urllib.parse import urlsplit

from pipelines.datestrings import ParsedDate, parse_date
from pipelines.draft import Draft
from pipelines.timezones import assumed_zone, named_zone
from scraper.article import TimezoneBasis
from scraper.extraction.reading import Candidate

MAX_CANDIDATES = 40
MAX_UNREADABLE = 5

_OVERWRITTEN = 0.8
_CHANGED = 0.5
_UNDISPUTED = 0.5
_HAN, _KANA = re.compile("[\u4e00-\u9fff]"), re.compile("[\u3040-\u30ff]")
_DAY_OR_MONTH_FIRST = re.compile(r"(?<!\d)\d{1,2}[-/]\d{1,2}[-/]\d{4}(?!\d)")
_DAY_FIRST_DOMAINS = frozenset({"uk", "au", "nz", "ie", "za", "in", "ng", "ke", "na", "gh", "sg", "my", "hk"})
_STRUCTURED = frozenset({"jsonld", "microdata", "meta", "comment", "embedded"})


@dataclass(slots=True)
class _Read:
    candidate: Candidate
    parsed: ParsedDate


def normalize_dates(draft: Draft) -> None:
    """Set date_published, date_modified, date_precision and timezone_basis."""
    languages = _languages(draft)
    zone, basis = _zone(draft, languages)
    published = _read(draft, "date_published", zone, languages)
    modified = _read(draft, "date_modified", zone, languages)
    _share_zones([*published, *modified])
    chosen = _choose(_doubt_overwritten(published, modified)) or _only_date(modified)
    article = draft.article
    if chosen is not None:
        best, confidence = chosen
        parsed = _on_local_clock(best, published, zone)
        article.date_published = parsed.text()
        article.date_precision = parsed.precision
        if parsed.moment is not None:
            article.timezone_basis = "explicit" if parsed.has_zone else basis
            draft.prove("timezone_basis", best.candidate, confidence)
        draft.prove("date_published", best.candidate, confidence)
        draft.prove("date_precision", best.candidate, confidence)
    later = _choose([read for read in modified if chosen is None or not _is_before(read.parsed, chosen[0].parsed)])
    if later is not None:
        best, confidence = later
        article.date_modified = _on_local_clock(best, modified, zone).text()
        draft.prove("date_modified", best.candidate, confidence)


def _languages(draft: Draft) -> list[str]:
    found = [draft.profile.language] if draft.profile and draft.profile.language else []
    candidates = sorted(draft.reading.candidates.get("language", []), key=lambda candidate: -candidate.confidence)
    found += [candidate.raw.replace("_", "-") for candidate in candidates if len(candidate.raw) <= 20]
    if not any(language.lower().startswith(("zh", "ja")) for language in found):
        titles = [candidate.raw for candidate in draft.reading.candidates.get("title", [])]
        text = "".join(titles[:2] + [block.text for block in draft.reading.blocks[:8]])[:800]
        han, kana = len(_HAN.findall(text)), len(_KANA.findall(text))
        if han > 0.3 * len(text) and kana * 10 < han:
            found.insert(0, "zh")
    top = (_host(draft) or "").rsplit(".", 1)[-1]
    if top in _DAY_FIRST_DOMAINS and (not found or found[0].lower() == "en"):
        found.insert(0, f"en-{'GB' if top == 'uk' else top.upper()}")
    return list(dict.fromkeys(found))


def _host(draft: Draft) -> str | None:
    address = draft.reading.url or draft.reading.canonical_url
    return urlsplit(address).hostname if address else None


def _zone(draft: Draft, languages: list[str]) -> tuple[tzinfo, TimezoneBasis]:
    """The clock of times that are printed without an offset, and how it is known."""
    if draft.profile is not None and draft.profile.timezone and (zone := named_zone(draft.profile.timezone)):
        return zone, "profile"
    zone = assumed_zone(_host(draft), languages[0] if languages else None)
    return zone or UTC, "assumed"


def _by_format(draft: Draft) -> list[str]:
    """The language whose order of day and month is that of the site's template."""
    form = draft.reading.date_format or ""
    return ["en-GB"] if form.find("%d") < form.find("%m") else ["en-US"]


def _read(draft: Draft, field_name: str, zone: tzinfo, languages: list[str]) -> list[_Read]:
    candidates = sorted(draft.reading.candidates.get(field_name, []), key=lambda candidate: -candidate.confidence)
    url_year = _url_year(draft)
    now = draft.fetched_at or datetime.now(UTC)

    def parse(raw: str, languages: list[str]) -> ParsedDate | None:
        return parse_date(
            raw, now=now, zone=zone, languages=languages, year=url_year, is_live=draft.fetched_at is not None
        )

    unreadable = 0
    found: list[_Read] = []
    unsure: list[tuple[Candidate, list[ParsedDate]]] = []
    for candidate in candidates[:MAX_CANDIDATES]:
        is_numeric = _DAY_OR_MONTH_FIRST.search(candidate.raw) is not None
        if is_numeric and not draft.reading.date_format:
            orders = (languages, ["en-US"], ["en-GB"])
            ways = [parsed for order in orders if (parsed := parse(candidate.raw, order)) is not None]
            if len({parsed.day for parsed in ways}) > 1:
                unsure.append((candidate, ways))
                continue
        parsed = parse(candidate.raw, _by_format(draft) if is_numeric else languages)
        if parsed is not None:
            found.append(_Read(candidate, parsed))
        else:
            # What cannot be read costs most, and a hostile page can hold any number of it.
            unreadable += 1
            if unreadable > MAX_UNREADABLE:
                break
    # 03/10/2023 is in October where another place says so.
    days = {read.parsed.day for read in found}
    for candidate, ways in unsure:
        found.append(_Read(candidate, next((parsed for parsed in ways if parsed.day in days), ways[0])))
    return found


def _url_year(draft: Draft) -> int | None:
    for candidate in draft.reading.candidates.get("date_published", []):
        if candidate.method == "url":
            return int(candidate.raw[:4])
    return None


def _doubt_overwritten(published: list[_Read], modified: list[_Read]) -> list[_Read]:
    """Believe a place less that gives one moment as publication and as change: some systems write the last over both.

    So it is with a day that the page prints as that of the change, beside another one as that of the publication.
    It matters only where another place gives another day.
    """
    changes = {(read.candidate.method, read.candidate.raw) for read in modified}
    printed_changes = {read.parsed.day for read in modified if read.candidate.method == "label"}
    is_printed_apart = any(
        read.candidate.method == "label" and read.parsed.day not in printed_changes for read in published
    )

    def believed(read: _Read) -> float:
        if read.candidate.method not in _STRUCTURED:
            return 1.0
        if is_printed_apart and read.parsed.day in printed_changes:
            return _OVERWRITTEN**2
        return _OVERWRITTEN if (read.candidate.method, read.candidate.raw) in changes else 1.0

    return [
        _Read(replace(read.candidate, confidence=read.candidate.confidence * believed(read)), read.parsed)
        for read in published
    ]


def _only_date(modified: list[_Read]) -> tuple[_Read, float] | None:
    """The printed date of the last change, for a page that gives no other date: 更新时间：…, Updated May 6.

    Many sites print nothing but this one, over articles that never changed. It is the latest day that the article can
    have been published on, so it is kept with little confidence, and the evidence calls it computed. A time of change
    that only the meta data give proves nothing: systems write it anew whenever they build the page.
    """
    chosen = _choose([read for read in modified if read.candidate.method in ("label", "text")])
    if chosen is None:
        return None
    (read, confidence) = chosen
    candidate = replace(read.candidate, method="computed", locator=f"date_modified, {read.candidate.locator}")
    return _Read(candidate, read.parsed), confidence * _CHANGED


def _share_zones(reads: list[_Read]) -> None:
    """Give a printed time without a zone the zone that another time on its line has: 9:15 | Updated 11:40 EDT."""
    zones = {
        read.candidate.locator: read.parsed.moment.tzinfo
        for read in reads
        if read.candidate.method in ("label", "text") and read.parsed.has_zone and read.parsed.moment is not None
    }
    for read in reads:
        moment, zone = read.parsed.moment, zones.get(read.candidate.locator)
        if moment is not None and zone is not None and not read.parsed.has_zone:
            read.parsed = replace(read.parsed, moment=moment.replace(tzinfo=zone), has_zone=True)


def _choose(reads: list[_Read]) -> tuple[_Read, float] | None:
    """The date that wins and how sure it is: 1 less the doubt that all places on that day leave together."""
    if not reads:
        return None
    days: dict[date, list[_Read]] = {}
    for read in reads:
        days.setdefault(_day_of(read, reads), []).append(read)
    weights = {}
    for day, group in days.items():
        # Two strings of one kind of place are often one source printed twice: each kind counts once.
        doubt = 1.0
        for method in {_kind(read) for read in group}:
            doubt *= 1 - max(read.candidate.confidence for read in group if _kind(read) == method)
        weights[day] = 1 - doubt
    best = max(weights, key=lambda day: (weights[day], -day.toordinal()))
    group = days[best]
    rival = max((weight for day, weight in weights.items() if day != best), default=0.0)
    # A date that nothing on the page speaks against is more often right than its place by itself.
    weight = weights[best] if rival else 1 - (1 - weights[best]) * _UNDISPUTED
    confidence = min(0.99, weight) * (1 - 0.3 * rival)
    return max(group, key=_exactness), confidence


def _kind(read: _Read) -> str:
    method = read.candidate.method
    return "print" if method in ("label", "text") else method


def _day_of(read: _Read, reads: list[_Read]) -> date:
    """The day that a date votes for: the printed one, where clocks differ."""
    moment = read.parsed.moment
    if moment is None and any(other.parsed.moment and other.parsed.day == read.parsed.day for other in reads):
        return read.parsed.day
    for other in (other.parsed for other in reads):
        if moment is not None and read.parsed.has_zone:
            # The same moment, printed by the site's own clock.
            is_same = other.moment is not None and not other.has_zone
            if is_same and abs((other.moment or moment) - moment) < timedelta(minutes=2):
                return other.day
        elif moment is None and other.moment is not None and other.has_zone and other.day != read.parsed.day:
            # A bare day is that of a moment if it is so on any clock from UTC-12 to UTC+14.
            utc = other.moment.astimezone(UTC)
            if read.parsed.day in ((utc - timedelta(hours=12)).date(), (utc + timedelta(hours=14)).date()):
                return other.day
    return read.parsed.day


def _exactness(read: _Read) -> tuple[int, float]:
    parsed = read.parsed
    if parsed.moment is None:
        return 0, read.candidate.confidence
    if read.candidate.method in _STRUCTURED:
        return (3 if parsed.has_zone and read.candidate.method != "comment" else 1), read.candidate.confidence
    return 2, read.candidate.confidence


def _on_local_clock(best: _Read, reads: list[_Read], zone: tzinfo) -> ParsedDate:
    """The date itself, but with the site's offset where the page calls its local time UTC.

    Some systems write their local clock with a Z behind it. The printed time of the page shows it: it has the same
    digits.
    """
    moment = best.parsed.moment
    if (
        moment is None
        or not best.parsed.has_zone
        or moment.utcoffset()
        or zone.utcoffset(moment.replace(tzinfo=None)) == timedelta(0)
    ):
        return best.parsed
    digits = moment.strftime("%Y-%m-%d %H:%M")
    for read in reads:
        other = read.parsed.moment
        if other is not None and not read.parsed.has_zone and other.strftime("%Y-%m-%d %H:%M") == digits:
            return replace(best.parsed, moment=moment.replace(tzinfo=zone), has_zone=False)
    return best.parsed


def _is_before(modified: ParsedDate, published: ParsedDate) -> bool:
    if modified.moment is not None and published.moment is not None:
        return modified.moment < published.moment
    return modified.day < published.day
