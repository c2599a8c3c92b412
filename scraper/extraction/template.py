"""Reading with a template: the learned places are printed, the rest of the page is not looked at.

The template says which part of the page to print, which line is the headline and which lines are the body. The readers
of labels, dates and people then look at the few lines around them as they do on any page.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from scraper.extraction.body import set_body
from scraper.extraction.kickers import MAX_TITLE_CHARS, Printed, read_kicker, read_subtitle
from scraper.extraction.lines import HEADING_TAGS, Line, inner_text, print_parts, width
from scraper.extraction.places import is_prose
from scraper.extraction.reading import Candidate, PageReading
from scraper.extraction.segment import choose
from scraper.extraction.titlekeys import title_key
from scraper.extraction.titles import window_title
from scraper.extraction.view import PageView
from scraper.extraction.weights import weigh
from scraper.profiles.boilerplate import Boilerplate
from scraper.profiles.locators import find_all
from scraper.profiles.template import Template

LEAST_TEXT = 60
"""Letters that a region must have; a page with less is read in the general way."""
LEAST_LINKS = 3
"""So many lines that are nothing but a link, one after the other, end no text."""
SMALL = 600
"""Letters from which on a region is not doubted."""
ELSEWHERE = 4
"""So many times the text of a small region in paragraphs elsewhere on the page, and the text has moved."""
_PICTURE = re.compile(r"(?:^|[\s_-])(?:img|image|photo|pic|picture|figure|caption|cutline)s?(?:$|[\s_-])", re.I)
MAX_TITLES = 5
MAX_TITLE_LINES = 3


_BY_NAME = re.compile(r"([a-z][a-z0-9]*)([.#])([\w-]+)", re.ASCII)


class Dropped:
    """The elements that a template drops.

    A tag with a class or an id, which nearly all are, is known when the element is met; only the others are looked up.
    """

    def __init__(self, locators: Iterable[str], frame: Any) -> None:
        self._classes: set[tuple[str, str]] = set()
        self._ids: set[tuple[str, str]] = set()
        self._others: set[Any] = set()
        for locator in locators:
            if match := _BY_NAME.fullmatch(locator):
                (self._classes if match[2] == "." else self._ids).add((match[1], match[3]))
            else:
                self._others.update(find_all(locator, frame))
        self._tags = {tag for tag, _ in self._classes | self._ids}

    def __contains__(self, element: Any) -> bool:
        tag = element.tag
        if tag in self._tags:
            if (tag, element.get("id")) in self._ids:
                return True
            names = element.get("class")
            if names and any((tag, name) in self._classes for name in names.split()):
                return True
        return element in self._others


@dataclass(slots=True)
class Misfit:
    """Why a template does not fit a page."""

    why: str


@dataclass(slots=True)
class Fit:
    """A page on which a template was found: its lines, and which of them are what."""

    lines: list[Line]
    title: Printed | None
    title_locator: str
    title_suffix: str | None
    regions: set[Any]
    """The elements that the region is made of."""
    body: list[int]
    """Indices of the lines of the region, what is to be dropped left out."""
    lead: list[int]
    """Indices of the paragraphs between headline and region: many systems keep the first one apart."""

    def read_title(self, view: PageView, reading: PageReading) -> None:
        """Add title, kicker and subtitle candidates; set `view.headline`."""
        window = window_title(view.tree)
        if self.title is None:  # beside a headline the suffix says whose page it is
            window = window.removesuffix(self.title_suffix or "")
        reading.add("title", Candidate(raw=window, method="title", locator="title", confidence=0.5))
        headline = self.title
        if headline is None:
            return
        view.headline = headline.last
        # As in the general way, a headline that the window title repeats is surer than one that it does not.
        confidence = 0.9 if title_key(headline.text) in title_key(window) else 0.75
        reading.add(
            "title",
            Candidate(raw=headline.text, method="template", locator=self.title_locator, confidence=confidence),
        )
        read_kicker(view, reading, headline)
        read_subtitle(view, reading, headline)

    def read_body(self, view: PageView, reading: PageReading) -> None:
        """Fill `reading.blocks`, `view.body`, `reading.head` and `reading.tail`."""
        beside = {
            candidate.locator for name in ("kicker", "subtitle") for candidate in reading.candidates.get(name, ())
        }
        body = [index for index in self.body if f"line {index}" not in beside]
        if chosen := choose_lines(view, body, self.regions, self.lead):
            set_body(view, reading, chosen)


def choose_lines(view: PageView, region: list[int], blocks: set[Any], lead: list[int]) -> list[int]:
    """The lines that are body: lists and boxes among the paragraphs of the region stay out.

    Args:
        view: the page.
        region: the lines that stand in the region.
        blocks: its elements.
        lead: paragraphs between the headline and the region, which may be the first of the text.
    """
    captions = {index for index in region if _is_caption(view.lines[index], blocks)}
    if len(captions) * 2 > len(region):
        captions.clear()
    body = set(region) - captions
    return _without_list_at_end(view.lines, choose(weigh(view, body, {*region, *lead})))


def _without_list_at_end(lines: list[Line], chosen: list[int]) -> list[int]:
    """The lines without the headlines of other articles that some systems print below the text, in its element."""
    end = len(chosen)
    while end and lines[chosen[end - 1]].is_linked_title:
        end -= 1
    is_list = len(chosen) - end >= LEAST_LINKS and sum(width(lines[index].text) for index in chosen[:end]) >= LEAST_TEXT
    return chosen[:end] if is_list else chosen


def _is_caption(line: Line, blocks: set[Any]) -> bool:
    """Whether a line stands with a picture, by the names of the elements around it within the region."""
    level = line.node
    while level is not None and level not in blocks:
        names = f"{level.get('class') or ''} {level.get('id') or ''}"
        if level.tag in ("figure", "figcaption") or (len(names) > 1 and _PICTURE.search(names)):
            return True
        level = level.getparent()
    return False


def fit_template(tree: Any, template: Template) -> Fit | Misfit:
    """Find the places of a template on a page."""
    body_locator, regions = _first(template.body, tree)
    if not regions:
        return Misfit(f"no {' or '.join(template.body)}")
    title_locator, titles = _first(template.title, tree)
    titles = [one for one in titles[:MAX_TITLES] if inner_text(one).strip()]
    if template.title and not titles:
        return Misfit(f"no headline at {' or '.join(template.title)}")
    frame = _frame(template, tree, [*titles[:1], *regions])
    dropped = Dropped(template.drop, frame)
    crumbs = [element for place in template.section for element in find_all(place.at, tree)[:1]]
    around = set(frame.iterancestors())
    outside = [one for one in crumbs if one is not frame and one not in around and not _stands_in(one, {frame})]
    records = [element for place in template.records for element in find_all(place.at, tree)[:1]]
    behind = [one for one in records if one not in around and not _stands_in(one, {frame, *outside})]
    lines = print_parts([*outside, frame, *behind], dropped)
    boilerplate = Boilerplate(template.boilerplate)
    inner = set(regions)
    is_inner: dict[Any, bool] = {}
    for line in lines:
        if line.node not in is_inner:
            is_inner[line.node] = _stands_in(line.node, inner)
    title = _printed(lines, titles[0], window_title(tree)) if titles else None
    if template.title and title is None:
        return Misfit(f"no headline at {title_locator}")
    named = range(title.first, title.last + 1) if title else range(0)
    body = [
        line.index for line in lines if line.index not in named and line.text not in boilerplate and is_inner[line.node]
    ]
    size = sum(width(lines[index].text) for index in body)
    if size < LEAST_TEXT:
        return Misfit(f"{size} letters of text at {body_locator}")
    if sum(lines[index].link_chars for index in body) * 2 > sum(len(lines[index].text) for index in body):
        return Misfit(f"mostly links at {body_locator}")
    if size < SMALL and (elsewhere := _prose_outside(tree, inner, dropped)) > ELSEWHERE * size:
        return Misfit(f"{size} letters of text at {body_locator}, and {elsewhere} in paragraphs elsewhere")
    lead = _lead(lines, named.stop, body[0], boilerplate)
    return Fit(lines, title, title_locator, template.title_suffix, inner, body, lead)


def _lead(lines: list[Line], start: int, stop: int, boilerplate: Container[str]) -> list[int]:
    if start == 0:
        return []
    return [line.index for line in lines[start:stop] if is_prose(line) and line.text not in boilerplate]


def _first(locators: Iterable[str], tree: Any) -> tuple[str, list[Any]]:
    """The first locator that names something, and what it names; ("", []) where none does."""
    for locator in locators:
        if found := find_all(locator, tree):
            return locator, found
    return "", []


def _frame(template: Template, tree: Any, inside: list[Any]) -> Any:
    """The part of the page that is printed: what the template says, as far out as headline and region need."""
    _, frames = _first(template.frame, tree)
    if not frames:
        body = tree.find("body")
        return tree if body is None else body
    frame = frames[0]
    for element in inside:
        while not _stands_in(element, (frame,)) and frame.getparent() is not None:
            frame = frame.getparent()
    return frame


def _stands_in(element: Any, outer: Container[Any]) -> bool:
    while element is not None:
        if element in outer:
            return True
        element = element.getparent()
    return False


def _prose_outside(tree: Any, region: Container[Any], dropped: Container[Any]) -> int:
    """Letters in paragraphs that stand neither in the region nor in what is dropped."""
    paragraphs = (one for one in tree.iter("p") if not _stands_in(one, region) and not _stands_in(one, dropped))
    texts = (inner_text(one).strip() for one in paragraphs)
    return sum(size for text in texts if (size := width(text)) >= LEAST_TEXT)


def _printed(lines: list[Line], element: Any, window: str) -> Printed | None:
    """The lines that an element prints, if they can be a headline.

    Where kicker or subtitle stand in it too, the lines that the title of the window repeats.
    """
    own = [line for line in lines if _stands_in(line.node, {element})]
    if len(own) > 1:
        key_of_window = title_key(window)
        named = [line for line in own if (key := title_key(line.text)) and key in key_of_window]
        own = own[own.index(named[0]) : own.index(named[-1]) + 1] if named else own
    text = " ".join(line.text for line in own)
    if not own or len(own) > MAX_TITLE_LINES or len(text) > MAX_TITLE_CHARS:
        return None
    tag = element.tag if element.tag in HEADING_TAGS else ""
    # Where one element holds the whole headline, what stands beside the headline in it is told by its neighbours.
    node = own[0].node if all(line.node is own[0].node for line in own) else element
    return Printed(own[0].index, own[-1].index, text, tag, node)
