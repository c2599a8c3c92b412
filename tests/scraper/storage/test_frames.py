import struct
import sys
from pathlib import Path

import pytest
import zstandard

from scraper.storage.reading import BrokenArchiveError, read_record, read_records

BLOCKS = ["春耕时节农事忙 " * 20, "青溪镇的万亩稻田里 " * 30, "修路"]


def record(text: str) -> bytes:
    block = text.encode()
    return b"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n" % (len(block), block)


def skipped(kind: int, content: bytes) -> bytes:
    return struct.pack("<II", 0x184D2A50 + kind, len(content)) + content


def blocks(path: Path) -> list[str]:
    return [found.block.decode() for found in read_records(path)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Three records, a frame each."""
    path = tmp_path / "a.warc.zst"
    path.write_bytes(b"".join(zstandard.compress(record(text)) for text in BLOCKS))
    return path


def test_a_file_with_a_frame_a_record_is_read(file: Path) -> None:
    assert blocks(file) == BLOCKS
    second = list(read_records(file))[1]
    assert read_record(file, second.offset).block.decode() == BLOCKS[1]


def test_frames_that_are_skipped_may_stand_anywhere(file: Path) -> None:
    file.write_bytes(skipped(0, b"note") + file.read_bytes() + skipped(0xE, b"an index"))
    assert blocks(file) == BLOCKS


@pytest.mark.parametrize("is_packed", [False, True])
def test_records_packed_with_a_dictionary_are_read(tmp_path: Path, is_packed: bool) -> None:
    content = record("春耕时节农事忙，青溪镇的万亩稻田里，修路")
    packer = zstandard.ZstdCompressor(dict_data=zstandard.ZstdCompressionDict(content))
    path = tmp_path / "a.warc.zst"
    head = skipped(0xD, zstandard.compress(content) if is_packed else content)
    path.write_bytes(head + b"".join(packer.compress(record(text)) for text in BLOCKS))
    assert blocks(path) == BLOCKS


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda data: data[:-3], "the zstd frame is cut"),
        (lambda data: data[:4] + b"\xff" * 20 + data[24:], "the zstd frame is broken"),
        (lambda data: zstandard.compress(b"nothing"), "this is no WARC record"),
        (lambda data: zstandard.compress(record("a") * 2), "the records are not compressed one by one; `unzstd` makes"),
    ],
)
def test_damage_is_told_with_its_place(file: Path, change: object, problem: str) -> None:
    assert callable(change)
    file.write_bytes(change(file.read_bytes()))
    with pytest.raises(BrokenArchiveError, match=f"a.warc.zst at byte [0-9]+: {problem}"):
        blocks(file)


def test_without_the_library_it_is_told_what_to_install(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(BrokenArchiveError, match=r"zstandard is not installed: pip install 'news-scraper\[export\]'"):
        blocks(file)
