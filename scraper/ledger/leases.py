"""Handing out addresses: who is asked next, while another thread may be writing what became of the last ones."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from scraper.ledger.database import Database
from scraper.ledger.values import Lease

Row = tuple[Any, ...]

_COLUMNS = (
    "key, url, host, kind, via, depth, priority, tries + 1, etag, last_modified, article_id IS NOT NULL,"
    " told_title, told_date"
)
"""The fields of a `Lease`, in their order."""


class Leases(Database):
    """The ledger as the scheduler sees it. Nothing here writes or waits for a commit that is under way.

    An address is new in the file until it has its outcome, so a killed run leaves no trace of its leases. Which are
    handed out is kept in memory, and so is which hosts rest.
    """

    def __init__(self, path: Path | str, clock: Callable[[], float] = time.time) -> None:
        self.changes = 0
        """Grows whenever there may be more to lease."""
        self._clock = clock
        self._handing_out = threading.Lock()
        self._leased: dict[str, str] = {}
        """Host by key, for what is handed out."""
        self._settled: list[str] = []
        """Keys that the transaction under way gives their outcome."""
        self._last_host = ""
        self.least_priority: int | None = None
        """Where it is set, only addresses of this priority or a higher one are handed out."""
        super().__init__(path)
        self._rests: dict[str, float] = dict(self._query("SELECT name, rests_until FROM host"))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of what is done inside. What is settled is no longer leased when it is committed."""
        with super().transaction():
            settled = self._settled = []
            yield
        # Not before: a lease that looks meanwhile finds the state of before the commit, and must know it as leased.
        with self._handing_out:
            for key in settled:
                self._leased.pop(key, None)
            self.changes += 1

    def lease(self, limit: int, now: float, exclude_hosts: Collection[str] = ()) -> list[Lease]:
        """Hand out up to `limit` addresses whose time has come: the hosts in turn, within a host by priority, then age.

        Args:
            limit: how many at most.
            now: POSIX seconds.
            exclude_hosts: hosts that have enough to do.
        """
        # Copied before the ledger is read; see `transaction`.
        leased = self._copy_leased()
        shut = {host for host, until in list(self._rests.items()) if until > now}.union(exclude_hosts)
        with self.snapshot():
            due = self._due(now, shut, leased)
            hosts = sorted({*self._ready_hosts(), *due} - shut)
            # Start behind the host that was served last, so that a small limit reaches every host in time.
            hosts = [host for host in hosts if host > self._last_host] + [
                host for host in hosts if host <= self._last_host
            ]
            rows = _share_out((chain(due.get(host, ()), self._ready(host, leased)) for host in hosts), limit)
        leases = [Lease(*row) for row in rows]
        with self._handing_out:
            self._leased.update((lease.key, lease.host) for lease in leases)
        if leases:
            self._last_host = leases[-1].host
        return leases

    def _due(self, now: float, shut: Collection[str], leased: Collection[str]) -> dict[str, list[Row]]:
        """What had to wait until now, by host."""
        due: dict[str, list[Row]] = {}
        for row in self._committed.execute(
            f"SELECT {_COLUMNS} FROM url INDEXED BY url_waiting"
            f" WHERE state = 'new' AND next_at > 0 AND next_at <= ?{self._bound} ORDER BY next_at",
            (now,),
        ):
            if row[0] not in leased and row[2] not in shut:
                due.setdefault(row[2], []).append(row)
        return due

    def _ready(self, host: str, leased: Collection[str]) -> Iterator[Row]:
        rows = self._committed.execute(
            f"SELECT {_COLUMNS} FROM url INDEXED BY url_ready WHERE state = 'new' AND next_at = 0 AND host = ?"
            f"{self._bound} ORDER BY priority DESC, id",
            (host,),
        )
        try:
            yield from (row for row in rows if row[0] not in leased)
        finally:
            rows.close()

    def _ready_hosts(self) -> list[str]:
        # One step in the index a host; SELECT DISTINCT would walk over every address that waits.
        return [
            host
            for (host,) in self._query(
                f"""
                WITH RECURSIVE ready(host) AS (
                    SELECT min(host) FROM url INDEXED BY url_ready WHERE state = 'new' AND next_at = 0{self._bound}
                    UNION ALL
                    SELECT (SELECT min(host) FROM url INDEXED BY url_ready
                            WHERE state = 'new' AND next_at = 0 AND host > ready.host{self._bound})
                    FROM ready WHERE ready.host IS NOT NULL
                )
                SELECT host FROM ready WHERE host IS NOT NULL
                """
            )
        ]

    def left(self) -> int:
        """How many addresses are still to be asked, those that are handed out included."""
        ((number,),) = self._query(f"SELECT count(*) FROM url WHERE state = 'new'{self._bound}")
        return int(number)

    @property
    def _bound(self) -> str:
        return "" if self.least_priority is None else f" AND priority >= {self.least_priority:d}"

    def _copy_leased(self) -> dict[str, str]:
        with self._handing_out:
            return dict(self._leased)

    def release(self, keys: Iterable[str]) -> None:
        """Give addresses back that were leased and not asked."""
        with self._handing_out:
            for key in keys:
                self._leased.pop(key, None)
            self.changes += 1

    @property
    def leased(self) -> frozenset[str]:
        """Keys of the addresses that are handed out and have no outcome yet."""
        return frozenset(self._copy_leased())

    def rest_host(self, host: str, until: float) -> None:
        """Lease nothing of a host before `until` (POSIX seconds).

        It is written, and holds for later runs too, with the next outcome of an address of the host.
        """
        self._rests[host] = max(until, self._rests.get(host, 0.0))
        self.changes += 1

    def next_ready_at(self, now: float) -> float | None:
        """When there may be something to lease: `now`, a later time, or None where nothing waits at all."""
        leased = self._copy_leased()
        busy = set(leased.values())
        with self.snapshot():
            times = {
                host: now
                for host in self._ready_hosts()
                if host not in busy or next(self._ready(host, leased), None) is not None
            }
            for host, key, next_at in self._committed.execute(
                "SELECT host, key, next_at FROM url INDEXED BY url_waiting"
                f" WHERE state = 'new' AND next_at > 0{self._bound} ORDER BY next_at"
            ):
                if key not in leased:
                    times.setdefault(host, max(next_at, now))
        return min((max(at, self._rests.get(host, 0.0)) for host, at in times.items()), default=None)

    def write_rest(self, host: str) -> None:
        """Within a `transaction`: until when a host rests."""
        if (until := self._rests.get(host, 0.0)) > self._clock():
            self._db.execute("INSERT OR REPLACE INTO host VALUES (?, ?)", (host, until))


def _share_out(queues: Iterable[Iterator[Row]], limit: int) -> list[Row]:
    """Rows of the hosts in turn: the first of each, the second of each, …; not more hosts are looked at than needed."""
    rows: list[Row] = []
    waiting = list(queues)
    while waiting and len(rows) < limit:
        served: list[Iterator[Row]] = []
        for queue in waiting:
            if len(rows) == limit:
                break
            if (row := next(queue, None)) is not None:
                rows.append(row)
                served.append(queue)
        waiting = served
    return rows
