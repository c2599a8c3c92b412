"""What changes.jsonl says of articles that are stored."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import orjson
import pytest

from pipelines.duplicates import settle_version
from scraper.outcome import PageOutcome
from scraper.reasons import Reason
from scraper.storage import Store, rebuild_site, verify_site

Open = Callable[..., Store]
URL = "http://paper.example/1.html"


def changes(store: Store) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in store.folder.changes.read_bytes().splitlines()]


def told(store: Store) -> list[tuple[str, int]]:
    return [(change["what"], change["version"]) for change in changes(store)]


def commit(store: Store, *outcomes: PageOutcome) -> None:
    store.commit(outcomes, settle_version)


def gone() -> PageOutcome:
    return PageOutcome(url=URL, state="gone", reason=Reason.GONE, detail="status 410", is_revisit=True)


@pytest.fixture
def store(open_store: Open, harvest: ModuleType) -> Store:
    opened = open_store()
    commit(opened, harvest.make_outcome(1, 3))
    return opened


def test_a_new_article_is_no_change(store: Store) -> None:
    assert changes(store) == []
    assert store.turns == {"new": 1}


def test_a_changed_text_is_a_line_with_the_fields_that_differ(store: Store, harvest: ModuleType) -> None:
    outcome = harvest.make_outcome(1, 3, "Another text.")
    outcome.article.title = "A headline"
    first = orjson.loads(store.folder.articles.read_bytes())
    commit(store, outcome)
    (change,) = changes(store)
    assert change == {
        "id": first["id"],
        "url": URL,
        "what": "version",
        "at": "2026-11-23T08:42:00Z",
        "run": store.run,
        "version": 2,
        "fields": ["title", "text"],
        "text_hash": outcome.article.text_hash,
        "previous_hash": first["text_hash"],
        "detail": None,
    }


def test_two_versions_in_one_commit_are_compared_with_one_another(store: Store, harvest: ModuleType) -> None:
    commit(store, harvest.make_outcome(1, 3, "Second text."), harvest.make_outcome(1, 3, "Third text."))
    assert [(change["version"], change["fields"]) for change in changes(store)] == [(2, ["text"]), (3, ["text"])]


def test_an_unchanged_text_writes_nothing(store: Store, harvest: ModuleType) -> None:
    before = store.folder.articles.read_bytes()
    commit(store, harvest.make_outcome(1, 3))
    assert (store.folder.articles.read_bytes(), changes(store)) == (before, [])


def test_two_addresses_that_print_one_article_differently_do_not_take_turns(store: Store, harvest: ModuleType) -> None:
    def mobile() -> PageOutcome:
        outcome = harvest.make_outcome(1, 3, "The text as the mobile page has it.")
        outcome.url = "http://paper.example/m/1.html"
        return outcome

    commit(store, mobile())
    for _ in range(2):
        commit(store, harvest.make_outcome(1, 3))
        commit(store, mobile())
    assert told(store) == [("version", 2)]


def test_an_article_that_goes_and_comes_back_unchanged(store: Store, harvest: ModuleType) -> None:
    commit(store, gone())
    commit(store, gone())
    commit(store, harvest.make_outcome(1, 3))
    assert told(store) == [("gone", 1), ("returned", 1)]
    assert store.turns == {"new": 1, "gone": 1, "returned": 1}


def test_an_article_that_comes_back_with_another_text(store: Store, harvest: ModuleType) -> None:
    commit(store, gone())
    commit(store, harvest.make_outcome(1, 3, "Another text."))
    assert told(store) == [("gone", 1), ("returned", 1), ("version", 2)]


def test_not_modified_is_enough_to_be_back(store: Store) -> None:
    commit(store, gone())
    commit(store, PageOutcome(url=URL, state="done", status=304, is_revisit=True))
    assert told(store) == [("gone", 1), ("returned", 1)]


def test_a_lost_article_that_is_stored_is_no_problem(store: Store) -> None:
    commit(store, gone())
    assert store.folder.problems.read_bytes() == b""


def test_a_failure_that_passes_is_no_loss(store: Store) -> None:
    commit(store, PageOutcome(url=URL, state="failed", reason=Reason.TIMEOUT, is_revisit=True))
    assert changes(store) == []


def test_a_commit_that_fails_counts_nothing(store: Store, harvest: ModuleType) -> None:
    broken = harvest.make_outcome(2, 3)
    broken.article.text = "\ud800"
    with pytest.raises(Exception, match="surrogate"):
        commit(store, gone(), broken)
    assert (changes(store), store.turns) == ([], {"new": 1})


def test_lines_of_an_older_program_are_found_without_their_offsets(store: Store, harvest: ModuleType) -> None:
    with store.ledger.transaction():
        store.ledger._db.execute("UPDATE article SET offset = NULL")
    commit(store, harvest.make_outcome(1, 3, "Another text."))
    assert [change["fields"] for change in changes(store)] == [["text"]]


@pytest.mark.parametrize("has_archive", [True, False])
def test_a_rebuilt_ledger_knows_what_is_gone(
    store: Store, open_store: Open, harvest: ModuleType, has_archive: bool
) -> None:
    commit(store, gone())
    store.close()
    if not has_archive:
        for path in store.folder.archive.iterdir():
            path.unlink()
    rebuild_site(store.folder.path)
    assert verify_site(store.folder.path) == []
    again = open_store(revisit="all")
    assert again.ledger.by_state()["gone"] == 0, "it is asked again"
    commit(again, gone(), harvest.make_outcome(1, 3))
    assert told(again) == [("gone", 1), ("returned", 1)]


def test_a_rebuilt_ledger_asks_again_what_was_due(store: Store, open_store: Open) -> None:
    store.close()
    rebuild_site(store.folder.path)
    # The article was had in the past of this test, so that some of its ages are over.
    assert [lease.url for lease in open_store(revisit="due").ledger.lease(1, 0)] == [URL]


def test_a_torn_line_of_changes_is_found_and_set_aside(store: Store) -> None:
    commit(store, gone())
    store.close()
    store.folder.changes.write_bytes(store.folder.changes.read_bytes()[:-9] + b"#########")
    assert {finding.file for finding in verify_site(store.folder.path)} == {"changes.jsonl"}
    rebuild_site(store.folder.path)
    assert store.folder.changes.read_bytes() == b""
    assert verify_site(store.folder.path) == []
