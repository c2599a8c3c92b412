import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from scraper.article import Article

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A site folder output/demo with one record."""
    folder = tmp_path / "output" / "demo"
    folder.mkdir(parents=True)
    article = Article(id="1" * 32, title="大桥合龙", date_published="2026-11-18")
    (folder / "articles.jsonl").write_bytes(article.to_json_line())
    return folder


def test_a_dataset_is_written_and_verified(scraper: Run, demo: Path, tmp_path: Path) -> None:
    done = scraper("dataset", "demo", "-o", "release", "--title", "A release", "--date", "2026-12-01", "--bagit")
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr == b"1 records in release; begin with release/data/README.md\n"
    assert scraper("verify", "release").returncode == 0
    card = tmp_path / "release/data/README.md"
    card.write_bytes(card.read_bytes().replace(b"A release", b"A Release"))
    done = scraper("verify", "release")
    assert done.returncode == 70
    assert done.stdout == b"data/README.md: its sha256 is not the one in manifest-sha256.txt\n"


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["nowhere", "-o", "release"], 65, "no harvested site"),
        (["demo", "-o", "output"], 2, "output exists and is not empty; name a new folder"),
        (["demo", "-o", "release", "--wacz"], 2, "none of the sites has an archive; leave --wacz off"),
        (["demo"], 2, "Missing option '-o'"),
    ],
)
def test_a_mistake_is_one_sentence_and_a_code(
    scraper: Run, demo: Path, tmp_path: Path, arguments: list[str], code: int, sentence: str
) -> None:
    done = scraper("dataset", *arguments)
    assert done.returncode == code
    assert sentence in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["output"]
