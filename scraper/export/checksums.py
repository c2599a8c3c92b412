"""Checksums of a folder in the form of BagIt (RFC 8493), and the wrapping of a folder as a bag."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
BAG_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def hash_file(path: Path) -> str:
    """sha256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def list_files(folder: Path) -> list[Path]:
    """All files below a folder, in the order of their names as POSIX paths."""
    return sorted(
        (path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.relative_to(folder).as_posix()
    )


def build_manifest(folder: Path, files: Iterable[Path]) -> str:
    """Lines of ``<sha256>  <path>``, as sha256sum writes and checks them."""
    return "".join(f"{hash_file(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)


def write_manifest(folder: Path) -> None:
    """Write the checksums of every file of a folder into it."""
    text = build_manifest(folder, (path for path in list_files(folder) if path != folder / MANIFEST))
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def wrap_bag(payload: Path, bag: Path, info: dict[str, str]) -> None:
    """Make a bag of a folder, which becomes ``data/`` of it.

    Args:
        payload: a folder; it is moved.
        bag: an empty folder on the same disk.
        info: lines of bag-info.txt.
    """
    payload.rename(bag / "data")
    files = list_files(bag / "data")
    oxum = f"{sum(path.stat().st_size for path in files)}.{len(files)}"
    lines = {**info, "Payload-Oxum": oxum}
    (bag / "bagit.txt").write_text(BAG_DECLARATION, encoding="utf-8")
    text = "".join(f"{name}: {' '.join(value.split())}\n" for name, value in lines.items())
    (bag / "bag-info.txt").write_text(text, encoding="utf-8")
    (bag / MANIFEST).write_text(build_manifest(bag, files), encoding="utf-8")
    (bag / TAG_MANIFEST).write_text(build_manifest(bag, tag_files(bag)), encoding="utf-8")


def tag_files(bag: Path) -> list[Path]:
    """The files of a bag that its tag manifest has the checksums of."""
    return [bag / name for name in ("bag-info.txt", "bagit.txt", MANIFEST)]
