"""A crawl learns the templates of its site, keeps them, and notices when the site gets others."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from difficult_site import Handler, Site, listing
from little_paper import crawl, last_run, new_page, old_page, path, read_by, records

from scraper.extraction.reading import PageReading
from scraper.ledger import Ledger
from scraper.profiles import Profile, load_profile
from scraper.profiles.model import Learned
from scraper.profiles.template import Template
from spiders import learning
from spiders.learning import UNREAD, SiteTemplates, knows_templates
from spiders.repeats import AnsweredPages
from spiders.target import parse_target


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        server.answers = {path(number): old_page(number) for number in range(100, 130)}
        server.answers["/"] = listing(*server.answers)
        yield server


def test_all_articles_are_read_with_what_the_first_taught(site: Site, tmp_path: Path) -> None:
    folder = crawl(site, tmp_path)
    profile = load_profile(str(folder / "profile.toml"))
    assert profile is not None
    assert [template.body for template in profile.templates] == [("div.text",)]
    assert len(records(folder)) == 30
    assert read_by(folder) == {"template"}
    assert {record["title"] for record in records(folder)} == {f"第{number}号渠通水" for number in range(100, 130)}
    assert {tuple(record["responsible_editors"]) for record in records(folder)} == {("宋词",)}
    assert {record["site_records"][0]["value"] for record in records(folder)} == {"赣ICP备00001234号-1"}


def test_records_are_those_of_the_general_way(site: Site, tmp_path: Path) -> None:
    learned, general = crawl(site, tmp_path / "a"), crawl(site, tmp_path / "b", "--no-learn")
    assert not (general / "profile.toml").exists()
    fields: tuple[str, ...] = (
        "title",
        "text",
        "authors",
        "responsible_editors",
        "source",
        "date_published",
        "section",
        "site_records",
    )
    for one, other in zip(records(learned), records(general), strict=True):
        assert {name: one[name] for name in fields} == {name: other[name] for name in fields}


def test_few_articles_teach_nothing_and_are_all_there(site: Site, tmp_path: Path) -> None:
    site.answers["/"] = listing(path(100), path(101), path(102))
    folder = crawl(site, tmp_path)
    assert len(records(folder)) == 3
    assert not (folder / "profile.toml").exists()


def test_one_article_under_many_addresses_teaches_nothing_and_the_next_run_tries_again(
    site: Site, tmp_path: Path
) -> None:
    site.answers |= {path(number): old_page(100) for number in range(100, 120)}
    site.answers["/"] = listing(*(path(number) for number in range(100, 120)))
    folder = crawl(site, tmp_path)
    assert not (folder / "profile.toml").exists()
    (sentence,) = last_run(folder)["learning"]
    assert sentence == "nothing was learned from 20 pages: 1 article is too few to learn from, 5 are needed"
    site.answers["/"] = listing(*(path(number) for number in range(120, 130)))
    crawl(site, tmp_path)
    assert load_profile(str(folder / "profile.toml")) is not None


def test_a_limit_of_articles_is_kept_while_pages_wait(site: Site, tmp_path: Path) -> None:
    folder = crawl(site, tmp_path, "--max-articles", "7")
    assert len(records(folder)) == 7
    assert read_by(folder) == {"template"}


def test_another_content_system_is_noticed_and_learned(site: Site, tmp_path: Path) -> None:
    folder = crawl(site, tmp_path)
    fresh = {path(number): new_page(number) for number in range(200, 240)}
    site.answers |= fresh
    site.answers["/"] = listing(*fresh)
    crawl(site, tmp_path)
    assert len(records(folder)) == 70
    profile = load_profile(str(folder / "profile.toml"))
    assert profile is not None
    old, new = profile.templates
    assert (old.body, new.body) == (("div.text",), ("section.body",))
    assert old.valid_until == new.valid_from is not None
    (health,) = [health for health in last_run(folder)["templates"] if health["name"] == "template 1"]
    assert (health["stopped_on"], health["why"]) == (old.valid_until.isoformat(), "no div.text")


def store_of(ledger: Ledger) -> Any:
    return SimpleNamespace(ledger=ledger, folder=SimpleNamespace(profile=Path("no such folder")))


def test_a_page_that_a_template_read_wrongly_has_the_next_ones_read_both_ways(tmp_path: Path) -> None:
    unused: Any = None
    target = parse_target("http://news.example.com/", output=str(tmp_path))
    templates = SiteTemplates(unused, store_of(Ledger(tmp_path / "ledger.sqlite")), target, unused)
    urls = [f"http://news.example.com{path(number)}" for number in range(200)]
    assert 0 < sum(map(templates.is_checked, urls)) < 30
    templates.watch.see(templates.watch.look(urls[0], "template 1", [], date(2026, 3, 1), agreement=0.1))
    assert all(map(templates.is_checked, urls))


def test_pages_that_teach_nothing_are_learned_from_ever_more_rarely(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unused: Any = None
    target = parse_target("http://news.example.com/", output=str(tmp_path))
    templates = SiteTemplates(unused, store_of(Ledger(tmp_path / "ledger.sqlite")), target, unused)
    unread: Any = SimpleNamespace(article=object(), agreement=None)
    tried: list[int] = []

    async def learn_nothing(pages: list[Any], *_: Any) -> bool:
        tried.append(len(pages))
        return False

    async def see(count: int) -> None:
        for number in range(count):
            page: Any = (b"", f"http://news.example.com{path(number)}", None)
            templates.see(PageReading(), unread, page, date(2026, 3, 1))
            while templates.is_at_work():
                await asyncio.sleep(0)

    monkeypatch.setattr(templates, "_learn", learn_nothing)
    asyncio.run(see(7 * UNREAD - 1))
    assert tried == [20, 20]
    asyncio.run(see(1))
    assert tried == [20, 20, 20]


@pytest.mark.parametrize(("days_ago", "waits"), [(6, False), (8, True)])
def test_after_a_failure_nothing_is_learned_for_a_week(days_ago: int, waits: bool, tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite", clock=lambda: time.time() - days_ago * 86400)
    ledger.note_learning_failed()
    target = parse_target("http://news.example.com/", output=str(tmp_path))
    unused: Any = None
    assert SiteTemplates(unused, store_of(ledger), target, unused).is_learning is waits


def test_articles_wait_no_longer_where_nothing_else_is_to_be_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "QUIET_LOOKS", 1_000_000)
    monkeypatch.setattr(learning, "LOOK_EVERY_S", 0.001)
    to_ask = [True] * 3
    scheduler = SimpleNamespace(has_pending_requests=lambda: bool(to_ask) and to_ask.pop())
    crawler: Any = SimpleNamespace(
        engine=SimpleNamespace(_slot=SimpleNamespace(inprogress={"page"}, closing=None, scheduler=scheduler))
    )
    target = parse_target("http://news.example.com/", output=str(tmp_path))

    async def wait() -> bool:
        templates = SiteTemplates(crawler, store_of(Ledger(tmp_path / "ledger.sqlite")), target, AnsweredPages())
        page: Any = (b"", "http://news.example.com/1.html")
        return await asyncio.wait_for(templates.settled(PageReading(), None, page, None), 60)

    assert asyncio.run(wait()) is False
    assert to_ask == []


def test_two_addresses_that_lead_to_one_page_both_count_as_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "LOOK_EVERY_S", 0.001)
    scheduler = SimpleNamespace(has_pending_requests=lambda: False)
    crawler: Any = SimpleNamespace(
        engine=SimpleNamespace(_slot=SimpleNamespace(inprogress={"old", "new"}, closing=None, scheduler=scheduler))
    )
    target = parse_target("http://news.example.com/", output=str(tmp_path))

    async def wait() -> list[bool]:
        templates = SiteTemplates(crawler, store_of(Ledger(tmp_path / "ledger.sqlite")), target, AnsweredPages())
        page: Any = (b"", "http://news.example.com/new.html")
        both = (templates.settled(PageReading(), None, page, None) for _ in range(2))
        return await asyncio.wait_for(asyncio.gather(*both), 60)

    assert asyncio.run(wait()) == [False, False]


ENDED = Template.model_validate({"body": "div.left", "valid_until": date(2020, 12, 31)})


@pytest.mark.parametrize(
    ("profile", "known"),
    [
        (None, False),
        (Profile(name="a"), False),
        (Profile(name="a", templates=(ENDED,)), False),
        (Profile(name="a", templates=(ENDED, Template.model_validate({"body": "div.text"}))), True),
        (Profile(name="a", templates=(ENDED,), learned=Learned(pages=20)), True),
    ],
)
def test_templates_of_earlier_years_leave_a_site_to_be_learned(profile: Profile | None, known: bool) -> None:
    assert knows_templates(profile, date(2026, 3, 1)) is known


def test_what_a_person_changed_in_the_profile_is_used_and_stays(site: Site, tmp_path: Path) -> None:
    folder = crawl(site, tmp_path, "--max-articles", "10")
    file = folder / "profile.toml"
    edited = file.read_text(encoding="utf-8").replace('body = ["div.text"]', 'body = ["div.main > div.text"]  # mine')
    edited = edited.replace("name = ", 'publisher = "云岫"\nname = ', 1)
    file.write_text(edited, encoding="utf-8")
    crawl(site, tmp_path)
    assert file.read_text(encoding="utf-8") == edited
    assert {record["publisher"]["name"] for record in records(folder)} >= {"云岫"}
    assert len(records(folder)) == 30


def odd_page(number: int, words: str = "", ad: int = 0) -> str:
    """An article with a line in the middle that only a template leaves out, and advertisements that change."""
    advice = "<div class='box'>本栏目由云岫日报与各县融媒体中心合办，欢迎广大读者来电来信提供线索。</div>"
    page = old_page(number).replace("第3段", f"第3段{words}").replace("</h1>", f"</h1><i hidden>{ad}</i>")
    middle = f"<p>{number}号渠的第2段。"
    return page.replace(middle, advice + middle)


def test_what_is_read_in_another_way_since_templates_were_learned_is_no_new_version(site: Site, tmp_path: Path) -> None:
    site.answers = {path(number): odd_page(number) for number in range(100, 103)}
    site.answers["/"] = listing(*site.answers)
    folder = crawl(site, tmp_path)
    before = {record["url"]: record["text"] for record in records(folder)}
    site.answers = {path(number): odd_page(number, ad=7) for number in range(100, 113)}
    site.answers["/"] = listing(*site.answers)
    crawl(site, tmp_path)
    assert (folder / "profile.toml").exists()
    crawl(site, tmp_path, "--revisit", "all")
    learned = {record["url"]: record["text"] for record in records(folder)}
    assert any("合办" in text for text in before.values())
    assert not any("合办" in learned[url] for url in learned.keys() - before.keys())
    assert [record["version"] for record in records(folder)] == [1] * 13
    assert not (folder / "changes.jsonl").read_bytes()

    site.answers[path(100)] = odd_page(100, words="更正")
    crawl(site, tmp_path, "--revisit", "all")
    assert [record["version"] for record in records(folder)] == [1, 2, *[1] * 12]


def test_a_profile_that_a_person_writes_during_the_crawl_is_not_overwritten(site: Site, tmp_path: Path) -> None:
    written = f'name = "{site.url.removeprefix("http://").replace(":", "-")}"\npublisher = "云岫日报"\n'

    def write_and_answer(handler: Handler) -> None:
        (folder,) = (entry for entry in tmp_path.iterdir() if entry.is_dir())
        (folder / "profile.toml").write_text(written, encoding="utf-8")
        handler.send(200, old_page(105).encode())

    site.answers[path(105)] = write_and_answer
    folder = crawl(site, tmp_path)
    assert (folder / "profile.toml").read_text(encoding="utf-8") == written
    assert len(records(folder)) == 30
    assert "template" not in read_by(folder)
    (sentence,) = last_run(folder)["learning"]
    assert sentence == "profile.toml was changed during this run and stays so; what 20 pages taught is not written"
    site.answers["/"] = listing(*(path(number) for number in range(100, 140)))
    site.answers |= {path(number): old_page(number) for number in range(130, 140)}
    crawl(site, tmp_path)
    profile = load_profile(str(folder / "profile.toml"))
    assert profile is not None
    assert (profile.publisher, len(profile.templates)) == ("云岫日报", 1)
