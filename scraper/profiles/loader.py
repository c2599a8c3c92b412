"""Profiles from TOML files: those that ship and those that a user wrote."""

from __future__ import annotations

import difflib
import tomllib
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from scraper.profiles.epapers import EPaper
from scraper.profiles.loadmore import LoadMore
from scraper.profiles.model import Learned, Profile, is_name
from scraper.profiles.template import Place, Proof, Template
from scraper.profiles.wording import explain, explain_syntax
from scraper.urls import host_of, registrable_domain

_PLACES = dict.fromkeys(("date", "source", "authors", "editor", "section", "records"), Place)
_TABLES: dict[str, type[BaseModel]] = {
    "template": Template,
    "learned": Learned,
    "learned_from": Proof,
    "epaper": EPaper,
    "load_more": LoadMore,
    **_PLACES,
}


class ProfileError(ValueError):
    """A profile that cannot be used. The message has one line for each mistake."""

    def __init__(self, where: str, mistakes: list[str]) -> None:
        super().__init__("\n".join(f"{where}: {mistake}" for mistake in mistakes))
        self.where = where
        self.mistakes = mistakes


def profile_text(path: Path) -> str:
    """The TOML of a profile that a person may have written.

    Raises:
        ProfileError: it cannot be read, or is no text in UTF-8.
    """
    try:
        # Some editors put a byte order mark in front of UTF-8.
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProfileError(str(path), ["is no text in UTF-8; save it as UTF-8"]) from error
    except OSError as error:
        raise ProfileError(str(path), [f"cannot be read: {error.strerror or error}"]) from error


def profile_bytes(path: Path) -> bytes | None:
    """What the file of a profile holds, to see whether another wrote it meanwhile; None where there is none."""
    return path.read_bytes() if path.exists() else None


def parse_profile(text: str, where: str = "profile") -> Profile:
    """Read a profile.

    Args:
        text: TOML.
        where: name of the file, for the message.

    Raises:
        ProfileError: it is no TOML, or some keys are wrong; all mistakes are told at once.
    """
    try:
        return Profile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(where, [explain_syntax(text, str(error))]) from error
    except ValidationError as error:
        raise ProfileError(where, [_mistake(entry) for entry in error.errors()]) from error


def _mistake(entry: Any) -> str:
    place = entry["loc"]
    key = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(".")
    if entry["type"] == "extra_forbidden":
        known = _keys_beside(place)
        close = difflib.get_close_matches(str(place[-1]), known, n=1)
        hint = f"did you mean {close[0]}?" if close else f"known keys are {', '.join(known)}"
        return f"{key}: unknown key; {hint}"
    if entry["type"] == "missing":
        return f"{key}: missing; write {place[-1]} = {_EXAMPLES.get(place[-1], NEUTRAL)}"
    return f"{key}: {explain(entry)}"


_EXAMPLES = {"name": '"example.com"', "body": '["div#content"]', "at": '"div.info"'}
"""What may stand behind keys that are missed."""
NEUTRAL = '"…"'


def _keys_beside(place: tuple[str | int, ...]) -> list[str]:
    """The keys of the table in which a key stands, as they are written in TOML."""
    model: type[BaseModel] = Profile
    for part in place[:-1]:
        if isinstance(part, str):
            model = _TABLES.get(part, model)
    return [field.alias or name for name, field in model.model_fields.items()]


_SITES = resources.files("scraper.profiles") / "sites"


def shipped_profiles() -> tuple[str, ...]:
    """Names of the profiles that ship, sorted."""
    return tuple(sorted(file.name.removesuffix(".toml") for file in _SITES.iterdir() if file.name.endswith(".toml")))


def shipped_text(name_or_url: str) -> tuple[str, str] | None:
    """The name and the TOML of the profile that ships for a name, an address or a host; None where none does.

    A profile that ships is named after the registrable domain of its site, so that the others need not be read to find
    it. One that is named after no domain, as the demo, is found by its name only.
    """
    url = name_or_url if "://" in name_or_url else f"http://{name_or_url}/"
    domain = registrable_domain(url) if host_of(url) else ""
    for name in (name_or_url, domain if "." in domain else ""):
        if is_name(name) and (file := _SITES / f"{name}.toml").is_file():
            return name, file.read_text(encoding="utf-8")
    return None


@lru_cache(maxsize=1024)
def _shipped(name_or_home: str) -> Profile | None:
    found = shipped_text(name_or_home)
    return _parsed_once(*found) if found else None


@cache
def _parsed_once(name: str, text: str) -> Profile:
    return parse_profile(text, f"{name}.toml")


def load_profile(name_or_path_or_url: str) -> Profile | None:
    """Find a profile.

    Args:
        name_or_path_or_url: name of a profile that ships, path of a TOML file (it ends with `.toml`), or an address
            or host of the site.

    Returns:
        The profile; None where none that ships is of this name or site.

    Raises:
        ProfileError: the file cannot be read or has mistakes.
    """
    asked = name_or_path_or_url
    if asked.endswith(".toml"):
        return parse_profile(profile_text(Path(asked)), asked)
    return _shipped(f"http://{host_of(asked)}/" if "://" in asked else asked)
