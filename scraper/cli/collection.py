"""`sites.toml`: the sites that are harvested together, and how.

output = "output"            # beside this file; the folder of each site is made in it
jobs = 2                     # sites at a time
every = "6h"                 # how often; sites that are not due are left out

[defaults]                   # for every site; a site may say otherwise
settings = { CONTACT = "harvest@example.org" }

[sites.example]              # the name is yours: for --only, for the lines of a harvest
url = "https://www.example.com/"
allow_host = ["epaper.example.net"]
delay = 2.5
since = 2026-01-01
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from scraper.cli.exits import CommandError, Exit
from scraper.ledger import Revisit
from scraper.profiles.wording import explain
from scraper.urls import host_of, registrable_domain

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def parse_interval(text: str) -> timedelta:
    """30m, 6h, 1d or 1w as a time. Raises `ValueError` for anything else, and for less than a minute."""
    found = re.fullmatch(r"\s*([1-9]\d{0,3})\s*([mhdw])\s*", str(text))
    if not found:
        raise ValueError("expected a number with m, h, d or w, such as 30m, 6h or 1d")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


class _Options(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    allow_host: tuple[str, ...] = ()
    """Further hosts of the site."""
    delay: Annotated[float, Field(ge=0, le=3600)] | None = None
    """Seconds between two requests to a host."""
    since: date | None = None
    """Only articles from this day on."""
    until: date | None = None
    """Only articles up to this day."""
    revisit: Revisit | None = None
    """Which stored articles are asked again for changes: due, all, none."""
    max_articles: Annotated[int, Field(ge=1)] | None = None
    """Most articles of one run; the rest is left to the next."""
    every: Annotated[timedelta, BeforeValidator(parse_interval)] | None = None
    """How often it is harvested; None: in every harvest."""
    settings: dict[str, str | int | float | bool] = {}
    """Scrapy settings, as `-s` of `scraper crawl` takes them."""


class _Site(_Options):
    url: Annotated[str, Field(min_length=1)]
    """Address to start from, host, name of a profile, or path of one beside sites.toml."""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    output: str = "output"
    jobs: Annotated[int, Field(ge=1, le=64)] = 2
    every: Annotated[timedelta, BeforeValidator(parse_interval)] | None = None
    defaults: _Options = _Options()
    sites: Annotated[dict[Annotated[str, Field(pattern=r"^[\w.-]+$")], _Site], Field(min_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One site of a collection."""

    name: str
    url: str
    folder: Path
    """Where its data are."""
    hosts: frozenset[str]
    """Registrable domains and hosts that its crawl may ask: no other site that shares one is crawled meanwhile."""
    every: timedelta | None
    arguments: tuple[str, ...]
    """For `scraper crawl`, behind the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """The content of a sites.toml."""

    path: Path
    output: Path
    jobs: int
    sites: tuple[Site, ...]

    def pick(self, names: Iterable[str]) -> tuple[Site, ...]:
        """The sites of these names; all for none.

        Raises:
            CommandError: there is none of a name.
        """
        by_name = {site.name: site for site in self.sites}
        for name in (wanted := list(dict.fromkeys(names))):
            if name not in by_name:
                hint = _hint(name, by_name, "its sites are")
                raise CommandError(Exit.USAGE, f"{self.path} has no site {name!r}; {hint}")
        return tuple(by_name[name] for name in wanted) or self.sites


def load_collection(path: Path) -> Collection:
    """Read a sites.toml.

    Raises:
        CommandError: it cannot be read, or has mistakes; all are told at once, each with its place.
    """
    try:
        # Some editors put a byte order mark in front of UTF-8.
        file = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except FileNotFoundError as error:
        raise CommandError(Exit.CONFIG, f"there is no {path}; docs/operator.md has one to start from") from error
    except OSError as error:
        raise CommandError(Exit.CONFIG, f"{path} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise CommandError(Exit.CONFIG, f"{path} is not UTF-8; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise CommandError(Exit.CONFIG, f"{path} is not TOML: {error}") from error
    except ValidationError as error:
        # A setting that is of none of its types has an entry for each; they say the same.
        raise _mistakes(path, list(dict.fromkeys(_mistake(entry) for entry in error.errors()))) from error
    output = (path.parent / file.output).absolute()
    sites, mistakes = [], []
    for name, site in file.sites.items():
        try:
            sites.append(_site(name, site, file, path.parent.absolute(), output))
        except ValueError as error:
            mistakes.append(f"sites.{name}: {error}")
    first: dict[Path, str] = {}
    for each in sites:
        if (other := first.setdefault(each.folder, each.name)) != each.name:
            mistakes.append(
                f"sites.{each.name}: has the folder {each.folder.name} of sites.{other}; make them one site"
            )
    if mistakes:
        raise _mistakes(path, mistakes)
    return Collection(path=path.absolute(), output=output, jobs=file.jobs, sites=tuple(sites))


def _site(name: str, site: _Site, file: _File, base: Path, output: Path) -> Site:
    from spiders.target import parse_target

    given = {**_given(file.defaults), **_given(site)}
    given["settings"] = {**file.defaults.settings, **site.settings}
    url = str(base / site.url) if site.url.endswith(".toml") else site.url
    hosts = given.get("allow_host", ())
    days = {name: str(given[name]) for name in ("since", "until") if name in given}
    target = parse_target(url, allow_host=",".join(hosts) or None, **days)
    arguments = [f"--allow-host={host}" for host in hosts]
    arguments += [
        f"--{key.replace('_', '-')}={given[key]}"
        for key in ("delay", "since", "until", "revisit", "max_articles")
        if key in given
    ]
    for setting, value in given["settings"].items():
        arguments += ["-s", f"{setting}={int(value) if isinstance(value, bool) else value}"]
    own = {registrable_domain(start) or host_of(start) for start in target.starts}
    named = {registrable_domain(f"http://{host}/") or host for host in target.allowed}
    return Site(
        name=name,
        url=url,
        folder=output / target.site,
        hosts=frozenset(own | named),
        every=given.get("every", file.every),
        arguments=tuple(arguments),
    )


def _given(options: _Options) -> dict[str, Any]:
    return {key: getattr(options, key) for key in options.model_fields_set}


def _mistakes(path: Path, mistakes: list[str]) -> CommandError:
    return CommandError(Exit.CONFIG, "\n".join(f"{path}: {mistake}" for mistake in mistakes))


def _mistake(entry: Any) -> str:
    place = [str(part) for part in entry["loc"]]
    match place:
        case ["sites", _, "settings", _, *_] | ["defaults", "settings", _, *_]:
            return f"{'.'.join(place[:-1])}: expected text, a number, true or false (found {entry['input']!r})"
        case ["sites", name, "[key]"]:
            return f"sites: a name has letters, digits, dots, dashes and underscores (found {name!r})"
        case ["sites", _, _]:
            known = _Site.model_fields
        case ["defaults", _]:
            known = _Options.model_fields
        case _:
            known = _File.model_fields
    if entry["type"] == "extra_forbidden":
        return f"{'.'.join(place)}: unknown key; {_hint(place[-1], known, 'known keys are')}"
    if entry["type"] == "missing":
        write = '[sites.example] with url = "https://www.example.com/"' if place == ["sites"] else f'{place[-1]} = "…"'
        return f"{'.'.join(place)}: missing; write {write}"
    return f"{'.'.join(place)}: {explain(entry)}"


def _hint(word: str, known: Iterable[str], otherwise: str) -> str:
    close = difflib.get_close_matches(word, known, n=1)
    return f"did you mean {close[0]}?" if close else f"{otherwise} {', '.join(known)}"
