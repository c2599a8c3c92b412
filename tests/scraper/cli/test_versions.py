"""How the versions of an article are shown."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.text import Text

from scraper.cli.versions import diff_paragraphs, fold_text, mark_words


def shown(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    return [(sign, text.plain) for sign, text in diff_paragraphs(old, new)]


def marked(text: Text) -> list[str]:
    return [text.plain[span.start : span.end] for span in text.spans if "reverse" in str(span.style)]


def test_what_stayed_is_counted_and_what_came_stands_in_its_place() -> None:
    assert shown(["a", "b"], ["a", "new", "b"]) == [
        (" ", "… 1 paragraph as before"),
        ("+", "new"),
        (" ", "… 1 paragraph as before"),
    ]


def test_an_edited_paragraph_stands_beside_what_it_was() -> None:
    old, new = "停气时间为22时至6时，涉及三个小区。", "停气时间为23时至6时，涉及四个小区。"
    assert shown([old, "一段被删去的话"], ["新来的段落在前面", new]) == [
        ("+", "新来的段落在前面"),
        ("-", old),
        ("+", new),
        ("-", "一段被删去的话"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "removed", "added"),
    [
        ("共涉及四千一百户居民", "共涉及五千一百户居民", ["四"], ["五"]),
        ("The road opens on Monday", "The road opens on Friday", ["Monday"], ["Friday"]),
        ("完全不同的一句话", "Nothing is alike", [], []),
    ],
)
def test_words_that_differ_are_marked_where_most_is_alike(
    old: str, new: str, removed: list[str], added: list[str]
) -> None:
    left, right = mark_words(old, new)
    assert (left.plain, right.plain) == (old, new)
    assert (marked(left), marked(right)) == (removed, added)


@pytest.mark.parametrize("words", ["因天气原因，原定本周末的燃气管线检修延后一周。" * 3, "a line of Latin words " * 9])
def test_a_line_fills_its_columns_and_loses_nothing(words: str) -> None:
    lines = [line.plain for line in fold_text(Text(words), 40)]
    assert "".join(lines) == words
    assert all(30 < cell_len(line.rstrip()) <= 40 for line in lines[:-1])
