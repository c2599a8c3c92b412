import importlib.util
import re
from pathlib import Path

import pytest

from scraper.cli.app import app

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def generated() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs/generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {path: make() for path, make in module.GENERATED.items()}


@pytest.mark.parametrize(("path", "content"), generated().items())
def test_what_is_generated_is_current(path: str, content: str) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == content, "run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_that_the_docs_show_exist(page: Path) -> None:
    verbs = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    shown = set(re.findall(r"^\s*(?:\$ )?scraper ([a-z]+)", page.read_text(encoding="utf-8"), re.M))
    assert shown <= verbs


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_targets_that_the_docs_show_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    assert set(re.findall(r"`make ([a-z-]+)`", page.read_text(encoding="utf-8"))) <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_the_docs_lead_to_files(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in app.registered_commands:
        assert command.callback is not None
        assert f"scraper {command.name or command.callback.__name__}" in readme
