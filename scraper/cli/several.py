"""Several sites, one after the other, each in a process of its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import Any

from scraper.cli.exits import CommandError, worst


def crawl_one_by_one(crawls: Sequence[Callable[[], int]]) -> int:
    """Run each in a new process, for a reactor starts only once; a signal stops the one at work and starts no other.

    Args:
        crawls: picklable, each returning an exit code.

    Returns:
        The worst exit code.
    """
    stopped = False
    codes: list[int] = []
    for crawl in crawls:
        process = multiprocessing.get_context("spawn").Process(target=_run_and_exit, args=(crawl,))
        process.start()

        def hand_on(number: int, _: Any, child: int | None = process.pid) -> None:
            nonlocal stopped
            stopped = True
            os.kill(child or 0, number)

        before = {number: signal.signal(number, hand_on) for number in (signal.SIGINT, signal.SIGTERM)}
        process.join()
        for number, handler in before.items():
            signal.signal(number, handler)
        codes.append(process.exitcode or 0)
        if stopped:
            break
    return worst(codes)


def _run_and_exit(crawl: Callable[[], int]) -> None:
    # A process group of its own: Ctrl-C reaches it once, through its parent, and not twice.
    os.setpgrp()
    try:
        sys.exit(crawl())
    except CommandError as error:
        sys.exit(error.tell())
