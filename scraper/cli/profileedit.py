"""Editing the profile of a site in the editor of the user."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

from scraper.cli.exits import CommandError, Exit
from scraper.cli.profilefile import key_of, own_file
from scraper.profiles.loader import ProfileError, parse_profile, profile_bytes, profile_text, shipped_text
from scraper.profiles.model import is_name

SKETCH = """\
# What is known about {name}. Take away the # in front of what you fill in; docs/profiles.md tells what each key means.
name = "{name}"
# publisher = "Example Daily"
# seeds = ["http://{host}/"]
# timezone = "Asia/Shanghai"
# language = "zh-CN"
# article_urls = ["/news/#/#.html"]
# listing_urls = ["/news/list_#.html"]

# [[template]]
# urls = ["/news/#/#.html"]
# title = ["h1"]
# body = ["div#content"]
# date = ["div.info"]
# source = [{{ at = "div.info", label = "来源" }}]
"""


def edit_profile(site: str, output: Path) -> Exit:
    """Let the user edit the profile of a site, and check it afterwards.

    The editor has a copy, which takes the place of the profile in one step: a crawl beside it never sees a half one.
    What is saved stays, faulty or not. A copy that could not take its place is kept, and the next edit goes on with it.

    Raises:
        CommandError: there is no editor, it failed, or the profile was written by another meanwhile; it is as it was.
    """
    target = own_file(site, output)
    before = profile_bytes(target)
    given = _first_text(site, target).encode() if before is None else before
    draft = target.with_name("edit-" + target.name)
    is_new_folder = not target.parent.exists()
    target.parent.mkdir(parents=True, exist_ok=True)
    if draft.exists():
        print(f"{draft} was left by an edit before; this one goes on with it")
    else:
        draft.write_bytes(given)
    while True:
        try:
            _open_editor(draft)
        except BaseException:
            if not _drop(draft, given, is_new_folder):
                print(f"scraper: what you typed is in {draft}; the next edit goes on with it", file=sys.stderr)
            raise
        if _drop(draft, given, is_new_folder):
            print(f"{target}: not {'written' if before is None else 'changed'}, nothing was typed")
            if before is None:
                return Exit.OK
        else:
            _take(draft, target, before)
            print(f"written: {target}")
        mistakes = _mistakes(target)
        if not mistakes:
            return Exit.OK
        CommandError(Exit.CONFIG, "\n".join(mistakes)).tell()
        if not sys.stdin.isatty() or not _again():
            print(f"scraper: {target} stays as you left it, and no crawl can use it so", file=sys.stderr)
            return Exit.CONFIG
        before = given = target.read_bytes()
        draft.write_bytes(given)


def _drop(draft: Path, given: bytes, is_new_folder: bool) -> bool:
    """Remove a copy in which nothing was typed. Whether it was one."""
    if profile_bytes(draft) not in (None, given):
        return False
    draft.unlink(missing_ok=True)
    if is_new_folder and not any(draft.parent.iterdir()):
        draft.parent.rmdir()
    return True


def _take(draft: Path, target: Path, before: bytes | None) -> None:
    """Put the copy in the place of the profile, where nobody else wrote that since the copy was made."""
    if profile_bytes(target) != before:
        raise CommandError(
            Exit.LOOK,
            f"{target} was written by a crawl or another edit meanwhile, and is left so; what you typed is in {draft}",
        )
    draft.replace(target)


def _first_text(site: str, target: Path) -> str:
    if site.endswith(".toml"):
        name = key_of(target.stem)
    elif shipped := shipped_text(target.parent.name) or shipped_text(site):
        return shipped[1]
    else:
        name = target.parent.name if is_name(target.parent.name) else key_of(site)
    return SKETCH.format(name=name, host=site.partition("://")[2].partition("/")[0] or name)


def _open_editor(file: Path) -> None:
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        code = subprocess.run([*shlex.split(command), str(file)], check=False).returncode
    except (OSError, ValueError) as error:
        sentence = f"the editor {command!r} cannot be started ({error}); name yours in EDITOR"
        raise CommandError(Exit.CONFIG, sentence) from error
    if code:
        raise CommandError(Exit.CONFIG, f"the editor {command!r} ended with {code}; the profile is as it was")


def _mistakes(file: Path) -> list[str]:
    try:
        parse_profile(profile_text(file), str(file))
    except ProfileError as error:
        return str(error).splitlines()
    return []


def _again() -> bool:
    return input("Edit again? [Y/n] ").strip().lower() in ("", "y", "yes")
