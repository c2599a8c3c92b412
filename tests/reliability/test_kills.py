"""A real crawl, killed, stopped, locked out and starved of disk; then the same command again.

What is counted is what `check` counts: lost, duplicated, torn, an archive record for each article, and the books.
"""

from __future__ import annotations

import dataclasses
import os
import random
import resource
import signal
import time
from pathlib import Path

import pytest
from check import Harvested, check
from crawling import Crawl, site_folder
from faultsite import FAULTS, FaultSite

from scraper.storage.crashpoints import POINTS

PLAIN = dataclasses.replace(FAULTS["plain"], pages=120)
"""Of the crawls that are killed at random."""
FEW = dataclasses.replace(PLAIN, pages=60)
"""Where a crawl is stopped at one place."""
MISSING = dataclasses.replace(FAULTS["soft-404"], pages=60)
"""Pages that end in problems.jsonl."""
WITHIN_S = 300.0
"""For a whole crawl; far more than a busy machine needs."""
HANGS_S = 50.0
"""What still runs then waits for the worker that hangs, or for the page that is not answered: that takes a minute."""
PATIENT = ("-s", "STOP_WITHIN_S=600", "-s", "DOWNLOAD_TIMEOUT=600")
"""With these the first signal waits for longer than the test, so what ends the crawl is the second one."""


@pytest.fixture
def large_site():
    with FaultSite([PLAIN]) as site:
        yield site


@pytest.fixture
def site():
    with FaultSite([FEW]) as site:
        yield site


def _within(bar_s: float) -> pytest.MarkDecorator:
    """Parameter `within_s`: a time that only a hang exceeds, on any machine; in the full suite the bar as well."""
    bar = pytest.param(bar_s, marks=pytest.mark.full, id=f"{bar_s:g} s")
    return pytest.mark.parametrize("within_s", [pytest.param(HANGS_S, id="no hang"), bar], indirect=True)


@pytest.fixture
def within_s(request: pytest.FixtureRequest) -> float:
    """The bar is for a machine at rest: it is stretched where there is more to do than there are cores."""
    bar_s: float = request.param
    return bar_s * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)) if bar_s < HANGS_S else bar_s


def _run_after(site: FaultSite, crawl: Crawl, requests: int) -> bool:
    """Wait until the crawl has made so many requests. Returns False where it ended before."""
    goal = len(site.requests) + requests
    deadline = time.monotonic() + WITHIN_S
    while len(site.requests) < goal and time.monotonic() < deadline:
        if crawl.process.poll() is not None:
            return False
        time.sleep(0.01)
    return True


