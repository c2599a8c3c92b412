"""A site described in TOML."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from scraper.profiles.ages import Age
from scraper.profiles.epapers import EPaper
from scraper.profiles.loadmore import LoadMore
from scraper.profiles.patterns import UrlPattern
from scraper.profiles.template import Template
from scraper.urls import UrlPolicy, host_of


def is_name(text: str) -> bool:
    """Whether a profile can have this name."""
    return re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,99}", text) is not None


def _name(text: str) -> str:
    if not is_name(text):
        raise ValueError("expected lower-case letters, digits, dots and dashes, such as example.com")
    return text


def _language(text: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise ValueError("expected a language of BCP 47, such as zh-CN or en")
    return text


class Learned(BaseModel):
    """What learning wrote besides the templates."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pages: Annotated[int, Field(ge=0)] = 0
    """Pages of the site that were looked at."""
    refused: tuple[str, ...] = ()
    """Why there are not more templates, one sentence each."""
    bodies: tuple[str, ...] = ()
    """Regions of the templates that were learned. One that no template names is of a template that a person took out
    or gave another region, and is not written again."""
    marks: dict[str, str] = {}
    """Key of the profile -> fingerprint of its value as it was learned; with another value a person changed it."""


class Profile(BaseModel):
    """What is known about a site beforehand. Every key is optional but `name`."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    name: Annotated[str, AfterValidator(_name)]
    """Key of the site: the name of its output folder. Lower-case letters, digits, dot, dash, underscore."""
    publisher: str | None = None
    """The site's own name, such as 井冈山报."""
    hosts: tuple[str, ...] = ()
    """Hosts of the site besides the registrable domain of its seeds; subdomains are included."""
    seeds: tuple[str, ...] = ()
    """Where a crawl of the site starts when it is called by name."""
    feeds: tuple[str, ...] = ()
    """Addresses of RSS and Atom feeds, besides those that pages announce."""
    sitemaps: tuple[str, ...] = ()
    """Addresses of sitemaps, besides those of robots.txt."""
    listings: tuple[str, ...] = ()
    """Addresses of pages that list articles and are asked for in each run."""
    article_urls: tuple[UrlPattern, ...] = ()
    """Forms of the addresses of articles, such as /system/#/#/#/#.shtml; they are asked before others."""
    listing_urls: tuple[UrlPattern, ...] = ()
    """Forms of the addresses of listings, which are asked for their links."""
    paging: tuple[UrlPattern, ...] = ()
    """Forms of the addresses of later pages of a listing, where neither words nor numbers of the links tell."""
    load_more: tuple[LoadMore, ...] = ()
    """Listings that go on behind a button, in JSON; each run asks for their first pages."""
    epapers: Annotated[tuple[EPaper, ...], Field(alias="epaper")] = ()
    """Its e-paper: the system, and the systems before it; each run asks for the editions of these days."""
    revisit: tuple[Age, ...] = ()
    """Ages at which an article is asked for again, such as 1h, 1d, 7d; empty: the general rule."""
    timezone: str | None = None
    """IANA zone, such as Asia/Shanghai, for printed times without an offset."""
    language: Annotated[str, AfterValidator(_language)] | None = None
    """BCP 47, such as zh-CN."""
    delay_s: Annotated[float, Field(ge=0, le=3600)] | None = None
    """Seconds between two requests to one host; None means robots.txt, else the default of the settings."""
    javascript: bool = False
    """Pages are rendered by a browser before they are read, because scripts fill them; needs news-scraper[js]."""
    allow_addresses: tuple[str, ...] = ()
    """Private or loopback addresses that this site may be served from, such as 127.0.0.1."""

    boilerplate: tuple[str, ...] = ()
    """Lines that recur on the site's pages and are no body, compared with white space folded."""
    templates: Annotated[tuple[Template, ...], Field(alias="template")] = ()
    """How its pages are built; the first that fits a page is used."""
    learned: Learned | None = None
    """What was written by learning; None for a profile of a person's own."""

    def named_templates(self) -> list[tuple[str, Template]]:
        """The templates in their order, each with what messages call it."""
        return [(template.called(number), template) for number, template in enumerate(self.templates, start=1)]

    def newest_first(self) -> list[tuple[str, Template]]:
        """The same in the order in which they are tried on a page.

        On the day of a change both versions are valid, and the places of the older one may still be there and hold
        something else.
        """
        return sorted(self.named_templates(), key=lambda one: one[1].valid_from or date.min, reverse=True)

    @field_validator("templates")
    @classmethod
    def _each_of_use(cls, templates: tuple[Template, ...]) -> tuple[Template, ...]:
        names: set[str] = set()
        reading: dict[tuple[object, ...], str] = {}
        for number, template in enumerate(templates, start=1):
            name = template.called(number)
            if name in names:
                raise ValueError(f"two templates are called {name!r}; give each a name of its own")
            names.add(name)
            pages = (template.places(), template.valid_from, template.valid_until)
            if pages in reading:
                raise ValueError(
                    f"{name} is for the same pages as {reading[pages]}, which goes before it; take one out"
                )
            reading[pages] = name
        return templates

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, zone: str | None) -> str | None:
        if zone is not None and zone not in available_timezones():
            raise ValueError("expected an IANA time zone such as Asia/Shanghai")
        return zone

    @field_validator("seeds", "feeds", "sitemaps", "listings")
    @classmethod
    def _readable_addresses(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        for url in urls:
            if not re.match(r"https?://", url) or not host_of(url):
                raise ValueError(f"expected http(s)://host/path, found {url!r}")
        return urls

    @field_validator("hosts", "allow_addresses")
    @classmethod
    def _readable_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        UrlPolicy([], hosts)
        return hosts
