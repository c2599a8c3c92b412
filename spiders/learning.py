"""The templates of a site while it is crawled: learned from its first articles, watched, and learned anew.

The first articles of a site without templates wait until there are enough to learn from, and are then read with what
was learned: what a record holds does not depend on the order in which the pages came. What waits is leased, so a run
that is killed asks for it again. Later articles that no template reads teach more of them: another channel, a new
design. How the templates did on the last pages is committed with the pages, so that a change of a site that prints
little shows over several runs.
"""

from __future__ import annotations

import asyncio
import logging
import time
import zlib
from collections import deque
from collections.abc import Collection, Coroutine
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from scrapy.crawler import Crawler

from pipelines.pages import Record
from scraper.extraction.process import ReaderError
from scraper.extraction.reading import PageReading
from scraper.extraction.workers import ReaderPool
from scraper.ledger.errors import StorageError
from scraper.ledger.scheduler import stop_for
from scraper.outcome import TemplateLook
from scraper.profiles import Profile, parse_profile, profile_bytes
from scraper.profiles.drift import TemplateWatch
from scraper.profiles.renewal import Renewed, SeenPage, renew_profile
from scraper.profiles.template import Template
from scraper.storage import Store
from scraper.storage.appending import write_whole
from spiders.received import earlier_page
from spiders.repeats import AnsweredPages
from spiders.target import Target

logger = logging.getLogger(__name__)

PAGES = 20
"""Articles that are learned from."""
LEAST_PAGES = 5
"""With fewer there is nothing to learn."""
UNREAD = 40
"""Articles that no template reads, and they are learned from: what learning takes, some two CPU seconds, templates save
on a hundred pages. Twice as many each time: pages that teach nothing cost little."""
WAITING_BYTES = 3_000_000
"""Of pages that wait. Scrapy asks for nothing more while answers of 5 MB are being worked on."""
LOOK_EVERY_S = 0.1
QUIET_LOOKS = 10
"""So often nothing but waiting pages was seen, and those that are asked later come too late to be learned from."""
CHECK_ONE_IN = 20
"""Pages that are read both ways, chosen by their address."""
LEARN_CPU_S = 60
LEARN_DEADLINE_S = 300.0
"""What learning may take in its worker; twenty pages take some three seconds."""
LEARN_AGAIN_S = 7 * 86400
"""After a failure of the worker nothing is learned for so long: the same pages would cost as much in each run."""


class StoppedError(Exception):
    """The crawl ends, and the page is left to the next run."""


