"""The report: one page that needs nothing beside it, whatever the site printed."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import orjson
import pytest

from scraper.article import Article, Crawl, Evidence, Source
from scraper.cli.exits import Exit
from scraper.reasons import Reason
from scraper.report.charts import draw_bars, draw_line, draw_parts
from scraper.report.gates import Breach
from scraper.report.page import build_page, write_report
from scraper.report.tally import SHOWN_FIELDS
from scraper.report.words import EXITS_EN, EXITS_ZH, FIELDS_EN, FIELDS_ZH, REASONS_ZH, breach_zh

EVIL = "</style><script>alert(1)</script>\"'<b>"

RECORD = Article(
    url="https://example.com/1",
    title=f"春耕时节{EVIL}",
    text="三月的云山。\n\n田间地头。",
    date_published="2026-11-01T09:15:00+08:00",
    source=Source(name="云山日报", name_raw="来源：云山日报"),
    evidence={"title": Evidence(method="heading", locator="h1", raw="春耕时节", confidence=0.95)},
    crawl=Crawl(run="1"),
)


def manifest(day: int, **changed: Any) -> dict[str, Any]:
    harvest = {
        "pages": 20,
        "articles": 10,
        "fields": {"title": 10, "authors": 7},
        "published": {f"2026-11-{day:02}": 10},
        "lengths": {"900": 10},
        "methods": {"title": {"heading": 10}, "date_published": {"label": 6, "jsonld": 4}},
        "hosts": [{"host": "example.com", "answers": 20, "mean_s": 0.4, "slowest_s": 2.0, "bytes": 123456}],
        "reasons": {"no_text": 3, "listing": 8},
        "problems": 3,
        "examples": {"no_text": [{"url": "javascript:alert(2)", "note": EVIL}]},
    }
    return {
        "run": f"202611{day:02}T060000000Z",
        "started": f"2026-11-{day:02}T06:00:00Z",
        "ended": f"2026-11-{day:02}T06:05:00Z",
        "exit_reason": "finished",
        "exit_code": 0,
        "counts": {"left": 0},
        "versions": {"news-scraper": "0.1.0"},
        "harvest": harvest,
        "breaches": [],
        "files": [{"name": "articles.jsonl", "bytes": 9000, "lines": 40, "sha256": None}],
        **changed,
    }


def site(tmp_path: Path, *manifests: dict[str, Any]) -> Path:
    folder = tmp_path / "云山"
    folder.mkdir(parents=True)
    for each in manifests:
        run = folder / "runs" / each["run"]
        run.mkdir(parents=True)
        (run / "run.json").write_bytes(orjson.dumps(each))
    (folder / "articles.jsonl").write_bytes(RECORD.to_json_line())
    return folder


class Loads(HTMLParser):
    """What a browser would fetch or run for a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.scripts = 0
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.scripts += tag == "script"
        self.fetched += [
            value for name, value in given.items() if name in ("src", "srcset", "poster", "data") and value
        ]
        if tag == "link":
            self.fetched.append(given.get("href") or "")
        if tag == "a":
            self.links.append(given.get("href") or "")


def test_nothing_is_fetched_and_nothing_of_the_site_is_run(tmp_path: Path) -> None:
    page = build_page(site(tmp_path, manifest(1), manifest(2)))
    loads = Loads(page)
    assert loads.fetched == []
    assert "url(" not in page
    assert "@import" not in page
    assert loads.scripts == 1  # the switch of the language
    assert all(link.startswith("https://example.com/") for link in loads.links)


def test_everything_is_said_in_both_languages(tmp_path: Path) -> None:
    page = build_page(site(tmp_path, manifest(1), manifest(2)))
    assert page.count('class="en"') == page.count('class="zh"') > 30
    assert "no article text was found" in page
    assert REASONS_ZH[Reason.NO_TEXT] in page


def test_what_is_not_as_usual_stands_first(tmp_path: Path) -> None:
    breach = {"gate": "field/authors", "sentence": "authors in 1 of 10", "found": 0.1, "usual": 0.7, "examples": []}
    page = build_page(site(tmp_path, manifest(1, breaches=[breach], exit_code=1)))
    assert page.index("作者：本次 10% 的记录有此字段，平时 70%") < page.index("Articles a day")


def test_a_record_is_shown_with_the_evidence_of_its_fields(tmp_path: Path) -> None:
    page = build_page(site(tmp_path, manifest(1)))
    assert re.search(r"heading</span>.*95%.*<q>春耕时节</q>.*<code>h1</code>", page, re.S)


