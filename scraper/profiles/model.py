"""A site described in TOML."""

from __future__ import annotations

import re
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, Field, field_validator

from scraper.urls import UrlPolicy, host_of


class Profile(BaseModel):
    """What is known about a site beforehand. Every key is optional but `name`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,99}$")]
    """Key of the site: the name of its output folder. Lower-case letters, digits, dot, dash, underscore."""
    publisher: str | None = None
    """The site's own name, such as 井冈山报."""
    hosts: tuple[str, ...] = ()
    """Hosts of the site besides the registrable domain of its seeds; subdomains are included."""
    seeds: tuple[str, ...] = ()
    """Where a crawl of the site starts when it is called by name."""
    timezone: str | None = None
    """IANA zone, such as Asia/Shanghai, for printed times without an offset."""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] | None = None
    """BCP 47, such as zh-CN."""
    delay_s: Annotated[float, Field(ge=0, le=3600)] | None = None
    """Seconds between two requests to one host; None means robots.txt, else the default of the settings."""
    allow_addresses: tuple[str, ...] = ()
    """Private or loopback addresses that this site may be served from, such as 127.0.0.1."""

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, zone: str | None) -> str | None:
        if zone is not None and zone not in available_timezones():
            raise ValueError("expected an IANA time zone such as Asia/Shanghai")
        return zone

    @field_validator("seeds")
    @classmethod
    def _readable_seeds(cls, seeds: tuple[str, ...]) -> tuple[str, ...]:
        for seed in seeds:
            if not re.match(r"https?://", seed) or not host_of(seed):
                raise ValueError(f"expected http(s)://host/path, found {seed!r}")
        return seeds

    @field_validator("hosts", "allow_addresses")
    @classmethod
    def _readable_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        UrlPolicy([], hosts)
        return hosts
