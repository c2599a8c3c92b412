"""`scraper learn`: what a user sees and what is written."""

from __future__ import annotations

import gzip
import io
import random
import weakref
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from scraper.cli.app import run
from scraper.cli.pages import SavedPage
from scraper.cli.sitepages import choose_pages
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
    assert "4 articles are too few to learn from, 5 are needed; no profile was written" in capsys.readouterr().err


def test_too_few_pages_leave_a_profile_as_it_is(saved: Path, tmp_path: Path) -> None:
    target = tmp_path / "post.toml"
    run(["learn", str(saved), "--to", str(target)])
    before = target.read_bytes()
    (saved / "0.html").unlink()
    (saved / "1.html").unlink()
    assert run(["learn", str(saved), "--to", str(target)]) == 1
    assert target.read_bytes() == before
    assert run(["learn", str(saved), "--to", str(tmp_path / "new.toml")]) == 1
    assert not (tmp_path / "new.toml").exists()


def test_broken_pages_are_told_and_left_out(saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (saved / "x.html.gz").write_bytes(b"\x1f\x8bno gzip")
    target = tmp_path / "post.toml"
    assert run(["learn", str(saved), "--to", str(target)]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("post.example: 1 template from 6 articles of 6 pages\n")
    assert f"scraper: {saved}/x.html.gz: not a whole gzip file" in said.err
    assert "scraper: 1 file is left out" in said.err
    assert run(["profile", "check", str(target), "--pages", str(saved)]) == 0


def archive(target: Path, numbers: range, charset: str = "utf-8", name: str = "") -> None:
    warcio = pytest.importorskip("warcio")
    from warcio.statusandheaders import StatusAndHeaders

    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        writer = warcio.WARCWriter(file, gzip=True)
        for number in numbers:
            writer.write_record(
                writer.create_warc_record(
                    f"http://www.jgsdaily.com/news/{number}.html",
                    "response",
                    payload=io.BytesIO(page(number).replace("Post<", f"{name}<").encode(charset)),
                    http_headers=StatusAndHeaders(
                        "200 OK", [("Content-Type", f"text/html; charset={charset}")], protocol="HTTP/1.1"
                    ),
                )
            )


def test_what_stands_before_the_torn_end_of_an_archive_is_learned_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "a.warc.gz"
    archive(target, range(7))
    target.write_bytes(target.read_bytes()[:-40])
    assert run(["learn", str(target), "--to", str(tmp_path / "post.toml")]) == 0
    said = capsys.readouterr()
    assert "1 template from 6 articles of 6 pages" in said.out
    assert "6 pages can be read" in said.err


def test_a_crawled_site_goes_on_from_the_profile_that_ships(tmp_path: Path) -> None:
    folder = tmp_path / "output/jgsdaily.com"
    archive(folder / "archive/a.warc.gz", range(6))
    assert run(["learn", "jgsdaily.com", "--output", str(tmp_path / "output")]) == 0
    profile = load_profile(str(folder / "profile.toml"))
    assert profile is not None
    assert (profile.publisher, profile.timezone) == ("吉安新闻网", "Asia/Shanghai")
    assert ("div#text",) in [template.body for template in profile.templates]


def test_pages_of_two_sites_are_told(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (saved / "7.html").write_text(page(7).replace("http://post.example/", "http://other.example/"), encoding="utf-8")
    assert run(["learn", str(saved)]) == 0
    assert "pages of 2 sites, learned as if of one: post.example (6), other.example (1)" in capsys.readouterr().err


def test_pages_without_addresses_give_a_profile_the_name_of_its_file(saved: Path, tmp_path: Path) -> None:
    for file in saved.iterdir():
        file.write_text(file.read_text(encoding="utf-8").partition("\n")[2], encoding="utf-8")
    assert run(["learn", str(saved), "--to", str(tmp_path / "my-paper.toml")]) == 0
    profile = load_profile(str(tmp_path / "my-paper.toml"))
    assert profile is not None
    assert profile.name == "my-paper"


def test_a_name_that_no_profile_can_have_is_said_before_anything_is_read(
    saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["learn", str(saved), "--name", "My Paper", "--to", str(tmp_path / "a.toml")]) == 2
    assert "--name 'My Paper': expected lower-case letters" in capsys.readouterr().err
    assert not (tmp_path / "a.toml").exists()


def test_a_template_that_a_person_took_out_is_told(
    saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "post.toml"
    run(["learn", str(saved), "--to", str(target)])
    target.write_text(target.read_text(encoding="utf-8").partition("\n[[template]]")[0], encoding="utf-8")
    capsys.readouterr()
    assert run(["learn", str(saved), "--to", str(target)]) == 0
    told = capsys.readouterr().out
    assert "  not written, because a person took it out: div#text\n" in told
    assert f"not changed: {target}\n" in told


def test_a_site_that_was_not_harvested_is_said_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["learn", "nowhere.example"]) == 65
    assert "harvest some first: scraper crawl nowhere.example" in capsys.readouterr().err


@pytest.mark.parametrize("available", [0, 1, 19, 20, 21, 41, 1000])
def test_of_many_pages_some_are_chosen_evenly(available: int) -> None:
    pages = (SavedPage(name=str(number), html=b"", url=None) for number in range(available))
    chosen, count = choose_pages(pages, 20)
    numbers = [int(one.name) for one in chosen]
    assert (len(numbers), count) == (min(available, 20), available)
    assert numbers == sorted(set(numbers))
    if available:
        gaps = [after - before for before, after in pairwise([0, *numbers, available])]
        assert max(gaps) <= 2 * available / 20 + 2


def test_of_many_pages_few_are_held_in_memory() -> None:
    held: weakref.WeakSet[Held] = weakref.WeakSet()
    most = 0

    class Held(SavedPage):
        pass

    def stream() -> Iterator[SavedPage]:
        nonlocal most
        for number in range(500):
            one = Held(name=str(number), html=b"", url=None)
            held.add(one)
            most = max(most, len(held))
            yield one

    choose_pages(stream(), 20)
    assert most < 60


def test_a_site_without_archive_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "output/post.example"
    folder.mkdir(parents=True)
    (folder / "ledger.sqlite").touch()
    assert run(["learn", "post.example", "--output", str(tmp_path / "output")]) == 65
    assert capsys.readouterr().err == (
        f"scraper: {folder} has no archive, so no pages to read; crawl it without --no-archive\n"
    )


def test_pages_of_an_archive_are_read_in_the_charset_of_their_header(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Too few letters to tell it from another encoding of one byte a letter.
    archive(tmp_path / "a.warc.gz", range(6), "iso-8859-7", "Ημέρα")
    assert run(["learn", str(tmp_path / "a.warc.gz")]) == 0
    assert 'title_suffix = " - Ημέρα"' in capsys.readouterr().out
