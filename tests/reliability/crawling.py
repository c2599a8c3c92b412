"""Run the real command and watch it from outside: exit code, seconds, memory of the process tree."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from faultsite import NO_SUCH_HOST, FaultSite

WATCH_EVERY_S = 0.2
HASTE = ("-s", "STORE_MAX_WAIT_S=0.05", "-s", "RETRY_FIRST_S=0.5")
"""For a crawl of traps, which come one page after the other: do not wait for more to commit, nor long to try again."""

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


class Crawl:
    """A running `scraper crawl` of the misbehaving newspaper; a context manager that leaves no process behind.

    Args:
        site: what is crawled.
        output: folder that holds the site folder.
        delay: seconds between two requests to a host; None leaves it to robots.txt and the settings.
        options: further command line options.
        environment: variables beside those of this process.
        before: run in the child before the command starts, to set its limits.
    """

    def __init__(
        self,
        site: FaultSite,
        output: Path,
        *options: str,
        delay: float | None = 0,
        environment: dict[str, str] | None = None,
        before: Callable[[], None] | None = None,
    ) -> None:
        command = [sys.executable, "-m", "scraper.cli", "crawl", site.url, "--output", str(output)]
        command += ["--allow-host", "127.0.0.20-29", "--allow-host", NO_SUCH_HOST, "--quiet", *options]
        command += [] if delay is None else ["--delay", str(delay)]
        self.started = time.monotonic()
        self.peak = Memory()
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **(environment or {})},
            preexec_fn=before,
            start_new_session=True,
        )
        self.stderr = ""
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def __enter__(self) -> Crawl:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            family = self.family()
            self.kill()
            for pid in family:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        self._watcher.join(timeout=5)

    def wait(self, timeout: float) -> int:
        """The exit code. Raises `subprocess.TimeoutExpired`."""
        _, errors = self.process.communicate(timeout=timeout)
        self.stderr += errors or ""
        return self.process.returncode

    def kill(self) -> None:
        """SIGKILL to the crawl alone, as the kernel would do it; its workers have to notice by themselves."""
        self.process.kill()
        self.process.communicate()

    def stop(self, number: signal.Signals, within_s: float) -> None:
        """Send a signal and wait for the end. Raises `subprocess.TimeoutExpired`."""
        self.process.send_signal(number)
        self.wait(within_s)

    def family(self) -> list[int]:
        """Process ids of the crawl and of all that descend from it now."""
        return _family(self.process.pid)

    @property
    def seconds(self) -> float:
        """Since it was started."""
        return time.monotonic() - self.started

    def _watch(self) -> None:
        while self.process.poll() is None:
            self.peak.observe(self.process.pid)
            time.sleep(WATCH_EVERY_S)


@dataclass(slots=True)
class Memory:
    """Peaks in bytes. The sum of RSS counts pages that forked processes share once for each; PSS counts them once."""

    tree_rss: int = 0
    tree_pss: int = 0
    main_rss: int = 0
    each_rss: tuple[int, ...] = ()
    """Of the main process and those below it, when the tree was largest."""

    def observe(self, pid: int) -> None:
        """Look at a process and all that descend from it now."""
        family = list(_family(pid))
        each = tuple(map(_rss, family))
        if sum(each) > self.tree_rss:
            self.tree_rss, self.each_rss = sum(each), each
        self.tree_pss = max(self.tree_pss, sum(map(_pss, family)))
        self.main_rss = max(self.main_rss, each[0])

    def __str__(self) -> str:
        shown = {"tree RSS": self.tree_rss, "tree PSS": self.tree_pss, "main RSS": self.main_rss}
        each = " + ".join(f"{size / 1e6:.0f}" for size in self.each_rss)
        return ", ".join(f"{name} {size / 1e6:.0f} MB" for name, size in shown.items()) + f" ({each})"


def _family(pid: int) -> list[int]:
    members, at = [pid], 0
    while at < len(members):
        try:
            for task in Path(f"/proc/{members[at]}/task").iterdir():
                members += map(int, (task / "children").read_text().split())
        except OSError:
            pass  # it ended while we looked
        at += 1
    return members


def _rss(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_BYTES
    except (OSError, IndexError):
        return 0


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0


def site_folder(output: Path) -> Path:
    """The one site folder below an output folder. Raises `FileNotFoundError` where the crawl made none."""
    folders = [path for path in output.iterdir() if path.is_dir()] if output.exists() else []
    if len(folders) != 1:
        raise FileNotFoundError(f"expected one site folder in {output}, found {len(folders)}")
    return folders[0]


def slowest_loop_s(folder: Path) -> float:
    """By how many seconds a timer of the event loop came too late at most, as the last run of a site folder tells."""
    manifest = max((folder / "runs").glob("*/run.json"))
    return float(json.loads(manifest.read_bytes())["stats"]["harvest/slowest_loop_s"])
