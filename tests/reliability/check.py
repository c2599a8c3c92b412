"""What a crawl of the misbehaving newspaper got wrong: the output folder and the counted requests against the registry.

Each `Finding` names a fault, a kind of failure and what happened. No findings: the crawl did everything that was asked.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import orjson
from faultsite import TRAP_BUDGET, Fault, FaultSite, Kind, Request, Story

from scraper.reasons import Reason

Failure = Literal[
    "lost",  # a good story is not in the output
    "duplicated",  # it is there more than once
    "torn",  # a line or an archive record is broken
    "wrong",  # it is there, but not as it was written
    "in_output",  # a record of a page that must give none
    "unreported",  # a bad page without a problem, or with an unexpected reason
    "violation",  # the internal host, a file, a closed house or a forbidden page was touched
    "too_many",  # a trap cost more requests than its budget, or a bad page was asked too often
    "books",  # ledger, manifest and files disagree, or something is left at the end
]

WHOLE = ""
"""The fault that findings about the whole crawl are filed under."""

MOST_ASKED = {Reason.TOO_LARGE: 1, Reason.BOMB: 1, Reason.TIMEOUT: 2}
"""How often a bad page may be asked in a run, by the reason that it is reported with; 3 times for any other."""

FOLDER_ENTRIES = {"articles.jsonl", "problems.jsonl", "changes.jsonl", "archive", "profile.toml", "runs", "ledger.lock"}
"""What a site folder may hold (beside ledger.sqlite and its companions)."""


LEFT = """
    SELECT url, coalesce(reason, iif(rests_until, 'rate_limited', NULL)), max(next_at, coalesce(rests_until, 0))
    FROM url LEFT JOIN host ON host.name = url.host WHERE state = 'new'
