"""A site gets another design, or tries to mislead the learner, while it is harvested."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from difficult_site import HEAD, SENTENCE, Site, listing
from little_paper import crawl, last_run, new_page, old_page, path, records

from scraper.profiles import load_profile
from spiders.learning import CHECK_ONE_IN, UNREAD

PITCH = "本店新到各色茶具，买二送一，送货上门，欢迎新老顾客前来选购，电话预订另有优惠。"


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        yield server


def print_pages(site: Site, pages: dict[str, str]) -> None:
    site.answers |= pages
    site.answers["/"] = listing(*pages)


def template_of(folder: Path, name: str) -> dict[str, Any]:
    """How a template did, by the manifest of the last run."""
    (health,) = [health for health in last_run(folder)["templates"] if health["name"] == name]
    return dict(health)


def test_a_site_that_prints_little_is_seen_to_change_over_several_runs(site: Site, tmp_path: Path) -> None:
    print_pages(site, {path(number): old_page(number) for number in range(100, 106)})
    folder = crawl(site, tmp_path)
    print_pages(site, {path(number): new_page(number) for number in range(200, 209)})
    crawl(site, tmp_path)
    assert (template_of(folder, "template 1")["missed"], template_of(folder, "template 1")["stopped_on"]) == (9, None)
    print_pages(site, {path(number): new_page(number) for number in range(300, 308)})
    crawl(site, tmp_path)
    health = template_of(folder, "template 1")
    assert health["stopped_on"] is not None
    assert health["last_missed"] == 14
    profile = load_profile(str(folder / "profile.toml"))
    assert profile is not None
    old, new = profile.templates
    assert (old.body, new.body) == (("div.text",), ("section.body",))
    # Eight pages of this run at most, so pages of the run before were taken from the archive.
    assert new.learned_from is not None
    assert new.learned_from.pages > 8
    assert new.valid_from is not None
    assert old.valid_until == new.valid_from
    assert new.valid_from.isoformat() == health["stopped_on"]


def test_a_channel_with_a_system_of_its_own_is_learned_beside_the_other(site: Site, tmp_path: Path) -> None:
    print_pages(site, {path(number): old_page(number) for number in range(100, 106)})
    folder = crawl(site, tmp_path)
    print_pages(site, {f"/sport/{number}/report.html": new_page(number) for number in range(200, 200 + UNREAD + 5)})
    crawl(site, tmp_path)
    profile = load_profile(str(folder / "profile.toml"))
    assert profile is not None
    news, sport = profile.templates
    assert (news.body, sport.body) == (("div.text",), ("section.body",))
    assert (news.valid_until, sport.valid_from) == (None, None)
    assert sport.urls == ("/sport/#/report.html",)
    assert last_run(folder)["learning"] == ["1 template learned from 20 pages"]


def with_pitch(number: int) -> str:
    """The old place is there and holds an advertisement; the text, a long one, has moved."""
    story = "".join(f"<p>{number}号渠的第{part}段。{SENTENCE}</p>" for part in range(20))
    pitch = "".join(f"<p>{number}号柜台第{part}款。{PITCH}</p>" for part in range(5))
    head, _, rest = old_page(number).partition("<div class='text'>")
    return f"{head}<div class='text'>{pitch}</div><div class='story'>{story}</div>{rest[rest.index('<div class=') :]}"


def test_an_advertisement_in_the_old_place_is_noticed_and_the_text_found_again(site: Site, tmp_path: Path) -> None:
    print_pages(site, {path(number): old_page(number) for number in range(100, 106)})
    folder = crawl(site, tmp_path)
    checked = [
        number for number in range(200, 900) if zlib.crc32(f"{site.url}{path(number)}".encode()) % CHECK_ONE_IN == 0
    ]
    numbers = [*checked[:2], *(number for number in range(200, 226) if number not in checked)]
    print_pages(site, {path(number): with_pitch(number) for number in numbers})
    crawl(site, tmp_path)
    health = template_of(folder, "template 1")
    assert health["stopped_on"] is not None
    assert health["why"].startswith("text agrees to 0.")
    profile = load_profile(str(folder / "profile.toml"))
    assert profile is not None
    old, new = profile.templates
    assert old.body == ("div.text",) != new.body
    assert old.valid_until == new.valid_from is not None


def wild_page(number: int) -> str:
    """An article as no other page of the site prints one, above a footer of the same prose everywhere."""
    box = f"b{number:x}{'xyz'[number % 3]}"
    tag = ("div", "section", "article", "main", "td")[number % 5]
    paragraphs = "".join(f"<p>{number}号桥的第{part}段。{SENTENCE}</p>" for part in range(5))
    wrapped = f"<{tag} class='{box}'>{paragraphs}</{tag}>"
    if tag == "td":
        wrapped = f"<table><tr>{wrapped}</tr></table>"
    for depth in range(number % 4):
        wrapped = f"<div id='w{number}d{depth}'>{wrapped}</div>"
    footer = "".join(f"<p>{number}号店第{part}款。{PITCH}</p>" for part in range(3))
    return (
        f"{HEAD}<title>第{number}号桥合龙</title></head><body><h1>第{number}号桥合龙</h1>"
        f"<div>2026-11-18 08:30　来源：云岫日报</div>{wrapped}"
        f"<div class='content footer' id='content'>{footer}</div></body></html>"
    )


def test_a_site_that_misleads_the_learner_has_the_records_of_the_general_way(site: Site, tmp_path: Path) -> None:
    print_pages(site, {path(number): wild_page(number) for number in range(100, 114)})
    learned, general = crawl(site, tmp_path / "a"), crawl(site, tmp_path / "b", "--no-learn")
    assert [record["text"] for record in records(learned)] == [record["text"] for record in records(general)]
    (sentence,) = last_run(learned)["learning"]
    assert sentence.endswith("tried and not kept, see refused in profile.toml")
    profile = load_profile(str(learned / "profile.toml"))
    assert profile is not None
    assert profile.learned is not None
    assert str(len(profile.learned.refused)) in sentence
