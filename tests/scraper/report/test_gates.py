"""What is compared with the history of a site, and what is an alarm."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from scraper.report.gates import Breach, cut_samples, find_breaches
from scraper.report.history import Harvested, Run
from scraper.report.tally import SHOWN_FIELDS

START = datetime(2026, 11, 1, 6, tzinfo=UTC)


def harvested(articles: int = 20, **changed: object) -> Harvested:
    """A run of a site that prints everything but keywords; half of its stories have a picture."""
    fields = dict.fromkeys(SHOWN_FIELDS, articles) | {"keywords": 0, "images": articles // 2}
    whole = {"articles": articles, "fields": fields, "lengths": {900: articles}, "pages": articles + 5}
    return Harvested(**{**whole, **changed})  # type: ignore[arg-type]


def run(day: float, brought: Harvested) -> Run:
    started = START + timedelta(days=day)
    return Run(
        name=f"{started:%Y%m%dT%H%M%S000Z}",
        started=started,
        ended=started + timedelta(minutes=10),
        exit_reason="finished",
        exit_code=0,
        left=0,
        harvested=brought,
        breaches=[],
        manifest={},
    )


HISTORY = [run(day, harvested(articles=18 + day % 5)) for day in range(10)]


def breaches(brought: Harvested, history: list[Run] = HISTORY, day: float = 10) -> list[Breach]:
    return find_breaches(run(day, brought), history)


def without(name: str, articles: int = 20, filled: int = 0) -> Harvested:
    brought = harvested(articles, examples={f"without {name}": [{"url": "https://a.com/1", "note": "春耕"}]})
    brought.fields[name] = filled
    return brought


def test_a_day_as_the_others_is_no_alarm() -> None:
    assert breaches(harvested()) == []


def test_a_field_that_is_filled_no_longer_is_told_with_an_example() -> None:
    (found,) = breaches(without("authors", filled=2))
    assert found.gate == "field/authors"
    assert str(found) == "authors in 2 of 20 records (10%), usually in 100%, for example https://a.com/1"


def test_a_field_that_the_site_never_had_is_no_alarm() -> None:
    assert breaches(without("keywords")) == []


def test_one_article_without_a_byline_is_no_alarm() -> None:
    assert breaches(without("authors", articles=20, filled=19)) == []
    assert find_breaches(run(9.5, without("authors", articles=1)), HISTORY) == []


def test_a_field_that_comes_and_goes_is_no_alarm() -> None:
    history = [run(day, without("images", filled=filled)) for day, filled in enumerate([3, 18, 6, 15, 9, 19, 2, 12])]
    assert breaches(without("images", filled=2), history, day=8) == []


def test_with_little_history_nothing_is_judged() -> None:
    assert breaches(without("authors"), HISTORY[:4], day=4) == []
    assert find_breaches(run(4, without("authors")), HISTORY[:4], min_samples=4) != []


@pytest.mark.parametrize(
    ("changed", "gate", "said"),
    [
        ({"doubtful": 8}, "doubtful", "8 of 20 records name neither date nor source nor person (40%), usually 0%"),
        ({"charset_trouble": 6}, "charset_trouble", "6 of 20 pages show a wrong character set (30%), usually 0%"),
        (
            {"templates": {"template 1": 5}, "misfits": 15},
            "templates",
            "15 of 20 pages do not fit the templates of the profile (75%), usually 0%",
        ),
        ({"lengths": {80: 20}}, "text_length", "half of the 20 texts have at most 80 characters, usually 900"),
        (
            {"problems": 30, "reasons": {"listing": 40, "no_text": 30}},
            "problems",
            "30 of 50 pages gave no article though they should (60%), usually 0%, "
            "most of them no_text (no article text was found)",
        ),
    ],
)
def test_each_kind_of_trouble_has_its_sentence(changed: dict[str, object], gate: str, said: str) -> None:
    (found,) = breaches(harvested(**changed))
    assert (found.gate, found.sentence) == (gate, said)


def test_a_dozen_texts_that_are_cut_short_are_an_alarm_with_the_shortest() -> None:
    examples = {"short text": [{"url": "https://a.com/1", "note": "春耕"}]}
    (found,) = breaches(harvested(12, lengths={80: 9, 900: 3}, examples=examples))
    assert str(found) == ("half of the 12 texts have at most 80 characters, usually 900, for example https://a.com/1")


def test_long_texts_are_told_as_such() -> None:
    (found,) = breaches(harvested(lengths={5000: 20}))
    assert found.sentence == "half of the 20 texts have at least 5000 characters, usually 900"


def test_the_short_notices_of_a_sunday_are_no_alarm() -> None:
    history = [run(day, harvested(15, lengths={60 if day % 7 == 6 else 900: 15})) for day in range(20)]
    assert breaches(harvested(15, lengths={60: 15}), history, day=20) == []


def test_what_a_breach_is_the_reason_of_stands_behind_it() -> None:
    broken = harvested(0, pages=25, problems=20, reasons={"http_5xx": 20})
    assert [found.gate for found in breaches(broken)] == ["problems", "articles_a_day"]


def test_a_day_without_news_is_an_alarm() -> None:
    (found,) = breaches(harvested(0))
    assert found.gate == "articles_a_day"
    assert found.sentence == "0 new articles a day, usually 20, on slow days 19"


def test_many_times_the_usual_number_is_an_alarm() -> None:
    (found,) = breaches(harvested(400))
    assert found.gate == "articles_a_day"


def test_a_small_paper_may_have_a_day_without_news_but_no_week() -> None:
    history = [run(day, harvested(3)) for day in range(20)]
    silent = [run(day, harvested(0)) for day in range(20, 27)]
    assert find_breaches(silent[0], history) == []
    (found,) = find_breaches(silent[-1], [*history, *silent[:-1]])
    assert found.sentence == "0.0 new articles a day in the last 7 days, usually 3.0"


def test_quiet_weekends_are_no_alarm() -> None:
    history = [run(day, harvested(4 if day % 7 in (5, 6) else 30)) for day in range(19)]
    assert breaches(harvested(4), history, day=19) == []


def test_it_does_not_matter_how_often_a_site_is_harvested() -> None:
    history = [run(quarter / 4, harvested(5)) for quarter in range(40)]
    assert breaches(harvested(4), history) == []


def test_after_days_without_a_run_the_articles_of_all_of_them_are_no_alarm() -> None:
    assert breaches(harvested(100), HISTORY, day=14) == []


def test_what_the_first_run_found_is_no_measure_of_a_day() -> None:
    assert breaches(harvested(), [run(0, harvested(20_000)), *HISTORY[1:]]) == []


def test_small_runs_are_taken_together() -> None:
    samples = list(cut_samples([run(n, harvested(4)) for n in range(7)]))
    assert [sample.articles for sample in samples] == [12, 12]
    assert samples[0].lengths == {900: 12}


def simulate(seed: int) -> tuple[list[int], list[int]]:
    """Forty days of a healthy newspaper, four runs a day, then two runs of a broken template.

    Returns:
        The healthy runs that were told, and the broken ones.
    """
    chance = random.Random(seed)
    usual = {
        "authors": 0.8,
        "source": 0.93,
        "responsible_editors": 0.95,
        "section": 0.9,
        "keywords": 0.6,
        "images": 0.4,
    }
    broken = {**usual, "authors": 0.05, "source": 0.1}
    runs: list[Run] = []
    told = []
    for number in range(162):
        day = number / 4
        is_broken = number >= 160
        articles = 18 if is_broken else chance.randint(1, 4) if day % 7 >= 5 else chance.randint(4, 14)
        brought = harvested(articles, lengths={})
        brought.fields |= {
            name: sum(chance.random() < share for _ in range(articles))
            for name, share in (broken if is_broken else usual).items()
        }
        for _ in range(articles):
            length = chance.choice([220, 310, 450, 700, 900, 1200])
            brought.lengths[length] = brought.lengths.get(length, 0) + 1
        brought.problems = chance.randint(0, 2)
        brought.reasons = {"timeout": brought.problems}
        runs.append(run(day, brought))
        if find_breaches(runs[-1], runs[:-1]):
            told.append(number)
    return [number for number in told if number < 160], [number for number in told if number >= 160]


@pytest.mark.parametrize("seed", range(5))
def test_of_forty_healthy_days_none_is_told_and_a_broken_template_is(seed: int) -> None:
    assert simulate(seed) == ([], [160, 161])
