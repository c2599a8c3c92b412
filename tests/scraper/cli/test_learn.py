"""`scraper learn`: what a user sees and what is written."""

from __future__ import annotations

import gzip
import io
import random
from pathlib import Path

import pytest

from scraper.cli.app import run
from scraper.profiles import load_profile


def page(number: int) -> str:
    chance = random.Random(number)
    words = "council river bridge market school winter train letter library garden opened repaired promised".split()
    prose = "".join(
        f"<p>{' '.join(chance.choice(words) for _ in range(30)).capitalize()}, and more of it.</p>" for _ in range(5)
    )
    title = " ".join(chance.choice(words) for _ in range(6)).capitalize()
    return (
        f"<!-- saved from url=(0031)http://post.example/news/{number}.html -->\n"
        f"<html><head><title>{title} - Post</title></head><body><div id='menu'><a href='/'>Home</a></div>"
        f"<h1>{title}</h1><div id='text'>{prose}</div><div id='foot'>Imprint</div></body></html>"
    )


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    folder = tmp_path / "saved"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.html").write_text(page(number), encoding="utf-8")
    return folder


def test_a_folder_of_saved_pages_gives_a_profile(
    saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "post.toml"
    assert run(["learn", str(saved), "--to", str(target)]) == 0
    told = capsys.readouterr().out
    assert told.startswith("post.example: 1 template from 6 articles of 6 pages\n  1  6 pages, agreement ")
    assert ": div#text\nwritten: " in told
    profile = load_profile(str(target))
    assert profile is not None
    assert profile.seeds == ("http://post.example/",)
    assert profile.templates[0].body == ("div#text",)


def test_without_a_file_the_profile_is_printed(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["learn", str(saved), "--name", "post"]) == 0
    assert 'name = "post"\n' in capsys.readouterr().out


def test_learning_twice_writes_the_same(saved: Path, tmp_path: Path) -> None:
    target = tmp_path / "post.toml"
    run(["learn", str(saved), "--to", str(target)])
    first = target.read_bytes()
    run(["learn", str(saved), "--to", str(target)])
    assert target.read_bytes() == first


def test_a_template_is_told_with_the_number_that_it_has_in_the_file(
    saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "post.toml"
    target.write_text('name = "post.example"\n[[template]]\nname = "old"\nbody = "div#old"\n', encoding="utf-8")
    assert run(["learn", str(saved), "--to", str(target)]) == 0
    told = capsys.readouterr().out
    profile = load_profile(str(target))
    assert profile is not None
    number = [template.body for template in profile.templates].index(("div#text",)) + 1
    assert number == 2
    assert "\n  2  6 pages, agreement " in told


def test_a_profile_with_mistakes_is_left_alone(saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "post.toml"
    target.write_text('nam = "post"\n', encoding="utf-8")
    assert run(["learn", str(saved), "--to", str(target)]) == 78
    assert "nam: unknown key; did you mean name?" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == 'nam = "post"\n'


def test_a_warc_file_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    warcio = pytest.importorskip("warcio")
    from warcio.statusandheaders import StatusAndHeaders

    target = tmp_path / "a.warc.gz"
    with target.open("wb") as file:
        writer = warcio.WARCWriter(file, gzip=True)
        for number in range(6):
            headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
            writer.write_record(
                writer.create_warc_record(
                    f"http://post.example/news/{number}.html",
                    "response",
                    payload=io.BytesIO(gzip.compress(page(number).encode())),
                    http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
                )
            )
    assert run(["learn", str(target)]) == 0
    assert 'article_urls = ["/news/#.html"]' in capsys.readouterr().out


def test_too_few_pages_are_said_and_give_1(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in (0, 1):
        (saved / f"{number}.html").unlink()
    assert run(["learn", str(saved)]) == 1
    assert "4 articles are too few to learn from, 5 are needed" in capsys.readouterr().err


def test_a_site_that_was_not_harvested_is_said_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["learn", "nowhere.example"]) == 65
    assert "harvest some first: scraper crawl nowhere.example" in capsys.readouterr().err