def _kill_at(site: FaultSite, output: Path, dice: random.Random) -> None:
    """Start the crawl and kill it at a random point: while it starts, or after some requests."""
    with Crawl(site, output) as crawl:
        if dice.random() < 0.2:
            time.sleep(dice.uniform(0.1, 2.5))
        else:
            _run_after(site, crawl, dice.randint(1, PLAIN.pages // 3))
            time.sleep(dice.uniform(0.0, 0.3))
        crawl.kill()


def _finish(site: FaultSite, output: Path, *options: str) -> None:
    """The same command to its end: everything is there, once and whole."""
    with Crawl(site, output, *options) as crawl:
        code = crawl.wait(WITHIN_S)
        findings = check(Harvested.read(site_folder(output), code), site)
    assert not findings, "\n".join(map(str, findings))
    assert code == 0, crawl.stderr


def test_five_kills_in_one_crawl_lose_repeat_and_tear_nothing(large_site, tmp_path):
    dice = random.Random(20261123)
    for _ in range(5):
        _kill_at(large_site, tmp_path, dice)
    _finish(large_site, tmp_path)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(40))
def test_kills_at_random_points_lose_repeat_and_tear_nothing(seed, large_site, tmp_path):
    # 40 crawls with 5 kills each: the 200 kills of the bar.
    dice = random.Random(seed)
    for _ in range(5):
        _kill_at(large_site, tmp_path, dice)
    _finish(large_site, tmp_path)


def _die_at(point: str, nth: int, site: FaultSite, output: Path) -> None:
    """A crawl that kills itself at a named point; it has to get there."""
    with Crawl(site, output, environment={"SCRAPER_CRASH_AT": f"{point}:{nth}"}) as crawl:
        assert crawl.wait(WITHIN_S) == -signal.SIGKILL, f"it never came to {point} for the {nth}. time: {crawl.stderr}"


IN_A_CRAWL = [point for point in POINTS if not point.startswith("changes.")]
"""A first crawl meets no change; tests/scraper/storage/test_kill.py does."""

ONCE_A_RUN = ("open.", "recover.", "profile.", "manifest.", "archive.rotated", "archive.created")


@pytest.mark.full
@pytest.mark.parametrize(
    ("point", "nth"),
    [(point, nth) for point in IN_A_CRAWL for nth in (1, 2, 4) if nth == 1 or not point.startswith(ONCE_A_RUN)],
)
def test_a_kill_at_a_named_point_loses_nothing(point, nth, tmp_path):
    with FaultSite([PLAIN, MISSING]) as site:
        if point == "recover.cut":
            # There has to be something to cut off.
            _die_at("commit.before", 2, site, tmp_path)
        _die_at(point, nth, site, tmp_path)
        _finish(site, tmp_path)


def test_no_process_stays_behind_a_killed_crawl(site, tmp_path):
    with Crawl(site, tmp_path) as crawl:
        assert _run_after(site, crawl, 10)
        family = crawl.family()
        crawl.kill()
        deadline = time.monotonic() + HANGS_S
        while (alive := [pid for pid in family if Path(f"/proc/{pid}").exists()]) and time.monotonic() < deadline:
            time.sleep(0.1)
        # None is left to run on after the test, whatever comes of it.
        for pid in alive:
            os.kill(pid, signal.SIGKILL)
        assert not alive


@_within(10)
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), pytest.param(signal.SIGINT, 130, marks=pytest.mark.full)]
)
def test_a_signal_stops_and_the_same_command_goes_on(number, code, within_s, site, tmp_path):
    with Crawl(site, tmp_path, "--no-learn") as crawl:
        assert _run_after(site, crawl, 20)
        crawl.stop(number, within_s)
    assert crawl.process.returncode == code
    _finish(site, tmp_path, "--no-learn")


@_within(1)
def test_a_second_signal_does_not_wait_for_what_is_under_way(within_s, tmp_path):
    # A page that is never answered keeps the first signal waiting.
    silent = dataclasses.replace(FAULTS["silent"], pages=1)
    with FaultSite([PLAIN, silent]) as site, Crawl(site, tmp_path, *PATIENT) as crawl:
        while not any(request.fault == "silent" for request in site.requests):
            assert _run_after(site, crawl, 1)
        crawl.process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        crawl.stop(signal.SIGINT, within_s)
        assert crawl.process.returncode == 130


def _workers(crawl: Crawl) -> list[int]:
    """The processes that read pages: children of the server that the crawl forks them from."""
    return [pid for pid in crawl.family()[1:] if _parent(pid) not in (None, crawl.process.pid)]


