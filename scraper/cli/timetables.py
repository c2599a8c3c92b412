"""A collection's crontab line and systemd units."""

from __future__ import annotations

import os
import re
import shlex
import sys
import zlib
from dataclasses import dataclass
from datetime import timedelta

from scraper.cli.collection import Collection

STOP_S = 60
"""Seconds that systemd waits for a stop in order: crawls take some 10 at most."""

KEPT_VARIABLES = ("PYTHONPATH", "SSL_CERT_FILE", "TMPDIR")
"""What the harvest is given of the environment in which the schedule was printed; cron and systemd give it nothing."""


@dataclass(frozen=True, slots=True)
class Interval:
    """How often, in what both cron and systemd can say: the parts of an hour or a day, a day, a week.

    Raises:
        ValueError: an interval that a calendar cannot say: every 5 hours are not the same hours each day.
    """

    length: timedelta

    def __post_init__(self) -> None:
        minutes = self.length // timedelta(minutes=1)
        is_part = (minutes < 60 and 60 % minutes == 0) or (minutes % 60 == 0 and 1440 % minutes == 0)
        if not is_part and minutes != 7 * 1440:
            raise ValueError("expected a time that divides an hour or a day, or 1w, such as 30m, 6h or 1d")

    def cron(self, offset: int) -> str:
        """The five fields, `offset` minutes after the full hour (or into the interval, where it is shorter)."""
        minutes = self.length // timedelta(minutes=1)
        if minutes < 60:
            return f"{','.join(str(minute) for minute in range(offset % minutes, 60, minutes))} * * * *"
        hours = minutes // 60
        day = "*" if hours <= 24 else "1"
        hour = "*" if hours == 1 else f"*/{hours}" if hours < 24 else "5"
        return f"{offset} {hour} * * {day}"

    def calendar(self, offset: int) -> str:
        """The same for OnCalendar of systemd.time(7)."""
        minutes = self.length // timedelta(minutes=1)
        if minutes < 60:
            return f"*-*-* *:{offset % minutes:02}/{minutes}:00"
        hours = minutes // 60
        hour = "*" if hours == 1 else f"00/{hours}" if hours < 24 else "05"
        return f"{'Mon ' if hours > 24 else ''}*-*-* {hour}:{offset:02}:00"


class Timetable:
    """Starts of `scraper harvest` for a collection."""

    def __init__(self, collection: Collection, interval: Interval, options: list[str]) -> None:
        self._path = collection.path
        self._interval = interval
        self._log = collection.output / "harvest.log"
        self._command = [sys.executable, "-P", "-m", "scraper.cli", "harvest", str(self._path), *options]
        self._variables = {"PYTHONUTF8": "1"}
        self._variables |= {name: os.environ[name] for name in KEPT_VARIABLES if os.environ.get(name)}
        # Not the full hour, when everybody's jobs start, and not the same minute for each collection; but always the
        # same one for this, so that printing it again changes nothing.
        self._offset = 1 + zlib.crc32(str(self._path).encode()) % 58

    def crontab(self) -> str:
        """What goes into a crontab: comments, and one line."""
        variables = [f"{name}={shlex.quote(value)}" for name, value in self._variables.items()]
        log = shlex.quote(str(self._log))
        steps = [
            f"cd {shlex.quote(str(self._path.parent))}",
            f"mkdir -p {shlex.quote(str(self._log.parent))}",
            f"{' '.join([*variables, shlex.join(self._command)])} >> {log} 2>&1",
        ]
        # To cron a % is a line end.
        line = f"{self._interval.cron(self._offset)} {' && '.join(steps)}".replace("%", r"\%")
        return (
            f"# Harvests the sites of {self._path}; what happened is in {self._log}.\n"
            "# Install: put the line below into what `crontab -e` opens. Remove: take it out.\n"
            "# A start that finds a harvest at work ends at once. After hours without power the next start\n"
            "# fetches what was missed.\n"
            f"{line}\n"
        )

    def units(self) -> dict[str, str]:
        """The service and its timer, by file name, for systemd.service(5) and systemd.timer(5)."""
        name = "news-harvest-" + re.sub(r"[^A-Za-z0-9_.-]+", "-", self._path.stem)
        variables = "".join(f"Environment={_quote(f'{key}={value}')}\n" for key, value in self._variables.items())
        service = (
            f"# Install for yourself: save as ~/.config/systemd/user/{name}.service, the timer beside it, then\n"
            f"#   systemctl --user daemon-reload && systemctl --user enable --now {name}.timer\n"
            "#   loginctl enable-linger    # so that it also runs while you are not logged in\n"
            f"# Look: systemctl --user list-timers; journalctl --user -u {name}\n"
            "# For the whole machine: /etc/systemd/system, User= in [Service], and systemctl without --user.\n"
            "[Unit]\n"
            f"Description=Harvest of the news sites in {_percent(str(self._path))}\n"
            "Wants=network-online.target\n"
            "After=network-online.target\n"
            "\n"
            "[Service]\n"
            "Type=oneshot\n"
            f"WorkingDirectory={_percent(str(self._path.parent))}\n"
            f"{variables}"
            f"ExecStart={' '.join(_quote(word, is_command=True) for word in self._command)}\n"
            "# The harvest hands a stop on to its crawls, and they end in order.\n"
            "KillMode=mixed\n"
            f"TimeoutStopSec={STOP_S}\n"
            "Nice=10\n"
        )
        timer = (
            "[Unit]\n"
            f"Description=Regular harvest of the news sites in {_percent(str(self._path))}\n"
            "\n"
            "[Timer]\n"
            f"OnCalendar={self._interval.calendar(self._offset)}\n"
            "# A start that was missed while the machine was off is made up for.\n"
            "Persistent=true\n"
            "\n"
            "[Install]\n"
            "WantedBy=timers.target\n"
        )
        return {f"{name}.service": service, f"{name}.timer": timer}


def _percent(text: str) -> str:
    return text.replace("%", "%%")


def _quote(word: str, is_command: bool = False) -> str:
    """A word for systemd (systemd.syntax(7)); in a command $ would begin a variable."""
    word = _percent(word)
    if is_command:
        word = word.replace("$", "$$")
    if re.fullmatch(r"[\w@%+=:,./$-]+", word, re.ASCII):
        return word
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
