"""Fit the weights of `scraper/extraction/weights.py`: `python -m bench.accuracy.fit [--every N]`.

Each printed line of the labelled pages is one observation: its traits, and whether the label's text holds it. A
logistic regression gives the start; then the mean F1 of the pages is raised by gradient, each line counted with its
probability and its length ("soft F1"), because the figure that counts is a page's F1 and not the share of lines that
are right. Whole sites are held back in turn, so that the figures printed are those on sites never seen; the weights
are then fitted to all sites and printed, ready for the table. A minute or two of CPU time.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from bench.accuracy.__main__ import DEFAULT_DATA
from bench.accuracy.corpora import Page, load_measure, read_corpus
from scraper.extraction.body import is_east_asian
from scraper.extraction.decode import decode
from scraper.extraction.engine import find_covered, run_engine
from scraper.extraction.lines import Line, print_lines, width
from scraper.extraction.reading import PageReading
from scraper.extraction.segment import choose
from scraper.extraction.structured import read_structured
from scraper.extraction.titles import read_titles
from scraper.extraction.traits import Trait, find_traits
from scraper.extraction.tree import parse
from scraper.extraction.view import PageView
from scraper.extraction.weights import emphasis

CORPORA = ("daniel", "wcxb", "fundus")
FOLDS = 2
STEPS = 300
Array = Any  # of numpy, which comes with the language identifier


@dataclass(slots=True, kw_only=True)
class Observed:
    """One labelled page as its lines."""

    corpus: str
    fold: int
    gold: dict[str, Any]
    texts: list[str]
    sizes: Array
    traits: list[list[Trait] | None]
    is_body: Array


def observe(corpus: str, page: Page) -> Observed | None:
    """The lines of a page with their traits, read the way the harvester reads them; None for a page without any."""
    tree = parse(decode(page.html).text)
    if tree is None or "text" not in page.label["gold"]:
        return None
    view = PageView(tree=tree, url=page.url, lines=print_lines(tree))
    reading = PageReading(url=page.url)
    read_structured(view, reading)
    read_titles(view, reading)
    text = run_engine(tree, page.url, is_east_asian=is_east_asian(view.lines))
    gold = page.label["gold"]
    site = page.label.get("site") or ".".join((urlsplit(page.url or "").hostname or page.id).split(".")[-2:])
    return Observed(
        corpus=corpus,
        fold=int(hashlib.md5(site.encode()).hexdigest(), 16) % FOLDS,
        gold=gold,
        texts=[line.text for line in view.lines],
        sizes=np.array([width(line.text) for line in view.lines], float),
        traits=find_traits(view, find_covered(view.lines, text)),
        is_body=np.array([_stands_in(line, "".join(gold["text"].split()).lower()) for line in view.lines], float),
    )


def _stands_in(line: Line, gold: str) -> bool:
    """Whether a text without white space holds a line: a short one whole, of a long one six tenths of its tens."""
    key = "".join(line.text.split()).lower()
    if len(key) <= 30:
        return key in gold
    parts = [key[start : start + 10] for start in range(0, len(key) - 9, 10)]
    return sum(part in gold for part in parts) >= 0.6 * len(parts)


def matrix(page: Observed, names: dict[str, int]) -> tuple[Array, Array]:
    """The traits of the lines that can be body as rows, and the indices of these lines."""
    places = [index for index, traits in enumerate(page.traits) if traits is not None]
    rows = np.zeros((len(places), len(names)), np.float32)
    for row, index in zip(rows, places, strict=True):
        for name, value in page.traits[index] or []:
            row[names[name]] = value
    return rows, np.array(places, int)


def fit(pages: list[Observed], matrices: list[tuple[Array, Array]]) -> Array:
    """The weights that give the highest soft F1 on these pages."""
    rows, wanted, sizes, starts, line_weights, corpora, total = [], [], [], [], [], [], 0
    for page, (own, places) in zip(pages, matrices, strict=True):
        gold_size = float(page.sizes @ page.is_body)
        if not len(places) or not gold_size:
            continue
        rows.append(own)
        wanted.append(page.is_body[places])
        sizes.append(page.sizes[places] / gold_size)
        line_weights.append(np.log1p(np.minimum(page.sizes[places], 400)) / max(50, len(page.sizes)))
        starts.append(total)
        corpora.append(page.corpus)
        total += len(places)
    x, y, size, line_weight = (np.concatenate(part) for part in (rows, wanted, sizes, line_weights))
    line_weight = line_weight / line_weight.sum()
    # Each corpus counts the same, however many pages it has.
    page_weight = np.array([1 / corpora.count(corpus) for corpus in corpora]) / len(set(corpora))
    return _raise_f1(_logistic(x, y, line_weight), x, y, size, line_weight, np.array(starts), page_weight)


def _logistic(x: Array, y: Array, line_weight: Array) -> Array:
    """Newton's method with a small ridge."""
    weights = np.zeros(x.shape[1])
    ridge = 1e-4 * np.eye(len(weights))
    for _ in range(12):
        odds = _probability(x @ weights.astype(x.dtype))
        slope = x.T @ (line_weight * (odds - y)).astype(x.dtype)
        curvature = (x * (line_weight * odds * (1 - odds)).astype(x.dtype)[:, None]).T @ x
        weights -= np.linalg.solve(curvature + ridge, slope + ridge @ weights)
    return weights


