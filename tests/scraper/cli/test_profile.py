"""`scraper profile`: what a user sees of a profile, and how an edit ends."""

from __future__ import annotations

import json
import random
import re
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len

from scraper.cli.app import run
from scraper.cli.pages import SavedPage
from scraper.cli.profiletrial import tell, try_templates
from scraper.cli.sitepages import archive_folder
from scraper.profiles import parse_profile, shipped_profiles

WORDS = "council river bridge market school winter train letter library garden opened repaired promised".split()


def page(number: int, box: str = "text") -> str:
    chance = random.Random(number)
    prose = "".join(f"<p>{' '.join(chance.choices(WORDS, k=30)).capitalize()}, and so on.</p>" for _ in range(5))
    title = " ".join(chance.choices(WORDS, k=6)).capitalize()
    return (
        f"<!-- saved from url=(0031)http://post.example/news/{number}.html -->\n<html><head><title>{title} - Post"
        f"</title></head><body><h1>{title}</h1><div id='{box}'>{prose}</div><div id='foot'>Imprint</div></body></html>"
    )


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VISUAL", raising=False)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Six pages of one design."""
    folder = tmp_path / "saved"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.html").write_text(page(number), encoding="utf-8")
    return folder


@pytest.fixture
def learned(saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    target = tmp_path / "post.toml"
    assert run(["learn", str(saved), "--to", str(target)]) == 0
    capsys.readouterr()
    return target


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A profile that a person wrote."""
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\n', encoding="utf-8")
    return path


def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Make an editor of a few lines of shell; $1 is the file."""
    program = tmp_path / "editor.sh"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(program))


def test_a_shipped_profile_is_shown_with_its_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profile", "show", "www.jgsdaily.com"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("jgsdaily.com  吉安新闻网\n  file            ships with the project: jgsdaily.com.toml\n")
    assert "  timezone        Asia/Shanghai\n" in told


