"""Lines that are no body, as they stand or with what differs by page."""

from __future__ import annotations

import pytest

from scraper.profiles.boilerplate import Boilerplate, is_pattern

NOTICE = "Number * of the River Post is protected by law and may not be copied without permission of *."


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Number 7 of the River Post is protected by law and may not be copied without permission of A. Baker.", True),
        ("Number  of the River Post is protected by law and may not be copied without permission of .", True),
        (NOTICE, True),
        ("Number 7 of the River Post is protected by law and may not be copied.", False),
        (
            "It says: Number 7 of the River Post is protected by law and may not be copied without permission of B.",
            False,
        ),
        ("", False),
    ],
)
def test_a_star_in_a_long_line_stands_for_what_differs(line: str, is_one: bool) -> None:
    assert (line in Boilerplate([NOTICE])) is is_one


def test_no_part_of_a_line_is_matched_twice() -> None:
    assert "one two three four five six seven eight nine" not in Boilerplate(
        ["one two three four five six seven eight*seven eight nine"]
    )


@pytest.mark.parametrize("line", ["* * *", "*", "* required", "Read more *"])
def test_a_star_in_a_short_line_is_a_star(line: str) -> None:
    assert not is_pattern(line)
    assert line in Boilerplate([line])
    assert line.replace("*", "this") not in Boilerplate([line])
