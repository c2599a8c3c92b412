"""Crawls in processes of their own; a small script stands for the crawl."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from scraper.cli.children import Children, Ended
from scraper.cli.collection import Site

CRAWL = """
import os, pathlib, signal, sys, time
name, _, rest = sys.argv[-1].partition("/")
here = pathlib.Path(sys.argv[sys.argv.index("--output") + 1])
def stop(number, frame):
    print("stopped in order", file=sys.stderr)
    (here / f"{name}.ended").touch()
    os._exit(128 + number)
signal.signal(signal.SIGINT, stop)
signal.signal(signal.SIGTERM, stop)
(here / f"{name}.begun").touch()
"""

BECOMES = {
    "well": "",
    "dead": "print('a line', file=sys.stderr); print('scraper: no host', file=sys.stderr); sys.exit(69)",
    "killed": "os.kill(os.getpid(), signal.SIGKILL)",
    "slow": "time.sleep(120)",
    "pair": "assert not list(here.glob('pair*.busy')); busy = here / f'{name}.busy'; busy.touch(); time.sleep(0.2);"
    " busy.unlink()",
    "meets": "limit = time.time() + 100\nwhile len(list(here.glob('meets*.begun'))) < 2:\n"
    "  time.sleep(0.01); assert time.time() < limit",
}


@pytest.fixture
def children(tmp_path: Path) -> Callable[..., Children]:
    script = tmp_path / "crawl.py"
    branches = "".join(
        f"if name.startswith({kind!r}):\n  " + code.replace("\n", "\n  ") + "\n"
        for kind, code in BECOMES.items()
        if code
    )
    script.write_text(CRAWL + branches)
    return lambda jobs=2: Children(str(tmp_path), jobs, (sys.executable, "-S", str(script)))


def site(name: str, host: str | None = None) -> Site:
    return Site(
        name=name,
        url=f"{name}/",
        folder=Path("nowhere") / name,
        hosts=frozenset({host or name}),
        every=None,
        arguments=("--delay=0",),
    )


def by_name(ended: list[Ended]) -> dict[str, Ended]:
    return {each.site.name: each for each in ended}


def test_a_site_that_fails_does_not_stop_the_others(children: Callable[..., Children]) -> None:
    ended = by_name(list(children().run([site("dead"), site("killed"), site("well")])))
    assert {name: each.code for name, each in ended.items()} == {"dead": 69, "killed": -9, "well": 0}
    assert ended["dead"].said == "no host"
    assert ended["well"].said == ""


def test_so_many_run_at_a_time(children: Callable[..., Children]) -> None:
    assert [each.code for each in children(jobs=2).run([site("meets1"), site("meets2")])] == [0, 0]


def test_two_that_share_a_host_never_run_together_and_let_others_go_first(children: Callable[..., Children]) -> None:
    order = [each.site.name for each in children().run([site("pair1", "h"), site("pair2", "h"), site("well")])]
    assert set(order) == {"pair1", "pair2", "well"}
    assert order.index("pair1") < order.index("pair2")


def test_two_that_share_a_host_both_end_well(children: Callable[..., Children]) -> None:
    assert [each.code for each in children().run([site("pair1", "h"), site("pair2", "h")])] == [0, 0]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_handed_on_and_no_other_begins(
    children: Callable[..., Children], tmp_path: Path, number: int
) -> None:
    def send() -> None:
        while len(list(tmp_path.glob("slow*.begun"))) < 2:
            time.sleep(0.01)
        os.kill(os.getpid(), number)

    threading.Thread(target=send).start()
    crew = children()
    ended = list(crew.run([site("slow1"), site("slow2"), site("well")]))
    assert {each.site.name: each.code for each in ended} == {"slow1": 128 + number, "slow2": 128 + number}
    assert crew.stopped_by == number
    assert len(list(tmp_path.glob("slow*.ended"))) == 2
