"""What is known of the editions of an e-paper, and which of them are asked for."""

from __future__ import annotations

from datetime import date

import pytest

from scraper.discovery.epapers import EditionPage
from scraper.extraction import read_page
from scraper.profiles import parse_profile
from spiders.editions import ASKED_FOR, PAGE_PRIORITY, Editions
from spiders.sources import first_sources
from spiders.target import parse_target

FRONT = "http://e.example.com/html/2026-11/20/node_2.htm"
CONTENT = "http://e.example.com/html/2026-11/20/content_7.htm"
NODE = """<p>第01版：要闻</p><ul><li><a href="node_2.htm">第01版：要闻</a></li>
<li><a href="node_5.htm">第04版：综合</a></li><li><a href="content_7.htm">新渠通水</a></li></ul>"""


def test_a_page_tells_how_its_articles_are_found_and_goes_before_them():
    places = Editions().take(read_page(NODE, FRONT))
    assert places[CONTENT] == ("edition 01 要闻", None)
    assert places["http://e.example.com/html/2026-11/20/node_5.htm"] == ("edition", PAGE_PRIORITY)


def test_a_page_is_found_by_its_number_as_a_jump_line_prints_it():
    editions = Editions()
    editions.take(read_page(NODE, FRONT))
    assert isinstance(editions.page(CONTENT, "一"), EditionPage)
    assert editions.page(CONTENT, "四") == "http://e.example.com/html/2026-11/20/node_5.htm"
    assert editions.page(CONTENT, "九") is None
    assert editions.page(CONTENT.replace("20/", "21/"), "一") is None


def test_of_editions_that_are_asked_for_nothing_else_is_admitted():
    editions = Editions([FRONT])
    assert editions.admits(CONTENT)
    assert not editions.admits(CONTENT.replace("20/", "19/"))
    assert not editions.admits("http://www.example.com/")
    assert Editions().admits("http://www.example.com/")


def profile(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("profiles") / "example.toml"
    path.write_text(
        f'name = "example"\nseeds = ["http://www.example.com/"]\n[[epaper]]\nkind = "founder"\nfront = "{FRONT}"\n'
    )
    parse_profile(path.read_text())
    return str(path)


def test_each_run_asks_for_the_editions_of_these_days(tmp_path_factory: pytest.TempPathFactory):
    target = parse_target(profile=profile(tmp_path_factory))
    found = [address.url for address in first_sources(target, date(2026, 12, 1)) if address.kind == "edition"]
    assert [url.split("/html/")[1] for url in found] == [
        "2026-12/01/node_2.htm",
        "2026-11/30/node_2.htm",
        "2026-11/29/node_2.htm",
    ]


def test_a_run_for_editions_asks_for_their_fronts_alone(tmp_path_factory: pytest.TempPathFactory):
    target = parse_target(profile=profile(tmp_path_factory), edition="2026-11-29..2026-12-01")
    found = list(first_sources(target, date(2026, 12, 24)))
    assert [address.url.split("/html/")[1] for address in found] == [
        "2026-11/29/node_2.htm",
        "2026-11/30/node_2.htm",
        "2026-12/01/node_2.htm",
    ]
    assert all(address.priority > ASKED_FOR for address in found)


@pytest.mark.parametrize(
    ("url", "edition", "message"),
    [
        (FRONT, "today", "edition is 'today', expected YYYY-MM-DD"),
        (FRONT, "2026-11-20..2026-11-01", "expected two days in their order"),
        ("http://www.example.com/", "2026-11-20", "no e-paper is known of this site"),
    ],
)
def test_editions_that_cannot_be_asked_for_are_told(url: str, edition: str, message: str):
    with pytest.raises(ValueError, match=message):
        parse_target(url, edition=edition)