def _raise_f1(
    weights: Array, x: Array, y: Array, size: Array, line_weight: Array, starts: Array, page_weight: Array
) -> Array:
    """Adam on soft F1, with a tenth of the logistic loss as an anchor."""
    page_of = np.zeros(len(y), int)
    page_of[starts[1:]] = 1
    page_of = np.cumsum(page_of)
    gold = np.add.reduceat(size * y, starts)
    slope, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        odds = _probability(x @ weights.astype(x.dtype))
        right = np.add.reduceat(odds * size * y, starts)
        both = np.add.reduceat(odds * size, starts) + gold
        by_odds = (2 * size * y / both[page_of] - 2 * right[page_of] * size / both[page_of] ** 2) * page_weight[page_of]
        by_line = 0.1 * line_weight * (odds - y) - by_odds * odds * (1 - odds)
        gradient = x.T @ by_line.astype(x.dtype) + 1e-4 * weights
        slope = 0.9 * slope + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        rate = 0.05 * (1 - 0.9 * step / STEPS)
        weights = weights - rate * (slope / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def _probability(odds: Array) -> Array:
    return 1 / (1 + np.exp(-np.clip(odds, -30, 30)))


def score(measure: ModuleType, page: Observed, rows: Array, places: Array, weights: Array) -> float:
    """F1 of a page as these weights choose its lines."""
    odds: list[float | None] = [None] * len(page.texts)
    for index, value in zip(places, rows @ weights, strict=True):
        odds[index] = float(value) * emphasis(int(page.sizes[index]))
    text = "\n".join(page.texts[index] for index in choose(odds))
    if headline := page.gold.get("headline"):
        text = measure.drop_headline(text, headline)
    return float(measure.text_prf(text, page.gold["text"])[2])


def main() -> None:
    """Print the figures on sites held back, then the table of weights."""
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy.fit", description=__doc__)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every n-th page")
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="folder of the corpora")
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)
    measure = load_measure(arguments.data, "text_metrics")
    pages = [
        seen
        for corpus in CORPORA
        for page in read_corpus(arguments.data / corpus, arguments.every)
        if (seen := observe(corpus, page))
    ]
    known = sorted({name for page in pages for traits in page.traits for name, _ in traits or []})
    names = {name: number for number, name in enumerate(known)}
    matrices = [matrix(page, names) for page in pages]
    by_fold = []
    held: dict[str, list[float]] = defaultdict(list)
    for fold in range(FOLDS):
        rest = [number for number, page in enumerate(pages) if page.fold != fold]
        by_fold.append(fit([pages[number] for number in rest], [matrices[number] for number in rest]))
        for page, (rows, places) in zip(pages, matrices, strict=True):
            if page.fold == fold:
                held[page.corpus].append(score(measure, page, rows, places, by_fold[-1]))
    rounded: Array = np.round(fit(pages, matrices), 1)
    plain: dict[str, list[float]] = defaultdict(list)
    for page, (rows, places) in zip(pages, matrices, strict=True):
        plain[page.corpus].append(score(measure, page, rows, places, rounded))
    for corpus in CORPORA:
        print(f"{corpus}: F1 on sites held back {fmean(held[corpus]):.4f}, of the table {fmean(plain[corpus]):.4f}")
    for name, number in names.items():
        folds = "  ".join(f"{weights[number]:5.2f}" for weights in by_fold)
        print(f'    "{name}": {rounded[number]:.1f},'.ljust(40) + f"  # folds {folds}")


if __name__ == "__main__":
    main()
