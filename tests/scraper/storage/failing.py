"""Harvests on a disk that fails: ``failing.py FOLDER FILE CALLS``, to be started with failing_writes.c in LD_PRELOAD.

For each CALL from 1 to CALLS a harvest into a folder of its own meets its CALL-th write or sync of FILE, a part of the
path, that fails; then the same harvest runs on a sound disk. Prints a line of JSON for each: how the first ended and
what it said, how the second ended, and what `verify_site` found after each. It ends when there are no further calls.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path

from harvest import harvest

from scraper.ledger import StorageError
from scraper.storage import SiteFolder, verify_site

PAGES = 60
BATCH = 2


def attempt(folder: Path, file: str, call: int, *, every: bool = False) -> tuple[int, str]:
    """Harvest in a process of its own, as a command would: its exit code, and the sentence for the user."""
    reader, writer = os.pipe()
    if (pid := os.fork()) == 0:
        os.close(reader)
        os.environ |= {"FAILING_FILE": file, "FAILING_CALL": str(call)} | ({"FAILING_EVERY": "1"} if every else {})
        ctypes.CDLL(None).begin_to_count()
        try:
            with redirect_stdout(io.StringIO()):
                harvest(folder, PAGES, BATCH)
        except StorageError as error:
            os.write(writer, str(error).encode())
            os._exit(74)
        except BaseException as error:
            os.write(writer, repr(error).encode())
            os._exit(70)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read().decode()
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status), said


def records(folder: Path) -> list[str]:
    """Addresses of the articles, in the order of the file; of corrections the version too."""
    path = SiteFolder(folder).articles
    lines = [json.loads(line) for line in path.read_bytes().splitlines()] if path.exists() else []
    return [line["url"] + f" {line['version']}" * (line["version"] > 1) for line in lines]


def committed_findings(folder: Path) -> list[str]:
    """What is not whole of what was committed; nothing is, where the disk failed before there was a ledger."""
    ledger = SiteFolder(folder).ledger
    return [str(finding) for finding in verify_site(folder)] if ledger.exists() and ledger.stat().st_size else []


IN_VAIN = 20
"""SQLite can do without some syncs; where so many calls in a row do not fail, there are no more of them."""


def main(folder: Path, file: str, calls: int) -> None:
    in_vain = 0
    for call in range(1, calls + 1):
        site = folder / str(call)
        code, said = attempt(site, file, call)
        after_failure = committed_findings(site)
        again, complaint = attempt(site, file, 0)
        result = {
            "call": call,
            "code": code,
            "said": said,
            "after_failure": after_failure,
            "again": again,
            "complaint": complaint,
            "after_all": [str(finding) for finding in verify_site(site)],
            "records": records(site),
        }
        print(json.dumps(result), flush=True)
        in_vain = 0 if code else in_vain + 1
        if in_vain == IN_VAIN:
            break


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
