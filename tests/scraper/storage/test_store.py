from __future__ import annotations

import dataclasses
import hashlib
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import orjson
import pytest

from pipelines.duplicates import Duplicates, settle_version
from pipelines.store import commit_outcomes
from scraper.ledger import DamagedError, Ledger, LockedError, StorageError
from scraper.outcome import Address, PageOutcome
from scraper.reasons import Reason
from scraper.storage import Store, check_books, read_records, verify_site
from scraper.storage.site import require_space

Open = Callable[..., Store]
SCRIPT = Path(__file__).with_name("harvest.py")


def kinds(store: Store) -> list[str]:
    return [record.kind for path in sorted(store.folder.archive.iterdir()) for record in read_records(path)]


def test_a_commit_writes_line_archive_and_state_together(open_store: Open, harvest: ModuleType) -> None:
    store = open_store()
    assert store.commit([harvest.make_outcome(0, 3)], settle_version) == 1
    (line,) = map(orjson.loads, store.folder.articles.read_bytes().splitlines())
    record = next(
        record
        for record in read_records(store.folder.path / line["crawl"]["warc"]["file"])
        if record.offset == line["crawl"]["warc"]["offset"]
    )
    assert (record.kind, record.record_id) == ("response", line["crawl"]["warc"]["record_id"])
    assert record.payload == b"<p>Text of page 0. </p>"
    assert line["crawl"]["run"] == store.run
    assert kinds(store) == ["warcinfo", "response", "request", "metadata"]
    assert store.ledger.by_state() == {"new": 2, "leased": 0, "done": 1, "failed": 0, "gone": 0}
    assert check_books(store.folder, store.ledger) == []


def test_a_problem_has_its_reason_in_problems_jsonl(open_store: Open, harvest: ModuleType) -> None:
    store = open_store()
    store.commit([harvest.make_outcome(9, 0)], settle_version)
    (problem,) = map(orjson.loads, store.folder.problems.read_bytes().splitlines())
    assert (problem["url"], problem["reason"]) == ("http://paper.example/9.html", "no_text")


def test_a_listing_and_an_address_to_be_asked_again_are_no_problems(open_store: Open) -> None:
    store = open_store()
    store.commit(
        [
            PageOutcome(url="http://p.example/list", state="done", kind="listing", reason=Reason.LISTING),
            PageOutcome(url="http://p.example/busy", state="new", reason=Reason.RATE_LIMITED, next_at=9e9),
        ],
        settle_version,
    )
    assert store.folder.problems.read_bytes() == b""


def test_the_same_body_again_is_a_revisit_record(open_store: Open, harvest: ModuleType) -> None:
    store = open_store()
    store.commit([harvest.make_outcome(1, 0, "one text"), harvest.make_outcome(2, 0, "one text")], settle_version)
    assert kinds(store)[1:] == ["response", "request", "metadata", "revisit", "request", "metadata"]
    revisit = next(r for r in read_records(next(store.folder.archive.iterdir())) if r.kind == "revisit")
    assert revisit.headers["warc-refers-to-target-uri"] == "http://paper.example/1.html"
    assert revisit.payload == b""


def test_not_modified_is_in_the_metadata_and_no_answer_that_a_replay_would_show(
    open_store: Open, harvest: ModuleType
) -> None:
    store = open_store()
    page = harvest.make_outcome(1, 0)
    store.commit([page], settle_version)
    asked = dataclasses.replace(
        page.exchanges[0],
        response_head=b"HTTP/1.1 304 Not Modified\r\n\r\n",
        body=b"",
        fetched_at="2026-11-24T08:42:00Z",
    )
    again = PageOutcome(url=page.url, state="done", status=304, is_revisit=True, exchanges=[asked])
    store.commit([again], settle_version)
    assert kinds(store)[1:] == ["response", "request", "metadata", "metadata"]
    *_, last = read_records(next(store.folder.archive.iterdir()))
    assert (last.url, last.headers["warc-date"], orjson.loads(last.block)["status"]) == (
        page.url,
        "2026-11-24T08:42:00Z",
        304,
    )