def test_the_profile_in_the_folder_of_the_site_goes_before_the_one_that_ships(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "output/jgsdaily.com/profile.toml"
    own.parent.mkdir(parents=True)
    own.write_text('name = "jgsdaily.com"\ndelay_s = 2.5\n', encoding="utf-8")
    for site in ("jgsdaily.com", "http://www.jgsdaily.com/"):
        assert run(["profile", "show", site]) == 0
        assert "file            output/jgsdaily.com/profile.toml\n  delay_s         2.5\n" in capsys.readouterr().out


def test_an_overview_fits_80_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feeds = ", ".join(f'"http://news.example.com/频道/{number}.xml"' for number in range(9))
    path = Path("wide.toml")
    deep = " > ".join(["table:nth-of-type(1) > tr:nth-of-type(2)"] * 4)
    path.write_text(f'name = "wide"\nfeeds = [{feeds}]\n[[template]]\nbody = "{deep}"\n', encoding="utf-8")
    assert run(["profile", "show", str(path)]) == 0
    assert max(map(cell_len, capsys.readouterr().out.splitlines())) <= 80


def test_a_learned_template_is_shown_with_its_evidence(learned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profile", "show", str(learned)]) == 0
    told = capsys.readouterr().out
    assert "Template 1\n  state           as it was learned\n  evidence        6 pages, agreement 1.000\n" in told
    assert "  body            div#text\n" in told


def test_a_table_or_key_that_a_person_changed_is_told(learned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = learned.read_text(encoding="utf-8").replace('["div#text"]', '["div#story"]')
    learned.write_text(text.replace('article_urls = ["/news/#.html"]', 'article_urls = ["/n/#.html"]'), "utf-8")
    assert run(["profile", "show", str(learned)]) == 0
    told = capsys.readouterr().out
    assert "  changed by hand article_urls\n" in told
    assert "  state           changed by hand; learning leaves it alone\n" in told


def test_show_as_json_has_what_programs_need(learned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profile", "show", str(learned), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["file"], facts["ships"], facts["template_states"]) == (str(learned), False, ["learned"])
    assert facts["profile"]["template"][0]["body"] == ["div#text"]


def test_a_site_without_profile_is_said_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profile", "show", "nowhere.example"]) == 65
    told = capsys.readouterr().err
    assert "there is no output/nowhere.example/profile.toml, and none ships" in told
    assert "scraper learn nowhere.example" in told


def test_check_tells_how_many_pages_fit_and_why_others_do_not(
    learned: Path, saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in (6, 7):
        (saved / f"{number}.html").write_text(page(number, "other"), encoding="utf-8")
    assert run(["profile", "check", str(learned), "--pages", str(saved)]) == 0
    told = capsys.readouterr().out
    assert "  fits 6 of 8 pages; agrees to 1.00 with the general way\n" in told
    assert "  does not fit http://post.example/news/7.html:\n    no div#text\n" in told


def test_pages_that_are_not_there_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profile", "check", "jgsdaily.com", "--pages", "nowhere"]) == 65
    assert capsys.readouterr().err == "scraper: nowhere: no such folder or file of pages\n"


def test_a_template_that_fits_no_page_gives_1(learned: Path, saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    learned.write_text(learned.read_text(encoding="utf-8").replace("div#text", "div#gone"), encoding="utf-8")
    assert run(["profile", "check", str(learned), "--pages", str(saved)]) == 1
    assert "  fits none of 6 pages\n" in capsys.readouterr().out


def test_a_template_for_other_days_is_not_tried_and_does_no_harm() -> None:
    profile = parse_profile('name = "post"\n[[template]]\nbody = "div#text"\nvalid_until = 2013-12-31\n')
    kept = [
        SavedPage(name="a", html=page(1).encode(), url=None, day=day) for day in (date(2026, 1, 1), date(2013, 1, 1))
    ]
    trials, articles = try_templates(profile, kept[:1])
    assert (articles, trials[0].fits_nothing) == (1, False)
    assert "not for the days on which its pages were fetched (1)" in tell(trials[0])
    trials, _ = try_templates(profile, kept)
    assert trials[0].agreements == [1.0]


def test_what_an_earlier_template_reads_is_not_asked_of_the_next() -> None:
    profile = parse_profile('name = "post"\n[[template]]\nbody = "div#text"\n[[template]]\nbody = "body"\n')
    trials, _ = try_templates(profile, [SavedPage(name="a", html=page(1).encode(), url=None)])
    assert [len(trial.agreements) for trial in trials] == [1, 0]
    assert tell(trials[1]) == "template 2  body\n  no page is left to it: others go before it and read them all"


def test_a_newer_version_is_tried_before_the_older_one_as_in_a_crawl() -> None:
    versions = "[[template]]\nbody = 'body'\n[[template]]\nbody = 'div#text'\nvalid_from = 2026-01-01\n"
    profile = parse_profile(f"name = 'post'\n{versions}")
    trials, _ = try_templates(profile, [SavedPage(name="a", html=page(1).encode(), url=None)])
    assert [(trial.name, len(trial.agreements)) for trial in trials] == [("template 1", 0), ("template 2", 1)]


def test_every_mistake_is_told_and_gives_78(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text('name = "wrong"\nseed = ["x"]\n[[template]]\nbody = "div["\n', encoding="utf-8")
    assert run(["profile", "check", str(path)]) == 78
    told = capsys.readouterr().err
    assert "seed: unknown key; did you mean seeds?" in told
    assert "template[1].body[1]: expected a CSS selector" in told


def test_edit_begins_with_the_profile_that_ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(tmp_path, monkeypatch, 'echo "delay_s = 9" > "$1.new"; cat "$1" >> "$1.new"; mv "$1.new" "$1"')
    assert run(["profile", "edit", "jgsdaily.com"]) == 0
    profile = parse_profile((tmp_path / "output/jgsdaily.com/profile.toml").read_text(encoding="utf-8"))
    assert (profile.delay_s, profile.timezone) == (9, "Asia/Shanghai")


def test_edit_of_an_unknown_site_begins_with_a_sketch_that_is_valid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, 'echo "# looked at" >> "$1"')
    assert run(["profile", "edit", "http://www.example.com/"]) == 0
    text = (tmp_path / "output/example.com/profile.toml").read_text(encoding="utf-8")
    assert 'name = "example.com"\n' in text
    assert parse_profile(text.replace("# [[", "[[").replace('\n# body = ["', '\nbody = ["')).templates


def test_a_faulty_edit_stays_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    editor(tmp_path, monkeypatch, 'echo "zone = 1" >> "$1"')
    assert run(["profile", "edit", "new.example"]) == 78
    target = tmp_path / "output/new.example/profile.toml"
    assert "zone = 1" in target.read_text(encoding="utf-8")
    told = capsys.readouterr().err
    assert "zone: unknown key" in told
    assert "stays as you left it" in told


def test_on_a_terminal_a_faulty_edit_can_be_edited_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(
        tmp_path, monkeypatch, 'if grep -q zone "$1"; then echo \'name = "new"\' > "$1"; else echo zone=1 >> "$1"; fi'
    )
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda question: "")
    assert run(["profile", "edit", "new.example"]) == 0
    target = tmp_path / "output/new.example/profile.toml"
    assert target.read_text(encoding="utf-8") == 'name = "new"\n'
    assert [path.name for path in target.parent.iterdir()] == ["profile.toml"]


def test_an_editor_that_fails_changes_nothing(
    mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    editor(tmp_path, monkeypatch, "exit 3")
    assert run(["profile", "edit", str(mine)]) == 78
    assert mine.read_text(encoding="utf-8") == 'name = "mine"\n'
    assert "ended with 3; the profile is as it was" in capsys.readouterr().err
    monkeypatch.setenv("EDITOR", "/no/such/editor")
    assert run(["profile", "edit", str(mine)]) == 78
    assert sorted(one.name for one in tmp_path.iterdir()) == ["editor.sh", "mine.toml"]


def test_what_was_typed_before_an_editor_failed_is_kept_for_the_next_edit(
    mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    editor(tmp_path, monkeypatch, 'echo "delay_s = 2" >> "$1"; exit 3')
    assert run(["profile", "edit", str(mine)]) == 78
    assert mine.read_text(encoding="utf-8") == 'name = "mine"\n'
    draft = tmp_path / "edit-mine.toml"
    assert f"what you typed is in {draft}; the next edit goes on with it" in capsys.readouterr().err
    editor(tmp_path, monkeypatch, 'echo "timezone = \'UTC\'" >> "$1"')
    assert run(["profile", "edit", str(mine)]) == 0
    assert mine.read_text(encoding="utf-8") == "name = \"mine\"\ndelay_s = 2\ntimezone = 'UTC'\n"
    assert not draft.exists()


def test_an_editor_that_is_closed_without_a_change_writes_no_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    editor(tmp_path, monkeypatch, "exit 0")
    for site in ("jgsdaily.com", "new.example"):
        assert run(["profile", "edit", site]) == 0
        assert f"output/{site}/profile.toml: not written, nothing was typed" in capsys.readouterr().out
        assert not (tmp_path / "output" / site).exists()


def test_a_profile_that_a_crawl_wrote_meanwhile_is_not_overwritten_by_an_edit(
    mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    editor(tmp_path, monkeypatch, f'echo "delay_s = 2" >> "$1"; echo "# learned" >> {mine}')
    assert run(["profile", "edit", str(mine)]) == 1
    assert mine.read_text(encoding="utf-8") == 'name = "mine"\n# learned\n'
    assert (tmp_path / "edit-mine.toml").read_text(encoding="utf-8") == 'name = "mine"\ndelay_s = 2\n'
    assert "meanwhile, and is left so; what you typed is in" in capsys.readouterr().err


def test_a_faulty_first_edit_stays_when_the_second_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, 'grep -q ^zone "$1" || echo zone=1 >> "$1"')
    answers = iter(["", "n"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    assert run(["profile", "edit", "new.example"]) == 78
    assert [path.name for path in (tmp_path / "output/new.example").iterdir()] == ["profile.toml"]


def test_every_profile_that_ships_is_shown_with_what_was_seen_and_when(capsys: pytest.CaptureFixture[str]) -> None:
    for name in shipped_profiles():
        assert run(["profile", "show", name]) == 0
        told = capsys.readouterr().out
        assert max(map(cell_len, told.splitlines())) <= 80
        if name != "demo":  # no site, but the newspaper of the project itself
            evidence = " ".join(told.partition("  evidence ")[2].partition("\n  seeds")[0].split())
            assert "page" in evidence
            assert re.search(r"(seen|read) on \d{4}-\d\d-\d\d", evidence), name


def test_a_template_that_was_taken_out_is_told(learned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    learned.write_text(learned.read_text(encoding="utf-8").partition("\n[[template]]")[0], encoding="utf-8")
    assert run(["profile", "show", str(learned)]) == 0
    assert "  taken out       div#text\n" in capsys.readouterr().out


def test_a_site_without_a_name_is_a_matter_of_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profile", "show", ""]) == 2
    assert capsys.readouterr().err.startswith("scraper: no site is named, expected a name, a host")


@pytest.fixture
def collected(learned: Path, tmp_path: Path) -> Path:
    """The folder of a site that a collection calls by a name of its own."""
    folder = tmp_path / "data/post.example"
    folder.mkdir(parents=True)
    learned.rename(folder / "profile.toml")
    text = 'output = "data"\n[sites.mine]\nurl = "http://post.example/"\n'
    (tmp_path / "sites.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_site_is_known_by_its_name_in_the_collection(
    collected: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["profile", "show", "mine"]) == 0
    assert capsys.readouterr().out.startswith("post.example\n")
    editor(tmp_path, monkeypatch, 'echo "delay_s = 2" > "$1.new"; cat "$1" >> "$1.new"; mv "$1.new" "$1"')
    assert run(["profile", "edit", "mine"]) == 0
    assert (collected / "profile.toml").read_text(encoding="utf-8").startswith("delay_s = 2\n")
    (collected / "profile.toml").unlink()
    assert run(["profile", "edit", "mine"]) == 0
    assert 'name = "post.example"\n' in (collected / "profile.toml").read_text(encoding="utf-8")


def test_the_archive_of_a_site_is_found_by_its_name_path_address_and_profile(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "output/post.example/archive").mkdir(parents=True)
    (tmp_path / "sites.toml").write_text('[sites.mine]\nurl = "http://post.example/"\n', encoding="utf-8")
    for site in ("post.example", "output/post.example", "http://post.example/", "mine"):
        found = archive_folder(site, Path("output"))
        assert found is not None
        assert found.absolute() == tmp_path / "output/post.example"
    assert archive_folder("other.example", Path("output")) is None
    profile = tmp_path / "output/post.example/profile.toml"
    profile.write_text('name = "other"\n[[template]]\nbody = "p"\n', encoding="utf-8")
    assert run(["profile", "check", str(profile)]) == 65
    assert "none of 0 pages of" in capsys.readouterr().err
