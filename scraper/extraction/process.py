"""One worker process and the pipe to it.

A pipe for each worker, and no lock between them: where workers share one, as in the pools of the standard library and
in pebble, a worker that is killed while it takes its work leaves the pipe torn and the lock held, and the work of the
others is lost with it.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import resource
import signal
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from typing import Any

from scraper.reasons import Reason

_FAMILY = threading.Lock()
"""`multiprocessing` looks after all its children when it starts or joins one, and is not made for two threads there."""


class ReaderError(Exception):
    """A worker could not do its work.

    Attributes:
        reason: EXTRACT_TIMEOUT, EXTRACT_MEMORY or EXTRACT_CRASH.
        detail: what was seen of it.
        is_final: whether it lies in the work itself; else a fresh worker may do better.
        trace: the traceback where the work raised; else None.
    """

    def __init__(self, reason: Reason, detail: str, *, is_final: bool = False, trace: str | None = None) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.is_final = is_final
        self.trace = trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a piece of work may take."""

    cpu_s: int
    """Seconds of CPU time."""
    deadline_s: float
    """Seconds of wall time."""
    memory_bytes: int
    """Address space of the worker."""


def start_server(*preload: str) -> None:
    """Start the process that all workers are forked from, if it does not run yet; this does not wait for it.

    Args:
        preload: modules that it imports, once for all workers.
    """
    multiprocessing.get_context("forkserver").set_forkserver_preload(list(preload))
    with _FAMILY:
        forkserver.ensure_running()


class WorkerProcess:
    """A process that does one piece of work at a time. It starts with the first and anew when it was ended.

    Args:
        limits: of each piece of work.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._context = multiprocessing.get_context("forkserver")
        self._process: Any = None
        self._pipe: Connection
        self._is_closed = False
        self.done = 0
        """Pieces of work that the present process has done."""

    def run(self, function: Callable[..., Any], *args: Any) -> Any:
        """Have the process call a function, and wait for the value.

        Raises:
            ReaderError: it raised, or the process was ended by a limit or from outside.
            asyncio.CancelledError: the worker was closed meanwhile.
        """
        if self._process is not None and self._pipe.poll():
            self.end()  # it has nothing to say now but that it died since its last work
        if self._process is None:
            self._start()
        begun_s = time.monotonic()
        # Ends a worker that hangs or was stopped, whether it has its work already or not.
        timer = threading.Timer(self._limits.deadline_s, self._process.kill)
        timer.daemon = True
        timer.start()
        try:
            self._pipe.send((function, args))
            value, failure = self._pipe.recv()
        except (EOFError, OSError):
            exit_code = self.end()
            if self._is_closed:
                raise asyncio.CancelledError from None
            raise self._cause_of_death(exit_code, time.monotonic() - begun_s) from None
        finally:
            timer.cancel()
        self.done += 1
        if failure is None:
            return value
        reason, detail, trace = failure
        if reason is Reason.EXTRACT_MEMORY:
            self.end()  # what it holds is in pieces
        raise ReaderError(reason, detail, is_final=reason is Reason.EXTRACT_CRASH, trace=trace)

    def end(self) -> int | None:
        """End the process, whose memory so comes back. Returns its exit code; None where there was none."""
        if self._process is None:
            return None
        self._pipe.close()
        with _FAMILY:
            self._process.join(1.0)
            self._process.kill()
            self._process.join()
            exit_code: int | None = self._process.exitcode
            self._process.close()
        self._process = None
        return exit_code

    def close(self) -> None:
        """End the process at once, from another thread than that of `run`, and start none again."""
        self._is_closed = True
        process = self._process
        if process is not None:
            with contextlib.suppress(ValueError):  # closed by `end` at this moment
                process.kill()

    def _start(self) -> None:
        if self._is_closed:
            raise asyncio.CancelledError
        self._pipe, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._limits), daemon=True)
        with _FAMILY:
            process.start()
        theirs.close()  # or the end of the process would not be seen
        self._process = process  # only now: one that has not started cannot be killed
        if self._is_closed:  # while it started, and `close` saw none
            process.kill()
        self.done = 0

    def _cause_of_death(self, exit_code: int | None, wall_s: float) -> ReaderError:
        if exit_code == -signal.SIGXCPU:
            return ReaderError(Reason.EXTRACT_TIMEOUT, f"not read in {self._limits.cpu_s} s of CPU time", is_final=True)
        if wall_s >= self._limits.deadline_s:
            return ReaderError(Reason.EXTRACT_TIMEOUT, f"not read in {self._limits.deadline_s:g} s")
        if exit_code is not None and exit_code < 0:
            return ReaderError(Reason.EXTRACT_CRASH, f"the worker was ended by {signal.Signals(-exit_code).name}")
        return ReaderError(Reason.EXTRACT_CRASH, f"the worker ended with code {exit_code}")


def _serve(pipe: Connection, limits: Limits) -> None:
    """The life of a worker: until the other end of its pipe is closed, also by the death of the crawl."""
    # A group of its own: Ctrl-C and a signal to the group reach the crawl, which then ends its workers in order.
    os.setpgrp()
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(EOFError, OSError):
        while True:
            function, args = pipe.recv()
            pipe.send(_do(limits.cpu_s, function, args))
            del function, args


def _do(cpu_s: int, function: Callable[..., Any], args: Any) -> tuple[Any, tuple[Reason, str, str | None] | None]:
    """The value and None, or None and what went wrong."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    # The limit counts from the start of the process, so it moves with each piece of work. SIGXCPU ends a loop in C too.
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + cpu_s + 1, resource.RLIM_INFINITY))
    try:
        return function(*args), None
    except MemoryError:
        return None, (Reason.EXTRACT_MEMORY, "not read within the memory limit of a worker", None)
    except Exception as error:  # whatever a parser raises is told to who asked; it must not end the worker
        return None, (Reason.EXTRACT_CRASH, f"{type(error).__name__}: {error}"[:200], traceback.format_exc())
