"""What a run brought goes into its manifest and comes back."""

from datetime import date
from pathlib import Path

import orjson

from scraper.article import Article, Crawl, Evidence, Source
from scraper.outcome import PageOutcome, TemplateLook
from scraper.profiles.drift import TemplateWatch
from scraper.reasons import Reason
from scraper.report import Harvested, load_runs
from scraper.report.hosts import Hosts
from scraper.report.tally import Tally

ARTICLE = Article(
    url="https://a.com/1",
    title="春耕时节",
    text="三月" * 617,
    date_published="2018-03-12T09:15:00+08:00",
    source=Source(name="云山日报", name_raw="来源：云山日报"),
    evidence={"title": Evidence(method="heading")},
    crawl=Crawl(run="1"),
)


def harvested() -> Harvested:
    tally, hosts = Tally(), Hosts()
    tally.add(PageOutcome(url="https://a.com/1", state="done", article=ARTICLE))
    bare = Article(url="https://a.com/2", title="ç½\x91ç\xad\x99ä¿¡æ\x81¯", text="x", version=2, crawl=Crawl(run="1"))
    tally.add(PageOutcome(url="https://a.com/2", state="done", article=bare))
    tally.add(PageOutcome(url="https://a.com/3", state="gone", reason=Reason.GONE, detail="status 410"))
    tally.add(PageOutcome(url="https://a.com/4", state="gone", reason=Reason.GONE, is_revisit=True, turns=["gone"]))
    for seconds in (0.2, 0.4):
        hosts.add("a.com", seconds, 1000)
    hosts.add("slow.a.com", 3.0, 10)
    watch = TemplateWatch()
    missed = TemplateLook(template="news", missed_on=date(2026, 3, 1), why="no div#text")
    watch.see([TemplateLook(template="news"), TemplateLook(template="news"), missed])
    return Harvested.of(tally, hosts, watch)


def test_counts_shares_lengths_and_places_are_kept() -> None:
    brought = harvested()
    assert (brought.articles, brought.new, brought.changed, brought.gone, brought.problems) == (2, 1, 1, 1, 1)
    assert brought.fields["title"] == 2
    assert brought.fields["source"] == 1
    assert brought.published == {"2018-03-12": 1}
    assert brought.lengths == {1: 1, 1200: 1}
    assert brought.methods == {"title": {"heading": 1}}
    assert (brought.doubtful, brought.charset_trouble) == (1, 1)


def test_templates_are_counted_once_by_the_watch() -> None:
    assert (harvested().templates, harvested().misfits) == ({"news": 2}, 1)


def test_examples_are_kept_for_what_is_worth_a_look() -> None:
    examples = harvested().examples
    assert examples["gone"] == [{"url": "https://a.com/3", "note": "status 410"}]
    assert examples["without source"][0]["url"] == "https://a.com/2"
    assert examples["charset_trouble"][0]["url"] == "https://a.com/2"


def test_the_slowest_host_comes_first() -> None:
    slow, quick = harvested().hosts
    assert slow == {"host": "slow.a.com", "answers": 1, "mean_s": 3.0, "slowest_s": 3.0, "bytes": 10}
    assert (quick["mean_s"], quick["slowest_s"], quick["bytes"]) == (0.3, 0.4, 2000)


def test_it_comes_back_from_json_as_it_was() -> None:
    brought = harvested()
    assert Harvested.from_dict(orjson.loads(orjson.dumps(brought.to_dict()))) == brought


def test_runs_are_read_oldest_first_and_a_broken_manifest_is_left_out(tmp_path: Path) -> None:
    manifest = {
        "run": "",
        "started": "2026-11-01T06:00:00Z",
        "ended": "2026-11-01T06:01:30Z",
        "exit_reason": "finished",
        "exit_code": 0,
        "counts": {"left": 0},
        "harvest": harvested().to_dict(),
    }
    for name in ("20261102", "20261101"):
        path = tmp_path / "runs" / name / "run.json"
        path.parent.mkdir(parents=True)
        path.write_bytes(orjson.dumps({**manifest, "run": name}))
    (tmp_path / "runs/20261103").mkdir()
    (tmp_path / "runs/20261103/run.json").write_bytes(b"{")
    runs = load_runs(tmp_path)
    assert [run.name for run in runs] == ["20261101", "20261102"]
    assert runs[0].seconds == 90
    assert runs[0].harvested.articles == 2


def test_reasons_of_another_version_of_the_program_are_left_out() -> None:
    brought = Harvested(reasons={"timeout": 2, "no_longer_known": 9, "no_text": 5, "listing": 7})
    assert list(brought.count_reasons(problems=True).items()) == [(Reason.NO_TEXT, 5), (Reason.TIMEOUT, 2)]
    assert brought.count_reasons(problems=False) == {Reason.LISTING: 7}
