"""The e-paper of a site, as its profile describes it."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from scraper.profiles.paperforms import EPaperKind, front_on, parse_address


class EPaper(BaseModel):
    """A system of an e-paper and the days on which it was in use."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: EPaperKind
    """The system, by the form of its addresses: founder, nbs, layout, shtml; see `scraper.profiles.paperforms`."""
    front: str
    """Address of the front page of the edition of any day."""
    newspaper: str | None = None
    """Name of the printed paper, such as 井冈山报, where its pages do not print it."""
    since: date | None = None
    """First day of the system, where an older one was replaced."""
    until: date | None = None
    """Last day of the system."""

    @model_validator(mode="after")
    def _front_is_of_the_kind(self) -> Self:
        address = parse_address(self.front)
        if address is None or not address.is_page:
            front_on(self.front, date.min)  # says what is expected
        elif address.kind != self.kind:
            raise ValueError(f"front has the form of {address.kind}, kind is {self.kind}")
        return self

    def is_valid(self, day: date) -> bool:
        """Whether the system was in use on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def front_on(self, day: date) -> str:
        """The front page of the edition of a day."""
        return front_on(self.front, day)
