"""One template of a site: where on its pages the parts of an article stand."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    model_validator,
)

from scraper.profiles.locators import Locator
from scraper.profiles.patterns import UrlPattern, fits_any


class Place(BaseModel):
    """Where a value stands, and the label printed in front of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at: Locator
    """The element that holds the value."""
    label: str | None = None
    """Printed in front of the value, such as 来源; None where the value stands alone."""


def _several(value: Any) -> Any:
    """One value or a list of them; a place without a label is its locator alone."""
    return value if isinstance(value, list | tuple) else [value]


def _places(value: Any) -> Any:
    return [{"at": one} if isinstance(one, str) else one for one in _several(value)]


Locators = Annotated[tuple[Locator, ...], BeforeValidator(_several)]
Places = Annotated[tuple[Place, ...], BeforeValidator(_places)]


def _date_format(text: str) -> str:
    if "%d" not in text or not re.search("%[mbB]", text):
        raise ValueError("expected a format with %d and %m, such as %d/%m/%Y %H:%M")
    return text


DateFormat = Annotated[str, AfterValidator(_date_format)]


class Proof(BaseModel):
    """What a learned template was learned from, and how well it agreed with the general way."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pages: Annotated[int, Field(ge=0)]
    """Pages that it was learned from, near-duplicates taken out."""
    agreement: Annotated[float, Field(ge=0, le=1)]
    """Mean F1 of the body by the template against the body by the general way, on pages not learned from."""


def mark_of(value: Any) -> str:
    """Fingerprint of a value of TOML: 12 hexadecimal digits."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def is_as_marked(table: Mapping[str, Any]) -> bool:
    """Whether a table of TOML still is what its mark says."""
    return table.get("mark") == mark_of({key: value for key, value in table.items() if key != "mark"})


class Template(BaseModel):
    """Where the parts of an article stand. Only `body` is required."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str | None = None
    """What messages call it; None: its number in the file."""
    urls: tuple[UrlPattern, ...] = ()
    """Forms of the addresses of its pages; empty: any page that has its `body`."""
    valid_from: datetime.date | None = None
    """First day on which pages with this template were fetched."""
    valid_until: datetime.date | None = None
    """Last such day."""
    body: Annotated[Locators, Field(min_length=1)]
    """Region of the text: the first of these that the page has."""
    frame: Locators = ()
    """Part of the page that is read at all, around headline and text; empty: all but what is dropped."""
    title: Locators = ()
    """Headline; a page without it does not fit."""
    date: Places = ()
    source: Places = ()
    authors: Places = ()
    editor: Places = ()
    section: Places = ()
    records: Places = ()
    """Licences and telephone numbers of the site, mostly in its footer."""
    drop: Locators = ()
    """What is not read."""
    boilerplate: tuple[str, ...] = ()
    """Lines that are no body, compared with white space folded; `*` as in `scraper.profiles.boilerplate`."""
    title_suffix: str | None = None
    """What stands behind the headline in the title of the window, such as _吉安新闻网."""
    date_format: DateFormat | None = None
    """How dates are printed, as for strptime, such as %d/%m/%Y %H:%M: says which number is the day."""
    learned_from: Proof | None = None
    """None: written by a person."""
    mark: str | None = None
    """Fingerprint of the table as it was learned; another content means that a person changed it."""

    _is_by_hand: bool = PrivateAttr(default=False)

    @property
    def is_by_hand(self) -> bool:
        """Whether a person wrote or changed the table."""
        return self._is_by_hand

    @model_validator(mode="wrap")
    @classmethod
    def _know_hand(cls, data: Any, handler: ModelWrapValidatorHandler[Template]) -> Template:
        template = handler(data)
        if isinstance(data, Mapping):
            is_learned = is_as_marked(data) if data.get("mark") else template.learned_from is not None
            template._is_by_hand = not is_learned
        return template

    @model_validator(mode="after")
    def _in_order(self) -> Template:
        if self.valid_from and self.valid_until and self.valid_from > self.valid_until:
            raise ValueError(f"valid_from {self.valid_from} lies behind valid_until {self.valid_until}")
        return self

    def called(self, number: int) -> str:
        """What messages call the template that is this one in its profile, from 1 on."""
        return self.name or f"template {number}"

    def places(self) -> str:
        """What decides whether it fits a page, as text."""
        return self.model_dump_json(include={"urls", "body", "title"})

    def covers(self, url: str | None, day: datetime.date | None = None) -> bool:
        """Whether the template is for a page.

        Args:
            url: of the page; None fits every form.
            day: on which it was fetched; None fits every span.
        """
        if day is not None and self.valid_from and day < self.valid_from:
            return False
        if day is not None and self.valid_until and day > self.valid_until:
            return False
        return not self.urls or url is None or fits_any(self.urls, url)