class SiteTemplates:
    """The profile as the crawl has it now.

    Args:
        crawler: whose engine says whether pages are still under way.
        store: of the site; what is learned becomes its ``profile.toml``.
        target: the site, with its profile as it stood before the run.
        answered: tells how many addresses wait for pages, and so for templates themselves.
    """

    def __init__(self, crawler: Crawler, store: Store, target: Target, answered: AnsweredPages) -> None:
        self._crawler = crawler
        self._store = store
        self._target = target
        self._answered = answered
        self.profile: Profile | None = target.profile
        self._earlier = [(url, look) for url, look in store.ledger.looks() if self._is_in_use(look)]
        """Of the runs before, by address."""
        self.watch = TemplateWatch(self._earlier)
        self.sentences: list[str] = []
        """What happened to the templates, for the person who runs the crawl."""
        self._text = target.profile_text
        self._file = profile_bytes(store.folder.profile)
        """The profile of the site's folder as this run knows it; a person may edit it meanwhile."""
        failed_at = store.ledger.learning_failed_at()
        self._may_learn = target.may_learn and (failed_at is None or time.time() >= failed_at + LEARN_AGAIN_S)
        self.is_learning = self._may_learn and not knows_templates(target.profile, datetime.now(UTC).date())
        """Whether articles wait until templates are learned."""
        self._enough = min(PAGES, target.max_articles or PAGES)
        self._waiting: dict[str, SeenPage] = {}
        """Pages by the address where they answered."""
        self._held = 0
        """Addresses that wait; a redirect may lead two of them to one page."""
        self._settled: asyncio.Future[None] | None = None
        self._missed: deque[SeenPage] = deque(maxlen=PAGES)
        """The last articles that no template read, or that one read wrongly, since something was learned."""
        self._missed_count = 0
        self._enough_missed = UNREAD
        """So many of these, and they are learned from."""
        self._stopped: dict[str, date] = {}
        """Templates that have stopped and nothing was learned since, each with the first day that it missed."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._pools: set[ReaderPool] = set()

    def is_checked(self, url: str) -> bool:
        """Whether a page is one of those that are read both ways."""
        return self.watch.is_doubted() or zlib.crc32(url.encode()) % CHECK_ONE_IN == 0

    async def settled(
        self, reading: PageReading, record: Record | None, page: SeenPage, profile: Profile | None
    ) -> bool:
        """Wait with an article until the templates are known. Whether it is to be read again with them.

        Args:
            reading: of the page.
            record: what came of it; None where it goes on on other pages.
            page: as it was received.
            profile: with which it was read.

        Raises:
            StoppedError: the crawl ends before that.
        """
        is_article = reading.reason is None and (record is None or record.article is not None)
        if not is_article:
            return False
        if self.is_learning:
            if self._settled is None:
                self._settled = asyncio.get_running_loop().create_future()
                self._do(self._look())
            self._waiting[page[1]] = page
            self._held += 1
            await asyncio.shield(self._settled)
        return self.profile is not profile

    def see(self, reading: PageReading, record: Record | None, page: SeenPage, day: date) -> list[TemplateLook]:
        """Count an article that was read, or that should be there; learn anew where a template has stopped fitting.

        Returns:
            What the page says about the templates, to be committed with it.
        """
        article = record.article if record is not None and reading.reason is None else None
        if article is None and (reading.template or reading.reason is None or not reading.reason.is_problem):
            return []
        agreement = record.agreement if record is not None else None
        looks = [
            replace(look, places=self._places(look.template))
            for look in self.watch.look(page[1], reading.template, reading.misfits, day, agreement)
        ]
        is_missed = reading.template is None or any(look.missed_on for look in looks)
        if article is not None and is_missed and self._may_learn:
            self._missed.append(page)
            self._missed_count += 1
        if stopped := self.watch.see(looks):
            self._retire(stopped)
        if self._may_learn and not self._tasks and self._is_time():
            self._do(self._learn_more(day))
        return looks

    def _is_time(self) -> bool:
        """Whether to learn from what no template reads; at once for the first template of a run that stops."""
        return self._missed_count >= self._enough_missed or (bool(self._stopped) and self._enough_missed == UNREAD)

    def _retire(self, stopped: Collection[str]) -> None:
        """Read no page with templates any more that have stopped."""
        for name in stopped:
            self.sentences.append(self.watch.health[name].sentence())
            logger.warning("%s", self.sentences[-1])
            self._stopped[name] = self.watch.health[name].stopped_on or datetime.now(UTC).date()
        since = min(self._stopped.values())
        if self.profile is not None:
            ended = {"valid_until": since - timedelta(days=1)}
            templates = tuple(
                template.model_copy(update=ended) if called in stopped else template
                for called, template in self._templates()
            )
            self.profile = self.profile.model_copy(update={"templates": templates})

    async def _learn_more(self, day: date) -> None:
        """Learn from the articles that no template reads: what came instead of one that stopped, or another channel."""
        stopped, missed = self._stopped, list(self._missed)
        self._enough_missed *= 2
        self._stopped = {}
        urls = [url for url, look in self._earlier if look.missed_on and look.template in stopped]
        before = [page for url in urls[-PAGES:] if (page := await asyncio.to_thread(earlier_page, self._store, url))]
        pages = {page[1]: page for page in [*before, *missed]}
        since = min(stopped.values(), default=day)
        if not await self._learn(list(pages.values())[-PAGES:], since, tuple(stopped)):
            self._stopped = stopped | self._stopped
        self._missed.clear()
        self._missed_count = 0

    def _places(self, name: str) -> str:
        return next((template.places() for called, template in self._templates() if called == name), "")

    def _templates(self) -> list[tuple[str, Template]]:
        return self.profile.named_templates() if self.profile is not None else []

    def _is_in_use(self, look: TemplateLook) -> bool:
        """Whether a look of an earlier run is of a template that the profile has, unchanged and without an end."""
        return any(
            called == look.template and template.valid_until is None and template.places() == look.places
            for called, template in self._templates()
        )

    def is_at_work(self) -> bool:
        """Whether something is being learned just now; the crawl must not end before."""
        return bool(self._tasks)

    def close(self) -> None:
        """Give up what is being learned. May be called again, and when the event loop has ended."""
        for task in self._tasks:
            task.cancel()
        for pool in self._pools:
            pool.close()

    def _do(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _look(self) -> None:
        """Wait until enough pages wait, or no more come; then learn."""
        assert self._settled is not None
        quiet = 0
        try:
            while quiet < QUIET_LOOKS and not self._has_enough():
                await asyncio.sleep(LOOK_EVERY_S)
                waiting = self._held + self._answered.waiting
                quiet = quiet + 1 if self._under_way() <= waiting else 0
                if quiet and not self._has_more():
                    break
            if len(self._waiting) >= LEAST_PAGES:
                first = list(self._waiting.values())[:PAGES]
                await self._unless_stopped(self._learn(first, datetime.now(UTC).date()))
        except StoppedError as error:
            self._settled.set_exception(error)
        finally:
            if not self._settled.done():
                self.is_learning = False  # only now: what came meanwhile waits too
                self._settled.set_result(None)
            self._waiting = {}

    async def _unless_stopped(self, work: Coroutine[Any, Any, object]) -> None:
        """Work that is given up when the crawl ends: learning may take minutes, a stop by signal has seconds."""
        task = asyncio.ensure_future(work)
        try:
            while not task.done():
                await asyncio.wait([task], timeout=LOOK_EVERY_S)
                self._under_way()
            task.result()
        finally:
            task.cancel()

    def _under_way(self) -> int:
        """How many addresses are being asked or read. Raises `StoppedError` where the crawl ends."""
        slot = self._crawler.engine._slot if self._crawler.engine is not None else None
        if slot is None or slot.closing is not None:
            raise StoppedError
        return len(slot.inprogress)

    def _has_more(self) -> bool:
        """Whether an address is still to be asked in this run, now or later."""
        slot = self._crawler.engine._slot if self._crawler.engine is not None else None
        return slot is not None and slot.scheduler.has_pending_requests()

    def _has_enough(self) -> bool:
        size = sum(len(body) for body, *_ in self._waiting.values())
        return len(self._waiting) >= self._enough or size >= WAITING_BYTES

    async def _learn(self, pages: list[SeenPage], day: date, stopped: tuple[str, ...] | None = None) -> bool:
        """Whether something was learned; see `renew_profile`."""
        # In a worker of its own: what twenty pages take is beyond the limits of one.
        pool = ReaderPool(1, cpu_s=LEARN_CPU_S, deadline_s=LEARN_DEADLINE_S)
        self._pools.add(pool)
        target = self._target
        try:
            renewed = await pool.call(renew_profile, pages, self._text, target.site, target.starts[:1], day, stopped)
        except ReaderError as error:
            self._may_learn = False
            await asyncio.to_thread(self._store.ledger.note_learning_failed)
            self._tell(f"no template was learned: {error.detail}; tried again in a week, or by `scraper learn`")
            return False
        finally:
            pool.close()
            self._pools.discard(pool)
        if stopped is not None and not renewed.templates:
            # What stopped stays in the profile, so that the next run tells it again and has more pages to learn from.
            if stopped:
                why = "; ".join(renewed.refused) or "they are too few"
                self._tell(f"nothing was learned from {len(pages)} pages: {why}")
            return False
        if renewed.articles < LEAST_PAGES:
            # Not kept: a profile that says that nothing could be learned is not learned by the next run.
            self._tell(f"nothing was learned from {len(pages)} pages: {'; '.join(renewed.refused)}")
            return False
        return await self._keep(renewed, len(pages))

    async def _keep(self, renewed: Renewed, pages: int) -> bool:
        path = self._store.folder.profile
        profile = parse_profile(renewed.text, str(path))
        if await asyncio.to_thread(profile_bytes, path) != self._file:
            self._tell(
                f"{path.name} was changed during this run and stays so; what {pages} pages taught is not written"
            )
            self._may_learn = False
            return False
        try:
            await asyncio.to_thread(write_whole, path, renewed.text.encode(), "profile")
        except OSError as error:
            stop_for(self._crawler, self._store, StorageError.of("write the profile of", path, error))
            return False
        self._text, self._file = renewed.text, renewed.text.encode()
        known = {called for called, _ in self._templates()}
        self.profile = profile
        for called, template in profile.named_templates():
            if called not in known and template.learned_from is not None:
                self.watch.expect(called, min(template.learned_from.pages, pages), pages)
        count = f"{renewed.templates} template{'' if renewed.templates == 1 else 's'}"
        tried = len(renewed.refused)
        regions = f"{tried} region{'' if tried == 1 else 's'}"
        why = f"; {regions} tried and not kept, see refused in {path.name}" if tried else ""
        self._tell(f"{count} learned from {pages} pages{why}")
        return True

    def _tell(self, sentence: str) -> None:
        self.sentences.append(sentence)
        logger.info("%s", sentence)


def knows_templates(profile: Profile | None, day: date) -> bool:
    """Whether a profile has a template for pages that are fetched on a day, or learning has looked for one.

    What ships is often for pages of earlier years: such a site is learned as one that nobody knows.
    """
    if profile is None:
        return False
    return profile.learned is not None or any(template.covers(None, day) for template in profile.templates)
