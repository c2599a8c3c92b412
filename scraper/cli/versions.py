"""The versions of an article for people: what was taken out, what came in, which words of a paragraph differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, Literal

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from scraper.storage.history import History

Sign = Literal["-", "+", " "]

ALIKE = 0.5
"""From this similarity on two paragraphs are one that was edited; below it, one went and another came."""

STYLES: dict[Sign, str] = {"-": "red", "+": "green", " ": "dim"}

INDENT = 4

_WORDS = re.compile(r"[a-zA-Z0-9\u00c0-\u024f\u0400-\u04ff]+|\s+|.", re.DOTALL)
"""What is compared within a paragraph: words where spaces part them, characters elsewhere."""


def print_history(history: History, width: int) -> None:
    """Print the versions of an article with what changed from each to the next, and when it was gone.

    Args:
        history: at least one version.
        width: columns. Colours stand only where the output is a terminal; the signs say the same without them.
    """
    console = Console(width=width, highlight=False)
    newest = history.versions[-1]
    console.rule(Text(newest["title"] or newest["id"], style="bold"), align="left", style="dim")
    console.print(Text(newest["canonical_url"] or newest["url"] or newest["id"], style="dim"), soft_wrap=True)
    before: dict[str, Any] | None = None
    for at, moment in sorted(_moments(history), key=lambda entry: entry[0]):
        console.print()
        if "what" in moment:
            _print_turn(console, at, moment)
        else:
            _print_version(console, at, moment, before)
            before = moment


def _moments(history: History) -> Iterator[tuple[str, dict[str, Any]]]:
    """Versions, losses and returns, each with its time."""
    for change in history.changes:
        if change["what"] != "version":
            yield change["at"], change
    for record in history.versions:
        yield record["crawl"]["fetched_at"] or "", record


def _print_turn(console: Console, at: str, change: dict[str, Any]) -> None:
    says = f" ({change['detail']})" if change["detail"] else ""
    word = "gone" if change["what"] == "gone" else "back again"
    console.print(Text(f"{_shown(at)}  {word}{says}", style="yellow" if word == "gone" else "green"))


def _print_version(console: Console, at: str, record: dict[str, Any], before: dict[str, Any] | None) -> None:
    console.print(Text(f"{_shown(at)}  version {record['version']}", style="bold"))
    if before is None:
        _print_line(console, " ", Text(f"{len(_paragraphs(record))} paragraphs, published {_shown_date(record)}"))
        return
    for name in ("kicker", "title", "subtitle", "date_published", "date_modified"):
        if before[name] != record[name]:
            old, new = mark_words(before[name] or "", record[name] or "")
            for sign, text in (("-", old), ("+", new)):
                if text.plain:
                    _print_line(console, sign, Text(f"{name}: ").append_text(text))  # type: ignore[arg-type]
    for sign, paragraph in diff_paragraphs(_paragraphs(before), _paragraphs(record)):
        _print_line(console, sign, paragraph)


def _print_line(console: Console, sign: Sign, text: Text) -> None:
    for number, part in enumerate(fold_text(text, console.width - INDENT)):
        # The style of the line goes below that of the words that are marked in it.
        begin = f"  {sign} " if number == 0 else " " * INDENT
        console.print(Text(begin, style=STYLES[sign]).append_text(part), soft_wrap=True)


def fold_text(text: Text, width: int) -> list[Text]:
    """Cut a text into lines of at most `width` columns, at spaces where there are some, as Latin script has them.

    A library that wraps words takes a Chinese paragraph for one word, and begins it on a line of its own.
    """
    cuts: list[int] = []
    columns, space = 0, None
    for place, char in enumerate(text.plain):
        columns += cell_len(char)
        if columns > width:
            cut = space + 1 if space is not None and char != " " else place
            cuts.append(cut)
            columns, space = cell_len(text.plain[cut : place + 1]), None
        if char == " ":
            space = place
    return [line for line in text.divide(cuts) if line.plain.strip()]


def diff_paragraphs(old: list[str], new: list[str]) -> Iterator[tuple[Sign, Text]]:
    """What became of the paragraphs of a text, in their order.

    Yields:
        A sign and the paragraph: taken out, new, or for what stayed how many paragraphs that are.
    """
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            count = end - start
            yield " ", Text(f"… {count} paragraph{'s' if count > 1 else ''} as before", style="dim")
            continue
        for one, other in _pair(old[start:end], new[new_start:new_end]):
            removed, added = mark_words(one, other) if one and other else (Text(one or ""), Text(other or ""))
            if one:
                yield "-", removed
            if other:
                yield "+", added


def _pair(old: list[str], new: list[str]) -> Iterator[tuple[str | None, str | None]]:
    """Paragraphs that stand at one place, an edited one beside what it was; None where there is no other side."""
    left = list(new)
    for paragraph in old:
        likeness = [SequenceMatcher(None, paragraph, other, autojunk=False).ratio() for other in left]
        best = max(range(len(left)), key=likeness.__getitem__, default=None)
        if best is None or likeness[best] < ALIKE:
            yield paragraph, None
            continue
        for other in left[:best]:
            yield None, other
        yield paragraph, left[best]
        left = left[best + 1 :]
    for other in left:
        yield None, other


def mark_words(old: str, new: str) -> tuple[Text, Text]:
    """Two texts with the words marked in which they differ; unmarked where hardly anything is alike."""
    ours, theirs = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    if matcher.ratio() < ALIKE:
        return Text(old), Text(new)
    removed, added = Text(), Text()
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        style = "" if kind == "equal" else "bold reverse"
        removed.append("".join(ours[start:end]), style)
        added.append("".join(theirs[new_start:new_end]), style)
    return removed, added


def _paragraphs(record: dict[str, Any]) -> list[str]:
    return (record["text"] or "").split("\n\n")


def _shown(at: str) -> str:
    return at.replace("T", " ").replace("Z", " UTC") or "time not known"


def _shown_date(record: dict[str, Any]) -> str:
    return (record["date_published"] or "on a day that is not known").replace("T", " ")
