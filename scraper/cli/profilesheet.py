"""A profile as a person reads it, 80 columns wide, and as JSON."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Iterable
from typing import Any

import orjson
from rich.cells import cell_len

from scraper.cli.profilefile import ProfileFile
from scraper.profiles.model import Profile
from scraper.profiles.template import Place, Template, is_as_marked, mark_of

WIDTH = 80
LABEL = 16
"""Columns of the names of keys."""
MARGIN = " " * (LABEL + 2)

_PLACES = ("date", "source", "authors", "editor", "section")
_APART = ("name", "templates", "learned", "boilerplate")


def overview(found: ProfileFile, profile: Profile) -> str:
    """The profile in a few lines: where it stands, what it says of the site, and each template."""
    title = f"{profile.name}  {profile.publisher}" if profile.publisher else profile.name
    lines = [title, *_row("file", [f"ships with the project: {found.where}" if found.ships else found.where])]
    if found.ships and (note := head_note(found.text)):
        lines += _row("evidence", [note])
    if profile.learned:
        lines += _row("learned from", [_count(profile.learned.pages, "page")])
    for field, info in Profile.model_fields.items():
        value = getattr(profile, field)
        if field not in (*_APART, "publisher") and value != info.get_default(call_default_factory=True):
            lines += _row(info.alias or field, _words(value))
    if profile.boilerplate:
        lines += _row("boilerplate", [_count(len(profile.boilerplate), "line")])
    if changed := changed_keys(found.text):
        lines += _row("changed by hand", changed)
    if gone := gone_bodies(profile):
        lines += _row("taken out", gone)
    for sentence in profile.learned.refused if profile.learned else ():
        lines += _row("not kept", [sentence])
    states = template_states(found.text)
    for number, (template, state) in enumerate(zip(profile.templates, states, strict=True), start=1):
        lines += ["", *_template(number, template, state)]
    if not profile.templates:
        lines += ["", "No template: every page is read in the general way."]
    return "\n".join(lines)


def as_json(found: ProfileFile, profile: Profile) -> str:
    """The same for programs."""
    facts = {
        "file": found.where,
        "ships": found.ships,
        "changed_keys": changed_keys(found.text),
        "template_states": template_states(found.text),
        "profile": profile.model_dump(mode="json", by_alias=True, exclude_defaults=True),
    }
    return orjson.dumps(facts, option=orjson.OPT_INDENT_2).decode()


def template_states(text: str) -> list[str]:
    """Of each template of a profile: learned, changed (by a person, after it was learned) or written (by a person)."""
    states = []
    for table in tomllib.loads(text).get("template", []):
        states.append("written" if "mark" not in table else "learned" if is_as_marked(table) else "changed")
    return states


def changed_keys(text: str) -> list[str]:
    """The keys of the site that were learned, and that a person changed or took out."""
    plain = tomllib.loads(text)
    marks = plain.get("learned", {}).get("marks", {})
    return sorted(key for key, mark in marks.items() if key not in plain or mark_of(plain[key]) != mark)


def gone_bodies(profile: Profile) -> list[str]:
    """The regions that were learned, and whose template a person took out or gave another region."""
    there = {locator for template in profile.templates for locator in template.body}
    return [body for body in (profile.learned.bodies if profile.learned else ()) if body not in there]


def head_note(text: str) -> str:
    """What the comment at the head of a profile that ships says of its evidence."""
    lines = itertools.takewhile(lambda line: line.startswith("#"), text.splitlines())
    return " ".join(line.lstrip("# ") for line in lines).partition("Evidence: ")[2]


_STATES = {
    "learned": "as it was learned",
    "changed": "changed by hand; learning leaves it alone",
    "written": "written or looked over by a person; learning leaves it alone",
}


def _template(number: int, template: Template, state: str) -> list[str]:
    lines = [f"Template {number}" + (f"  {template.name}" if template.name else "")]
    lines += _row("state", [_STATES[state]])
    if proof := template.learned_from:
        lines += _row("evidence", [f"{_count(proof.pages, 'page')}, agreement {proof.agreement:.3f}"])
    if template.valid_from or template.valid_until:
        lines += _row("fetched", [f"{template.valid_from or '…'} to {template.valid_until or '…'}"])
    for key in ("urls", "body", "frame", "title", "title_suffix", *_PLACES, "records", "date_format", "drop"):
        if value := getattr(template, key):
            lines += _row(key, _words(value))
    if template.boilerplate:
        lines += _row("boilerplate", [_count(len(template.boilerplate), "line")])
    return lines


def _words(value: Any) -> list[str]:
    if isinstance(value, tuple):
        return [word for one in value for word in _words(one)]
    if isinstance(value, Place):
        return [f"{value.at} after {value.label}" if value.label else value.at]
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [f"{value:g}" if isinstance(value, float) else str(value)]


def _row(label: str, words: Iterable[str]) -> list[str]:
    """A key and its values, folded between two values; one that is wider than the page is folded at its blanks."""
    rows = []
    row = f"  {label:<{LABEL}}"
    is_empty = True
    for word in words:
        if not is_empty and cell_len(row) + len(", ,") + cell_len(word) > WIDTH:
            rows.append(row + ",")
            row, is_empty = MARGIN, True
        first, *further = _folded(word, WIDTH - len(MARGIN) - len(","))
        row += first if is_empty else f", {first}"
        is_empty = False
        for part in further:
            rows.append(row)
            row = f"{MARGIN}{part}"
    return [*rows, row]


def _folded(text: str, width: int) -> list[str]:
    """Lines of at most so many columns, where its blanks allow it; textwrap takes a Chinese letter for one column."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and cell_len(lines[-1]) + 1 + cell_len(word) > width:
            lines.append(word)
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    return lines


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