"""
"""What is left, with why and until when. Where the whole host rests, its addresses need not have been touched."""


@dataclass(frozen=True, slots=True)
class Finding:
    fault: str
    failure: Failure
    detail: str

    def __str__(self) -> str:
        return f"{self.fault or 'the whole crawl'}: {self.failure}: {self.detail}"


@dataclass(slots=True)
class Harvested:
    """A site folder, read without any help from the code that wrote it."""

    folder: Path
    exit_code: int
    records: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    left: list[dict[str, Any]] = field(default_factory=list)
    """Addresses that the ledger keeps for the next run: url, reason, next_at."""
    torn: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, folder: Path, exit_code: int) -> Harvested:
        """Read files and ledger; what is no whole line of JSON goes to `torn`."""
        harvested = cls(folder, exit_code)
        with _open_ledger(folder) as ledger:
            harvested.left = [
                {"url": url, "reason": reason, "next_at": next_at} for url, reason, next_at in ledger.execute(LEFT)
            ]
        for name, lines in (("articles.jsonl", harvested.records), ("problems.jsonl", harvested.problems)):
            path = folder / name
            data = path.read_bytes() if path.exists() else b""
            if data and not data.endswith(b"\n"):
                harvested.torn.append(f"{name} does not end with a line end")
            for number, line in enumerate(data.splitlines(), 1):
                try:
                    lines.append(orjson.loads(line))
                except orjson.JSONDecodeError as error:
                    harvested.torn.append(f"{name} line {number}: {error}")
        return harvested


def check(harvested: Harvested, site: FaultSite) -> list[Finding]:
    """Everything that is wrong."""
    findings = [Finding(WHOLE, "torn", detail) for detail in harvested.torn]
    findings += [Finding(WHOLE, "torn", detail) for detail in check_archive(harvested)]
    findings += [Finding(WHOLE, "books", detail) for detail in check_books(harvested)]
    findings += _check_paths(harvested)
    requests: dict[str, list[Request]] = defaultdict(list)
    for request in list(site.requests):
        requests[request.fault].append(request)
    # What is left for the next run, with a reason and an exit code that says so, is reported too.
    records, problems = _by_fault(harvested.records), _by_fault(harvested.problems + harvested.left)
    for fault in site.faults:
        view = _View(fault, site, records[fault.name], problems[fault.name], requests[fault.name])
        findings += [Finding(fault.name, failure, detail) for failure, detail in view.failures()]
    findings += [Finding(name, "books", f"the fault itself is broken: {error}") for name, error in site.broken]
    known = {fault.name for fault in site.faults}
    findings += [
        Finding(WHOLE, "violation", f"the internal host was asked for {request.target}")
        for request in list(site.requests)
        if request.internal and request.fault not in known
    ]
    return findings


def by_fault(findings: list[Finding]) -> dict[str, list[Finding]]:
    """The findings, filed under the name of their fault."""
    filed: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        filed[finding.fault].append(finding)
    return filed


def _fault_of(url: str) -> str:
    return urlsplit(url).path.split("/")[1] if "/" in urlsplit(url).path else ""


def _by_fault(lines: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    filed: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        filed[_fault_of(line.get("requested_url") or line["url"])].append(line)
    return filed


@dataclass(slots=True)
class _View:
    """What one fault was given and what came of it."""

    fault: Fault
    site: FaultSite
    records: list[dict[str, Any]]
    problems: list[dict[str, Any]]
    requests: list[Request]

    def failures(self) -> Iterator[tuple[Failure, str]]:
        yield from self._violations()
        match self.fault.kind:
            case Kind.GOOD:
                yield from self._stories(self.fault.stories)
            case Kind.BAD:
                yield from self._bad()
            case Kind.FORBIDDEN if self.fault.reasons:
                yield from self._bad()
            case Kind.FORBIDDEN:
                yield from self._stories(self.fault.stories)
            case Kind.EITHER:
                yield from self._either()
            case Kind.TRAP:
                yield from self._trap()

    def _stories(self, stories: list[Story]) -> Iterator[tuple[Failure, str]]:
        """Each story once and exact, and nothing else."""
        expected = {_blank(story.title): story for story in stories}
        found: Counter[str] = Counter()
        for record in self.records:
            title = _blank(record["title"])
            if title not in expected:
                # A story whose text is right has a wrong title; anything else is no story at all.
                texts = [_squeeze(story.text) for story in stories]
                failure: Failure = "wrong" if _squeeze(record["text"]) in texts else "in_output"
                yield failure, f"{record['url']} has the title {title!r}"
                continue
            found[title] += 1
            if _squeeze(record["text"]) != _squeeze(expected[title].text):
                yield "wrong", f"{record['url']}: {_difference(expected[title].text, record['text'])}"
            if not _is_sane(record["date_published"]):
                yield "wrong", f"{record['url']} was published on {record['date_published']}"
        for title in expected:
            if found[title] == 0:
                yield "lost", f"{title!r}{self._last_problem()}"
            elif found[title] > 1:
                yield "duplicated", f"{title!r} stands in the output {found[title]} times"

    def _bad(self) -> Iterator[tuple[Failure, str]]:
        for record in self.records:
            yield "in_output", f"{record['url']} with the title {record['title']!r}"
        for entry in self.fault.entries:
            url = self.site.address(self.fault, entry)
            reasons = [line["reason"] for line in self.problems if _same(line["url"], url)]
            if not reasons:
                asked = sum(request.target == urlsplit(url).path for request in self.requests)
                yield "unreported", f"{url} was asked {asked} times and is not reported"
            elif not any(reason in self.fault.reasons for reason in reasons):
                expected = ", ".join(sorted(self.fault.reasons))
                yield "unreported", f"{url} is reported as {reasons[-1]}, expected one of {expected}"
            asked = sum(_same(request.target, urlsplit(url).path) for request in self.requests)
            most = min((MOST_ASKED.get(reason, 3) for reason in reasons), default=3)
            if asked > most:
                yield "too_many", f"{url} was asked {asked} times, at most {most} are allowed for {reasons[-1]}"
            for reason in reasons:
                if reason not in set(Reason):
                    yield "unreported", f"{reason!r} is not in the closed list of reasons"

    def _either(self) -> Iterator[tuple[Failure, str]]:
        if self.records:
            yield from self._stories(self.fault.stories)
            return
        if self.fault.pages == 0:
            return
        yield from self._bad()

    def _trap(self) -> Iterator[tuple[Failure, str]]:
        yield from self._stories(self.fault.stories)
        if len(self.requests) > TRAP_BUDGET:
            yield "too_many", f"{len(self.requests)} requests, at most {TRAP_BUDGET} are allowed"
        if not any(line["reason"] in self.fault.reasons for line in self.problems):
            yield "unreported", f"{len(self.requests)} requests, and problems.jsonl does not name the trap"

    def _violations(self) -> Iterator[tuple[Failure, str]]:
        for request in self.requests:
            if request.internal:
                yield "violation", f"the internal host was asked at {request.host}"
            if request.early:
                yield "violation", f"{request.target} was asked before the time that Retry-After named"
        if self.fault.name in self.site.files_read:
            yield "violation", "a file of this machine was read"
        for record in self.records:
            if urlsplit(record["url"]).scheme not in ("http", "https"):
                yield "violation", f"a record has the address {record['url']}"
        if self.fault.untouched:
            asked = sum(r.target != "/robots.txt" for r in self.site.requests if r.house == self.fault.house.name)
            if asked:
                yield "violation", f"{asked} requests went to a host that may not be asked"

    def _last_problem(self) -> str:
        if not self.problems:
            return f", asked {len(self.requests)} times, not reported"
        last = self.problems[-1]
        return f", reported as {last['reason']} ({last.get('detail')})"


def check_archive(harvested: Harvested) -> Iterator[str]:
    """Each record has a whole archive record of its page: a gzip member that starts where the record says."""
    for record in harvested.records:
        place = record["crawl"]["warc"]
        if place is None:
            yield f"{record['url']} has no archive record"
            continue
        with (harvested.folder / place["file"]).open("rb") as file:
            file.seek(place["offset"])
            inflate = zlib.decompressobj(wbits=31)
            try:
                data = inflate.decompress(file.read(32 << 20))
            except zlib.error as error:
                yield f"{record['url']}: archive record at {place['offset']}: {error}"
                continue
        if not inflate.eof or not data.startswith(b"WARC/1.1\r\n") or record["url"].encode() not in data[:4096]:
            yield f"{record['url']}: archive record at {place['offset']} is not whole or is another's"


def check_books(harvested: Harvested) -> Iterator[str]:
    """Nothing is leased; what is left has a reason, a time, and an exit code that says so; files are as long as the
    ledger says."""
    for left in harvested.left:
        if harvested.exit_code == 0:
            yield f"{left['url']} is left ({left['reason']}), and the exit code is 0"
        if not left["reason"] or left["next_at"] <= 0:
            yield f"{left['url']} is left without a reason or a time"
    with _open_ledger(harvested.folder) as ledger:
        for (url,) in ledger.execute("SELECT url FROM url WHERE state = 'leased'"):
            yield f"{url} is still leased"
        for name, size, lines in ledger.execute("SELECT name, bytes, lines FROM file"):
            file = harvested.folder / name
            data = file.read_bytes() if file.exists() else b""
            found = data.count(b"\n")
            if len(data) != size:
                yield f"{name} has {len(data)} bytes, the ledger says {size}"
            elif name.endswith(".jsonl") and found != lines:
                yield f"{name} has {found} lines, the ledger says {lines}"


@contextmanager
def _open_ledger(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{folder / 'ledger.sqlite'}?mode=ro", uri=True)) as ledger:
        yield ledger


def _check_paths(harvested: Harvested) -> Iterator[Finding]:
    for path in harvested.folder.iterdir():
        if path.name not in FOLDER_ENTRIES and not path.name.startswith("ledger.sqlite"):
            yield Finding(WHOLE, "violation", f"the site folder holds {path.name}")
    if Path("/tmp/faultsite-was-here").exists():
        yield Finding("path-titles", "violation", "a file has been named by a page")


def _same(url: str, other: str) -> bool:
    return _plain(url) == _plain(other)


def _plain(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return parts.netloc, parts.path, parts.query


def _blank(title: str | None) -> str:
    """With each run of white space, line separators among them, made one blank."""
    return " ".join((title or "").split())


def _squeeze(text: str | None) -> list[str]:
    """Paragraphs, with white space inside them made one blank: what fault pages put between words is no text."""
    return [_blank(paragraph) for paragraph in (text or "").split("\n\n")]


def _difference(expected: str, found: str | None) -> str:
    wanted, got = _squeeze(expected), _squeeze(found)
    for number, (want, have) in enumerate(zip(wanted, got, strict=False), 1):
        if want != have:
            return f"paragraph {number} is {have[:60]!r}, expected {want[:60]!r}"
    return f"{len(got)} paragraphs, expected {len(wanted)}; the last is {got[-1][:60]!r}"


def _is_sane(date: str | None) -> bool:
    if date is None:
        return True
    latest = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    return "1990" <= date[:10] <= latest
