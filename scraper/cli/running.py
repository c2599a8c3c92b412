"""One crawl in this process: Scrapy's reactor, progress, signals, and the exit code that comes of it."""

from __future__ import annotations

import gc
import logging
import logging.handlers
import signal
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scraper.cli.exits import CommandError, Exit
from scraper.cli.progress import SHOW_EVERY_S, Show, shown_progress
from scraper.cli.verdict import judge
from scraper.report.history import Harvested
from scraper.report.hosts import Hosts
from scraper.report.tally import Tally
from scraper.urls import host_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import AsyncCrawlerProcess, Crawler
    from scrapy.http import Response
    from scrapy.settings import Settings

    from scraper.outcome import PageOutcome
    from scraper.report.gates import Breach

ENOUGH = "max_articles"
"""Why a crawl ended that was told to leave something."""

LOG_FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


@dataclass(kw_only=True)
class CrawlResult:
    """What came of a crawl."""

    tally: Tally = field(default_factory=Tally)
    folder: Path | None = None
    """The site's folder; None where it was not even opened."""
    log: Path | None = None
    left: int = 0
    """Addresses that are still to be asked; 0 where the crawl was told to leave some."""
    seconds: float = 0.0
    stopped_by: int | None = None
    """The signal that stopped it."""
    failure: Exception | None = None
    """What kept it from starting or from going on."""
    faults: list[str] = field(default_factory=list)
    """Where the files and the ledger do not agree."""
    templates: list[str] = field(default_factory=list)
    """What was learned of the site's templates, and which have stopped fitting; a sentence each."""
    breaches: list[Breach] = field(default_factory=list)
    """What this run brought that is not as usual for the site."""


def run_crawl(name: str, settings: dict[str, Any], quiet: bool, **spider_arguments: str) -> CrawlResult:
    """Crawl one site. May be called once in a process: a reactor cannot be started again.

    Args:
        name: what the site is called in progress and messages.
        settings: Scrapy settings that differ from `scraper.settings`.
        quiet: show no progress.
        spider_arguments: what `scrapy crawl site -a` takes.

    Raises:
        CommandError: a setting cannot be used.
    """
    from pipelines.pages import PRELOAD
    from scraper.allocator import limit_free_memory
    from scraper.extraction.process import start_server

    gc.disable()  # what is loaded and made up to the start is used to the end
    limit_free_memory()
    start_server(PRELOAD)  # loads on the other core while this process loads Scrapy

    # Scrapy would import it below a deep stack, and looks up the source of every frame there: a third of a second.
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    import scraper.fetching.handler  # noqa: F401
    from spiders.site import SiteSpider

    all_settings = Settings()
    all_settings.setmodule("scraper.settings", priority="project")
    for setting, value in settings.items():
        _check_setting(all_settings, setting, value)
    all_settings.setdict({**settings, "LOG_INSTALL_ROOT_HANDLER": False}, priority="cmdline")
    try:
        log = _Log(all_settings["LOG_LEVEL"])
    except ValueError as error:
        raise CommandError(Exit.CONFIG, f"a setting cannot be used: LOG_LEVEL: {error}") from error
    result = CrawlResult()
    started = time.monotonic()
    with shown_progress(name, result.tally, quiet) as show:
        try:
            process = AsyncCrawlerProcess(all_settings)
            crawler = process.create_crawler(SiteSpider)
            # Kept by name to the end: signals hold their receivers weakly.
            watch = _Watch(name, crawler, result, show, log)
            task = process.crawl(crawler, **spider_arguments)
        except (ImportError, ValueError, TypeError) as error:
            raise CommandError(Exit.CONFIG, f"a setting cannot be used: {error}") from error
        _stop_on_signals(process, crawler, result)
        gc.freeze()
        gc.enable()
        process.start(install_signal_handlers=False)
        # The interpreter waits for the threads of its pools, and so for a page that may hang for a minute.
        if (end_workers := getattr(crawler.spider, "end_workers", None)) is not None:
            end_workers()
    result.seconds = time.monotonic() - started
    if task.done() and not task.cancelled() and isinstance(raised := task.exception(), Exception):
        result.failure = raised
    watch.end()
    return result


def _check_setting(defaults: Settings, name: str, value: Any) -> None:
    """Raise a `CommandError` for words where the setting is a number; Scrapy would stumble over them much later."""
    default = defaults.get(name)
    try:
        if isinstance(default, int | float) and not isinstance(default, bool):
            float(value)
    except ValueError as error:
        raise CommandError(Exit.CONFIG, f"the setting {name} is a number, found {value!r}") from error


def _store(crawler: Crawler) -> Any:
    """The open site folder that the spider carries; None before the spider has one."""
    return getattr(crawler.spider, "store", None)