def test_the_archive_goes_on_in_a_new_file_when_one_is_full(open_store: Open, harvest: ModuleType) -> None:
    store = open_store(max_warc_bytes=500)
    for number in range(3):
        store.commit([harvest.make_outcome(number, 0)], settle_version)
    names = sorted(path.name for path in store.folder.archive.iterdir())
    assert names == [f"{store.run}-0000{number}.warc.gz" for number in range(3)]
    assert kinds(store).count("warcinfo") == 3


def test_no_archive_file_grows_beyond_its_size(open_store: Open, harvest: ModuleType) -> None:
    store = open_store(max_warc_bytes=30_000)  # a commit of five pages makes some 6,000, most of it headers
    for batch in range(8):
        store.commit([harvest.make_outcome(number, 0) for number in range(batch * 5, batch * 5 + 5)], settle_version)
    sizes = [path.stat().st_size for path in store.folder.archive.iterdir()]
    assert len(sizes) > 1
    assert max(sizes) <= 30_000


def test_files_are_hashed_while_they_grow_and_what_was_continued_when_it_is_sealed(
    open_store: Open, harvest: ModuleType
) -> None:
    def stated(store: Store) -> dict[str, str | None]:
        return {name: file.sha256 for name, file in store.ledger.files().items()}

    def found(store: Store) -> dict[str, str]:
        return {name: hashlib.sha256((store.folder.path / name).read_bytes()).hexdigest() for name in stated(store)}

    first = open_store()
    for number in (0, 9, 1):
        first.commit([harvest.make_outcome(number, 0)], settle_version)
    first.commit([harvest.make_outcome(0, 0, "A correction.")], settle_version)
    assert stated(first) == found(first)
    first.close()
    second = open_store()
    second.commit([harvest.make_outcome(2, 0)], settle_version)
    assert stated(second)["articles.jsonl"] is None
    second.seal()
    assert stated(second) == found(second)


def test_without_an_archive_only_lines_are_written(open_store: Open, harvest: ModuleType) -> None:
    store = open_store(archive=False)
    store.commit([harvest.make_outcome(0, 0)], settle_version)
    assert list(store.folder.archive.iterdir()) == []
    assert orjson.loads(store.folder.articles.read_bytes())["crawl"]["warc"] is None


def test_warcio_reads_the_archive(open_store: Open, harvest: ModuleType) -> None:
    from warcio.archiveiterator import ArchiveIterator

    store = open_store()
    store.commit([harvest.make_outcome(number, 3) for number in range(3)], settle_version)
    with next(store.folder.archive.iterdir()).open("rb") as file:
        found = [
            (record.rec_type, record.content_stream().read(), record.digest_checker.passed)
            for record in ArchiveIterator(file, check_digests=True)
        ]
    assert [kind for kind, _, _ in found].count("response") == 3
    assert found[1][1] == b"<p>Text of page 0. </p>"
    assert all(passed for kind, _, passed in found if kind != "revisit")


def test_a_second_run_adds_nothing_to_an_unchanged_site(open_store: Open, harvest: ModuleType) -> None:
    first = open_store()
    first.commit([harvest.make_outcome(0, 0)], settle_version)
    first.close()
    second = open_store()
    assert second.commit([harvest.make_outcome(0, 0)], settle_version) == 0
    assert len(second.folder.articles.read_bytes().splitlines()) == 1


def test_an_outcome_that_cannot_be_stored_does_not_take_the_others_with_it(
    open_store: Open, harvest: ModuleType
) -> None:
    store = open_store()
    odd = harvest.make_outcome(1, 0)
    odd.article.title = "half a pair \ud83d"
    assert commit_outcomes(Duplicates(store), [harvest.make_outcome(0, 0), odd, harvest.make_outcome(2, 0)]) == 2
    assert store.ledger.by_reason() == {("failed", "extract_crash"): 1}
    assert check_books(store.folder, store.ledger) == []
    assert verify_site(store.folder.path) == []


