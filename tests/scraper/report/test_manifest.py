from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from pipelines.duplicates import settle_version
from scraper.article import Article, hash_text
from scraper.outcome import PageOutcome
from scraper.reasons import Reason
from scraper.report import build_manifest, hash_settings, write_manifest
from scraper.storage import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "site", min_free_bytes=0)
    article = Article(id="a", url="http://p.example/a", text="A text.", text_hash=hash_text("A text."))
    opened.commit(
        [
            PageOutcome(url="http://p.example/a", state="done", article=article),
            PageOutcome(url="http://p.example/b", state="failed", reason=Reason.TIMEOUT),
            PageOutcome(url="http://p.example/c", state="new", reason=Reason.RATE_LIMITED, next_at=9e9),
        ],
        settle_version,
    )
    yield opened
    opened.close()


def test_the_counts_add_up_by_state_and_reason(store: Store) -> None:
    manifest = build_manifest(store, exit_reason="finished", exit_code=0, settings={})
    counts = manifest["counts"]
    assert counts["discovered"] == counts["done"] + counts["failed"] + counts["gone"] + counts["left"] == 3
    assert counts["reasons"] == {"failed": {"timeout": 1}, "new": {"rate_limited": 1}}
    assert manifest["books"] == []


def test_each_file_has_length_lines_and_hash(store: Store) -> None:
    files = {file["name"]: file for file in build_manifest(store, exit_reason="", exit_code=0, settings={})["files"]}
    data = store.folder.articles.read_bytes()
    expected = {"name": "articles.jsonl", "bytes": len(data), "lines": 1, "sha256": hashlib.sha256(data).hexdigest()}
    assert files["articles.jsonl"] == expected
    assert {Path(name).suffix for name in files} == {".jsonl", ".gz"}


def test_it_is_written_under_its_name_only_when_it_is_whole(store: Store) -> None:
    path = write_manifest(store, build_manifest(store, exit_reason="finished", exit_code=0, settings={}))
    assert path == store.folder.path / "runs" / store.run / "run.json"
    assert orjson.loads(path.read_bytes())["exit_reason"] == "finished"
    assert [other.name for other in path.parent.iterdir()] == ["run.json"]


def test_the_hash_of_settings_does_not_depend_on_their_order() -> None:
    assert (
        hash_settings({"A": 1, "B": None}) == hash_settings({"B": None, "A": 1}) != hash_settings({"A": 2, "B": None})
    )
