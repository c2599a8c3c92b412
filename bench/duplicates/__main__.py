"""Precision, recall and cost of near-duplicates: ``python -m bench.duplicates [--seed N] [--texts FOLDER] [--grow N]``.

Makes 300 pairs of a text and what became of it (see `pairs.py`), and as many texts as are wanted that are like others
but are not the same: reports made of the same sentences, and series that come out every day in one frame. All of them
go through an index in a random order, as a harvest would enter them. A link between two texts is right where they are
a pair. With --texts the texts of a folder are taken (``*.txt``, and ``*.jsonl`` with a key ``text``) and what is linked
among them is printed, for a person to judge. With --grow so many further texts are entered first, for cost and memory.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import orjson

from bench.duplicates.pairs import CHANGES
from bench.duplicates.texts import make_report, make_series
from scraper.article import Article
from scraper.duplicates import DuplicateIndex, Sketch, is_near, sketch_text

Text = tuple[str, str]
"""Name and text; the two of a pair differ in what stands behind the last dash."""


def make_texts(seed: int, pairs: int, reports: int, each: int) -> list[Text]:
    """Pairs, reports and series in a random order."""
    random = Random(seed)
    texts: list[Text] = []
    for number in range(pairs):
        change = CHANGES[number % len(CHANGES)]
        # Chinese on two places of three; what changes the script finds something to change.
        text = make_report(random, english=number // len(CHANGES) % 3 == 2 and change.__name__ != "traditional")
        for part, paragraphs in enumerate((text, change(random, text))):
            texts.append((f"{change.__name__}-{number}-{part}", "\n\n".join(paragraphs)))
    for number in range(reports):
        texts.append((f"report-{number}-0", "\n\n".join(make_report(random, english=number % 4 == 3))))
    for number, paragraphs in enumerate(make_series(random, each)):
        texts.append((f"series-{number}-0", "\n\n".join(paragraphs)))
    random.shuffle(texts)
    return texts


def read_texts(folder: Path) -> Iterator[Text]:
    """The texts of a folder."""
    for path in sorted(folder.rglob("*.txt")):
        yield path.name, path.read_text("utf-8", "replace")
    for path in sorted(folder.rglob("*.jsonl")):
        for number, line in enumerate(path.read_bytes().splitlines()):
            record = orjson.loads(line)
            text = record.get("text") or (record.get("gold") or {}).get("text")
            if text:
                yield f"{path.name}:{number + 1}", text


class Entering:
    """Texts one after the other into an index of their own; what a page costs is counted."""

    def __init__(self, folder: Path) -> None:
        self._articles = folder / "articles.jsonl"
        self._index = DuplicateIndex(folder / DuplicateIndex.NAME)
        self._bytes = 0
        self._batch: list[tuple[str, Sketch]] = []
        self.pages = 0
        self.sketch_s = self.find_s = self.enter_s = 0.0

    def enter(self, texts: list[Text], search: bool = True) -> dict[str, str]:
        """What was linked: the later text to the one that was seen first; nothing where none is searched for."""
        links = {}
        for start in range(0, len(texts), 32):
            batch = texts[start : start + 32]
            with self._articles.open("ab") as file:
                self._batch.clear()
                for name, text in batch:
                    found = self._find(name, text) if search else None
                    if found is not None:
                        links[name] = found
                    self._bytes += file.write(Article(id=name, text=text, duplicate_of=found).to_json_line())
            begun = time.process_time()
            self._index.follow("made", self._articles, self._bytes)
            self.enter_s += time.process_time() - begun
        self.pages += len(texts)
        return links

    def _find(self, name: str, text: str) -> str | None:
        begun = time.process_time()
        sketch = sketch_text(text)
        sketched = time.process_time()
        found = self._find_sketch(name, sketch) if sketch is not None else None
        self.sketch_s += sketched - begun
        self.find_s += time.process_time() - sketched
        return found

    def _find_sketch(self, name: str, sketch: Sketch) -> str | None:
        """As a commit does it: what is in the index, then what is in the commit."""
        seen = self._index.find(name, sketch)
        found = seen.article if seen else next((n for n, other in self._batch if is_near(sketch, other)), None)
        self._batch.append((name, sketch))
        return found


def score(texts: list[Text], links: dict[str, str]) -> None:
    """Print precision and recall."""
    pairs = {name for name, _ in texts if not name.startswith(("report", "series"))}
    right = {name for name, first in links.items() if name.rpartition("-")[0] == first.rpartition("-")[0]}
    kinds = Counter(name.partition("-")[0] for name in pairs)
    for kind, number in kinds.items():
        found = sum(name.partition("-")[0] == kind for name in right)
        print(f"  {kind:<14} {found:4} of {number // 2}")
    wrong = Counter(name.partition("-")[0] for name in links.keys() - right)
    print(
        f"recall {len(right) / (len(pairs) / 2):.3f}   precision {len(right) / len(links):.3f}   wrong: {dict(wrong)}"
    )


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench.duplicates")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--pairs", type=int, default=300)
    options.add_argument("--reports", type=int, default=600)
    options.add_argument("--each", type=int, default=150, help="texts of each series")
    options.add_argument("--grow", type=int, default=0, help="texts that are entered before")
    options.add_argument("--texts", type=Path, help="folder of texts")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        entering = Entering(Path(folder))
        if given.texts:
            texts = list(read_texts(given.texts))
            if not texts:
                raise SystemExit(f"no texts in {given.texts}, expected *.txt or *.jsonl with a key text")
            links = entering.enter(texts)
            by_name = dict(texts)
            for name, first in links.items():
                print(f"{name} = {first}\n  {by_name[name][:70]!r}\n  {by_name[first][:70]!r}")
            print(f"{len(links)} of {len(texts)} texts are linked")
        else:
            random = Random(given.seed + 1)
            for number in range(0, given.grow, 1000):
                texts = [(f"old-{number + at}-0", "\n".join(make_report(random, at % 4 == 3))) for at in range(1000)]
                entering.enter(texts, search=False)
            entering.sketch_s = entering.find_s = entering.enter_s = entering.pages = 0
            texts = make_texts(given.seed, given.pairs, given.reports, given.each)
            score(texts, entering.enter(texts))
        mean = sum(len(text) for _, text in texts) / len(texts)
        size = (Path(folder) / DuplicateIndex.NAME).stat().st_size
        each_ms = [1000 * s / entering.pages for s in (entering.sketch_s, entering.find_s, entering.enter_s)]
        print(
            f"{len(texts)} texts of {mean:.0f} characters: {sum(each_ms):.2f} ms CPU each, sketch {each_ms[0]:.2f}, "
            f"find {each_ms[1]:.2f}, enter {each_ms[2]:.2f}"
        )
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"index {size / 1e6:.0f} MB, process at most {peak:.0f} MB")


if __name__ == "__main__":
    main()