def test_the_archive_keeps_a_head_that_is_not_http_as_it_came(open_store: Open, harvest: ModuleType) -> None:
    store = open_store()
    outcome = harvest.make_outcome(0, 0)
    outcome.exchanges[0].response_head = b"HTTP/1.1 200\r\nX-Odd:  two  blanks\r\nno colon\r\n\r\n"
    store.commit([outcome], settle_version)
    response = next(r for r in read_records(next(store.folder.archive.iterdir())) if r.kind == "response")
    assert response.block.startswith(outcome.exchanges[0].response_head)


def test_a_second_run_is_refused_and_told_who_is_at_work(open_store: Open) -> None:
    store = open_store()
    done = subprocess.run([sys.executable, SCRIPT, store.folder.path, "3"], capture_output=True, text=True, timeout=240)
    assert done.returncode != 0
    assert done.stderr.startswith("75 ")
    assert f"process {os.getpid()}, since {store.started}" in done.stderr


def test_the_lock_is_free_after_a_close(open_store: Open) -> None:
    open_store().close()
    open_store()


def test_a_refused_run_does_not_free_the_lock_of_the_first(open_store: Open) -> None:
    open_store()
    for _ in range(2):
        with pytest.raises(LockedError):
            open_store()


def test_a_file_longer_than_committed_is_cut_back(open_store: Open, harvest: ModuleType) -> None:
    store = open_store()
    store.commit([harvest.make_outcome(0, 0)], settle_version)
    store.close()
    whole = store.folder.articles.read_bytes()
    with store.folder.articles.open("ab") as file:
        file.write(b'{"id": "torn')
    open_store()
    assert store.folder.articles.read_bytes() == whole


def test_a_profile_that_was_being_written_is_removed(open_store: Open) -> None:
    store = open_store()
    part = store.folder.profile.with_name("profile.toml.part")
    part.write_text("name = ")
    store.close()
    open_store().close()
    assert not part.exists()


def test_a_file_shorter_than_committed_is_refused_with_the_way_out(open_store: Open, harvest: ModuleType) -> None:
    store = open_store()
    store.commit([harvest.make_outcome(0, 0)], settle_version)
    store.close()
    store.folder.articles.write_bytes(b"")
    with pytest.raises(DamagedError, match="scraper rebuild"):
        open_store()


def test_records_without_a_ledger_are_refused_and_not_cut(open_store: Open, harvest: ModuleType) -> None:
    store = open_store()
    store.commit([harvest.make_outcome(0, 0)], settle_version)
    store.close()
    store.folder.ledger.unlink()
    with pytest.raises(DamagedError, match="scraper rebuild"):
        open_store()
    assert store.folder.articles.stat().st_size > 0


def test_a_ledger_that_is_none_is_refused_with_the_way_out(open_store: Open, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "ledger.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(DamagedError, match="scraper rebuild"):
        open_store()


def test_what_was_leased_at_the_end_is_asked_again(open_store: Open) -> None:
    store = open_store()
    store.ledger.add([Address(url="http://p.example/1")])
    store.ledger.lease(1, 0)
    store.close()
    assert open_store().ledger.by_state()["new"] == 1


def test_too_little_free_space_stops_before_the_disk_is_full(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="make room"):
        require_space(tmp_path, min_free_bytes=10**18)


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    with pytest.raises(StorageError, match="cannot open"):
        Store(tmp_path / "site")


@pytest.mark.parametrize("kilobytes", [20, 90, 150])
def test_a_full_disk_stops_the_run_and_the_next_one_completes_it(kilobytes: int, tmp_path: Path) -> None:
    # The limit hits the lines, the archive or the ledger, whichever grows to it first.
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1000, kilobytes * 1000))

    command = [sys.executable, SCRIPT, tmp_path, "200"]
    full = subprocess.run(command, capture_output=True, text=True, preexec_fn=limit, timeout=240)
    assert full.stderr.startswith("74 ")
    assert "make room" in full.stderr or "I/O" in full.stderr
    again = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert again.returncode == 0, again.stderr
    assert verify_site(tmp_path) == []
    ledger = Ledger(tmp_path / "ledger.sqlite")
    assert (ledger.articles(), ledger.by_state()["done"], ledger.by_state()["new"]) == (188, 179, 0)
    ledger.close()
