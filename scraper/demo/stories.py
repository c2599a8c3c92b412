"""The texts of the demo newspaper, loaded from the TOML files in texts/.

A story says once what happened and who wrote it. The pages print it in the manner of three content management
systems and an e-paper; `scraper.demo.truth` says what a reader must get out of those pages. Place names, people
and events are invented.

The body of a story is plain text, one paragraph a line. Lines with a mark are something else:

    ## words              a subhead
    ![slug] words | name  a picture with its caption and photographer
    ---                   the next page of an article over several pages

``{jump}`` inside a paragraph is the place where print sent the reader to another page of the paper.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Literal

BlockKind = Literal["paragraph", "heading", "picture"]

JUMP = "{jump}"
_PICTURE = re.compile(r"!\[(?P<slug>[\w-]+)\] (?P<caption>[^|]+?)(?: \| (?P<photographer>.+))?$")


@dataclass(frozen=True, kw_only=True)
class Person:
    name: str
    """As printed: a name of two characters may stand with a space between them."""
    role: str = ""
    """The printed role word, such as 记者 or 本报记者; empty where none stands."""

    @property
    def plain_name(self) -> str:
        """The name without the space that print puts between two characters."""
        return re.sub(r"(?<=[\u3400-\U0003ffff])[ \u3000](?=[\u3400-\U0003ffff])", "", self.name)


@dataclass(frozen=True, kw_only=True)
class Block:
    kind: BlockKind
    text: str
    slug: str | None = None
    photographer: str | None = None


@dataclass(frozen=True, kw_only=True)
class Story:
    key: str
    number: int
    channel: str
    title: str
    date: str
    """2026-11-18, 2026-11-18 10:17 or 2026-11-18 10:17:32, as exactly as the page says it, China time."""
    body: str
    kicker: str | None = None
    subtitle: str | None = None
    writers: tuple[Person, ...] = ()
    byline: str = ""
    """Where the writers stand: dateline, box, line, info, glued, closing; empty where nobody is named."""
    dateline: str = ""
    source: str | None = None
    source_url: str | None = None
    editors: tuple[str, ...] = ()
    editor_line: str = ""
    """The closing line with ``{}`` for the names, such as 【责任编辑：{}】."""
    staff: tuple[Person, ...] = ()
    """Others in the closing line: 校对, 一审 …"""
    keywords: tuple[str, ...] = ()
    jump: tuple[str, str] = ("", "")
    """Page that the reader is sent to, page that the reader comes from, as printed."""
    encoding: str = ""
    """Name of one of `scraper.demo.paper.ENCODINGS`; empty for that of the channel."""
    page: int = 0
    """Page of the e-paper; 0 for a story of the web site."""
    twin: str | None = None
    """Key of the story with the very same text."""
    modified: str | None = None
    days: tuple[int, ...] = (1, 2, 3)
    """On which days of the demo the story is on line; on later days it is gone."""
    corrections: dict[int, dict[str, str]] = field(default_factory=dict)
    """By day: fields that print otherwise from that day on."""

    @property
    def is_lasting(self) -> bool:
        """Whether the story is on line on every day and never changes."""
        return self.days == (1, 2, 3) and not self.corrections

    @property
    def published(self) -> datetime:
        return datetime.fromisoformat(self.date)

    @property
    def changed(self) -> datetime:
        return datetime.fromisoformat(self.modified or self.date)

    @property
    def pages(self) -> list[list[Block]]:
        """The blocks of the body, page by page."""
        pages: list[list[Block]] = [[]]
        for line in self.body.strip().splitlines():
            text = line.strip()
            if text == "---":
                pages.append([])
            elif text:
                pages[-1].append(_parse_block(text))
        return pages

    def on_day(self, day: int) -> Story:
        """The story as it reads on a day of the demo."""
        changes: dict[str, Any] = {}
        for since in sorted(self.corrections):
            if since <= day:
                changes.update(self.corrections[since])
        return replace(self, **changes) if changes else self


def _parse_block(text: str) -> Block:
    if text.startswith("## "):
        return Block(kind="heading", text=text[3:])
    if text.startswith("!["):
        picture = _PICTURE.match(text)
        if picture is None:
            raise ValueError(f"not a picture line: {text!r}; expected ![slug] caption | photographer")
        return Block(
            kind="picture", text=picture["caption"], slug=picture["slug"], photographer=picture["photographer"]
        )
    return Block(kind="paragraph", text=text)


@cache
def all_stories() -> tuple[Story, ...]:
    """Every story of every day, in the order of their numbers."""
    folder = files("scraper.demo") / "texts"
    stories: list[Story] = []
    for name in sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml")):
        for record in tomllib.loads((folder / name).read_text("utf-8"))["story"]:
            stories.append(_build_story(record, number=48300 + 7 * len(stories)))
    by_key = {story.key: story for story in stories}
    return tuple(replace(story, body=by_key[story.twin].body) if story.twin else story for story in stories)


def stories_on(day: int) -> tuple[Story, ...]:
    """The stories that are on line on a day, as they read on that day."""
    return tuple(story.on_day(day) for story in all_stories() if day in story.days)


def _build_story(record: dict[str, Any], number: int) -> Story:
    fields = dict(record)
    for name in ("writers", "staff"):
        fields[name] = tuple(_build_person(person) for person in fields.get(name, ()))
    for name in ("editors", "keywords", "jump", "days"):
        if name in fields:
            fields[name] = tuple(fields[name])
    if "corrections" in fields:
        fields["corrections"] = {int(day): changes for day, changes in fields["corrections"].items()}
    fields.setdefault("body", "")
    return Story(number=number, **fields)


def _build_person(words: list[str]) -> Person:
    role, name = words
    return Person(role=role, name=name)
