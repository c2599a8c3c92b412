"""Crawls in processes of their own, so many at a time, never two that may ask the same host."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from scraper.cli.collection import Site

PROGRAM = (sys.executable, "-m", "scraper.cli")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A crawl that is over."""

    site: Site
    code: int
    """Of the process: negative for the signal that killed it."""
    said: str
    """The last line that it wrote to stderr, without the name of the program; empty where it had nothing to say."""
    seconds: float


class Children:
    """Runs `scraper crawl` for sites.

    A crawl has a process group of its own: Ctrl-C reaches it through this process alone, and so once. The first SIGINT
    or SIGTERM is handed on to every crawl and no other is begun; they stop in order, and keep what they have.

    Args:
        output: folder that holds the folder of each site.
        jobs: crawls at a time.
        program: what is run; `scraper` in this interpreter.
    """

    def __init__(self, output: str, jobs: int, program: Sequence[str] = PROGRAM) -> None:
        self.stopped_by: int | None = None
        """The signal that stopped the harvest."""
        self._output, self._jobs, self._program = output, jobs, program
        self._running: dict[str, tuple[Site, subprocess.Popen[str]]] = {}
        self._over: queue.Queue[Ended] = queue.Queue()

    def run(self, sites: Sequence[Site]) -> Iterator[Ended]:
        """Crawl each site, and hand out what became of it as soon as it is over.

        Args:
            sites: in the order in which they begin; one that shares a host with a running one lets others go first.
        """
        waiting = list(sites)
        with self._handing_on_signals():
            while waiting or self._running:
                while (site := self._next(waiting)) is not None:
                    waiting.remove(site)
                    self._start(site)
                if not self._running:
                    return
                ended = self._over.get()
                del self._running[ended.site.name]
                yield ended

    def _next(self, waiting: list[Site]) -> Site | None:
        if self.stopped_by is not None or len(self._running) >= self._jobs:
            return None
        busy = {host for site, _ in self._running.values() for host in site.hosts}
        return next((site for site in waiting if not site.hosts & busy), None)

    def _start(self, site: Site) -> None:
        process = subprocess.Popen(
            [*self._program, "crawl", "--quiet", "--output", self._output, *site.arguments, "--", site.url],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            process_group=0,
        )
        self._running[site.name] = (site, process)
        # A signal that came while the process was being made found it in no list.
        if self.stopped_by is not None:
            _send(process, self.stopped_by)
        threading.Thread(target=self._wait, args=(site, process, time.monotonic()), daemon=True).start()

    def _wait(self, site: Site, process: subprocess.Popen[str], started: float) -> None:
        _, errors = process.communicate()
        lines = [line for line in errors.splitlines() if line.strip()]
        said = lines[-1].removeprefix("scraper: ") if lines else ""
        self._over.put(Ended(site=site, code=process.returncode, said=said, seconds=time.monotonic() - started))

    @contextmanager
    def _handing_on_signals(self) -> Iterator[None]:
        def hand_on(number: int, _: Any) -> None:
            self.stopped_by = self.stopped_by or number
            for _, process in list(self._running.values()):
                _send(process, number)

        before = {number: signal.signal(number, hand_on) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _send(process: subprocess.Popen[str], number: int) -> None:
    if process.poll() is None:
        os.kill(process.pid, number)
