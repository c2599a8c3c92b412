import re
import subprocess
import sys

import pytest

from scraper.cli.app import app, run

VERBS = sorted(command.name or command.callback.__name__ for command in app.registered_commands if command.callback)

HEAVY = {"scrapy", "twisted", "trafilatura", "lxml", "dateparser", "htmldate", "w3lib", "rich", "orjson"}
"""Not pydantic: typer reads options with it."""


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_loads_nothing_heavy(verb: str) -> None:
    program = f"""
import sys
from scraper.cli import main
sys.argv = {["scraper", *([verb] if verb else []), "--help"]!r}
code = main()
print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)
sys.exit(code)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=240, check=False)
    assert (done.returncode, done.stderr) == (0, "[]\n")
    assert "scraper" in done.stdout


@pytest.mark.parametrize("verb", VERBS)
def test_help_fits_80_columns_and_shows_a_command_to_paste(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([verb, "--help"]) == 0
    text = capsys.readouterr().out
    assert max(map(len, text.splitlines())) <= 80
    assert f"\n    scraper {verb}" in text


@pytest.mark.parametrize("verb", VERBS)
def test_help_tells_of_arguments_in_words_and_shows_no_types_of_the_program(
    verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run([verb, "--help"])
    text = capsys.readouterr().out
    assert not re.search(r"<(?:str|path|list)\b|Arguments:|\[\[|…", text)
    usage = text.partition("\n\n")[0].partition("[OPTIONS]")[2]
    for word in set(re.findall(r"\b[A-Z.]{3,}\b", usage)) - {"URL"}:
        assert word in text.replace(usage, "", 1), f"what is {word}?"


def test_the_list_of_commands_has_whole_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    run(["--help"])
    commands = capsys.readouterr().out.partition("Commands:")[2].strip().splitlines()
    assert len(commands) == len(VERBS)
    assert [line for line in commands if line.endswith("...")] == []


def test_an_unknown_option_is_one_sentence_and_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", "--xyz"]) == 2
    assert capsys.readouterr().err == "scraper: No such option: --xyz; see 'scraper extract --help'\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["profile"],
            "Missing argument 'show|check|edit'. Choose from: show, check, edit; see 'scraper profile --help'",
        ),
        (
            ["profile", "look", "a"],
            "Invalid value for 'show|check|edit': 'look' is not one of 'show', 'check', 'edit'; "
            "see 'scraper profile --help'",
        ),
    ],
)
def test_a_missing_or_wrong_choice_is_one_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    assert capsys.readouterr().err == f"scraper: {said}\n"


def test_an_unknown_command_is_one_sentence_and_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["harvset"]) == 2
    told = capsys.readouterr().err
    assert told == "scraper: No such command 'harvset'. Did you mean 'harvest'? See 'scraper --help'\n"


def test_no_command_at_all_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "Commands:" in capsys.readouterr().out


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("scraper ")