def _parent(pid: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def _hang_while_learning(crawl: Crawl) -> int:
    """Hold up the worker that learns, which is one more than those that read; its process id."""
    while len(workers := _workers(crawl)) < 2:
        assert crawl.process.poll() is None, "it never came to learn"
        time.sleep(0.002)
    os.kill(max(workers), signal.SIGSTOP)
    return max(workers)


@_within(10)
def test_a_signal_stops_while_the_templates_are_being_learned(within_s, site, tmp_path):
    with Crawl(site, tmp_path, "-s", "READER_PROCESSES=1") as crawl:
        _hang_while_learning(crawl)
        crawl.stop(signal.SIGINT, within_s)
        assert crawl.process.returncode == 130
    _finish(site, tmp_path)


def _hang(crawl: Crawl, site: FaultSite) -> None:
    """Hold up the worker that reads, with a page in its hands."""
    assert _run_after(site, crawl, 20)
    for worker in _workers(crawl):
        os.kill(worker, signal.SIGSTOP)
    time.sleep(0.5)


@_within(10)
def test_a_signal_stops_a_crawl_whose_worker_hangs(within_s, site, tmp_path):
    with Crawl(site, tmp_path, "--no-learn", "-s", "READER_PROCESSES=1") as crawl:
        _hang(crawl, site)
        crawl.stop(signal.SIGTERM, within_s)
        assert crawl.process.returncode == 143
    _finish(site, tmp_path, "--no-learn")


@_within(1)
def test_a_second_signal_does_not_wait_for_a_worker_that_hangs(within_s, site, tmp_path):
    with Crawl(site, tmp_path, "--no-learn", "-s", "READER_PROCESSES=1", *PATIENT) as crawl:
        _hang(crawl, site)
        crawl.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        crawl.stop(signal.SIGTERM, within_s)
        assert crawl.process.returncode == 143


def test_a_kill_while_articles_wait_for_the_templates_loses_none(site, tmp_path):
    with Crawl(site, tmp_path, "-s", "READER_PROCESSES=1") as crawl:
        learner = _hang_while_learning(crawl)
        crawl.process.kill()
        os.kill(learner, signal.SIGCONT)
        crawl.wait(WITHIN_S)
    assert not (site_folder(tmp_path) / "articles.jsonl").read_bytes()
    _finish(site, tmp_path)


def test_a_crawl_without_archive_keeps_no_answers(site, tmp_path):
    with Crawl(site, tmp_path, "--no-archive", "--no-learn") as crawl:
        assert crawl.wait(WITHIN_S) == 0, crawl.stderr
    folder = site_folder(tmp_path)
    assert not list(folder.glob("archive/*"))
    records = Harvested.read(folder, 0).records
    assert len(records) == FEW.pages
    assert all(record["crawl"]["warc"] is None for record in records)


@_within(2)
def test_a_second_run_is_refused_and_the_first_goes_on(within_s, site, tmp_path):
    with Crawl(site, tmp_path, "--no-learn") as first:
        assert _run_after(site, first, 5)
        # Held up, the first cannot end before the second is there: what refuses that is its lock, and does not wait.
        first.process.send_signal(signal.SIGSTOP)
        with Crawl(site, tmp_path) as second:
            assert second.wait(within_s) == 75, second.stderr
        first.process.send_signal(signal.SIGCONT)
        code = first.wait(WITHIN_S)
    findings = check(Harvested.read(site_folder(tmp_path), code), site)
    assert not findings, "\n".join(map(str, findings))
    assert code == 0


def _limit_files_to(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize(
    "size", [200 * 1024, *(pytest.param(kib * 1024, marks=pytest.mark.full) for kib in (8, 64, 120, 300, 400))]
)
def test_a_file_that_may_not_grow_ends_with_74_and_the_same_command_goes_on(size, large_site, tmp_path):
    with Crawl(large_site, tmp_path, "--no-learn", before=lambda: _limit_files_to(size)) as crawl:
        code = crawl.wait(WITHIN_S)
    assert code == 74, crawl.stderr
    _finish(large_site, tmp_path, "--no-learn")


def test_a_run_on_an_unchanged_site_adds_nothing(site, tmp_path):
    _finish(site, tmp_path)
    asked = len(site.requests)
    records = (site_folder(tmp_path) / "articles.jsonl").read_bytes()
    _finish(site, tmp_path)
    assert (site_folder(tmp_path) / "articles.jsonl").read_bytes() == records
    assert not [request for request in site.requests[asked:] if request.fault == "plain"]
