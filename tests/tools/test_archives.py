"""Archives that other programs write, read again."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from spiders.replay import reextract

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the demo newspaper is shown."""
    command = [sys.executable, "-m", "scraper.cli", "demo", "--serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split(" is at ")[1].split()[0].rstrip(",.")
        process.terminate()


@pytest.mark.parametrize("options", [[], ["--no-warc-compression"]], ids=["warc.gz", "warc"])
def test_the_archive_of_wget_is_read(address: str, tmp_path: Path, options: list[str]) -> None:
    wget = shutil.which("wget")
    if wget is None:
        pytest.skip("wget is not installed")
    command = [wget, "-q", "-r", "-l", "1", "--warc-file=news", *options, address]
    subprocess.run(command, cwd=tmp_path, timeout=120, check=False)  # 8: some answers were errors
    (tmp_path / "again").mkdir()
    files = sorted(tmp_path.glob("news*.warc*"))
    done = reextract([(file, None) for file in files], tmp_path / "again", lambda url: None)
    assert len(files) == 1
    assert done.faults == []
    assert done.articles > 20
