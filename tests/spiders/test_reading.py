"""The process of the event loop and what it leaves to the workers."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("trafilatura", "numpy", "dateparser", "py3langid", "aiohttp", "htmldate", "courlan")


def test_the_process_of_the_event_loop_loads_no_reader() -> None:
    program = f"import sys, spiders.site, pipelines.store; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=240, check=True)
    assert done.stdout.strip() == "[]"
