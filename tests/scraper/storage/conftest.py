from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from scraper.storage import Store

HARVEST = Path(__file__).with_name("harvest.py")


@pytest.fixture(scope="session")
def harvest() -> ModuleType:
    """The script that the kill tests start, as a module."""
    spec = importlib.util.spec_from_file_location("harvest", HARVEST)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def open_store(tmp_path: Path) -> Iterator[Callable[..., Store]]:
    """Opens stores on ``tmp_path/site`` that are closed after the test."""
    stores: list[Store] = []

    def open_(**options: object) -> Store:
        store = Store(tmp_path / "site", min_free_bytes=0, **options)  # type: ignore[arg-type]
        stores.append(store)
        return store

    yield open_
    for store in stores:
        store.close()
