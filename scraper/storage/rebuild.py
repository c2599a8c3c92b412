"""A ledger that is lost or damaged, built again from the archive and the JSON Lines."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from scraper.article import Article
from scraper.ledger import FileState, Ledger, StorageError
from scraper.outcome import Address, PageOutcome
from scraper.reasons import Reason
from scraper.storage.appending import sync_folder
from scraper.storage.reading import BrokenArchiveError, StoredRecord, read_records
from scraper.storage.site import ARCHIVE, ARTICLES, CHANGES, PROBLEMS, SiteFolder, SiteLock

SET_ASIDE = ".before-rebuild"


@dataclass(slots=True, kw_only=True)
class Rebuilt:
    """What a rebuild found."""

    articles: int = 0
    addresses: int = 0
    left: int = 0
    """Addresses that the next run asks."""
    dropped_lines: int = 0
    """Lines that are torn, are no record or stand there twice; kept in ``<file>.broken``."""
    cut_bytes: int = 0
    """Bytes behind the last whole archive record; kept in ``<file>.broken``."""
    unarchived: int = 0
    """Articles whose archive record was cut off or is gone; their lines no longer name one."""
    faulty_records: int = 0
    """Archive records whose digest does not fit; nothing was taken from them."""


def rebuild_site(path: Path | str) -> Rebuilt:
    """Build ``ledger.sqlite`` of a site folder again; the old one is kept beside it.

    Every whole line and every whole archive record stays. Addresses, their states and what was discovered come from
    the archive's metadata records; without an archive only the articles' own addresses are known, and the next run
    finds the others again. Killed on the way it leaves no ledger, and the same command begins anew.

    Raises:
        LockedError: a run is at work there.
        StorageError: a file cannot be read or written.
    """
    folder = SiteFolder(Path(path))
    if not folder.path.is_dir():
        raise StorageError("rebuild", folder.path, "there is no such site folder", "give the folder of a crawled site")
    lock = SiteLock(folder.lock, datetime.now(UTC).isoformat(timespec="seconds"))
    try:
        return _rebuild(folder)
    except OSError as error:
        raise StorageError.of("rebuild", folder.path, error) from error
    finally:
        lock.release()


def _rebuild(folder: SiteFolder) -> Rebuilt:
    for suffix in ("", "-wal", "-shm"):
        old = folder.path / f"{folder.ledger.name}{suffix}"
        if old.exists():
            old.replace(folder.path / f"{folder.ledger.name}{SET_ASIDE}{suffix}")
    part = folder.path / f"{folder.ledger.name}.part"
    for suffix in ("", "-wal", "-shm"):
        (folder.path / f"{part.name}{suffix}").unlink(missing_ok=True)
    rebuilt, ledger = Rebuilt(), Ledger(part)
    try:
        with ledger.transaction():
            _take_articles(folder, ledger, rebuilt)
            _take_problems(folder, ledger, rebuilt)
            lost = _take_changes(folder, ledger, rebuilt)
            lineless: set[str] = set()
            for archive in sorted(folder.archive.glob("*.warc.gz")):
                _take_archive(archive, ledger, rebuilt, lineless)
            # At last: that a later run found such a page unchanged does not bring its line back.
            for url in lineless:
                ledger.ask_anew(url)
            _forget_lost_records(folder, ledger, rebuilt)
            _take_addresses(folder, ledger)
            _take_losses(lost, ledger)
        states = ledger.by_state()
        rebuilt.articles, rebuilt.addresses, rebuilt.left = ledger.articles(), ledger.discovered(), states["new"]
    finally:
        ledger.close()
    part.replace(folder.ledger)
    sync_folder(folder.path)
    return rebuilt


def _take_articles(folder: SiteFolder, ledger: Ledger, rebuilt: Rebuilt) -> None:
    def take(record: dict[str, Any]) -> bool:
        article = Article.from_dict(record)
        if _has_line(ledger, article):
            return False
        ledger.enter_article(article)
        return True

    _keep_lines(folder.path / ARTICLES, take, ledger, rebuilt)


def _has_line(ledger: Ledger, article: Article) -> bool:
    # Versions stand in the file in their order.
    known = ledger.known(article.id)
    return known is not None and known.version >= article.version


def _take_problems(folder: SiteFolder, ledger: Ledger, rebuilt: Rebuilt) -> None:
    _keep_lines(folder.path / PROBLEMS, lambda record: "url" in record, ledger, rebuilt)


def _take_changes(folder: SiteFolder, ledger: Ledger, rebuilt: Rebuilt) -> dict[str, float]:
    """Keep the lines of changes; returns since when the articles are gone that are, by address, in POSIX seconds."""
    lost: dict[str, float] = {}

    def take(record: dict[str, Any]) -> bool:
        if "what" not in record:
            return False
        if record["what"] == "gone":
            lost[record["url"]] = datetime.fromisoformat(record["at"]).timestamp()
        elif record["what"] == "returned":
            lost.pop(record["url"], None)
        return True

    _keep_lines(folder.path / CHANGES, take, ledger, rebuilt)
    return lost


def _take_losses(lost: dict[str, float], ledger: Ledger) -> None:
    """Enter losses that the archive does not tell of."""
    for url, at in lost.items():
        outcome = PageOutcome(url=url, state="gone", reason=Reason.GONE)
        turn, _ = ledger.turn(outcome, at)
        if turn == "gone":
            ledger.settle(outcome, at=at)


def _keep_lines(path: Path, take: Callable[[dict[str, Any]], bool], ledger: Ledger, rebuilt: Rebuilt) -> None:
    """Keep the good lines of a file. It is written anew only where there are others."""
    path.touch()
    bad: list[bytes] = []
    lines = 0
    part = path.with_name(f"{path.name}.part")
    with path.open("rb") as file, part.open("wb") as kept:
        for line in file:
            try:
                good = line.endswith(b"\n") and take(orjson.loads(line))
            except (orjson.JSONDecodeError, TypeError, AttributeError):
                good = False
            if good:
                kept.write(line)
                lines += 1
            else:
                bad.append(line)
        kept.flush()
        os.fsync(kept.fileno())
    if bad:
        with path.with_name(f"{path.name}.broken").open("ab") as broken:
            broken.writelines(bad)
            broken.flush()
            os.fsync(broken.fileno())
        part.replace(path)
    else:
        part.unlink()
    rebuilt.dropped_lines += len(bad)
    ledger.enter_file(FileState(path.name, path.stat().st_size, lines))


def _take_archive(path: Path, ledger: Ledger, rebuilt: Rebuilt, lineless: set[str]) -> None:
    end, records = 0, 0
    try:
        for record in read_records(path):
            end, records = record.offset + record.length, records + 1
            if record.find_fault() is not None:
                rebuilt.faulty_records += 1
            elif record.kind == "metadata":
                _take_outcome(record, ledger, lineless)
            elif record.kind == "response" and record.payload and "warc-truncated" not in record.headers:
                ledger.enter_payload(record.headers["warc-payload-digest"], record.url, record.headers["warc-date"])
    except BrokenArchiveError:
        rebuilt.cut_bytes += path.stat().st_size - end
        with path.open("rb") as whole, path.with_name(f"{path.name}.broken").open("wb") as broken:
            whole.seek(end)
            shutil.copyfileobj(whole, broken)
            os.fsync(broken.fileno())
        os.truncate(path, end)
    ledger.enter_file(FileState(f"{ARCHIVE}/{path.name}", end, records))


def _take_outcome(record: StoredRecord, ledger: Ledger, lineless: set[str]) -> None:
    facts = orjson.loads(record.block)
    outcome = PageOutcome(
        url=record.url,
        state=facts["state"],
        kind=facts["kind"],
        reason=facts["reason"],
        detail=facts["detail"],
        etag=facts["etag"],
        last_modified=facts["last_modified"],
        next_at=facts["next_at"],
        covers=facts["covers"],
        links=[Address(**address) for address in facts["discovered"]],
    )
    if outcome.kind == "sitemap":
        # Of a large one the archive has the last entries alone, and "not modified" would hide the others.
        outcome.etag = outcome.last_modified = None
    article = Article(**facts["article"]) if facts["article"] else None
    if article is not None and not _has_line(ledger, article):
        # The record is archived and its line is lost: it has to be fetched again.
        outcome.state, outcome.covers = "new", []
        lineless.add(outcome.url)
    at = datetime.fromisoformat(record.headers["warc-date"]).timestamp()
    ledger.enter([Address(url=outcome.url, kind=outcome.kind)])
    if article is not None and outcome.state == "done":
        ledger.connect(outcome.url, article, at)
    ledger.turn(outcome, at)
    ledger.settle(outcome, at=at)


def _forget_lost_records(folder: SiteFolder, ledger: Ledger, rebuilt: Rebuilt) -> None:
    """Take the archive reference off the lines whose record is not there any more."""
    files = ledger.files()
    part = folder.articles.with_name(f"{ARTICLES}.part")
    with folder.articles.open("rb") as lines, part.open("wb") as kept:
        for line in lines:
            record = orjson.loads(line)
            warc = record["crawl"]["warc"]
            if warc is not None and (warc["file"] not in files or warc["offset"] >= files[warc["file"]].bytes):
                record["crawl"]["warc"] = None
                line = orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
                rebuilt.unarchived += 1
            kept.write(line)
        kept.flush()
        os.fsync(kept.fileno())
    if not rebuilt.unarchived:
        part.unlink()
        return
    part.replace(folder.articles)
    ledger.enter_file(FileState(ARTICLES, folder.articles.stat().st_size, files[ARTICLES].lines))


def _take_addresses(folder: SiteFolder, ledger: Ledger) -> None:
    """Enter the addresses of articles that the archive does not tell of."""
    with (folder.path / ARTICLES).open("rb") as file:
        for line in file:
            article = Article.from_dict(orjson.loads(line))
            url = article.requested_url or article.url
            if url and not ledger.is_asked(url):
                covers = [other for other in (article.url, article.canonical_url) if other]
                fetched_at = article.crawl.fetched_at
                at = datetime.fromisoformat(fetched_at).timestamp() if fetched_at else None
                ledger.enter([Address(url=url)])
                ledger.connect(url, article, time.time() if at is None else at)
                ledger.settle(PageOutcome(url=url, state="done", covers=covers), at=at)
