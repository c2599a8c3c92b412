"""Print the table of accuracy and speed: `python -m bench.accuracy [--corpus NAME] [--every N] [--worst N]`."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from bench.accuracy.confidence import Tally, print_confidence, tally
from bench.accuracy.corpora import CORPORA, load_measure, read_corpus
from bench.accuracy.scores import Figures, Miss, field_errors, score_fields, score_texts
from bench.accuracy.systems import run

DEFAULT_DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def main() -> int:
    """Run the comparison; 0, or 65 where the data are not there."""
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy", description=__doc__)
    parser.add_argument("--corpus", default="all", choices=[*CORPORA, "all"])
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every n-th page")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list the n worst bodies")
    parser.add_argument("--confidence", action="store_true", help="show the share that is right by confidence")
    parser.add_argument("--errors", metavar="FIELD", help="list the pages on which this field is wrong")
    parser.add_argument(
        "--data",
        type=Path,
        default=DEFAULT_DATA,
        help=f"folder of the corpora; the scorers text_metrics.py and zhgold.py are loaded, as code that is run, from "
        f"the folder measure beside it (default {DEFAULT_DATA})",
    )
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)
    tallies: list[Tally] = []
    for corpus in CORPORA if arguments.corpus == "all" else (arguments.corpus,):
        try:
            pages = list(read_corpus(arguments.data / corpus, arguments.every))
            measure = load_measure(arguments.data, "zhgold" if corpus == "zhgold" else "text_metrics")
        except FileNotFoundError as error:
            print(
                f"{error.filename or error} is missing: give the folder of the labelled pages with --data.",
                file=sys.stderr,
            )
            return 65
        answers, seconds = run(pages)
        score = score_fields if corpus == "zhgold" else score_texts
        scored = {name: score(measure, pages, given) for name, given in answers.items()}
        print_table(corpus, len(pages), {name: figures for name, (figures, _) in scored.items()}, seconds)
        print_worst(scored["ours"][1], arguments.worst)
        if arguments.confidence:
            tallies.append(tally(load_measure(arguments.data, "text_metrics"), pages, answers["ours"]))
        if arguments.errors:
            print("\n".join(field_errors(measure, pages, answers["ours"], arguments.errors)))
    if tallies:
        print_confidence(tallies)
    return 0


def print_table(corpus: str, count: int, figures: dict[str, Figures], seconds: dict[str, float]) -> None:
    """One row a measure, one column a system, then speed."""
    names = list(figures)
    print(f"\n{corpus}: {count} pages{'':12s}" + "".join(f"{name:>14s}" for name in names))
    for measure in figures[names[0]]:
        print(f"  {measure:28s}" + "".join(f"{_show(figures[name][measure]):>14s}" for name in names))
    print(f"  {'pages per CPU second':28s}" + "".join(f"{count / max(seconds[name], 1e-9):14.1f}" for name in names))
    print(
        f"  {'CPU, trafilatura = 1':28s}" + "".join(f"{seconds[name] / seconds['trafilatura']:14.2f}" for name in names)
    )
    sys.stdout.flush()


def print_worst(misses: list[Miss], limit: int) -> None:
    """The pages with the lowest scores: what is missing, what is too much."""
    for miss in sorted(misses, key=lambda miss: miss.score)[:limit]:
        print(f"\n  {miss.page.id}  {miss.score:.3f}  {miss.note}  {miss.page.url or ''}")
        for sign, lines in (("-", miss.missing), ("+", miss.extra)):
            for line in lines[:6]:
                print(f"    {sign} {line[:150]}")
            if len(lines) > 6:
                print(f"    {sign} … {len(lines) - 6} more")


def _show(value: float | str | None) -> str:
    if value is None:
        return "-"
    return value if isinstance(value, str) else f"{value:.3f}"


if __name__ == "__main__":
    sys.exit(main())
