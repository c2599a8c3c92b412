"""Profiles as files: what learning writes, and how it leaves alone what a person wrote.

Every table and key that learning writes carries a mark, a fingerprint of its content. Content that no longer has its
mark was changed by a person, and is never touched again; neither is what has no mark. What was learned once and is not
there any more was taken out by a person, and is not written again. The same pages give the same bytes.
"""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import tomlkit
from tomlkit.items import AoT

from scraper.profiles.learning.learner import Learned
from scraper.profiles.template import Template, is_as_marked, mark_of
from scraper.profiles.weaving import beside, weave, within

WIDTH = 100
"""A list that is longer is written over several lines."""

_SITE_KEYS = ("article_urls", "listing_urls", "boilerplate")
_HEAD = """\
# {name}, as it was learned. Edit what you like: what you change, add or take
# out stays so when the site is learned again, and so do your comments; only what
# still has its mark is replaced. docs/profiles.md tells what each key means.
"""
_EVIDENCE = "# {pages} pages; on pages left out the body agrees to {agreement:.3f} with the general way"
_IS_EVIDENCE = re.compile(r"# \d+ pages; on pages left out the body agrees to [\d.]+ with the general way").fullmatch


@dataclass(slots=True, frozen=True)
class Change:
    """A site has other pages than before."""

    on: datetime.date
    """Day of the first of them; on that day both kinds were fetched."""
    stopped: Collection[str]
    """The templates that no longer fit, as messages call them; empty where the pages are of a part of the site that
    nobody looked at before."""


def print_profile(name: str, learned: Learned, seeds: tuple[str, ...] = ()) -> str:
    """A new profile in TOML.

    Args:
        name: key of the site.
        learned: what its pages have in common.
        seeds: where a crawl of the site starts.
    """
    lines = [_HEAD.format(name=name), f"name = {_value(name)}\n"]
    if seeds:
        lines.append(f"seeds = {_value(list(seeds))}\n")
    site = _site_values(learned)
    lines += [f"{key} = {_value(value)}\n" for key, value in site.items()]
    lines.append("\n" + _learned_table(learned, site, {}, ()))
    lines += ["\n" + print_template(template) for template in learned.templates]
    return "".join(lines)


def learn_again(text: str, learned: Learned, days: Collection[datetime.date] = (), change: Change | None = None) -> str:
    """A profile with what was learned anew.

    What a person changed, wrote or took out stays so, comments included. A template that was found again is written
    anew, one that was not found stays, and new ones are added. One that was for other days than those of the pages is
    not the one that was found, even with the same region: its design has ended, or is still to come.

    After a change, templates that have stopped end with its day, the others stay as they are, and new ones are valid
    from that day, or for any day where none has stopped; forms of addresses and recurring lines are added to those that
    are known.

    Args:
        text: the profile as it stands, valid TOML.
        learned: what pages of the site have in common now; after a change, those that no template reads.
        days: on which the pages were fetched; empty where nobody knows.
        change: what has stopped; None where the pages are the same as before.
    """
    document = tomlkit.parse(text)
    plain = tomllib.loads(text)
    table = plain.get("learned", {})
    marks, bodies = table.get("marks", {}), table.get("bodies", [])
    site = _site_values(learned)
    if change is not None:  # learned from the pages that nothing fits: the others of the site are as they were
        known = {key: plain[key] for key in _SITE_KEYS if key in plain}
        site = known | {key: list(dict.fromkeys([*known.get(key, ()), *values])) for key, values in site.items()}
    ours = {key for key in _SITE_KEYS if key not in plain or mark_of(plain[key]) == marks.get(key)}
    # A key that was learned once and is gone was taken out by a person.
    ours -= {key for key in marks if key not in plain}
    # A list with a person's remarks stays with them; so does a key that would go, with the remark beside it.
    ours -= {key for key in ours & plain.keys() if within(document[key]) or (key not in site and beside(document[key]))}
    for key in sorted(ours):
        if key in site and site[key] != plain.get(key):
            document[key] = tomlkit.parse(f"{key} = {_value(site[key])}\n")[key]
        elif key in document and key not in site:
            del document[key]
    tables = document.get("template")
    if not isinstance(tables, AoT):
        tables = tomlkit.aot()
        for one in plain.get("template", ()):  # written as a list of inline tables
            tables.append(tomlkit.item(one))
    if change is None:
        _replace_templates(tables, plain.get("template", []), learned, days, bodies)
    else:
        _follow_change(tables, plain.get("template", []), learned, change, bodies)
    if len(tables) and tables is not document.get("template"):
        document["template"] = tables
    kept = {key: mark for key, mark in marks.items() if key not in ours}
    fresh = _learned_table(learned, {key: value for key, value in site.items() if key in ours}, kept, bodies)
    if "learned" in document:
        told = document["learned"]
        text = weave(told, tomlkit.parse(fresh)["learned"], lambda comment: False)
        fresh = f"[learned]{beside(told)}\n{text}"
    renewed: Any = tomlkit.parse(fresh)["learned"]
    length = len(renewed.value.body)
    document["learned"] = renewed
    # tomlkit adds a blank line, which would part a comment from the table that it speaks of.
    del renewed.value.body[length:]
    return _spaced(tomlkit.dumps(document))


