"""The column "learned": per site, learn from some pages and score the others, beside the other systems on the same.

    python -m bench.accuracy.learned [--corpus NAME] [--every N] [--site SITE] [--min N] [--verbose]

A site is a label `site`, else a host. Up to 20 pages are learned from, half of the pages where there are fewer than 40,
and at least five; these are never scored. Of zhgold, with at most eight pages a site, each page is scored once, learned
from all others of its site. Speed is that of reading alone (decode, parse, links, fields), learned
against trafilatura, on the pages scored, alternating.
"""

from __future__ import annotations

import argparse
import gc
import logging
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

from bench.accuracy.corpora import Page, load_measure, read_corpus
from bench.accuracy.scores import field_errors, score_fields, score_texts
from bench.accuracy.systems import FETCHED_AT, Answer, answer_of, ours, trafilatura_alone
from pipelines import normalize
from scraper.discovery.links import collect_links
from scraper.discovery.paging import find_paging
from scraper.extraction import PageReading, read_page
from scraper.extraction.elements import Elements
from scraper.extraction.lines import Line
from scraper.extraction.page import open_page
from scraper.profiles import Profile
from scraper.profiles.learning import Learned, learn_templates, observe_page

DEFAULT_DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
MOST, LEAST, FEW = 20, 5, 40


@dataclass(slots=True)
class Column:
    """What the systems gave for the pages that were scored."""

    pages: list[Page] = field(default_factory=list)
    answers: dict[str, list[Answer]] = field(default_factory=lambda: {"learned": [], "general": [], "trafilatura": []})
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    by_template: int = 0
    template_seconds: float = 0.0
    """CPU of the pages that a template read."""
    link_seconds: float = 0.0
    """CPU of their links and paging, measured once more by itself."""


def site_of(page: Page) -> str | None:
    """The site of a page; None where nobody says."""
    named = page.label.get("site")
    return str(named) if named else urlsplit(page.url).hostname if page.url else None


def by_site(pages: list[Page], least: int) -> dict[str, list[Page]]:
    """The sites with enough pages."""
    sites: defaultdict[str, list[Page]] = defaultdict(list)
    for page in pages:
        if site := site_of(page):
            sites[site].append(page)
    return {site: own for site, own in sorted(sites.items()) if len(own) >= least}


def split(pages: list[Page], *, each: bool) -> Iterator[tuple[list[Page], list[Page]]]:
    """Pages to learn from, and pages to score: never the same.

    Args:
        pages: of one site.
        each: score every page once, learned from all others: for a corpus with a handful of pages a site.
    """
    if each:
        for number, page in enumerate(pages):
            yield pages[:number] + pages[number + 1 :], [page]
        return
    count = MOST if len(pages) >= FEW else max(LEAST, len(pages) // 2)
    yield pages[:count], pages[count:]


def learn(name: str, pages: list[Page]) -> tuple[Profile, Learned]:
    """The profile of a site from some of its pages."""
    seen = [page for one in pages if (page := observe_page(one.html, one.url)) is not None]
    learned = learn_templates(seen)
    key = "".join(char if char.isalnum() else "-" for char in name.lower()).strip("-") or "site"
    return Profile(name=key, boilerplate=learned.boilerplate, templates=tuple(learned.templates)), learned


def run(column: Column, profile: Profile, pages: list[Page]) -> None:
    """All systems on the same pages."""
    for number, page in enumerate(pages):
        reading = PageReading()
        for system in ("learned", "trafilatura") if number % 2 else ("trafilatura", "learned"):
            start = time.process_time()
            if system == "learned":
                reading = read_page(page.html, page.url, profile=profile)
            else:
                answer = trafilatura_alone(page)
            used = time.process_time() - start
            column.seconds[system] += used
            if system == "learned" and reading.template:
                column.by_template += 1
                column.template_seconds += used
                column.link_seconds += measure_links(page)
        column.pages.append(page)
        column.answers["learned"].append(answer_of(normalize(reading, fetched_at=FETCHED_AT, profile=profile)))
        column.answers["trafilatura"].append(answer)
        column.answers["general"].append(ours(page))


def measure_links(page: Page) -> float:
    """CPU seconds for the links of a page and where it goes on, which trafilatura does not look for."""
    reading = PageReading(url=page.url)
    tree = open_page(page.html, None, reading)
    start = time.process_time()
    elements = Elements(tree)
    links, _ = collect_links(elements, page.url, page.url)
    find_paging(elements, [Line(0, "-", tree, 0, [(link.text, link.url) for link in links])], page.url, page.url)
    return time.process_time() - start


def mean_f1(measure: ModuleType, pages: list[Page], answers: list[Answer]) -> float:
    """Mean F1 of the bodies."""
    figures, _ = score_texts(measure, pages, answers)
    value = figures["body F1"]
    return value if isinstance(value, float) else 0.0


def main() -> int:
    """Run the comparison; 0, or 65 where the data are not there."""
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy.learned", description=__doc__)
    parser.add_argument("--corpus", default="daniel", choices=["daniel", "zhgold"])
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every n-th site")
    parser.add_argument("--site", action="append", help="only this site")
    parser.add_argument("--min", type=int, default=8, metavar="N", help="sites of at least so many pages")
    parser.add_argument("--verbose", action="store_true", help="show templates, and the pages that got worse")
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="folder of the corpora")
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)
    try:
        pages = list(read_corpus(arguments.data / arguments.corpus))
        measure = load_measure(arguments.data, "zhgold" if arguments.corpus == "zhgold" else "text_metrics")
    except FileNotFoundError as error:
        print(f"{error.filename or error} is missing: give the folder of labelled pages with --data.", file=sys.stderr)
        return 65
    sites = by_site(pages, arguments.min)
    whole = Column()
    gc.freeze()  # as in a worker process: what was loaded before is not looked at again
    print(f"{arguments.corpus}: learned, the general way and trafilatura on pages not learned from")
    for site in sorted(arguments.site or list(sites)[:: arguments.every]):
        column = Column()
        for learning, scored in split(sites[site], each=arguments.corpus == "zhgold"):
            profile, learned = learn(site, learning)
            run(column, profile, scored)
        _print_site(measure, site, column, learned, arguments.verbose)
        _add(whole, column)
    _print_whole(measure, arguments.corpus, whole, arguments.verbose)
    return 0


