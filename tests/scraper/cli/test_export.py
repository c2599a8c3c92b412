import json
import resource
import subprocess
import sys
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
        (["demo", "-o", "missing/a.csv"], 2, "there is no folder missing; make it first"),
        (["demo", "-o", "output"], 2, "output is a folder; name a file in it"),
        (["demo", "-o", "a.xlsx"], 2, "the end of a.xlsx stands for no format; say which with --format"),
        (["demo", "-o", "/dev/full"], 74, "/dev/full cannot be read or written: No space left on device"),
        (["demo", "-o", "/dev/null", "--format", "sqlite"], 2, "sqlite goes to a file, /dev/null is none"),
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


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv.gz", "a.parquet", "a.sqlite"])
def test_a_disk_without_room_is_74_with_the_name_of_the_file(demo: Path, tmp_path: Path, name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scraper.cli", "export", "demo", "-o", name],
        cwd=tmp_path,
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)),
        check=False,
    )
    assert done.returncode == 74
    assert done.stderr.decode().startswith(f"scraper: {tmp_path.resolve() / name} cannot be read or written: ")
    assert done.stderr.count(b"\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_a_link_keeps_its_place(scraper: Run, demo: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "a.csv").symlink_to(tmp_path / "there" / "b.csv")
    assert scraper("export", "demo", "-o", "a.csv").returncode == 0
    assert (tmp_path / "a.csv").is_symlink()
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["b.csv"]


def test_a_reader_who_has_enough_is_no_failure_to_be_told(demo: Path, tmp_path: Path) -> None:
    with (demo / "articles.jsonl").open("ab") as file:
        file.write(Article(id="3" * 32, text="春" * 100_000).to_json_line())
    command = f"{sys.executable} -m scraper.cli export demo | head -c 10"
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, check=False)
    assert (done.stdout, done.stderr) == (b'{"id":"000', b"")


def test_a_closed_standard_output_is_told(demo: Path, tmp_path: Path) -> None:
    command = f"{sys.executable} -m scraper.cli export demo >&-"
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (2, b"scraper: standard output is closed; name a file with -o\n")
