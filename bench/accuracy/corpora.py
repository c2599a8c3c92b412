"""The labelled pages, as they lie in the data folder: `<corpus>/gold.jsonl` and the pages that it names."""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

CORPORA = ("zhgold", "daniel", "wcxb", "fundus")


@dataclass(slots=True, kw_only=True)
class Page:
    """One labelled page."""

    id: str
    url: str | None
    html: bytes
    label: dict[str, Any]
    """The line of gold.jsonl as it stands."""


def read_corpus(folder: Path, every: int = 1) -> Iterator[Page]:
    """Every n-th page of a corpus.

    Raises:
        FileNotFoundError: the folder holds no gold.jsonl.
    """
    with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % every:
                continue
            label = json.loads(line)
            data = (folder / label["file"]).read_bytes()
            if label["file"].endswith(".gz"):
                data = gzip.decompress(data)
            yield Page(id=label["id"], url=label.get("url"), html=data, label=label)


def load_measure(data: Path, name: str) -> ModuleType:
    """A module of the folder `measure` that lies beside the data folder; the measures are not ours to change.

    Raises:
        FileNotFoundError: there is no such module.
    """
    path = data.parent / "measure" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"measure_{name}", path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
