"""Editions of e-papers, crawled from a loopback site."""

from __future__ import annotations

import sqlite3
import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from difficult_site import Site
from little_papers import DAYS, PAGES, SYSTEMS, node_page, print_paper, stories
from test_site import Crawl, crawl


def crawl_front(server: Site, kind: str, output: Path, *arguments: str) -> Crawl:
    over = crawl(server, output, f"url={server.url}{SYSTEMS[kind].front}", *arguments)
    assert over.exit_code == 0, over.log[-2000:]
    return over


@pytest.mark.parametrize(
    "kind", ["founder", "shtml", *(pytest.param(k, marks=pytest.mark.full) for k in ("nbs", "layout"))]
)
def test_an_edition_is_complete_with_its_pages_and_nothing_else_is_asked(kind: str, tmp_path: Path) -> None:
    with Site() as server:
        server.answers = dict(print_paper(kind))
        over = crawl_front(server, kind, tmp_path, f"edition={DAYS[1]}")
        found = {
            (record["title"], record["edition"]["date"], record["edition"]["page"], record["edition"]["page_name"])
            for record in over.articles
        }
        assert found == {(story.title, DAYS[1], story.page, PAGES[story.page]) for story in stories(DAYS[1])}
        asked = {path for path, _ in server.hits} - {"/robots.txt"}
        assert asked == set(print_paper(kind, days=DAYS[1:]))


def test_a_range_of_editions_has_the_editions_of_each_day(tmp_path: Path) -> None:
    with Site() as server:
        server.answers = dict(print_paper("founder"))
        over = crawl_front(server, "founder", tmp_path, f"edition={DAYS[0]}..{DAYS[1]}")
        assert over.titles == sorted(story.title for day in DAYS for story in stories(day))


def test_a_day_without_an_edition_is_told(tmp_path: Path) -> None:
    with Site() as server:
        server.answers = dict(print_paper("founder"))
        over = crawl_front(server, "founder", tmp_path, "edition=2026-11-21")
        assert over.problems == {"/yxrb/html/2026-11/21/node_2.htm": "gone"}


def test_kicker_title_subtitle_and_author_of_an_article_in_print(tmp_path: Path) -> None:
    with Site() as server:
        server.answers = dict(print_paper("layout"))
        record = crawl_front(server, "layout", tmp_path, f"edition={DAYS[1]}").articles[0]
        assert (record["kicker"], record["subtitle"]) == ("新渠通水记", "一条渠和五个村")
        assert record["authors"] == ["林晚舟"]
        assert record["text"].startswith(stories(DAYS[1])[0].text[0][:20])


def carry_over(server: Site, kind: str) -> tuple[str, str]:
    """Make one article of the edition go on from page 1 to page 4; the addresses of its halves."""
    system, told = SYSTEMS[kind], stories(DAYS[1])
    first, second = told[0], told[-1]
    text = first.text
    begin = replace(first, title="山乡修渠记：一条渠和五个村", text=(*text[:2], text[2][:9] + "（下转第四版）"))
    rest = replace(second, title="山乡修渠记", text=("（上接第一版）" + text[2][9:], text[3]))
    told = [begin if story is first else rest if story is second else story for story in told]
    for page in PAGES:
        server.answers[system.node(DAYS[1], page)] = node_page(system, DAYS[1], page, told)
    for story in (begin, rest):
        server.answers[system.content(DAYS[1], story)] = system.print_story(DAYS[1], story)
    return system.content(DAYS[1], begin), system.content(DAYS[1], rest)


def ledger_row(over: Crawl, path: str) -> tuple[str, str | None, str | None]:
    with sqlite3.connect(over.folder / "ledger.sqlite") as db:
        row: tuple[str, str | None, str | None] = db.execute(
            "SELECT state, reason, detail FROM url WHERE url LIKE ?", (f"%{path}",)
        ).fetchone()
        return row


def assert_joined(over: Crawl, server: Site, paths: tuple[str, str]) -> None:
    text = stories(DAYS[1])[0].text
    joined = [record for record in over.articles if record["title"].startswith("山乡修渠记")]
    assert [record["text"] for record in joined] == ["\n\n".join(text)]
    assert joined[0]["pages"] == [server.url + path for path in paths]
    jumps = [{"text": "（下转第四版）（上接第一版）", "from_page": "一", "to_page": "四"}]
    assert joined[0]["edition"]["jumps"] == jumps
    state, reason, detail = ledger_row(over, paths[1])
    assert state == "done"
    # Which of the two is asked first is a matter of moments.
    answered = (f"answered by {server.url}{paths[0]}", "answered with another address")
    assert reason == "continuation" or detail in answered


@pytest.mark.parametrize(
    "kind", ["founder", *(pytest.param(kind, marks=pytest.mark.full) for kind in ("nbs", "shtml"))]
)
def test_an_article_that_goes_on_on_another_page_of_the_paper_is_one_record(kind: str, tmp_path: Path) -> None:
    with Site() as server:
        server.answers = dict(print_paper(kind, DAYS[1:]))
        paths = carry_over(server, kind)
        over = crawl_front(server, kind, tmp_path, f"edition={DAYS[1]}")
        assert_joined(over, server, paths)
        assert len(over.articles) == 5


def test_the_second_half_that_comes_first_waits_for_the_first(tmp_path: Path) -> None:
    with Site() as server:
        server.answers = dict(print_paper("founder", DAYS[1:]))
        paths = carry_over(server, "founder")
        over = crawl(server, tmp_path, f"url={server.url}{paths[1]}")
        assert_joined(over, server, paths)
        assert ledger_row(over, paths[1])[1] == "continuation"


def test_a_second_half_whose_first_is_not_to_be_had_is_an_article(tmp_path: Path) -> None:
    with Site() as server:
        server.answers = dict(print_paper("founder", DAYS[1:]))
        paths = carry_over(server, "founder")
        server.answers[paths[0]] = lambda handler: handler.send(410, b"gone")
        over = crawl_front(server, "founder", tmp_path, f"edition={DAYS[1]}")
        assert "山乡修渠记" in over.titles
        assert len(over.articles) == 5
