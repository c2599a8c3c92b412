"""The commands of the page for archivists, pasted one after the other."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parent.parent / "docs" / "archivist.md"
COMMANDS = re.findall(r"^    (scraper .*)$", PAGE.read_text(encoding="utf-8"), re.M)


@pytest.mark.full
def test_the_commands_work_in_their_order(tmp_path: Path) -> None:
    assert COMMANDS[0] == "scraper demo"
    for command in COMMANDS:
        _, *arguments = shlex.split(command)
        extra = ["--port", "8521", "--quiet"] if arguments == ["demo"] else []
        done = subprocess.run(
            [sys.executable, "-m", "scraper.cli", *arguments, *extra],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
