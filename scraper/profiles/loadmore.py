"""Listings that go on behind a button (加载更多): what a page's script asks for, as a profile describes it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from scraper.urls import canonicalize, host_of

_PAGE = "{page}"


class LoadMore(BaseModel):
    """A list in JSON, page by page."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str
    """Its address, {page} where the number stands: https://www.example.com/api/list?channel=news&page={page}."""
    items: str | None = None
    """Where the list of articles stands in the answer, such as data.list; empty for an answer that is a list itself."""
    link: str = "url"
    """Where an item has its address, such as url or article.href."""
    html: str | None = None
    """Instead of items and link: where a piece of HTML with the links stands."""
    first: Annotated[int, Field(ge=0)] = 1
    """Number of the first page; 0 for offsets."""
    step: Annotated[int, Field(ge=1)] = 1
    """What is added for the next one: the number of items, where the number is an offset."""
    pages: Annotated[int, Field(ge=1, le=10_000)] = 100
    """Pages at most."""

    @model_validator(mode="after")
    def _is_usable(self) -> Self:
        if self.url.count(_PAGE) != 1 or not re.match(r"https?://", self.url) or not host_of(self.address(1)):
            raise ValueError(f"expected http(s)://host/path with {{page}} once, found {self.url!r}")
        if (self.items is None) == (self.html is None):
            raise ValueError("expected items or html, one of the two")
        return self

    def address(self, page: int) -> str:
        """The address of a page; the first is 1."""
        return canonicalize(self.url.replace(_PAGE, str(self.first + (page - 1) * self.step)))

    def page_of(self, url: str) -> int | None:
        """Which page an address is; None for an address that is none of this list."""
        match = self._form.fullmatch(url)
        number = int(match[1]) - self.first if match else -1
        return number // self.step + 1 if number >= 0 and number % self.step == 0 else None

    @cached_property
    def _form(self) -> re.Pattern[str]:
        # By two of its addresses, because the canonical form may reorder the query.
        before, after = re.split("7070707", canonicalize(self.url.replace(_PAGE, "7070707")))
        return re.compile(rf"{re.escape(before)}(\d+){re.escape(after)}")