def test_a_field_that_moved_to_another_place_is_marked(tmp_path: Path) -> None:
    now = manifest(2)
    now["harvest"]["methods"]["date_published"] = {"url": 10}
    assert "100% moved" in build_page(site(tmp_path, manifest(1), now))


def test_of_few_values_it_is_not_said_that_they_moved(tmp_path: Path) -> None:
    now = manifest(2)
    now["harvest"]["methods"]["date_published"] = {"url": 9}
    assert "% moved" not in build_page(site(tmp_path, manifest(1), now))


def test_a_field_without_any_value_now_is_marked(tmp_path: Path) -> None:
    now = manifest(2)
    del now["harvest"]["methods"]["date_published"]
    page = build_page(site(tmp_path, manifest(1), now))
    assert "no value any more" in page
    assert "label</span>" not in page.partition("no value any more")[0]


def test_without_history_nothing_is_said_of_what_is_usual(tmp_path: Path) -> None:
    assert "The mark is what is usual" not in build_page(site(tmp_path / "first", manifest(1)))
    assert "The mark is what is usual" in build_page(site(tmp_path / "second", manifest(1), manifest(2)))


def test_without_any_record_the_fields_are_left_out(tmp_path: Path) -> None:
    page = build_page(site(tmp_path, manifest(1, harvest={}, exit_code=69)))
    assert "No record yet." in page
    assert 'class="field"' not in page
    assert "the site could not be reached (exit code 69)" in page


def test_of_many_kinds_of_problems_the_most_frequent_are_seen_at_once(tmp_path: Path) -> None:
    now = manifest(1)
    problems = [reason for reason in Reason if reason.is_problem][:9]
    now["harvest"]["reasons"] = {str(reason): 9000 - place for place, reason in enumerate(problems)}
    page = build_page(site(tmp_path, now))
    shown, _, folded = page.partition("3 more kinds")
    assert shown.count('class="reason"') == 6
    assert folded.count('class="reason"') == 3
    assert "9,000" in shown


def test_a_long_address_is_shown_without_its_middle_and_leads_to_all_of_it(tmp_path: Path) -> None:
    url = "https://example.com/" + "long/" * 60 + "end.html"
    now = manifest(1)
    now["harvest"]["examples"] = {"no_text": [{"url": url, "note": None}]}
    page = build_page(site(tmp_path, now))
    (shown,) = re.findall(f'<a href="{url}"[^>]*>([^<]*)</a>', page)
    assert len(shown) == 110
    assert shown.startswith("https://example.com/long/")
    assert shown.endswith("long/end.html")


def test_a_template_that_stopped_is_told_with_day_and_reason(tmp_path: Path) -> None:
    health = {"name": "template 1", "fitted": 2, "missed": 9, "stopped_on": "2026-11-02", "why": "no div.content"}
    now = manifest(2, templates=[health])
    now["harvest"] |= {"templates": {"template 1": 2}, "misfits": 9}
    page = build_page(site(tmp_path, now))
    assert "A template of the profile has stopped matching, see below." in page.partition("<main>")[0]
    assert "stopped matching on 2026-11-02" in page
    assert "(no div.content)" in page


def test_a_run_that_brought_nothing_has_a_page_too(tmp_path: Path) -> None:
    folder = site(tmp_path, manifest(1, harvest={}, files=[]))
    (folder / "articles.jsonl").unlink()
    assert "No article yet." in build_page(folder)


def test_it_is_written_beside_the_newest_manifest(tmp_path: Path) -> None:
    path = write_report(site(tmp_path, manifest(1), manifest(2)))
    assert path.parent.name == "20261102T060000000Z"
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_without_a_run_there_is_nothing_to_show(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="left a manifest"):
        build_page(site(tmp_path))


def test_every_reason_field_code_and_gate_has_its_chinese() -> None:
    assert set(REASONS_ZH) == set(Reason)
    assert set(FIELDS_ZH) == set(FIELDS_EN) == set(SHOWN_FIELDS)
    assert set(EXITS_ZH) == set(EXITS_EN) == {code.value for code in Exit}
    gates = ["articles_a_day", "problems", "doubtful", "charset_trouble", "templates", "text_length", "field/authors"]
    assert len({breach_zh(gate, 1, 2) for gate in gates}) == len(gates)
    assert str(Breach(gate="problems", sentence="a", found=1, usual=0, examples=["u"])) == "a, for example u"


def test_plots_name_each_value_and_escape_it() -> None:
    assert "<title>&lt;b&gt;: 3</title>" in draw_bars([("<b>", 3), ("c", 0)], "numbers")
    assert 'points="0.0,4.0 100.0,96.0"' in draw_line([1.0, 0.0], "a share")
    assert 'width="75.00"' in draw_parts([("label", 3), ("meta", 1)], "places")
