"""How a crawl ends: the exit code, and the same in its manifest for whoever was not there."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from crawling import Crawl, site_folder
from faultsite import FAULTS, FaultSite

from scraper.cli.exits import Exit

PLAIN = dataclasses.replace(FAULTS["plain"], pages=3)


def manifest(output: Path) -> dict[str, object]:
    (path,) = site_folder(output).glob("runs/*/run.json")
    return json.loads(path.read_bytes())


def test_the_codes_are_those_that_are_documented():
    assert {code.name: code.value for code in Exit} == {
        "OK": 0,
        "LOOK": 1,
        "USAGE": 2,
        "BROKEN_INPUT": 65,
        "UNREACHABLE": 69,
        "UNBALANCED": 70,
        "IO": 74,
        "LOCKED": 75,
        "CONFIG": 78,
        "INTERRUPTED": 130,
        "TERMINATED": 143,
    }


@pytest.mark.parametrize(
    ("names", "code"),
    [((), Exit.OK), (("retry-after-an-hour",), Exit.LOOK)],
    ids=["all well", "something is left"],
)
def test_a_run_says_how_it_ended(names, code, tmp_path):
    with FaultSite([PLAIN, *(FAULTS[name] for name in names)]) as site, Crawl(site, tmp_path) as crawl:
        assert crawl.wait(120) == code, crawl.stderr
    written = manifest(tmp_path)
    assert (written["exit_code"], written["exit_reason"], written["books"]) == (code, "finished", [])


def test_a_site_that_cannot_be_reached_says_so(tmp_path):
    with FaultSite([PLAIN]) as site:
        nowhere = SimpleNamespace(url=f"http://127.0.0.20:{site.dead_port}/")
    with Crawl(nowhere, tmp_path, "-s", "RETRY_FIRST_S=0.1") as crawl:
        assert crawl.wait(120) == Exit.UNREACHABLE, crawl.stderr
    assert manifest(tmp_path)["exit_code"] == Exit.UNREACHABLE
