import importlib
import pkgutil

import pytest

import scraper

PACKAGES = ["scraper", "spiders", "pipelines"] + [
    module.name
    for package in ("scraper", "pipelines", "spiders")
    for module in pkgutil.walk_packages(importlib.import_module(package).__path__, package + ".")
    if module.ispkg
]


@pytest.mark.parametrize("name", PACKAGES)
def test_every_exported_name_exists(name: str) -> None:
    package = importlib.import_module(name)
    for exported in getattr(package, "__all__", ()):
        assert getattr(package, exported) is not None


def test_a_notebook_finds_the_three_names_it_needs() -> None:
    assert set(scraper.__all__) == {"Article", "extract", "read_page"}


def test_a_name_that_is_not_exported_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        scraper.nothing  # noqa: B018
