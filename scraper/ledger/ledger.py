"""The ledger: every address of a site and what became of it, in SQLite.

The ledger is the authority on what is done; the files beside it are only as long as it says. One process
writes. Nothing is kept in memory for an address but while it is leased.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

from scraper.article import Article
from scraper.ledger.database import Database
from scraper.ledger.values import RETRYABLE, FileState, KnownArticle, Lease
from scraper.outcome import Address, AddressKind, PageOutcome, State
from scraper.urls import canonicalize, host_of


class Ledger(Database):
    """An open ledger file.

    Args:
        path: ``ledger.sqlite`` of a site; it is made where there is none.
        key: the canonical form of an address, by which it is known. Raises `ValueError` for what is no URL.

    Raises:
        StorageError: it cannot be read or written (any method may raise it).
        DamagedError: the file is no ledger, or one of a newer program.
    """

    def __init__(self, path: Path | str, *, key: Callable[[str], str] = canonicalize) -> None:
        self.changes = 0
        """Grows whenever there may be more to lease."""
        self._canonicalize = key
        self._leased: set[str] = set()
        self._last_host = ""
        super().__init__(path)

    # --- what is to be asked -----------------------------------------------------------------------------------

    def add(self, addresses: Iterable[Address]) -> int:
        """Enter addresses, each once; what is known stays as it is. Returns how many are new."""
        with self.transaction():
            return len(self.enter(addresses))

    def enter(self, addresses: Iterable[Address]) -> list[Address]:
        """`add` within a `transaction`; returns the new ones. An address that is no URL is left out."""
        entered = [address for address in addresses if self._insert(address)]
        self._count_discovered(len(entered))
        return entered

    def _insert(self, address: Address) -> bool:
        try:
            key = self._canonicalize(address.url)
        except ValueError:
            return False
        inserted = self._insert_row(key, address)
        if not inserted and address.via == "seed":
            # A page that the user now names as a start is asked again in every run, as every start is.
            self._db.execute("UPDATE url SET via = 'seed' WHERE key = ?", (key,))
        return inserted

    def _insert_row(self, key: str, address: Address) -> bool:
        cursor = self._db.execute(
            "INSERT INTO url (key, url, host, kind, state, via, depth, priority) VALUES (?, ?, ?, ?, 'new', ?, ?, ?)"
            " ON CONFLICT (key) DO NOTHING",
            (key, address.url, host_of(address.url), address.kind, address.via, address.depth, address.priority),
        )
        return cursor.rowcount > 0

    def _count_discovered(self, number: int) -> None:
        if number:
            self.changes += 1
            self._db.execute(
                "INSERT INTO meta VALUES ('discovered', ?) ON CONFLICT (name) DO UPDATE SET value = value + ?",
                (number, number),
            )

    def start_run(self, name: str, started: str) -> None:
        """Begin a run.

        What was leased when the last run ended becomes new; so do the sources (listings, feeds, sitemaps, editions
        and seeds) and the pages that failed for a reason in `RETRYABLE`. A page that is done is never asked again.
        """
        reasons = ", ".join(f"'{reason}'" for reason in sorted(RETRYABLE))
        with self.transaction():
            self._db.execute("INSERT OR REPLACE INTO run (name, started) VALUES (?, ?)", (name, started))
            self._db.execute("UPDATE url SET state = 'new' WHERE state = 'leased'")
            self._db.execute(
                "UPDATE url SET state = 'new', tries = 0, next_at = 0"
                " WHERE (kind != 'page' OR via = 'seed') AND state != 'new'"
            )
            self._db.execute(
                f"UPDATE url SET state = 'new', tries = 0, next_at = 0 WHERE state = 'failed' AND reason IN ({reasons})"
            )
        self._leased.clear()
        self.changes += 1

    def end_run(self, name: str, ended: str, exit_reason: str) -> None:
        """Note how a run ended."""
        with self.transaction():
            self._db.execute("UPDATE run SET ended = ?, exit_reason = ? WHERE name = ?", (ended, exit_reason, name))

    def lease(self, limit: int, now: float, exclude_hosts: Collection[str] = ()) -> list[Lease]:
        """Hand out up to `limit` addresses whose time has come: the hosts in turn, within a host by priority, then age.

        Args:
            limit: how many at most.
            now: POSIX seconds.
            exclude_hosts: hosts that have enough to do.
        """
        with self.transaction(durable=False):
            self._wake(now)
            resting = {host for (host,) in self._query("SELECT name FROM host WHERE rests_until > ?", (now,))}
            hosts = [host for host in self._ready_hosts() if host not in exclude_hosts and host not in resting]
            # Start behind the host that was served last, so that a small limit reaches every host in time.
            hosts = [host for host in hosts if host > self._last_host] + [
                host for host in hosts if host <= self._last_host
            ]
            rows = self._share_out(hosts, limit)
            self._db.executemany(
                "UPDATE url SET state = 'leased', tries = tries + 1 WHERE id = ?", [(row[0],) for row in rows]
            )
        leases = [
            Lease(
                key=key,
                url=url,
                host=host,
                kind=kind,
                via=via,
                depth=depth,
                priority=priority,
                tries=tries + 1,
                etag=etag,
                last_modified=last_modified,
            )
            for _, key, url, host, kind, via, depth, priority, tries, etag, last_modified in rows
        ]
        self._leased.update(lease.key for lease in leases)
        if leases:
            self._last_host = leases[-1].host
        return leases

    def _wake(self, now: float) -> None:
        self._db.execute(
            "UPDATE url INDEXED BY url_waiting SET next_at = 0 WHERE state = 'new' AND next_at > 0 AND next_at <= ?",
            (now,),
        )

    def _ready_hosts(self) -> list[str]:
        # One step in the index a host; SELECT DISTINCT would walk over every address that waits.
        return [
            host
            for (host,) in self._query(
                """
                WITH RECURSIVE ready(host) AS (
                    SELECT min(host) FROM url INDEXED BY url_ready WHERE state = 'new' AND next_at = 0
                    UNION ALL
                    SELECT (SELECT min(host) FROM url INDEXED BY url_ready
                            WHERE state = 'new' AND next_at = 0 AND host > ready.host)
                    FROM ready WHERE ready.host IS NOT NULL
                )
                SELECT host FROM ready WHERE host IS NOT NULL
                """
            )
        ]

    def _share_out(self, hosts: list[str], limit: int) -> list[tuple[Any, ...]]:
        """Rows of the hosts in turn: the first of each, the second of each, …"""
        queues = [
            self._db.execute(
                "SELECT id, key, url, host, kind, via, depth, priority, tries, etag, last_modified"
                " FROM url INDEXED BY url_ready WHERE state = 'new' AND next_at = 0 AND host = ?"
                " ORDER BY priority DESC, id LIMIT ?",
                (host, limit),
            )
            for host in hosts[:limit]
        ]
        rows: list[tuple[Any, ...]] = []
        while queues and len(rows) < limit:
            for queue in tuple(queues):
                row = queue.fetchone()
                if row is None:
                    queues.remove(queue)
                elif len(rows) < limit:
                    rows.append(row)
        for queue in queues:
            queue.close()
        return rows

    def release(self, keys: Iterable[str]) -> None:
        """Give addresses back that were leased and not asked."""
        keys = list(keys)
        with self.transaction():
            self._db.executemany(
                "UPDATE url SET state = 'new', tries = tries - 1 WHERE key = ? AND state = 'leased'",
                [(key,) for key in keys],
            )
        self._leased.difference_update(keys)
        self.changes += 1

    @property
    def leased(self) -> frozenset[str]:
        """Keys of the addresses that are handed out and have no outcome yet."""
        return frozenset(self._leased)

    def rest_host(self, host: str, until: float) -> None:
        """Lease nothing of a host before `until` (POSIX seconds). It holds for later runs too."""
        with self.transaction():
            self._db.execute(
                "INSERT INTO host VALUES (?, ?) ON CONFLICT (name) DO UPDATE"
                " SET rests_until = max(rests_until, excluded.rests_until)",
                (host, until),
            )
        self.changes += 1

    def next_ready_at(self, now: float) -> float | None:
        """When there may be something to lease: `now`, a later time, or None where nothing waits at all."""
        rests = dict(self._query("SELECT name, rests_until FROM host WHERE rests_until > ?", (now,)))
        times = [rests.get(host, now) for host in self._ready_hosts()]
        ((waiting,),) = self._query(
            "SELECT min(next_at) FROM url INDEXED BY url_waiting WHERE state = 'new' AND next_at > 0"
        )
        if waiting is not None:
            times.append(max(waiting, now))
        return min(times, default=None)

    # --- what became of it -------------------------------------------------------------------------------------

    def settle(self, outcome: PageOutcome, article: Article | None = None) -> list[Address]:
        """Within a `transaction`: enter what became of an address, and the addresses found on it.

        Args:
            outcome: what the spider handed on.
            article: the line that is written for it; None where none is, such as for a text that is known.

        Returns:
            The addresses found that were not known before.
        """
        if outcome.state == "leased":
            raise ValueError(f"an outcome cannot leave {outcome.url} leased; give new, done, failed or gone")
        key = self._key(outcome.url)
        self._ensure(key, outcome.url, outcome.kind)
        self._db.execute(
            "UPDATE url SET kind = ?, state = ?, reason = ?, detail = ?, next_at = ?, etag = coalesce(?, etag),"
            " last_modified = coalesce(?, last_modified) WHERE key = ?",
            (
                outcome.kind,
                outcome.state,
                outcome.reason,
                outcome.detail,
                (outcome.next_at or 0) if outcome.state == "new" else 0,
                outcome.etag,
                outcome.last_modified,
                key,
            ),
        )
        if article is not None:
            self.enter_article(article)
            self.connect(outcome.url, article)
        for url in outcome.covers if outcome.state != "new" else ():
            self._cover(url, outcome)
        self._leased.discard(key)
        self.changes += 1
        return self.enter(outcome.links)

    def enter_article(self, article: Article) -> None:
        """Within a `transaction`: a line of articles.jsonl."""
        self._db.execute(
            "INSERT INTO article (id, version, text_hash) VALUES (?, ?, ?)",
            (article.id, article.version, article.text_hash),
        )

    def connect(self, url: str, article: Article) -> None:
        """Within a `transaction`: the article that an address gave."""
        self._db.execute(
            "UPDATE url SET article_id = ?, version = ?, text_hash = ? WHERE key = ?",
            (article.id, article.version, article.text_hash, self._key(url)),
        )

    def is_asked(self, url: str) -> bool:
        """Whether an address was asked and has its outcome."""
        rows = self._query("SELECT state FROM url WHERE key = ?", (self._key(url),))
        return bool(rows) and rows[0][0] in ("done", "failed", "gone")

    def _cover(self, url: str, outcome: PageOutcome) -> None:
        key = self._key(url)
        if key == self._key(outcome.url):
            return
        self._ensure(key, url)
        # Where it is leased its own outcome is on the way, and done stays done.
        self._db.execute(
            "UPDATE url SET state = ?, reason = ?, detail = ? WHERE key = ? AND state = 'new' AND kind = 'page'",
            (outcome.state, outcome.reason, f"answered by {outcome.url}", key),
        )

    def _key(self, url: str) -> str:
        try:
            return self._canonicalize(url)
        except ValueError:
            return url

    def _ensure(self, key: str, url: str, kind: AddressKind = "page") -> None:
        self._count_discovered(self._insert_row(key, Address(url=url, kind=kind)))

    # --- articles ----------------------------------------------------------------------------------------------

    def known(self, article_id: str) -> KnownArticle | None:
        """The newest version of an article, or None for a new one."""
        rows = self._query(
            "SELECT version, text_hash FROM article WHERE id = ? ORDER BY version DESC LIMIT 1", (article_id,)
        )
        return KnownArticle(*rows[0]) if rows else None

    def first_with_text(self, text_hash: str) -> str | None:
        """Id of the first article that had this text, or None."""
        rows = self._query("SELECT id FROM article WHERE text_hash = ? ORDER BY line LIMIT 1", (text_hash,))
        return rows[0][0] if rows else None

    def archived(self, digest: str) -> tuple[str, str] | None:
        """URL and WARC-Date of the archive record that has this payload digest, or None."""
        rows = self._query("SELECT url, date FROM payload WHERE digest = ?", (digest,))
        return (rows[0][0], rows[0][1]) if rows else None

    def enter_payload(self, digest: str, url: str, date: str) -> None:
        """Within a `transaction`: a body that is in the archive now."""
        self._db.execute("INSERT OR IGNORE INTO payload VALUES (?, ?, ?)", (digest, url, date))

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

    def articles(self) -> int:
        """How many lines articles.jsonl has."""
        return int(self._query("SELECT count(*) FROM article")[0][0])

    def by_state(self) -> dict[State, int]:
        """How many addresses are in each state."""
        counts: dict[State, int] = {"new": 0, "leased": 0, "done": 0, "failed": 0, "gone": 0}
        counts.update(
            (state, number) for state, number in self._query("SELECT state, count(*) FROM url GROUP BY state")
        )
        return counts

    def by_reason(self) -> dict[tuple[State, str], int]:
        """How many addresses have each reason, by state; without a reason they are left out."""
        rows = self._query("SELECT state, reason, count(*) FROM url WHERE reason IS NOT NULL GROUP BY state, reason")
        return {(state, reason): number for state, reason, number in rows}
