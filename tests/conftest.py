"""What tests of several folders need."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CRAWLS = (
    "reliability",
    "spiders",
    "scenario",
    "scraper/cli",
    "scraper/demo",
    "scraper/fetching",
    "scraper/storage",
    "test_packaging.py",
)
"""Where tests crawl or start processes. They come first: a file of a minute must not be the last that is begun."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests that crawl first, in the order of `CRAWLS`; xdist keeps it with --no-loadscope-reorder."""
    here = Path(__file__).parent

    def rank(item: pytest.Item) -> int:
        path = item.path.relative_to(here).as_posix()
        return next((number for number, folder in enumerate(CRAWLS) if path.startswith(folder)), len(CRAWLS))

    items.sort(key=rank)


SHIM = Path(__file__).with_name("failing_writes.c")


@pytest.fixture(scope="session")
def failing_disk(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The library that makes a disk fail, for LD_PRELOAD; failing_writes.c says what it reads from the environment."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("a disk that fails is made of a library for Linux, and there is no C compiler `cc` to build it")
    library = tmp_path_factory.mktemp("shim") / "failing_writes.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, SHIM, "-ldl"], check=True)
    return str(library)
