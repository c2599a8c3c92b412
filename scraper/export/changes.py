"""What does not stand in a folder as its checksums say: one sentence for each thing that happened to it."""

from __future__ import annotations

import re
from pathlib import Path

from scraper.export.checksums import MANIFEST, TAG_MANIFEST, build_manifest, list_files, tag_files

MAX_NAMED = 3
"""Files that a sentence about several of them names."""

_LINE = re.compile(r"([0-9a-f]{64})  ([^\x00-\x1f\x7f]+)")

Change = tuple[str, str]
"""File, relative to the folder, and fault."""


def find_changes(folder: Path, *, is_bag: bool = False) -> list[Change]:
    """Compute the checksums of a folder again.

    They are compared as text, so that a change in a file of checksums is found as well.

    Returns:
        An empty list where all is as it was.
    """
    if not is_bag:
        return _compare(folder, MANIFEST, [path for path in list_files(folder) if path != folder / MANIFEST])
    known = {folder / TAG_MANIFEST, *tag_files(folder)}
    strangers = [path for path in list_files(folder) if path not in known and not path.is_relative_to(folder / "data")]
    changes = [(path.relative_to(folder).as_posix(), "it does not belong to the bag") for path in strangers]
    changes += _compare(folder, TAG_MANIFEST, tag_files(folder))
    if any(name == MANIFEST for name, _ in changes):
        return changes  # what it says of the payload is worth nothing
    return changes + _compare(folder, MANIFEST, list_files(folder / "data"))


def _compare(folder: Path, name: str, files: list[Path]) -> list[Change]:
    try:
        stated = (folder / name).read_bytes().decode()
    except FileNotFoundError:
        return [(name, "it is gone")]
    except UnicodeDecodeError:
        return [(name, "it is not UTF-8")]
    except OSError as error:
        return [(name, f"it cannot be read ({error.strerror})")]
    here = [path for path in files if path.is_file()]
    found = build_manifest(folder, here)
    if found == stated and here == files:
        return []
    said: dict[str, str] = {}
    for number, line in enumerate(stated.removesuffix("\n").split("\n"), 1):
        match = _LINE.fullmatch(line)
        if match is None or match[2] in said:
            # The others are worth no more.
            again = "names a file for the second time" if match else "is not a sha256 and the name of a file"
            return [(name, f"line {number} {again}")]
        said[match[2]] = match[1]
    there = {path: digest for digest, _, path in (line.partition("  ") for line in found.splitlines())}
    changes = [
        (path, f"its sha256 is not the one in {name}")
        for path, digest in said.items()
        if there.get(path, digest) != digest
    ]
    strangers = {path: digest for path, digest in there.items() if path not in said}
    for path, digest in said.items():
        if path not in there:
            renamed = next((other for other, its in strangers.items() if its == digest), None)
            strangers.pop(renamed or "", None)
            changes.append((renamed, f"{name} has it as {path!r}") if renamed else (path, "it is gone"))
    if strangers:
        changes.append(_tell_strangers(name, list(strangers)))
    return changes or [(name, "its lines are not ended or not ordered as they were")]


def _tell_strangers(name: str, paths: list[str]) -> Change:
    if len(paths) == 1:
        return paths[0], f"{name} does not know it"
    more = ", …" if len(paths) > MAX_NAMED else ""
    return name, f"it does not know {len(paths)} files: {', '.join(paths[:MAX_NAMED])}{more}"
