"""Imports point one way, and Scrapy stays at the edge: read from the source, not from what happens to be loaded."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for package in ("scraper", "spiders", "pipelines") for path in (ROOT / package).rglob("*.py"))
NAMES = [str(path.relative_to(ROOT)) for path in MODULES]

COMPOSERS = ("scraper/cli/", "scraper/api.py")
"""The only code inside scraper/ that may import pipelines and spiders."""

BOTTOM = ("scraper/article.py", "scraper/reasons.py", "scraper/urls.py")
"""What a record is, why there is none, and what an address is: they import nothing of ours but one another."""

NO_SCRAPY = (
    "scraper/article.py",
    "scraper/reasons.py",
    "scraper/urls.py",
    "scraper/outcome.py",
    "scraper/discovery/",
    "scraper/duplicates/",
    "scraper/extraction/",
    "scraper/profiles/",
    "scraper/demo/",
    "scraper/api.py",
    "pipelines/",
)
"""What a notebook can call."""

SCRAPY_PIPELINES = ("pipelines/store.py", "pipelines/duplicates.py")
"""The modules of pipelines that are Scrapy classes."""


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever the import stands, names of a from-import included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def packages(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(path)}


@pytest.mark.parametrize("name", NAMES)
def test_imports_point_one_way(name: str) -> None:
    forbidden = set()
    if name.startswith("pipelines/"):
        forbidden = {"spiders"}
    elif name.startswith("scraper/") and not name.startswith(COMPOSERS):
        forbidden = {"spiders", "pipelines"}
    assert not packages(ROOT / name) & forbidden


@pytest.mark.parametrize("name", BOTTOM)
def test_the_bottom_imports_nothing_above_it(name: str) -> None:
    ours = {found for found in imports(ROOT / name) if found.split(".")[0] in ("scraper", "pipelines", "spiders")}
    allowed = tuple(path.removesuffix(".py").replace("/", ".") for path in BOTTOM)
    assert all(found.startswith(allowed) for found in ours)


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith(NO_SCRAPY)])
def test_what_a_notebook_calls_knows_no_scrapy(name: str) -> None:
    if name not in SCRAPY_PIPELINES:
        assert not packages(ROOT / name) & {"scrapy", "twisted", "itemadapter"}


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("scraper/") and "/cli/" not in name])
def test_only_the_command_line_knows_typer_and_rich(name: str) -> None:
    assert not packages(ROOT / name) & {"typer", "rich"}


@pytest.mark.parametrize("name", NAMES)
def test_a_module_holds_one_idea_that_has_a_name(name: str) -> None:
    assert Path(name).stem not in {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) <= 400