def _spaced(text: str) -> str:
    """A blank line before each table, or before the comment above it; tables that were replaced have none."""
    lines: list[str] = []
    for line in text.splitlines():
        if line in ("[[template]]", "[learned]") and lines and lines[-1] and not lines[-1].startswith("#"):
            lines.append("")
        lines.append(line)
    return "\n".join(lines) + "\n"


def _replace_templates(
    tables: Any,
    before: list[dict[str, Any]],
    learned: Learned,
    days: Collection[datetime.date],
    bodies: Collection[str],
) -> None:
    fresh = _wanted(before, learned, bodies)
    for number, table in enumerate(before):
        template = Template.model_validate(table)
        if days and not any(template.covers(None, day) for day in days):
            continue
        found = fresh.pop(template.body, None)
        if found is not None and is_as_marked(table):
            span: dict[str, Any] = {key: table[key] for key in ("name", "valid_from", "valid_until") if key in table}
            tables[number] = _rewritten(tables[number], found.model_copy(update=span))
    for template in fresh.values():
        tables.append(_table(template))


def _wanted(before: list[dict[str, Any]], learned: Learned, bodies: Collection[str]) -> dict[tuple[str, ...], Template]:
    """What was learned, by the region, without what a person took out: it was learned before and is not there."""
    there = {locator for table in before for locator in Template.model_validate(table).body}
    return {one.body: one for one in learned.templates if one.body[0] in there or one.body[0] not in bodies}


def _follow_change(
    tables: Any, before: list[dict[str, Any]], learned: Learned, change: Change, bodies: Collection[str]
) -> None:
    fresh = _wanted(before, learned, () if change.stopped else bodies)  # another design has what the old one had not
    for number, table in enumerate(before):
        template = Template.model_validate(table)
        has_stopped = template.called(number + 1) in change.stopped
        if not has_stopped and template.covers(None, change.on):
            fresh.pop(template.body, None)
        elif has_stopped and template.valid_until is None and is_as_marked(table):
            ended = {"valid_until": max(change.on, template.valid_from or change.on), "mark": None}
            tables[number] = _rewritten(tables[number], template.model_copy(update=ended))
    for template in fresh.values():
        tables.append(_table(template.model_copy(update={"valid_from": change.on if change.stopped else None})))


def _rewritten(table: Any, template: Template) -> Any:
    """The table of a template in the place of one, with the comments of that."""
    text = weave(table, _table(template), lambda comment: _IS_EVIDENCE(comment) is not None)
    return _parsed(f"[[template]]{beside(table)}\n{text}")


def _table(template: Template) -> Any:
    return _parsed(print_template(template))


def _parsed(text: str) -> Any:
    parsed = tomlkit.parse(text)["template"]
    assert isinstance(parsed, AoT)
    return parsed[0]


def print_template(template: Template) -> str:
    """A template as a table of TOML, with its mark."""
    values: dict[str, Any] = template.model_dump(exclude_defaults=True, exclude={"mark"})
    for key in ("date", "source", "authors", "editor", "section", "records"):
        if key in values:
            values[key] = [place if place.get("label") else place["at"] for place in values[key]]
    plain = {key: _plain(value) for key, value in values.items()}
    lines = ["[[template]]\n"]
    if proof := template.learned_from:
        lines.append(_EVIDENCE.format(pages=proof.pages, agreement=proof.agreement) + "\n")
    lines += [f"{key} = {_value(value)}\n" for key, value in plain.items()]
    if template.learned_from is not None:
        lines.append(f"mark = {_value(mark_of(plain))}\n")
    return "".join(lines)


def _site_values(learned: Learned) -> dict[str, list[str]]:
    values = {key: list(getattr(learned, key)) for key in _SITE_KEYS}
    return {key: value for key, value in values.items() if value}


def _learned_table(learned: Learned, site: Mapping[str, Any], kept: Mapping[str, str], bodies: Collection[str]) -> str:
    lines = ["[learned]\n", f"pages = {learned.seen}\n"]
    if learned.refused:
        lines.append(f"refused = {_value(list(learned.refused))}\n")
    if known := sorted({*bodies, *(locator for template in learned.templates for locator in template.body)}):
        lines.append(f"bodies = {_value(known)}\n")
    marks = {**kept, **{key: mark_of(value) for key, value in site.items()}}
    if marks:
        lines.append(f"marks = {_value(dict(sorted(marks.items())))}\n")
    return "".join(lines)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        values = [_value(one) for one in value]
        line = f"[{', '.join(values)}]"
        return line if len(line) <= WIDTH else "[\n" + "".join(f"    {one},\n" for one in values) + "]"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        # A string of JSON is one of TOML, but for DEL.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value)
