"""Archives read again with today's code and profile, without the network: the same records as a crawl would make.

The pages are read by the same workers and settled by the same store as those of a crawl, in the order of the archive,
so versions and duplicates come out as they did. What is not replayed is what a crawl decided besides: how many
articles were enough, and which were too old.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import IO, Any

from pipelines.duplicates import Duplicates
from pipelines.halves import arrives_from, leaves_for
from pipelines.pages import PRELOAD, normalize_joined, read_and_normalize, read_whole
from pipelines.store import BATCH, commit_outcomes
from scraper.article import Article, WarcRef
from scraper.extraction.reading import PageReading
from scraper.extraction.workers import ReaderError, ReaderPool
from scraper.fetching.failures import Refused
from scraper.ledger import Lease
from scraper.outcome import AddressKind, PageOutcome
from scraper.profiles import Profile
from scraper.reasons import Reason
from scraper.rfc3339 import to_text
from scraper.storage import BrokenArchiveError, Store
from scraper.storage.messages import Message
from scraper.storage.site import ARTICLES, PROBLEMS
from scraper.urls import canonicalize
from spiders.answers import SOURCE_KINDS, is_list, is_no_page
from spiders.archive import ArchivedPage, ArchiveIndex
from spiders.continuations import Continuations
from spiders.editions import Editions
from spiders.received import archived_page

WINDOW_PER_WORKER = 4
"""Pages under way for each worker: enough that none waits, few enough for memory."""

RUN = "reextract"
"""Name of the run in problems.jsonl."""


@dataclass(slots=True, kw_only=True)
class Replayed:
    """What became of a page: the article, the reason why there is none, or neither for a list."""

    article: Article | None = None
    reason: Reason | None = None
    detail: str | None = None
    covers: list[str] = field(default_factory=list)
    """Addresses of later pages of the article."""
    status: int | None = None


@dataclass(slots=True, kw_only=True)
class Reextracted:
    """What came of all pages."""

    pages: int = 0
    articles: int = 0
    """Lines written: every version of each article."""
    lists: int = 0
    """Pages that are asked for the sake of their links."""
    reasons: Counter[Reason] = field(default_factory=Counter)
    faults: list[BrokenArchiveError] = field(default_factory=list)
    """Where a file could not be read on."""


def reextract(
    files: Sequence[tuple[Path, int | None]],
    target: Path,
    profile_of: Callable[[str], Profile | None],
    name_of: Callable[[str], str] = str,
    workers: int | None = None,
    progress: Callable[[Reextracted], None] = lambda done: None,
    ledger: Path | None = None,
) -> Reextracted:
    """Read the pages of some WARC files again.

    Writes ``articles.jsonl`` and ``problems.jsonl``, which appear when they are whole. The same files, code and profile
    give the same bytes; memory stays flat.

    Args:
        files: WARC files in order, each with the length to read or None for all of it.
        target: an existing folder.
        profile_of: the profile for an address, None for none.
        name_of: how a file is called in `Crawl.warc`.
        workers: processes; None for one a core.
        progress: called after each batch.
        ledger: of the site, if there is one, to say how an address was found where the archive does not.

    Raises:
        StorageError: the disk is full or broken.
    """
    with tempfile.TemporaryDirectory(prefix=".reextract.", dir=target) as temporary:
        index = ArchiveIndex(Path(temporary, "index.sqlite"))
        store = Store(Path(temporary, "site"), archive=False, run=RUN)
        duplicates = Duplicates(store)
        lines = Path(temporary, ARTICLES)
        try:
            done = Reextracted(faults=index.build(files, ledger))
            with lines.open("wb") as file:
                pages = _replay_all(index, profile_of, workers)
                asyncio.run(_settle(pages, _Writer(duplicates, file, name_of, done), done, progress))
        finally:
            duplicates.close()
            store.close()
            index.close()
        lines.replace(target / ARTICLES)
        Path(temporary, "site", PROBLEMS).replace(target / PROBLEMS)
    return done


class _Writer:
    """Settles articles in the order of the archive and writes their lines."""

    def __init__(
        self, duplicates: Duplicates, file: IO[bytes], name_of: Callable[[str], str], done: Reextracted
    ) -> None:
        self._duplicates = duplicates
        self._file = file
        self._name_of = name_of
        self._done = done

    def commit(self, batch: list[tuple[ArchivedPage, PageOutcome]]) -> None:
        """Commit a batch to the store, and write what was new to it."""
        articles = [outcome.article for _, outcome in batch]
        commit_outcomes(self._duplicates, [outcome for _, outcome in batch])
        for (page, _), article in zip(batch, articles, strict=True):
            if article is None or article.crawl.run != RUN:
                continue  # the store writes its run into what it stores
            article.crawl.run = page.run
            article.crawl.warc = WarcRef(file=self._name_of(page.file), offset=page.offset, record_id=page.record_id)
            self._file.write(article.to_json_line())
            self._done.articles += 1


async def _settle(
    pages: AsyncIterator[tuple[ArchivedPage, Replayed]],
    writer: _Writer,
    done: Reextracted,
    progress: Callable[[Reextracted], None],
) -> None:
    covered: set[str] = set()
    """Later pages of articles in archives that do not tell which pages were asked for."""
    batch: list[tuple[ArchivedPage, PageOutcome]] = []
    committing: asyncio.Future[None] | None = None
    async for page, replayed in pages:
        if not page.is_asked:
            if canonicalize(page.url) in covered:
                continue
            covered.update(map(canonicalize, replayed.covers))
        done.pages += 1
        if replayed.reason is not None:
            done.reasons[replayed.reason] += 1
        elif replayed.article is None:
            done.lists += 1
        batch.append((page, _outcome(page, replayed)))
        if len(batch) == BATCH:
            # In a thread: the workers are given the next pages meanwhile.
            if committing is not None:
                await committing
            committing = asyncio.ensure_future(asyncio.to_thread(writer.commit, batch))
            batch = []
            progress(done)
    if committing is not None:
        await committing
    writer.commit(batch)


def _outcome(page: ArchivedPage, replayed: Replayed) -> PageOutcome:
    is_problem = replayed.reason is not None and replayed.reason.is_problem
    return PageOutcome(
        url=page.requested,
        state="failed" if is_problem else "done",
        reason=replayed.reason,
        detail=replayed.detail,
        article=replayed.article,
        status=replayed.status,
    )


async def _replay_all(
    index: ArchiveIndex, profile_of: Callable[[str], Profile | None], workers: int | None
) -> AsyncIterator[tuple[ArchivedPage, Replayed]]:
    """All pages in order, read by all workers."""
    pool = ReaderPool(workers, preload=(PRELOAD, __name__))
    under_way: deque[tuple[ArchivedPage, asyncio.Task[Replayed]]] = deque()

    async def replay(page: ArchivedPage) -> Replayed:
        try:
            return await pool.call(replay_page, str(index.path), page, profile_of(page.url))
        except ReaderError as error:
            return Replayed(reason=error.reason, detail=error.detail)

    try:
        for page in index.pages():
            under_way.append((page, asyncio.create_task(replay(page))))
            if len(under_way) == pool.workers * WINDOW_PER_WORKER:
                first, task = under_way.popleft()
                yield first, await task
        for first, task in under_way:
            yield first, await task
    finally:
        pool.close()


@cache
def _open_index(path: str) -> ArchiveIndex:
    return ArchiveIndex(Path(path))


def replay_page(index_path: str, page: ArchivedPage, profile: Profile | None) -> Replayed:
    """Read one page again; runs in a worker.

    Args:
        index_path: file of the index.
        page: which.
        profile: of its site, if there is one.
    """
    index = _open_index(index_path)
    message = index.message(page.answer)
    if message is None:
        return Replayed(
            reason=Reason.BAD_HTTP, detail="the answer cannot be decoded, or its body is in another archive"
        )
    replayed = _read(index, page, message, profile)
    replayed.status = message.status
    return replayed


def _read(index: ArchiveIndex, page: ArchivedPage, message: Message, profile: Profile | None) -> Replayed:
    content_type = message.headers.get("content-type", "")
    if profile is not None and any(rule.page_of(page.url) is not None for rule in profile.load_more):
        return Replayed()
    if is_no_page(content_type):
        return Replayed(reason=Reason.NOT_HTML, detail=content_type[:100])
    fetched_at = datetime.fromtimestamp(page.at, UTC)
    reading, record = read_and_normalize(
        *archived_page(message, page.url), fetched_at, profile, page.via or "", page.told
    )
    beside = PagesBeside(index, page, fetched_at, profile)
    if reading.kind == "article" and record is None:
        reading = asyncio.run(beside.look_before(reading))
    if reading.kind == "article" and reading.first_page and (reading.page_number or 1) > 1:
        return Replayed(reason=Reason.CONTINUATION, detail=reading.first_page)
    if is_list(reading, _lease(page)) or reading.kind in SOURCE_KINDS:
        return Replayed()
    if reading.reason is not None:
        return Replayed(reason=reading.reason, detail=reading.detail)
    pages: list[PageReading] = []
    if record is None:
        pages = asyncio.run(beside.read_on(reading))
        record = normalize_joined(pages, fetched_at, profile)
    if record.article is None:
        return Replayed(reason=record.reason, detail=record.detail)
    article = record.article
    article.requested_url = page.requested
    article.crawl.fetched_at = to_text(fetched_at)
    article.crawl.status = message.status
    article.crawl.charset = reading.charset
    article.crawl.discovered_via = page.via
    article.crawl.profile = profile.name if profile else None
    return Replayed(article=article, covers=[later.url for later in pages[1:] if later.url])


class PagesBeside:
    """Further pages of an article, as a crawl asks for them, from the archive.

    Nothing here waits: it is asynchronous because `Continuations` asks a crawl in the same way.

    Args:
        index: the archive.
        page: the page that the article begins or goes on on.
        fetched_at: when it was fetched.
        profile: of its site, if there is one.
    """

    def __init__(self, index: ArchiveIndex, page: ArchivedPage, fetched_at: datetime, profile: Profile | None) -> None:
        self._index = index
        self._page = page
        self._fetched_at = fetched_at
        self._profile = profile
        self._editions = Editions()
        self._continuations = Continuations(self._read, lambda address: None, self._editions)

    async def look_before(self, reading: PageReading) -> PageReading:
        """A reading that says on which page of the paper its article begins, where that is another one."""
        await self._know_edition(reading)
        first = await self._continuations.begins_on(reading, [])
        if first is not None:
            reading.first_page, reading.page_number = first, 2
        return reading

    async def read_on(self, first: PageReading) -> list[PageReading]:
        """All pages of an article in order, the first one among them."""
        pages = await self._continuations.web_pages(first, [])
        return await self._continuations.print_pages(pages, [])

    async def _know_edition(self, reading: PageReading) -> None:
        """What a crawl has read of the edition before it comes to its articles."""
        if not (leaves_for(reading) or arrives_from(reading)):
            return
        for url in self._index.edition_pages(self._page.url):
            with suppress(Refused):
                self._editions.take(await self._read(url, []))

    async def _read(self, url: str, exchanges: list[Any]) -> PageReading:
        found = self._index.find(url, self._page.answer)
        if found is None:
            raise Refused(Reason.GONE, "it is not in the archive")
        answered, message = found
        if not 200 <= message.status < 300:
            raise Refused(Reason.HTTP_4XX, f"status {message.status}")
        return read_whole(*archived_page(message, answered), self._fetched_at, self._profile)


def _lease(page: ArchivedPage) -> Lease:
    kind: AddressKind = "listing" if page.kind in ("listing", "edition") else "page"
    return Lease(
        key="",
        url=page.requested,
        host="",
        kind=kind,
        via="",
        depth=0,
        priority=0,
        tries=1,
        etag=None,
        last_modified=None,
    )
