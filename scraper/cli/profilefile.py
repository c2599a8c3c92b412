"""Which profile holds for a site, and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from scraper.cli.exits import CommandError, Exit
from scraper.cli.folders import folder_in_collection
from scraper.profiles.loader import ProfileError, parse_profile, profile_text, shipped_text
from scraper.urls import site_key

if TYPE_CHECKING:
    from scraper.profiles.model import Profile


@dataclass(slots=True, frozen=True)
class ProfileFile:
    """The text of a profile."""

    where: str
    """How messages call it."""
    text: str
    ships: bool = False
    is_named: bool = True
    """False where the user gave the path of the file."""

    def load(self) -> Profile:
        """The profile.

        Raises:
            CommandError: CONFIG, with every mistake in a line of its own.
        """
        try:
            return parse_profile(self.text, self.where)
        except ProfileError as error:
            raise CommandError(Exit.CONFIG, str(error)) from error


def text_of(path: Path) -> str:
    """The text of a profile.

    Raises:
        CommandError: CONFIG, it cannot be read.
    """
    try:
        return profile_text(path)
    except ProfileError as error:
        raise CommandError(Exit.CONFIG, str(error)) from error


def key_of(site: str) -> str:
    """The name of the folder of a site that the user named, by address, host or name.

    Raises:
        CommandError: it cannot be one.
    """
    if re.fullmatch(r"[a-z0-9][a-z0-9_-]*", site):
        return site
    try:
        return site_key(site if "://" in site else f"http://{site}/")
    except ValueError as error:
        raise CommandError(Exit.USAGE, f"{site!r} is no site, expected a name, a host or an address") from error


def own_file(site: str, output: Path) -> Path:
    """Where the profile of a site stands that is no shipped one, whether it is there or not."""
    if not site.strip():
        raise CommandError(Exit.USAGE, "no site is named, expected a name, a host, an address or a .toml file")
    if site.endswith(".toml"):
        return Path(site)
    there = (folder for folder in (output / site, Path(site)) if folder.is_dir())
    found = next(chain(there, folder_in_collection(site)), None)
    return (found or output / key_of(site)) / "profile.toml"


def find_profile(site: str, output: Path) -> ProfileFile:
    """The profile in use for a site: its own, else the one that ships.

    Raises:
        CommandError: there is none, or it cannot be read.
    """
    path = own_file(site, output)
    if path.exists():
        return ProfileFile(str(path), text_of(path), is_named=not site.endswith(".toml"))
    if site.endswith(".toml"):
        raise CommandError(Exit.BROKEN_INPUT, f"{path}: no such file; expected a profile, or the name of a site")
    if shipped := shipped_text(path.parent.name) or shipped_text(site):
        return ProfileFile(f"{shipped[0]}.toml", shipped[1], ships=True)
    raise CommandError(
        Exit.BROKEN_INPUT,
        f"no profile of {site}: there is no {path}, and none ships; "
        f"learn one (scraper learn {site}) or write one (scraper profile edit {site})",
    )
