import errno
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scraper.cli.app import run
from scraper.cli.exits import CommandError, Exit
from scraper.cli.pages import SavedPage, saved_pages
from tests.scraper.cli.conftest import LIST_PAGE, Run, article_page


def titles(stdout: bytes) -> list[str]:
    return [json.loads(line)["title"] for line in stdout.splitlines()]


def test_files_are_answered_in_the_order_given(scraper: Run, tmp_path: Path) -> None:
    names = [f"{n}.html" for n in (3, 1, 2)]
    for name in names:
        (tmp_path / name).write_bytes(article_page(f"春耕时节农事忙之{name[0]}"))
    done = scraper("extract", *names)
    assert (done.returncode, done.stderr) == (0, b"")
    assert titles(done.stdout) == ["春耕时节农事忙之3", "春耕时节农事忙之1", "春耕时节农事忙之2"]


def test_a_directory_is_read_with_its_folders_and_other_files_are_left_alone(scraper: Run, tmp_path: Path) -> None:
    (tmp_path / "saved" / "b").mkdir(parents=True)
    (tmp_path / "saved" / "a.html").write_bytes(article_page("甲地春耕时节农事忙"))
    (tmp_path / "saved" / "b" / "c.htm.gz").write_bytes(gzip.compress(article_page("乙地春耕时节农事忙")))
    (tmp_path / "saved" / "style.css").write_bytes(b"p {}")
    done = scraper("extract", "saved")
    assert (done.returncode, done.stderr) == (0, b"")
    assert titles(done.stdout) == ["甲地春耕时节农事忙", "乙地春耕时节农事忙"]


def test_a_record_names_the_file_that_it_was_read_from(scraper: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(article_page())
    assert json.loads(scraper("extract", "page.html").stdout)["requested_url"] == page.as_uri()


def test_stdin_is_a_dash_and_the_url_is_kept(scraper: Run) -> None:
    done = scraper("extract", "-", "--url", "https://www.example.com/2018/1.html", input=article_page())
    assert done.returncode == 0
    assert json.loads(done.stdout)["url"] == "https://www.example.com/2018/1.html"


def test_the_profile_of_a_file_reads_the_pages(scraper: Run, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(article_page("春耕时节农事忙"))
    (tmp_path / "mine.toml").write_text('name = "mine"\npublisher = "云山日报"\n', encoding="utf-8")
    done = scraper("extract", "page.html", "--url", "http://a.example/1.html", "--profile", "mine.toml")
    assert json.loads(done.stdout)["publisher"]["name"] == "云山日报"


@pytest.mark.parametrize(("name", "code"), [("gone.toml", 78), ("nobody", 2)])
def test_a_profile_that_is_not_there_is_said(scraper: Run, name: str, code: int) -> None:
    done = scraper("extract", "page.html", "--profile", name)
    assert (done.returncode, done.stdout) == (code, b"")
    assert name in done.stderr.decode()


def test_the_address_that_a_browser_wrote_into_the_page_is_used(tmp_path: Path) -> None:
    saved = tmp_path / "saved.html"
    saved.write_bytes(b"<!-- saved from url=(0035)https://www.example.com/2018/1.html -->\n" + article_page())
    (page,) = saved_pages([str(saved)], None)
    assert isinstance(page, SavedPage)
    assert page.url == "https://www.example.com/2018/1.html"


def test_a_page_that_is_no_article_is_a_line_on_stderr_and_code_1(scraper: Run, tmp_path: Path) -> None:
    (tmp_path / "list.html").write_bytes(LIST_PAGE)
    (tmp_path / "page.html").write_bytes(article_page())
    done = scraper("extract", "list.html", "page.html")
    assert done.returncode == 1
    assert titles(done.stdout) == ["春耕时节农事忙"]
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(b"list.html: ")


def test_what_is_no_page_is_one_line_each_and_code_65(scraper: Run, tmp_path: Path) -> None:
    files = {
        "nothing.html": (b"", "empty"),
        "blank.html": (b"   \n", "empty"),
        "picture.html": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00" * 50, "not_html"),
        "cut.html": (b"\x1f\x8b\x08\x00cut", "not a whole gzip file"),
    }
    for name, (content, _) in files.items():
        (tmp_path / name).write_bytes(content)
    done = scraper("extract", *files)
    assert (done.returncode, done.stdout) == (65, b"")
    told = done.stderr.decode().splitlines()
    for line, (name, (_, said)) in zip(told, files.items(), strict=True):
        assert line.startswith(f"{name}: {said}")


def test_a_file_that_is_not_there_and_a_directory_without_pages_are_said_in_one_line_each(tmp_path: Path) -> None:
    nowhere, empty = tmp_path / "nowhere.html", tmp_path / "empty"
    empty.mkdir()
    assert [str(fault) for fault in saved_pages([str(nowhere), str(empty)], None)] == [
        f"{nowhere}: No such file or directory",
        f"{empty}: no page in this directory, expected *.html, *.htm or *.html.gz",
    ]


def test_a_page_beyond_the_size_limit_is_refused_however_well_it_is_packed(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.html.gz"
    bomb.write_bytes(gzip.compress(b"<p>" * 10_000_000))
    (fault,) = saved_pages([str(bomb)], None)
    assert isinstance(fault, CommandError)
    assert fault.code is Exit.BROKEN_INPUT
    assert "larger than 20,000,000 bytes" in fault.sentence


def test_url_is_for_one_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", "a.html", "b.html", "--url", "https://www.example.com/"]) == 2
    assert capsys.readouterr().err == (
        "scraper: --url is the address of one page; name one file with it; see 'scraper extract --help'\n"
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [("extract", "-"), ("schema",)])
def test_an_output_that_is_full_is_one_sentence_and_code_74(arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "scraper.cli", *arguments]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, input=article_page(), stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 74
    assert len(done.stderr.splitlines()) == 1
    assert b"No space left" in done.stderr


def test_a_reader_that_has_enough_ends_the_command_without_a_word(tmp_path: Path) -> None:
    for n in range(50):
        (tmp_path / f"{n}.html").write_bytes(article_page())
    command = [sys.executable, "-m", "scraper.cli", "extract", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_a_folder_that_cannot_be_read_does_not_keep_the_others_from_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "a.html").write_bytes(article_page())
    list_folder = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("shut"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return list_folder(path)

    monkeypatch.setattr(os, "scandir", refuse)
    fault, page = saved_pages([str(tmp_path)], None)
    assert isinstance(fault, CommandError)
    assert fault.sentence.endswith("shut: Permission denied")
    assert isinstance(page, SavedPage)
