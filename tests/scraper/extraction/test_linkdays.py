"""Days that lists print beside their links."""

from __future__ import annotations

from datetime import date

import pytest

from scraper.extraction import read_page

ENTRY = "关于第{n}号事情的一则长长的报道"


def days(entry: str) -> list[date | None]:
    """Days of twelve links of a list that is made of such entries."""
    entries = "".join(entry.format(n=n, title=ENTRY.format(n=n), day=f"{n:02}") for n in range(1, 13))
    page = read_page(f"<html><title>要闻</title><body>{entries}</body></html>", "http://p.example/list/")
    assert page.kind != "article"
    return [link.day for link in page.links]


@pytest.mark.parametrize(
    "entry",
    [
        "<li><a href='/{n}.html'>{title}</a><span>2018-05-{day}</span></li>",
        "<li><span>[2018年5月{day}日]</span><a href='/{n}.html'>{title}</a></li>",
        "<div><a href='/{n}.html'>{title}</a><p>2018/05/{day} 08:30</p></div>",
        "<div><h3><a href='/{n}.html'>{title}</a></h3><p>导语。</p><p>云山日报 2018-05-{day}</p></div>",
    ],
    ids=["behind the link", "before the link", "in the next element", "below the teaser"],
)
def test_the_day_of_each_entry_is_read(entry: str) -> None:
    assert days(entry) == [date(2018, 5, number) for number in range(1, 13)]


@pytest.mark.parametrize(
    "entry",
    [
        "<li><a href='/{n}.html'>{title}</a><span>05-{day}</span></li>",
        "<li><a href='/{n}.html'>2018年5月{day}日{title}</a></li>",
    ],
    ids=["without its year", "in the headline itself"],
)
def test_what_tells_too_little_is_left_out(entry: str) -> None:
    assert days(entry) == [None] * 12