def _add(whole: Column, column: Column) -> None:
    whole.pages += column.pages
    for name, answers in column.answers.items():
        whole.answers[name] += answers
    for name, used in column.seconds.items():
        whole.seconds[name] += used
    whole.by_template += column.by_template
    whole.template_seconds += column.template_seconds
    whole.link_seconds += column.link_seconds


def _print_site(measure: ModuleType, site: str, column: Column, learned: Learned, verbose: bool) -> None:
    text = f"  {site:24s} {len(column.pages):4d} pages, {column.by_template:4d} by {len(learned.templates)} templates"
    if "text" in column.pages[0].label.get("gold", {}):
        f1 = {name: mean_f1(measure, column.pages, answers) for name, answers in column.answers.items()}
        text += "".join(f"  {name} {value:.3f}" for name, value in f1.items())
        text += "  WORSE" if f1["learned"] < f1["general"] - 0.01 else ""
    print(text)
    if not verbose:
        return
    for template in learned.templates:
        print(f"      {template.model_dump(exclude_defaults=True, exclude={'boilerplate'})}")
    for sentence in learned.refused:
        print(f"      not kept: {sentence}")
    if "text" in column.pages[0].label.get("gold", {}):
        for number, page in enumerate(column.pages):
            ours, general = (
                mean_f1(measure, [page], [column.answers[name][number]]) for name in ("learned", "general")
            )
            if ours < general - 0.05:
                reason = column.answers["learned"][number].reason or ""
                print(f"      {page.id} {ours:.3f} general {general:.3f} {reason}")


def _print_whole(measure: ModuleType, corpus: str, whole: Column, verbose: bool) -> None:
    score = score_fields if corpus == "zhgold" else score_texts
    figures = {name: score(measure, whole.pages, answers)[0] for name, answers in whole.answers.items()}
    print(f"\n{corpus}: {len(whole.pages)} pages{'':12s}" + "".join(f"{name:>14s}" for name in figures))
    for name in figures["learned"]:
        values = (figures[system][name] for system in figures)
        shown = (f"{value:.3f}" if isinstance(value, float) else str(value or "-") for value in values)
        print(f"  {name:28s}" + "".join(f"{value:>14s}" for value in shown))
    count, per_page = len(whole.pages), {name: used / len(whole.pages) for name, used in whole.seconds.items()}
    if corpus != "zhgold":
        lost = {name: 1 - mean_f1(measure, whole.pages, answers) for name, answers in whole.answers.items()}
        print(f"  1-F1, trafilatura = 1: learned {lost['learned'] / lost['trafilatura']:.3f}")
    for system in ("learned", "general") if corpus == "zhgold" and verbose else ():
        for name in ("title", "date", "source", "authors", "editor", "section"):
            for sentence in field_errors(measure, whole.pages, whole.answers[system], name):
                print(f"  {system}, {name}: {sentence}")
    print(f"  read by a template: {whole.by_template} of {count}")
    if whole.by_template:
        fast = whole.template_seconds / whole.by_template
        print(
            f"  CPU ms a page: by template {fast * 1000:.1f}, trafilatura {per_page['trafilatura'] * 1000:.1f}: "
            f"{per_page['trafilatura'] / fast:.1f} times its pages a CPU second; with the pages that no template read "
            f"{per_page['trafilatura'] / per_page['learned']:.1f}"
        )
        links = whole.link_seconds / whole.by_template
        print(
            f"  of these {links * 1000:.1f} for links and paging, which trafilatura does not look for; "
            f"without them {per_page['trafilatura'] / (fast - links):.1f} times"
        )


if __name__ == "__main__":
    sys.exit(main())
