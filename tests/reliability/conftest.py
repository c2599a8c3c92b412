"""Makes `faultsite`, `check` and `crawling` importable here, and crawls once for all tests of this folder."""

from __future__ import annotations

import fcntl
import os
import pickle
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from check import Finding, Harvested, check
from crawling import HASTE, Crawl, Memory, site_folder, slowest_loop_s
from faultsite import FAULTS, Fault, FaultSite

QUICK = [fault for fault in FAULTS.values() if not fault.slow]


class Crawled:
    """What one crawl of the misbehaving newspaper did. Plain data, so that it can be shared between test processes."""

    def __init__(self, faults: Iterable[Fault], output: Path, timeout: float) -> None:
        chosen = list(faults)
        # As many workers everywhere, or the memory would tell how many cores the machine has.
        with FaultSite(chosen) as site, Crawl(site, output, *HASTE, "-s", "READER_PROCESSES=2") as crawl:
            self.exit_code = crawl.wait(timeout)
            self.seconds = crawl.seconds
            self.stderr = crawl.stderr
            self.peak: Memory = crawl.peak
            self.slowest_loop_s = slowest_loop_s(site_folder(output))
            self.load = os.getloadavg()[0] / (os.cpu_count() or 1)
            """Processes for each core, as a mean of the last minute."""
            harvested = Harvested.read(site_folder(output), self.exit_code)
            self.findings: list[Finding] = check(harvested, site)
            self.records = len(harvested.records)
            self.stories = sum(fault.pages for fault in chosen if fault.kind == "good")


def crawl_once(name: str, faults: Iterable[Fault], tmp_path_factory: pytest.TempPathFactory, timeout: float) -> Crawled:
    """The crawl of this name; of several test processes the first one crawls, and the others wait for its result."""
    shared = tmp_path_factory.getbasetemp()
    if shared.name.startswith("popen-"):
        shared = shared.parent
    result = shared / f"{name}.pickle"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not result.exists():
            result.write_bytes(pickle.dumps(Crawled(faults, shared / name, timeout)))
    crawled: Crawled = pickle.loads(result.read_bytes())
    return crawled


@pytest.fixture(scope="session")
def quick_crawl(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """One crawl of all faults that do not run into time limits."""
    return crawl_once("quick-faults", QUICK, tmp_path_factory, timeout=900)


@pytest.fixture(scope="session")
def full_crawl(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """One crawl of all faults."""
    return crawl_once("all-faults", FAULTS.values(), tmp_path_factory, timeout=1800)
