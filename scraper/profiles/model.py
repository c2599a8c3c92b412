"""A site described in TOML."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Profile(BaseModel):
    """What is known about a site beforehand. Every key is optional but `name`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    """Key of the site: the name of its output folder."""
    publisher: str | None = None
    """The site's own name, such as 井冈山报."""
    hosts: tuple[str, ...] = ()
    """Hosts of the site besides the registrable domain of its seeds."""
    seeds: tuple[str, ...] = ()
    timezone: str | None = None
    """IANA zone, such as Asia/Shanghai, for printed times without an offset."""
    language: str | None = None
    """BCP 47."""
    delay_s: float | None = None
    """Seconds between two requests to one host; None means the default of the settings."""
    allow_addresses: tuple[str, ...] = ()
    """Private or loopback addresses that this site may be served from, such as 127.0.0.1."""
