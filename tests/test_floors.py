"""Versions below these have known holes or faults; see pyproject.toml."""

from __future__ import annotations

import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

FLOORS = {
    "lxml": (6, 1, 1),
    "lxml_html_clean": (0, 4, 6),
    "Twisted": (26, 4),
    "Scrapy": (2, 19),
}


def release(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())


@pytest.mark.parametrize("name", FLOORS)
def test_what_is_installed_is_not_below_the_floor(name: str) -> None:
    assert release(version(name)) >= FLOORS[name]


@pytest.mark.parametrize("name", FLOORS)
def test_what_is_asked_for_is_not_below_the_floor(name: str) -> None:
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())["project"]
    asked = dict(line.lower().split(">=") for line in project["dependencies"])
    assert release(asked[name.lower()]) >= FLOORS[name]
