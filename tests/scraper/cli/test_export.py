import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from scraper.article import Article

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A site folder output/demo with two versions of one article and one of another."""
    folder = tmp_path / "output" / "demo"
    folder.mkdir(parents=True)
    lines = [
        Article(id=f"{number:032x}", title=title, section="要闻", text=title, version=version).to_json_line()
        for number, title, version in ((1, "大桥合龙", 1), (2, "洪水退去", 1), (1, "大桥昨日合龙", 2))
    ]
    (folder / "articles.jsonl").write_bytes(b"".join(lines))
    return folder


def test_records_go_to_standard_output_as_they_are(scraper: Run, demo: Path) -> None:
    done = scraper("export", "demo")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == (demo / "articles.jsonl").read_bytes()


def test_latest_and_where_choose_the_records(scraper: Run, demo: Path) -> None:
    done = scraper("export", "demo", "--latest", "--where", "text~大桥", "--where", "section=要闻")
    assert [json.loads(line)["title"] for line in done.stdout.splitlines()] == ["大桥昨日合龙"]


def test_the_format_is_taken_from_the_name_of_the_file(scraper: Run, demo: Path, tmp_path: Path) -> None:
    done = scraper("export", "demo", "-o", "a.parquet")
    assert done.returncode == 0
    assert done.stderr.decode().startswith("3 records in a.parquet (")
    assert (tmp_path / "a.parquet").read_bytes().startswith(b"PAR1")


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["nowhere"], 65, "no harvested site in output/nowhere or nowhere"),
        (["demo", "--where", "sektion=1"], 2, "did you mean section?"),
        (["demo", "--where", "section=体育"], 1, "no record is wanted by the filter"),
        (["demo", "--format", "parquet"], 2, "name one with -o"),
        (["demo", "-o", "a.sqlite.gz"], 2, "leave .gz off"),
        (["demo", "--bom"], 2, "--bom is for csv, found the format jsonl"),
        (["demo", "-o", "output/demo/articles.jsonl"], 2, "within the site folder"),
        (["demo", "-o", "missing/a.csv"], 74, "missing/.a.csv"),
    ],
)
def test_a_mistake_is_one_sentence_and_a_code(
    scraper: Run, demo: Path, arguments: list[str], code: int, sentence: str
) -> None:
    before = (demo / "articles.jsonl").read_bytes()
    done = scraper("export", *arguments)
    assert done.returncode == code
    assert sentence in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1
    assert (demo / "articles.jsonl").read_bytes() == before


def test_a_broken_line_is_65_with_its_place(scraper: Run, demo: Path) -> None:
    (demo / "articles.jsonl").write_bytes(b"[]\n")
    done = scraper("export", "demo", "-o", "a.csv")
    assert done.returncode == 65
    assert b"articles.jsonl at byte 0: the line is no JSON object" in done.stderr
