"""Lengths of time as a person writes them in a profile: 30m, 6h, 7d."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

_AGE = re.compile(r"([1-9]\d{0,4})([mhd])")
_SECONDS = {"m": 60, "h": 3600, "d": 86400}


def seconds(age: str) -> int:
    """Seconds of an age.

    Raises:
        ValueError: it is none.
    """
    match = _AGE.fullmatch(age)
    if match is None:
        raise ValueError(f"expected a number and m, h or d, such as 30m, 6h or 7d, found {age!r}")
    return int(match[1]) * _SECONDS[match[2]]


def _check(age: str) -> str:
    seconds(age)
    return age


Age = Annotated[str, AfterValidator(_check)]
