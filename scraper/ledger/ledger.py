"""The ledger: every address of a site and what became of it, in SQLite.

The ledger is the authority on what is done; the files beside it are only as long as it says. One process
writes. Nothing is kept in memory for an address but while it is leased.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from scraper.article import Article
from scraper.discovery.dayrange import DayRange
from scraper.ledger import schedule
from scraper.ledger.articles import Articles
from scraper.ledger.revisits import DEFAULT_AGES_S, PRIORITY, next_revisit
from scraper.ledger.schedule import next_rest
from scraper.ledger.values import RETRY_AFTER_S, RETRYABLE, FileState, Revisit
from scraper.outcome import Address, AddressKind, PageOutcome, State
from scraper.urls import canonicalize

MOST_KNOWN = 20_000
"""Keys of which is remembered that they are entered. The pages of a site repeat their links: of 100 on a page some 90
are those of the page before, and to look one of them up in SQLite takes ten times as long. They cost 2 MB at most."""


class Ledger(Articles):
    """An open ledger file.

    Leasing and reading never wait for a commit that is under way in another thread; entering and settling do.

    Args:
        path: ``ledger.sqlite`` of a site; it is made where there is none.
        key: the canonical form of an address, by which it is known. Raises `ValueError` for what is no URL.
        clock: POSIX seconds.

    Raises:
        StorageError: it cannot be read or written (any method may raise it).
        DamagedError: the file is no ledger, or one of another version of the program.
    """

    def __init__(
        self, path: Path | str, *, key: Callable[[str], str] = canonicalize, clock: Callable[[], float] = time.time
    ) -> None:
        self._run = 0
        self._known: set[str] = set()
        self._entered: list[str] = []
        """Keys that the transaction under way enters, or finds entered."""
        self.revisit_ages_s: Sequence[float] = DEFAULT_AGES_S
        """Ages at which an article is asked again, see `scraper.ledger.revisits`."""
        super().__init__(path, key, clock)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of what is done inside. What is entered is known when it is committed, not before."""
        with super().transaction():
            entered = self._entered = []
            yield
        if len(self._known) + len(entered) > MOST_KNOWN:
            self._known.clear()
        self._known.update(entered)

    # --- what is to be asked -----------------------------------------------------------------------------------

    def add(self, addresses: Iterable[Address]) -> int:
        """Enter addresses, each once. Returns how many are new or are to be asked again.

        What is known stays as it is, unless it changed since by its `lastmod`.
        """
        with self.transaction():
            return len(self.enter(addresses)) + self._renewed

    def enter(self, addresses: Iterable[Address]) -> list[Address]:
        """`add` within a `transaction`; returns the new ones. An address that is no URL is left out."""
        self._renewed = 0
        entered = [address for address in addresses if self._insert(address)]
        self._count_discovered(len(entered))
        return entered

    def _insert(self, address: Address) -> bool:
        try:
            key = self._canonicalize(address.url)
        except ValueError:
            return False
        inserted = self._insert_row(key, address)
        if not inserted and self.least_priority is not None and address.priority >= self.least_priority:
            self._db.execute(
                "UPDATE url SET priority = ? WHERE key = ? AND state = 'new' AND priority < ?",
                (address.priority, key, address.priority),
            )
        if not inserted and address.via == "seed":
            # A page that the user now names as a start is asked again in every run, as every start is.
            self._db.execute("UPDATE url SET via = 'seed', is_later = 0 WHERE key = ?", (key,))
            self._ask_again("key = ?", key)
        if not inserted and address.lastmod is not None:
            self._renew(key, address.lastmod)
        return inserted

    def _renew(self, key: str, lastmod: str) -> None:
        """Ask an article or a sitemap again that is said to have changed since this was said last."""
        self._renewed += self._ask_again(
            "key = ? AND lastmod < ? AND (article_id IS NOT NULL OR kind = 'sitemap')", key, lastmod
        )
        self._db.execute(
            "UPDATE url SET lastmod = ? WHERE key = ? AND (lastmod IS NULL OR lastmod < ?)", (lastmod, key, lastmod)
        )

    def _insert_row(self, key: str, address: Address) -> bool:
        if key in self._known:
            return False
        self._entered.append(key)
        cursor = self._db.execute(
            "INSERT INTO url (key, url, host, kind, state, via, depth, priority, lastmod, told_title,"
            " told_date) VALUES (?, ?, ?, ?, 'new', ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
            (
                key,
                address.url,
                _host_in(key),
                address.kind,
                address.via,
                address.depth,
                address.priority,
                address.lastmod,
                address.told_title,
                address.told_date,
            ),
        )
        return cursor.rowcount > 0

    def _count_discovered(self, number: int) -> None:
        if number:
            self._db.execute(
                "INSERT INTO meta VALUES ('discovered', ?) ON CONFLICT (name) DO UPDATE SET value = value + ?",
                (number, number),
            )

    def start_run(
        self, name: str, started: str, scope: str = "", days: DayRange | None = None, revisit: Revisit = "due"
    ) -> None:
        """Begin a run.

        Asked again are the sources whose time has come (seeds always, feeds, sitemaps, first pages of listings,
        editions of these days; see `scraper.ledger.schedule`), the pages that failed for a reason in `RETRYABLE` and
        whose time has come, and the articles that are due by their age. Later pages and old editions follow where a
        page that leads to them brings something new. Another page that is done is never asked again.

        Args:
            name: of the run.
            started: when, in RFC 3339.
            scope: what may be taken, in any words. Where it is not that of the run before, every list is read anew:
                one that did not change may lead to what was out of scope then.
            days: days of publication of what is taken. Where the run before left out some of them, every list is read
                anew too, and so are the articles that were left out when they were read.
            revisit: which articles are asked again: those that are `due`, `all` of them, or `none`. With `all` every
                source is asked too.
        """
        now = self._clock()
        with self.transaction():
            has_new_scope, has_new_days = self._note("scope", scope) != scope, self._note_days(days or DayRange())
            if has_new_scope or has_new_days:
                self._db.execute(
                    "UPDATE url SET is_later = 0, etag = NULL, last_modified = NULL,"
                    " next_at = iif(state = 'failed', next_at, 0)"
                    " WHERE kind != 'page' OR via = 'seed'"
                )
            self._db.execute("INSERT OR REPLACE INTO run (name, started) VALUES (?, ?)", (name, started))
            ((self._run,),) = self._query("SELECT count(*) FROM run")
            self._ask_again(
                "(kind != 'page' OR via = 'seed') AND NOT is_later"
                " AND (via = 'seed' OR state = 'failed' OR next_at <= ?)",
                math.inf if revisit == "all" else now,
            )
            self._ask_again("state = 'failed' AND next_at > 0 AND next_at <= ?", now)
            if has_new_days:
                self._ask_again("reason IN ('older', 'newer') AND state = 'done'")
            if revisit == "due":
                self._ask_again("kind = 'page' AND state IN ('done', 'gone') AND next_at > 0 AND next_at <= ?", now)
            elif revisit == "all":
                self._ask_again("article_id IS NOT NULL")
        self._leased.clear()

    def _note(self, name: str, value: str) -> str:
        """Keep a value for the next run. Returns that of the run before, empty where there was none."""
        rows = self._query("SELECT value FROM meta WHERE name = ?", (name,))
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))
        return str(rows[0][0]) if rows else ""

    def _note_days(self, days: DayRange) -> bool:
        """Whether the run before left out days that belong to this one. No limit is none of either run's."""
        since, until = (day.isoformat() if day else "" for day in (days.since, days.until))
        since_before, until_before = self._note("since", since), self._note("until", until)
        return since < since_before or (until_before > "" and (until > until_before or not until))

    def _ask_again(self, condition: str, *parameters: object) -> int:
        """Put back what has an outcome of an earlier run. Returns how many that are."""
        cursor = self._db.execute(
            "UPDATE url SET state = 'new', tries = 0, next_at = 0,"
            f" priority = iif(article_id IS NULL, priority, {PRIORITY})"
            f" WHERE {condition} AND state != 'new' AND run < ?",
            (*parameters, self._run),
        )
        return cursor.rowcount

    def end_run(self, name: str, ended: str, exit_reason: str) -> None:
        """Note how a run ended."""
        with self.transaction():
            self._db.execute("UPDATE run SET ended = ?, exit_reason = ? WHERE name = ?", (ended, exit_reason, name))

    # --- what became of it -------------------------------------------------------------------------------------

    def settle(
        self,
        outcome: PageOutcome,
        article: Article | None = None,
        *,
        at: float | None = None,
        offset: int | None = None,
    ) -> list[Address]:
        """Within a `transaction`: enter what became of an address, and the addresses found on it.

        Args:
            outcome: what the spider handed on.
            article: the line that is written for it; None where none is, such as for a text that is known.
            at: POSIX seconds of the answer; now by default.
            offset: at which byte of articles.jsonl the line will stand.

        Returns:
            The addresses found that were not known before.
        """
        if outcome.state == "leased":
            raise ValueError(f"an outcome cannot leave {outcome.url} leased; give new, done, failed or gone")
        at = self._clock() if at is None else at
        key = self._key(outcome.url)
        self._ensure(key, outcome.url, outcome.kind)
        failed_runs, next_at = self._ask_again_at(key, outcome)
        self._db.execute(
            "UPDATE url SET kind = ?, state = ?, reason = ?, detail = ?, tries = tries + 1, run = ?, failed_runs = ?,"
            " next_at = ?, is_later = CASE via WHEN 'seed' THEN 0 ELSE coalesce(?, is_later) END,"
            " etag = coalesce(?, etag), last_modified = coalesce(?, last_modified) WHERE key = ?",
            (
                outcome.kind,
                outcome.state,
                outcome.reason,
                outcome.detail,
                self._run,
                failed_runs,
                next_at,
                outcome.is_later,
                outcome.etag,
                outcome.last_modified,
                key,
            ),
        )
        if article is not None:
            self.enter_article(article, offset)
            self.connect(outcome.url, article, at)
        if outcome.state != "new":
            self.enter_looks(outcome.url, outcome.looks)
            for url in outcome.covers:
                self._cover(url, outcome)
        self.write_rest(_host_in(key))
        self._settled.append(key)
        discovered = self.enter(outcome.links)
        if discovered and outcome.kind in ("listing", "edition"):
            for link in outcome.links:
                self._ask_again("key = ? AND is_later", self._key(link.url))
        if outcome.state in ("done", "gone") and outcome.kind != "page":
            self._rest_source(key, outcome, bool(discovered) or self._renewed > 0 or outcome.brought_new, at)
        elif outcome.state != "new":
            self._plan_revisit(key, at)
        return discovered

    def ask_anew(self, url: str) -> None:
        """Within a `transaction`: have a page that is there asked as if for the first time, unconditionally."""
        self._db.execute(
            "UPDATE url SET state = 'new', tries = 0, next_at = 0, etag = NULL, last_modified = NULL"
            " WHERE key = ? AND state IN ('new', 'done')",
            (self._key(url),),
        )

    def _rest_source(self, key: str, outcome: PageOutcome, brought_new: bool, at: float) -> None:
        before = self._query("SELECT rest_s FROM source WHERE key = ?", (key,))
        rest_s = next_rest(outcome.kind, before[0][0] if before else None, brought_new)
        self._db.execute(
            "INSERT INTO source VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET asked_at = excluded.asked_at,"
            " new_at = coalesce(excluded.new_at, new_at), rest_s = excluded.rest_s,"
            " listed = coalesce(excluded.listed, listed)",
            (key, at, at if brought_new else None, rest_s, outcome.listed),
        )
        if rest_s:
            self._db.execute("UPDATE url SET next_at = ? WHERE key = ?", (at + rest_s * (1 - schedule.EARLY), key))

    def _plan_revisit(self, key: str, at: float) -> None:
        """Say when the article of an address is due again. A failure that is to be tried again comes first."""
        rows = self._query("SELECT coalesce(gone_at, born) FROM url WHERE key = ? AND next_at = 0", (key,))
        if rows and rows[0][0] is not None:
            due = next_revisit(rows[0][0], at, self.revisit_ages_s)
            self._db.execute("UPDATE url SET next_at = ? WHERE key = ?", (due, key))

    def _ask_again_at(self, key: str, outcome: PageOutcome) -> tuple[int, float]:
        """In how many runs in a row an address failed, and when it is to be asked again; 0 for at once or never."""
        if outcome.state not in ("new", "failed"):
            return 0, 0
        ((failed_runs,),) = self._query("SELECT failed_runs FROM url WHERE key = ?", (key,))
        if outcome.state == "new":
            return failed_runs, outcome.next_at or 0
        if outcome.reason not in RETRYABLE:
            return 0, 0
        wait_s = RETRY_AFTER_S[failed_runs] if failed_runs < len(RETRY_AFTER_S) else None
        return failed_runs + 1, 0 if wait_s is None else self._clock() + wait_s

    def is_asked(self, url: str) -> bool:
        """Whether an address was asked and has its outcome."""
        rows = self._query("SELECT state FROM url WHERE key = ?", (self._key(url),))
        return bool(rows) and rows[0][0] in ("done", "failed", "gone")

    def is_done_page(self, url: str) -> bool:
        """Whether an address has its answer for good, as a page or by another address."""
        rows = self._query("SELECT state, kind FROM url WHERE key = ?", (self._key(url),))
        return rows == [("done", "page")]

    def _cover(self, url: str, outcome: PageOutcome) -> None:
        key = self._key(url)
        if key == self._key(outcome.url):
            return
        self._ensure(key, url)
        if key in self._leased:
            return  # its own outcome is on the way
        self._db.execute(
            "UPDATE url SET state = ?, reason = ?, detail = ?, run = ?"
            " WHERE key = ? AND state = 'new' AND kind = 'page'",
            (outcome.state, outcome.reason, f"answered by {outcome.url}", self._run, key),
        )

    def _ensure(self, key: str, url: str, kind: AddressKind = "page") -> None:
        self._count_discovered(self._insert_row(key, Address(url=url, kind=kind)))

    # --- files and counts --------------------------------------------------------------------------------------

    def files(self) -> dict[str, FileState]:
        """The committed length of each file, by its name relative to the site folder."""
        rows = self._query("SELECT name, bytes, lines, sha256 FROM file ORDER BY name")
        return {row[0]: FileState(*row) for row in rows}

    def enter_file(self, file: FileState) -> None:
        """Within a `transaction`: how far a file is written."""
        self._db.execute(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)", (file.name, file.bytes, file.lines, file.sha256)
        )

    def forget_file(self, name: str) -> None:
        """Within a `transaction`: a file that holds nothing."""
        self._db.execute("DELETE FROM file WHERE name = ?", (name,))

    def discovered(self) -> int:
        """How many addresses were ever entered."""
        rows = self._query("SELECT value FROM meta WHERE name = 'discovered'")
        return int(rows[0][0]) if rows else 0

    def by_state(self) -> dict[State, int]:
        """How many addresses are in each state."""
        counts: dict[State, int] = {"new": 0, "leased": 0, "done": 0, "failed": 0, "gone": 0}
        leased = len(self._copy_leased())
        counts.update(
            (state, number) for state, number in self._query("SELECT state, count(*) FROM url GROUP BY state")
        )
        counts["leased"] = min(leased, counts["new"])
        counts["new"] -= counts["leased"]
        return counts

    def waiting(self) -> int:
        """How many addresses have no outcome yet; quicker than `by_state`, which looks at those that are done too."""
        return sum(
            self._query(f"SELECT count(*) FROM url INDEXED BY {index} WHERE state = 'new' AND {when}")[0][0]
            for index, when in (("url_ready", "next_at = 0"), ("url_waiting", "next_at > 0"))
        )

    def by_reason(self) -> dict[tuple[State, str], int]:
        """How many addresses have each reason, by state; without a reason they are left out."""
        rows = self._query("SELECT state, reason, count(*) FROM url WHERE reason IS NOT NULL GROUP BY state, reason")
        return {(state, reason): number for state, reason, number in rows}


def _host_in(key: str) -> str:
    # The key is canonical, and so is its host; to parse every link anew would cost more than the rest.
    return key.split("/", 3)[2] if "://" in key else ""
