"""The registry: what one fault is, and the houses (origins) that they are served from.

A new fault is a function with a sentence, under the decorator that says what has to come of it::

    @wire.bad(Reason.RESET)
    def reset_in_body(call: Call) -> None:
        \"\"\"The connection is reset after half of the body.\"\"\"
        call.start(length=len(call.page))
        call.send(call.page[: len(call.page) // 2])
        call.reset()

Its name is the name of the function with dashes. The front page links to it, and `check` knows what to expect.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from faultsite.stories import DAY, Language, Story, write_story
from scraper.reasons import Reason

if TYPE_CHECKING:
    from faultsite.server import Call

Serve = Callable[["Call"], None]
Announced = Literal["home", "robots", "feed"]


class Kind(StrEnum):
    """What has to come of a fault."""

    GOOD = "good"
    """Every story is in the output once, title and text exactly as written."""
    BAD = "bad"
    """No record; every entry is reported with one of the expected reasons."""
    EITHER = "either"
    """Each entry is a right record or is reported with some reason."""
    TRAP = "trap"
    """At most `TRAP_BUDGET` requests, each of its stories once, and the trap is named in the report."""
    FORBIDDEN = "forbidden"
    """No request reaches the internal host, no file is read. With reasons it is reported like a bad one, without
    reasons its stories come out like good ones."""


TRAP_BUDGET = 200
"""Requests that one trap may cost (F2 of the bar)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One way to misbehave."""

    name: str
    kind: Kind
    reasons: frozenset[Reason]
    """One of them has to be reported; empty where nothing has to be."""
    house: House
    about: str
    serve: Serve
    """Called for every request under `/name/` but for the story pages of a fault that has an `entry`."""
    pages: int = 1
    """How many stories it has."""
    titles: tuple[str, ...] = ()
    """Headlines instead of the generated ones."""
    language: Language = "zh"
    entry: str | None = None
    """File that is announced instead of the story pages: a sitemap, a feed, a listing."""
    announced: Announced = "home"
    links: tuple[str, ...] | None = None
    """Addresses on the front page instead of those of the stories; `{origin}` is the origin of its house."""
    slow: bool = False
    """It takes the time limit of a request, or hundreds of requests: left out of the quick selection."""
    untouched: bool = False
    """Nothing but robots.txt may be asked of its house."""

    def path(self, number: int = 1) -> str:
        """Path of a story page, numbered from 1."""
        return f"/{self.name}/{DAY.replace('-', '')}/{1000 + number}.html"

    def story(self, number: int = 1) -> Story:
        """The story of a page, numbered from 1."""
        title = self.titles[number - 1] if number <= len(self.titles) else None
        return write_story(f"{self.name}/{number}", title, self.language)

    @property
    def stories(self) -> list[Story]:
        """All stories that it has."""
        return [self.story(number) for number in range(1, self.pages + 1)]

    @property
    def entries(self) -> list[str]:
        """Paths or URLs that have to be answered for: right in the output or reported, as the kind says."""
        if self.links is not None:
            return list(self.links)
        if self.entry is not None:
            return [f"/{self.name}/{self.entry}"]
        return [self.path(number) for number in range(1, self.pages + 1)]

    def answers(self, path: str) -> bool:
        """Whether there is a page: a fault without an `entry` has its stories and what the front page links to."""
        own = {self.path(number) for number in range(1, self.pages + 1)}
        linked = {link.partition("?")[0].partition("#")[0] for link in self.links or ()}
        return self.entry is not None or path in own | linked


@dataclass(eq=False, slots=True)
class House:
    """An origin of the site: an address, and a port that the houses without `own_port` share."""

    name: str
    address: str
    own_port: bool = False
    faults: list[Fault] = field(default_factory=list)

    def good(self, **options: object) -> Callable[[Serve], Fault]:
        return self._register(Kind.GOOD, (), options)

    def bad(self, *reasons: Reason, **options: object) -> Callable[[Serve], Fault]:
        return self._register(Kind.BAD, reasons, options)

    def either(self, **options: object) -> Callable[[Serve], Fault]:
        return self._register(Kind.EITHER, tuple(Reason), options)

    def trap(self, *reasons: Reason, **options: object) -> Callable[[Serve], Fault]:
        return self._register(Kind.TRAP, reasons or (Reason.TRAP,), options)

    def forbidden(self, *reasons: Reason, **options: object) -> Callable[[Serve], Fault]:
        return self._register(Kind.FORBIDDEN, reasons, options)

    def _register(
        self, kind: Kind, reasons: tuple[Reason, ...], options: dict[str, object]
    ) -> Callable[[Serve], Fault]:
        def register(serve: Serve) -> Fault:
            name = str(options.pop("name", serve.__name__.replace("_", "-")))
            about = str(options.pop("about", serve.__doc__ or "")).strip()
            if name in FAULTS:
                raise ValueError(f"two faults are called {name}")
            if not about:
                raise ValueError(f"fault {name} says nothing: give it a docstring of one sentence")
            titles = tuple(options.get("titles", ()))  # type: ignore[arg-type, var-annotated]
            if titles:
                options.setdefault("pages", len(titles))
            fault = Fault(
                name=name,
                kind=kind,
                reasons=frozenset(reasons),
                house=self,
                about=about,
                serve=serve,
                **options,  # type: ignore[arg-type]
            )
            FAULTS[name] = fault
            self.faults.append(fault)
            return fault

        return register


FAULTS: dict[str, Fault] = {}
"""Every fault by name, in the order in which the modules register them."""

front = House("front", "127.0.0.20")
wire = House("wire", "127.0.0.21")
slow = House("slow", "127.0.0.22")
sizes = House("sizes", "127.0.0.23")
addresses = House("addresses", "127.0.0.24")
traps = House("traps", "127.0.0.25")
busy = House("busy", "127.0.0.26")
closed = House("closed", "127.0.0.27")
answers = House("answers", "127.0.0.29")

ROBOTS_ADDRESS = "127.0.0.28"
"""Each fault of robots.txt has an origin of its own here, told apart by its port."""

INTERNAL_ADDRESSES = ("127.0.0.66", "127.0.0.1", "::1")
"""Where the internal host listens: it counts every request that reaches it."""

NO_SUCH_HOST = "no-such-newspaper.invalid"
"""A name without an address (RFC 6761 §6.4)."""
