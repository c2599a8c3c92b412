"""A command run and measured from outside, with all processes that come from it."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

LONGEST_S = 900.0
"""A crawl that takes longer is ended."""

WATCH_EVERY_S = 0.2
"""Between two looks at memory and time."""


@dataclass(kw_only=True)
class Run:
    """What a crawl took."""

    name: str
    records: int
    wall_s: float
    tree_cpu_s: float
    """CPU seconds of all its processes."""
    main_cpu_s: float
    """CPU seconds of the process that holds the event loop."""
    peak_mb: float
    """Most memory (PSS) of all its processes together."""


def run(name: str, command: list[str], records: Path) -> Run:
    """Run a command to its end.

    Args:
        name: what it is called.
        command: program and arguments.
        records: the file that it writes, a line a record; may be a pattern.
    """
    before, begun_s = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak_mb = main_cpu_s = 0.0
    tree: dict[int, float] = {}
    over = threading.Event()

    def watch() -> None:
        nonlocal peak_mb, main_cpu_s
        while not over.wait(WATCH_EVERY_S):
            peak_mb = max(peak_mb, tree_mb(process.pid))
            for pid in family(process.pid):
                tree[pid] = max(tree.get(pid, 0.0), cpu_s(pid))
            main_cpu_s = tree.get(process.pid, 0.0)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        process.wait(LONGEST_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    over.set()
    watcher.join()
    wall_s, after = time.monotonic() - begun_s, resource.getrusage(resource.RUSAGE_CHILDREN)
    waited_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    found = sum(len(path.read_bytes().splitlines()) for path in records.parent.glob(records.name) if path.is_file())
    # Workers are no children that the main process waits for, so theirs are added as they were seen last.
    return Run(
        name=name,
        records=found,
        wall_s=wall_s,
        tree_cpu_s=max(waited_s, sum(tree.values())),
        main_cpu_s=main_cpu_s,
        peak_mb=peak_mb,
    )


def family(pid: int) -> list[int]:
    """A process and what comes from it, as /proc tells it now."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            children.setdefault(int(stat.read_text().rpartition(")")[2].split()[1]), []).append(int(stat.parent.name))
    found = [pid]
    for parent in found:
        found += children.get(parent, [])
    return found


def tree_mb(pid: int) -> float:
    """Memory of a process tree; what processes share is counted once (PSS)."""
    total = 0
    for member in family(pid):
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{member}/smaps_rollup").read_text().splitlines()
            total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return total / 1024


def cpu_s(pid: int) -> float:
    """CPU seconds of one process so far, without its children."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0
