"""Profiles from TOML files: those that ship and those that a user wrote."""

from __future__ import annotations

import difflib
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from scraper.profiles.model import Learned, Profile
from scraper.profiles.template import Place, Proof, Template
from scraper.urls import host_of, registrable_domain

_PLACES = dict.fromkeys(("date", "source", "authors", "editor", "section"), Place)
_TABLES: dict[str, type[BaseModel]] = {"template": Template, "learned": Learned, "learned_from": Proof, **_PLACES}


class ProfileError(ValueError):
    """A profile that cannot be used. The message has one line for each mistake."""

    def __init__(self, where: str, mistakes: list[str]) -> None:
        super().__init__("\n".join(f"{where}: {mistake}" for mistake in mistakes))
        self.where = where
        self.mistakes = mistakes


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
        raise ProfileError(where, [f"not TOML: {error}"]) from error
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
        return f'{key}: missing; write {place[-1]} = "…"'
    message = str(entry["msg"]).removeprefix("Value error, ")
    found = "" if "found" in message or isinstance(entry["input"], dict) else f" (found {entry['input']!r})"
    return f"{key}: {message}{found}"


def _keys_beside(place: tuple[str | int, ...]) -> list[str]:
    """The keys of the table in which a key stands, as they are written in TOML."""
    model: type[BaseModel] = Profile
    for part in place[:-1]:
        if isinstance(part, str):
            model = _TABLES.get(part, model)
    return [field.alias or name for name, field in model.model_fields.items()]


def shipped_profiles() -> tuple[str, ...]:
    """Names of the profiles that ship, sorted."""
    return tuple(sorted(_shipped()))


@cache
def _shipped() -> dict[str, Profile]:
    folder = resources.files("scraper.profiles") / "sites"
    profiles = {}
    for entry in folder.iterdir():
        if entry.name.endswith(".toml"):
            profile = parse_profile(entry.read_text(encoding="utf-8"), entry.name)
            profiles[profile.name] = profile
    return profiles


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
        try:
            text = Path(asked).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ProfileError(asked, [f"cannot be read: {error}"]) from error
        return parse_profile(text, asked)
    shipped = _shipped()
    if asked in shipped:
        return shipped[asked]
    url = asked if "://" in asked else f"http://{asked}/"
    domain = registrable_domain(url)
    if not domain or not host_of(url):
        return None
    return next((profile for profile in shipped.values() if domain in _domains(profile)), None)


def _domains(profile: Profile) -> set[str]:
    """Domains that are the profile's own. A loopback address is nobody's."""
    urls = [*profile.seeds, *(f"http://{host}/" for host in profile.hosts)]
    return {domain for domain in map(registrable_domain, urls) if not domain.replace(".", "").isdigit()}
