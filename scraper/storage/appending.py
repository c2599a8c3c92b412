"""A file that only grows, with offsets that are known before a byte is written."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from scraper.ledger import DamagedError, FileState, StorageError
from scraper.storage.crashpoints import reach

REBUILD = "run `scraper rebuild` on the site folder; it keeps every record that is whole"

_READ_BYTES = 1 << 16


class AppendFile:
    """Bytes are staged in memory, written by `write` and safe after `sync`. One process writes.

    What was written but not committed to the ledger lies beyond the committed length; `recover` cuts it off.

    Raises:
        StorageError: the file cannot be written (any method may raise it).
    """

    def __init__(self, path: Path, state: FileState, point: str) -> None:
        self.path = path
        self.name = state.name
        self._point = point
        self._end = state.bytes
        self._lines = state.lines
        # A file that was begun before is hashed when the run is over, see `Store.seal`.
        self._digest = hashlib.sha256() if state.bytes == 0 else None
        self._staged: list[bytes] = []
        self._size = 0
        try:
            is_new = not path.exists()
            self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            if is_new:
                sync_folder(path.parent)
        except OSError as error:
            raise StorageError.of("create", path, error) from error

    @property
    def end(self) -> int:
        """Offset at which the next bytes will stand."""
        return self._end + self._size

    @property
    def has_staged(self) -> bool:
        """Whether there is something to write."""
        return bool(self._staged)

    def stage(self, data: bytes) -> int:
        """Take a line or a record to be written; returns the offset at which it will stand."""
        offset = self.end
        self._staged.append(data)
        self._size += len(data)
        return offset

    def read_line(self, offset: int) -> bytes:
        """The line that begins at an offset, written or only staged; its end included."""
        if offset >= self._end:
            return b"".join(self._staged)[offset - self._end :].partition(b"\n")[0] + b"\n"
        line = b""
        try:
            while not line.endswith(b"\n") and (data := os.pread(self._fd, _READ_BYTES, offset + len(line))):
                line += data[: data.find(b"\n") + 1 or None]
        except OSError as error:
            raise StorageError.of("read", self.path, error) from error
        return line

    def write(self) -> FileState:
        """Write what is staged and wait until it is on the disk. Returns the length to commit."""
        data = b"".join(self._staged)
        rest = memoryview(data)
        try:
            while rest:
                written = os.pwrite(self._fd, rest, self._end)
                self._end += written
                rest = rest[written:]
            reach(f"{self._point}.written")
            os.fdatasync(self._fd)
        except OSError as error:
            raise StorageError.of("write", self.path, error) from error
        reach(f"{self._point}.synced")
        self._lines += len(self._staged)
        self.drop()
        if self._digest is None:
            return FileState(self.name, self._end, self._lines)
        self._digest.update(data)
        return FileState(self.name, self._end, self._lines, self._digest.hexdigest())

    def drop(self) -> None:
        """Forget what is staged."""
        self._staged.clear()
        self._size = 0

    def close(self) -> None:
        """Close the file; what is only staged is dropped."""
        os.close(self._fd)


def cut_to_committed(path: Path, state: FileState) -> int:
    """Cut off what was never committed; returns how many bytes that were.

    Raises:
        DamagedError: the file is shorter than committed, or gone.
        StorageError: it cannot be cut.
    """
    try:
        size = path.stat().st_size if path.exists() else 0
        if size < state.bytes:
            found = f"it has {size} bytes, the ledger committed {state.bytes}"
            raise DamagedError("go on with", path, found, REBUILD)
        if size > state.bytes:
            with path.open("rb+") as file:
                file.truncate(state.bytes)
                reach("recover.cut")
                os.fsync(file.fileno())
        return size - state.bytes
    except OSError as error:
        raise StorageError.of("cut", path, error) from error


def write_whole(path: Path, content: bytes, point: str | None = None) -> None:
    """Write a file whole or not at all: to another name, fsync, rename, fsync of the folder.

    Args:
        path: the file.
        content: all of it.
        point: reached as the crash points ``<point>.written`` and ``<point>.renamed``; None for a file without.

    Raises:
        OSError: it cannot be written.
    """
    part = part_of(path)
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if point is not None:
        reach(f"{point}.written")
    part.replace(path)
    sync_folder(path.parent)
    if point is not None:
        reach(f"{point}.renamed")


def part_of(path: Path) -> Path:
    """Where a file stands while `write_whole` writes it; what is there at the start of a run was never finished."""
    return path.with_name(path.name + ".part")


def sync_folder(path: Path) -> None:
    """Make the entry of a new or renamed file safe."""
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
