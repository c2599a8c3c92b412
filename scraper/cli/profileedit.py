"""Editing the profile of a site in the editor of the user."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

from scraper.cli.exits import CommandError, Exit
from scraper.cli.profilefile import key_of, own_file
from scraper.profiles.loader import ProfileError, parse_profile, shipped_text

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
    What is saved stays, faulty or not.

    Raises:
        CommandError: there is no editor, or it failed; the profile is as it was.
    """
    target = own_file(site, output)
    before = target.read_bytes() if target.exists() else None
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name("edit-" + target.name)
    draft.write_bytes(_first_text(site, target).encode() if before is None else before)
    while True:
        try:
            _open_editor(draft)
            edited = draft.read_bytes()
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        if edited == before:
            draft.unlink()
            print(f"{target}: not changed")
        else:
            draft.replace(target)
        mistakes = _mistakes(target)
        if not mistakes:
            if edited != before:
                print(f"written: {target}")
            return Exit.OK
        print("\n".join(mistakes), file=sys.stderr)
        if not sys.stdin.isatty() or not _again():
            print(f"scraper: {target} stays as you left it, and no crawl can use it so", file=sys.stderr)
            return Exit.CONFIG
        before = target.read_bytes()
        draft.write_bytes(before)


def _first_text(site: str, target: Path) -> str:
    shipped = None if site.endswith(".toml") else shipped_text(site)
    if shipped is not None:
        return shipped[1]
    name = key_of(target.stem if site.endswith(".toml") else site)
    return SKETCH.format(name=name, host=site.partition("://")[2].partition("/")[0] or name)


def _open_editor(file: Path) -> None:
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        code = subprocess.run([*shlex.split(command), str(file)], check=False).returncode
    except (OSError, ValueError) as error:
        sentence = f"the editor {command!r} cannot be started ({error}); name yours in EDITOR"
        raise CommandError(Exit.CONFIG, sentence) from error
    if code:
        raise CommandError(Exit.CONFIG, f"the editor {command!r} ended with {code}; nothing was changed")


def _mistakes(file: Path) -> list[str]:
    try:
        parse_profile(file.read_text(encoding="utf-8"), str(file))
    except ProfileError as error:
        return str(error).splitlines()
    except UnicodeDecodeError:
        return [f"{file}: no UTF-8, expected a text in UTF-8"]
    return []


def _again() -> bool:
    return input("Edit again? [Y/n] ").strip().lower() in ("", "y", "yes")
