from pathlib import Path

import pytest

from scraper.export.changes import find_changes
from scraper.export.checksums import MANIFEST, TAG_MANIFEST, wrap_bag, write_manifest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files with their checksums: a.txt, b/c.txt, d.txt and e.txt."""
    folder = tmp_path / "folder"
    (folder / "b").mkdir(parents=True)
    for name in ("a.txt", "b/c.txt", "d.txt", "e.txt"):
        (folder / name).write_text(f"this is {name}\n")
    write_manifest(folder)
    assert find_changes(folder) == []
    return folder


@pytest.fixture
def bag(folder: Path) -> Path:
    """The same as a bag."""
    bag = folder.parent / "bag"
    bag.mkdir()
    wrap_bag(folder, bag, {"Bagging-Date": "2026-11-23"})
    assert find_changes(bag, is_bag=True) == []
    return bag


def test_every_flipped_byte_of_every_file_is_told_once(folder: Path) -> None:
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        content = path.read_bytes()
        for at in range(len(content)):
            path.write_bytes(content[:at] + bytes([content[at] ^ 0x07]) + content[at + 1 :])
            assert len(find_changes(folder)) == 1, (path, at)
        path.write_bytes(content)
    assert find_changes(folder) == []


def test_every_flipped_byte_of_a_bag_is_told_once(bag: Path) -> None:
    for path in [path for path in bag.rglob("*") if path.is_file()]:
        content = path.read_bytes()
        for at in range(len(content)):
            path.write_bytes(content[:at] + bytes([content[at] ^ 0x01]) + content[at + 1 :])
            assert len(find_changes(bag, is_bag=True)) == 1, (path, at)
        path.write_bytes(content)
    assert find_changes(bag, is_bag=True) == []


def test_a_changed_a_missing_and_a_new_file_are_told(folder: Path) -> None:
    (folder / "a.txt").write_text("cut")
    (folder / "b/c.txt").unlink()
    (folder / "b/new.txt").write_text("new")
    assert find_changes(folder) == [
        ("a.txt", "its sha256 is not the one in manifest-sha256.txt"),
        ("b/c.txt", "it is gone"),
        ("b/new.txt", "manifest-sha256.txt does not know it"),
    ]


def test_a_renamed_file_is_told_with_its_old_name(folder: Path) -> None:
    (folder / "a.txt").rename(folder / "z.txt")
    assert find_changes(folder) == [("z.txt", "manifest-sha256.txt has it as 'a.txt'")]


def test_many_new_files_are_told_in_one_sentence(folder: Path) -> None:
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"{number}")
    assert find_changes(folder) == [(MANIFEST, "it does not know 5 files: 0.txt, 1.txt, 2.txt, …")]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda lines: b"", "line 1 is not a sha256 and the name of a file"),
        (lambda lines: lines[:200], "line 3 is not a sha256 and the name of a file"),
        (lambda lines: lines + b"\n", "line 5 is not a sha256 and the name of a file"),
        (lambda lines: lines[:-1], "its lines are not ended or not ordered as they were"),
        (lambda lines: lines[-72:] + lines[:-72], "its lines are not ended or not ordered as they were"),
        (lambda lines: lines.replace(b"d.txt", b"e.txt"), "line 4 names a file for the second time"),
        (lambda lines: b"\xff" + lines, "it is not UTF-8"),
    ],
    ids=["empty", "cut", "blank line", "no line end", "order", "name", "no text"],
)
def test_damage_to_the_checksums_themselves_is_one_sentence(folder: Path, change: object, fault: str) -> None:
    assert callable(change)
    (folder / MANIFEST).write_bytes(change((folder / MANIFEST).read_bytes()))
    assert find_changes(folder) == [(MANIFEST, fault)]


def test_a_carriage_return_is_no_line_end(folder: Path) -> None:
    (folder / MANIFEST).write_bytes((folder / MANIFEST).read_bytes().replace(b"\n", b"\r"))
    assert find_changes(folder) == [(MANIFEST, "line 1 is not a sha256 and the name of a file")]


def test_checksums_that_are_gone_are_told(folder: Path) -> None:
    (folder / MANIFEST).unlink()
    assert find_changes(folder) == [(MANIFEST, "it is gone")]


def test_what_stands_beside_the_payload_of_a_bag_is_told(bag: Path) -> None:
    (bag / "notes.txt").write_text("x")
    assert find_changes(bag, is_bag=True) == [("notes.txt", "it does not belong to the bag")]


def test_a_bag_without_its_checksums_is_told_so_alone(bag: Path) -> None:
    (bag / MANIFEST).unlink()
    assert find_changes(bag, is_bag=True) == [(MANIFEST, "it is gone")]
    (bag / TAG_MANIFEST).unlink()
    assert (TAG_MANIFEST, "it is gone") in find_changes(bag, is_bag=True)