class _Watch:
    """Follows a crawl by Scrapy's signals."""

    def __init__(self, name: str, crawler: Crawler, result: CrawlResult, show: Show, log: _Log) -> None:
        from scrapy import signals

        self._name = name
        self._crawler, self._result, self._show, self._log = crawler, result, show, log
        self._hosts = Hosts()
        crawler.signals.connect(self._opened, signals.spider_opened)
        crawler.signals.connect(self._outcome, signals.item_scraped)
        crawler.signals.connect(self._answered, signals.response_downloaded)
        crawler.signals.connect(self._closed, signals.spider_closed)

    def _opened(self) -> None:
        from scrapy.utils.asyncio import create_looping_call

        store = _store(self._crawler)
        self._result.folder = store.folder.path
        self._result.log = store.run_folder / "crawl.log"
        self._log.open(self._result.log)
        self._ticker = create_looping_call(self._tick)
        self._ticker.start(SHOW_EVERY_S)

    def _outcome(self, item: PageOutcome) -> None:
        self._result.tally.add(item)

    def _answered(self, response: Response, request: Request) -> None:
        self._hosts.add(host_of(response.url), request.meta.get("download_latency", 0.0), len(response.body))

    def _tick(self) -> None:
        self._show(_store(self._crawler).ledger.waiting())

    def _closed(self, reason: str) -> None:
        """Write the manifest. Connected before the spider is made, so it runs before the spider closes its store."""
        from scraper.report import build_manifest, find_breaches, load_runs, parse_run, write_manifest

        if self._ticker.running:
            self._ticker.stop()
        store, result = _store(self._crawler), self._result
        templates = self._crawler.spider.templates  # type: ignore[union-attr]
        stats = self._crawler.stats.get_stats() if self._crawler.stats else {}
        result.failure = store.failure
        if reason != ENOUGH:
            result.left = store.ledger.left()
        manifest = build_manifest(
            store,
            exit_reason=reason,
            exit_code=0,
            settings=self._crawler.settings.copy_to_dict(),
            stats=stats,
            harvested=Harvested.of(result.tally, self._hosts, templates.watch),
            templates=[health.to_dict() for health in templates.watch.health.values()],
            learning=templates.sentences,
        )
        result.templates = list(templates.sentences)
        result.faults = manifest["books"]
        if reason == "finished":
            run, earlier = parse_run(manifest), load_runs(store.folder.path)
            result.breaches = find_breaches(run, earlier, self._crawler.settings.getint("GATE_MIN_SAMPLES"))
            manifest["breaches"] = [asdict(breach) for breach in result.breaches]
        manifest["exit_code"], _ = judge(self._name, result)
        write_manifest(store, manifest)

    def end(self) -> None:
        """Close the log."""
        self._log.close()


class _LogFile(logging.FileHandler):
    """The log of a run is no reason to fail: that a disk is full the store finds out, and the crawl says it once."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        if not isinstance(sys.exception(), OSError):
            super().handleError(record)

    def close(self) -> None:
        with suppress(OSError):
            super().close()


class _Log:
    """The log of a run: kept in memory until the run has a folder, then in its crawl.log."""

    def __init__(self, level: str) -> None:
        self._early = logging.handlers.MemoryHandler(capacity=10_000, flushLevel=logging.CRITICAL + 1)
        self._file: logging.Handler | None = None
        self._early.setLevel(level)
        logging.getLogger().addHandler(self._early)

    def open(self, path: Path) -> None:
        self._file = _LogFile(path, encoding="utf-8", delay=True)
        self._file.setFormatter(logging.Formatter(LOG_FORMAT))
        self._file.setLevel(self._early.level)
        self._early.setTarget(self._file)
        self._early.flush()
        root = logging.getLogger()
        root.removeHandler(self._early)
        root.addHandler(self._file)

    def close(self) -> None:
        for handler in (self._early, self._file):
            if handler is not None:
                logging.getLogger().removeHandler(handler)
                handler.close()


def _stop_on_signals(process: AsyncCrawlerProcess, crawler: Crawler, result: CrawlResult) -> None:
    """The first SIGINT or SIGTERM stops the crawl in order, but not for long; a second one at once.

    Scrapy's own handlers wait for every answer that is under way, which a slow server can drag out for minutes. Ending
    without them loses nothing: what has no outcome in the ledger is asked for again.
    """
    import asyncio

    from twisted.internet import reactor as installed

    reactor: Any = installed  # its type says nothing of the methods below
    stopping: list[asyncio.Task[None]] = []

    def end() -> None:
        if reactor.running:
            reactor.stop()

    async def stop_in_order() -> None:
        reactor.callLater(crawler.settings.getfloat("STOP_WITHIN_S"), end)
        # Scrapy drops a stop that comes before its engine runs.
        while crawler.crawling and not (crawler.spider and crawler.engine and crawler.engine.running):
            await asyncio.sleep(0.05)
        await process.stop()

    def begin_to_stop() -> None:
        stopping.append(asyncio.get_running_loop().create_task(stop_in_order()))

    def on_signal(number: int, _: Any) -> None:
        reactor.callFromThread(end if result.stopped_by else begin_to_stop)
        result.stopped_by = result.stopped_by or number

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
