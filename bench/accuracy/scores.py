"""The figures of one system on one corpus, taken with the measures that lie beside the data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from statistics import fmean
from types import ModuleType

from bench.accuracy.corpora import Page
from bench.accuracy.systems import Answer

Figures = dict[str, float | str | None]


@dataclass(slots=True, kw_only=True)
class Miss:
    """A page and how far its body is off, for a person to look at."""

    page: Page
    score: float
    note: str
    missing: list[str]
    extra: list[str]


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return fmean(found) if found else None


def score_texts(measure: ModuleType, pages: list[Page], answers: list[Answer]) -> tuple[Figures, list[Miss]]:
    """Body, title, date by day and authors, for the corpora with whole texts as gold."""
    bodies, misses = [], []
    titles, dates, authors, lost = [], [], [], 0
    by_language: dict[str, list[float]] = {}
    for page, answer in zip(pages, answers, strict=True):
        gold = page.label["gold"]
        if "text" not in gold:
            continue
        text = answer.text
        if headline := gold.get("headline"):
            text = measure.drop_headline(text, headline)
        scored = measure.text_prf(text, gold["text"])
        bodies.append(scored)
        if headline:
            by_language.setdefault(page.label.get("lang") or "?", []).append(scored[2])
        lost += answer.is_article is False
        if gold.get("title"):
            titles.append(measure.title_key(answer.title or "") == measure.title_key(gold["title"]))
        if day := measure.day(gold.get("date")):
            dates.append(measure.day(answer.date) == day)
        if "authors" in gold:
            authors.append(measure.author_f1(answer.authors, gold["authors"]))
        missing, extra = difference(text, gold["text"])
        note = f"P {scored[0]:.2f} R {scored[1]:.2f}" + (f"  no article: {answer.reason}" if answer.reason else "")
        misses.append(Miss(page=page, score=scored[2], note=note, missing=missing, extra=extra))
    figures: Figures = {
        "body F1": _mean(score for _, _, score in bodies),
        "body P": _mean(precision for precision, _, _ in bodies),
        "body R": _mean(recall for _, recall, _ in bodies),
        "title": _mean(titles),
        "date day": _mean(dates),
        "authors F1": _mean(authors),
        "articles lost": str(lost),
    }
    if len(by_language) > 1:
        figures |= {f"F1 {language}": _mean(scores) for language, scores in sorted(by_language.items())}
    return figures, misses


def score_fields(measure: ModuleType, pages: list[Page], answers: list[Answer]) -> tuple[Figures, list[Miss]]:
    """All fields, body boundaries and false articles, for the corpus whose labels are fields."""
    gold = [page.label for page in pages]
    predictions = {page.id: asdict(answer) for page, answer in zip(pages, answers, strict=True)}
    tallies, _, body, negatives, errors = measure.evaluate(gold, predictions)
    articles = max(body["n"], 1)

    def figure(name: str, column: str) -> float | None:
        value: float | None = tallies[name].row()[column] if name in tallies else None
        return value

    figures: Figures = {
        "body perfect": body["perfect"] / articles,
        "both ends": body["both"] / articles,
        "boilerplate out": body["snippets_out"] / max(body["snippets"], 1),
        "title": figure("title", "acc"),
        "date minute": figure("date.minute", "R"),
        "date day": figure("date.day", "acc"),
        "source": figure("source", "acc"),
        "authors F1": figure("authors", "F"),
        "editors F1": figure("editor", "F"),
        "section F1": figure("section", "F"),
        "section leaf": figure("section.leaf", "acc"),
        "articles lost": str(body["no_article"]),
        "false articles": f"{negatives['false']}/{negatives['n']}",
    }
    by_id = {page.id: page for page in pages}
    by_answer = {page.id: answer for page, answer in zip(pages, answers, strict=True)}
    misses = [
        Miss(
            page=by_id[identity],
            score=0.0,
            note=f"{first}, {last}"
            + (f"  no article: {by_answer[identity].reason}" if by_answer[identity].reason else ""),
            missing=[
                by_id[identity].label[key]
                for key, seen in (("first_sentence", first), ("last_sentence", last))
                if "NO" in seen
            ],
            extra=kept,
        )
        for identity, (first, last, kept) in errors["body"]
    ]
    misses += [
        Miss(page=by_id[i], score=0.0, note="taken for an article", missing=[], extra=[]) for i in negatives["pages"]
    ]
    return figures, misses


def field_errors(measure: ModuleType, pages: list[Page], answers: list[Answer], name: str) -> list[str]:
    """One line a page on which a field is wrong: what came, what the label says."""
    if "gold" not in pages[0].label:
        predictions = {page.id: asdict(answer) for page, answer in zip(pages, answers, strict=True)}
        *_, errors = measure.evaluate([page.label for page in pages], predictions)
        return [f"{identity}  {shown}" for identity, shown in errors.get(name, [])]
    lines = []
    for page, answer in zip(pages, answers, strict=True):
        gold = page.label["gold"]
        got, wanted = getattr(answer, name), gold.get(name)
        comparable = {"title": measure.title_key, "date": measure.day, "authors": measure.author_keys}[name]
        if (wanted or name == "authors") and name in gold and comparable(got or "") != comparable(wanted or ""):
            lines.append(f"{page.id}  {got!r}  label: {wanted!r}  {page.url or ''}")
    return lines


def difference(text: str, gold: str) -> tuple[list[str], list[str]]:
    """Lines of the gold that the text lacks, and lines of the text that the gold lacks, white space apart."""
    flat_text, flat_gold = "".join(text.split()), "".join(gold.split())
    missing = [line.strip() for line in gold.split("\n") if "".join(line.split()) not in flat_text]
    extra = [line.strip() for line in text.split("\n") if "".join(line.split()) not in flat_gold]
    return missing, extra
