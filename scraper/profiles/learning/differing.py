"""Furniture that says something else on each page: "No. 4711 of 3 March is protected by …", "You are reading *title*".

It recurs word by word but for a few, so what counts are runs of four words instead of lines. A story may be of one form
too, such as the weather and the prices of the market. So a line is furniture only where it stands below text of the
page's own and in another box than this; a site whose texts are all of one form has none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from math import ceil
from typing import Any

from scraper.extraction.lines import HEADING_TAGS
from scraper.profiles.boilerplate import Boilerplate, is_pattern
from scraper.profiles.learning.observed import Observed

MIN_PAGES = 4
SHARE = 0.8
"""Share of the pages on which such a line must stand: furniture is on all of them, a formula of the desk on some."""
RUN = 4
"""Words in a row, or Chinese signs; digits do not count."""
ALIKE = 0.5
"""Share of its runs that a line must have in common with the others."""
LONG = 60
"""Letters from which on a line is looked at: what is shorter makes no page's text."""
LONGEST = 1500
"""Characters up to which one is: comparing two takes the square of it."""
LEAST_PIECE = 3
"""Letters of what recurs between two things that differ."""
MAX_DIFFERENCES = 6

_EAST_ASIAN = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_EAST_ASIAN}]|[^\W\d_{_EAST_ASIAN}]+")
_PART = re.compile(rf"[{_EAST_ASIAN}]|[^\W_{_EAST_ASIAN}]+|[\W_]")
_IN_A_BOX = HEADING_TAGS | {"p", "li", "blockquote"}

_Runs = frozenset[tuple[str, ...]]


def find_differing(pages: Sequence[Observed], recurring: frozenset[str]) -> tuple[str, ...]:
    """Lines with `*` for what differs, that the general way takes for body; see `scraper.profiles.boilerplate`.

    Args:
        pages: of a site.
        recurring: lines that are the same everywhere.
    """
    least = max(MIN_PAGES, ceil(SHARE * len(pages)))
    runs = [_runs_of(page, recurring) for page in pages]
    counts = Counter(run for lines in runs for run in frozenset().union(*lines.values()))
    often = {run for run, count in counts.items() if count >= least}
    pools: list[dict[int, _Runs]] = []
    own: set[str] = set()
    for page, lines in zip(pages, runs, strict=True):
        alike = {index: line for index, line in lines.items() if len(line & often) > ALIKE * len(line)}
        text = [index for index in lines if index in page.body and index not in alike]
        own.update(page.lines[index].text for index in text)
        homes = {_home(page.lines[index].node) for index in text}
        pools.append(
            {
                index: line
                for index, line in alike.items()
                if text and index > text[-1] and _home(page.lines[index].node) not in homes
            }
        )
    found = {
        _pattern([pages[number].lines[index].text for number, index in group])
        for group in _groups(pools, least)
        if any(index in pages[number].body for number, index in group)
    }
    return tuple(sorted(one for one in found if is_pattern(one) and not _fits_any(one, own)))


def _fits_any(pattern: str, lines: Iterable[str]) -> bool:
    known = Boilerplate([pattern])
    return any(line in known for line in lines)


def _runs_of(page: Observed, recurring: frozenset[str]) -> dict[int, _Runs]:
    found = {}
    for line in page.lines:
        if page.sizes[line.index] < LONG or len(line.text) > LONGEST:
            continue
        if line.text not in recurring and line.index != page.headline:
            words = _WORD.findall(line.text.lower())
            if len(words) >= RUN:
                found[line.index] = frozenset(zip(*(words[start:] for start in range(RUN)), strict=False))
    return found


def _home(node: Any) -> Any:
    """The box that a line stands in."""
    return node.getparent() if node.tag in _IN_A_BOX else node


def _groups(pools: list[dict[int, _Runs]], least: int) -> Iterable[list[tuple[int, int]]]:
    """Lines of different pages that are one: (page, line) of each."""
    for number, pool in enumerate(pools[: len(pools) - least + 1]):
        for index, runs in list(pool.items()):
            group = [(number, index)]
            for other in range(number + 1, len(pools)):
                best = max(pools[other], key=lambda one: (len(pools[other][one] & runs), -one), default=None)
                if best is not None and len(pools[other][best] & runs) > ALIKE * min(
                    len(pools[other][best]), len(runs)
                ):
                    group.append((other, best))
            if len(group) >= least:
                for page, line in group:
                    del pools[page][line]
                yield group


def _pattern(lines: Sequence[str]) -> str:
    """What several lines have in common, `*` between; empty where too much differs."""
    parts: list[str] = _PART.findall(lines[0])
    for line in lines[1:]:
        matcher = SequenceMatcher(None, parts, _PART.findall(line), autojunk=False)
        ours = theirs = 0
        kept: list[str] = []
        for block in matcher.get_matching_blocks():
            if block.a > ours or block.b > theirs:
                kept.append("*")
            kept += parts[block.a : block.a + block.size]
            ours, theirs = block.a + block.size, block.b + block.size
        parts = kept
    first, *inner, last = re.split(r"\*+", "".join(parts)) if "*" in parts else ("", "")
    pieces = [first, *(piece for piece in inner if len(piece.strip()) >= LEAST_PIECE), last]
    text = "*".join(pieces)
    fixed = sum(map(len, pieces))
    shortest = min(map(len, lines))
    return text if len(pieces) <= MAX_DIFFERENCES + 1 and fixed >= ALIKE * shortest else ""
