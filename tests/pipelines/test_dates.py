"""The choice among all dates that a page gives."""

from __future__ import annotations

from datetime import UTC, datetime

from pipelines.dates import normalize_dates
from pipelines.draft import Draft
from scraper.article import Article
from scraper.extraction.reading import Candidate, PageReading
from scraper.profiles import Profile

NOW = datetime(2024, 6, 1, tzinfo=UTC)


def candidate(raw: str, method: str = "text", confidence: float = 0.8) -> Candidate:
    return Candidate(raw=raw, method=method, locator=method, confidence=confidence)


def article(
    *published: Candidate,
    modified: tuple[Candidate, ...] = (),
    url: str = "http://news.example.cn/a.html",
    profile: Profile | None = None,
    language: str = "zh-CN",
) -> Article:
    reading = PageReading(url=url)
    for one in published:
        reading.add("date_published", one)
    for one in modified:
        reading.add("date_modified", one)
    reading.add("language", candidate(language, "meta"))
    draft = Draft(reading=reading, fetched_at=NOW, profile=profile)
    normalize_dates(draft)
    return draft.article


def test_printed_minutes_win_over_a_meta_that_has_the_day_only() -> None:
    found = article(candidate("2024-05-03", "meta", 0.75), candidate("2024年05月03日10:17"))
    assert found.date_published == "2024-05-03T10:17:00+08:00"
    assert found.date_precision == "minute"
    assert found.timezone_basis == "assumed"
    assert found.evidence["date_published"].raw == "2024年05月03日10:17"


def test_an_explicit_offset_in_structured_data_wins_over_the_printed_time() -> None:
    found = article(candidate("2024-05-03T10:17:42+08:00", "jsonld", 0.95), candidate("2024-05-03 10:17"))
    assert found.date_published == "2024-05-03T10:17:42+08:00"
    assert (found.date_precision, found.timezone_basis) == ("second", "explicit")


def test_a_day_alone_has_no_timezone_basis() -> None:
    found = article(candidate("2024-05-03"))
    assert (found.date_published, found.date_precision, found.timezone_basis) == ("2024-05-03", "day", None)


def test_the_zone_of_the_profile_is_taken_before_the_domain_s() -> None:
    profile = Profile(name="x", timezone="Asia/Urumqi")
    found = article(candidate("2024-05-03 10:17"), profile=profile)
    assert (found.date_published, found.timezone_basis) == ("2024-05-03T10:17:00+06:00", "profile")


def test_places_that_agree_outvote_one_that_does_not() -> None:
    found = article(
        candidate("2023-01-01T08:00:00+08:00", "meta", 0.75),
        candidate("2024-05-03 10:17", confidence=0.7),
        candidate("2024-05-03", "url", 0.6),
    )
    assert found.date_published == "2024-05-03T10:17:00+08:00"


def test_agreement_raises_confidence_and_conflict_lowers_it() -> None:
    alone = article(candidate("2024-05-03")).evidence["date_published"].confidence
    agreed = article(candidate("2024-05-03"), candidate("2024-05-03", "url", 0.6)).evidence["date_published"].confidence
    disputed = (
        article(candidate("2024-05-03"), candidate("2020-01-01", "meta", 0.5)).evidence["date_published"].confidence
    )
    assert disputed < alone < agreed


def test_the_only_printed_date_counts_as_the_publication_s_with_little_confidence() -> None:
    found = article(modified=(candidate("2024-05-04", "label"),))
    assert (found.date_published, found.date_modified) == ("2024-05-04", "2024-05-04")
    proof = found.evidence["date_published"]
    assert (proof.method, proof.locator) == ("computed", "date_modified, label")
    assert proof.confidence < 0.5


def test_a_date_of_change_beside_one_of_publication_never_becomes_it() -> None:
    found = article(candidate("2024-05-01", confidence=0.3), modified=(candidate("2024-05-04", "label"),))
    assert (found.date_published, found.date_modified) == ("2024-05-01", "2024-05-04")


def test_a_date_of_change_that_only_the_meta_data_give_is_no_publication() -> None:
    found = article(modified=(candidate("2024-05-04T10:00:00+08:00", "meta"),))
    assert found.date_published is None


def test_a_change_before_the_publication_is_not_believed() -> None:
    found = article(candidate("2024-05-03 10:17"), modified=(candidate("2024-05-02 10:17", "meta"),))
    assert found.date_modified is None


def test_local_time_that_is_called_utc_gets_the_zone_of_the_site() -> None:
    found = article(candidate("2024-05-03T10:17:00Z", "jsonld", 0.95), candidate("2024-05-03 10:17"))
    assert found.date_published == "2024-05-03T10:17:00+08:00"
    assert found.timezone_basis == "assumed"


def test_one_moment_on_two_clocks_is_one_vote() -> None:
    found = article(
        candidate("2024-05-02T17:30:00Z", "jsonld", 0.95),
        candidate("2024-05-03 01:30"),
        candidate("2024-05-03", "url", 0.6),
    )
    assert found.date_published == "2024-05-02T17:30:00+00:00"
    assert found.evidence["date_published"].confidence > 0.98


def test_a_publication_overwritten_by_the_change_gives_way_to_print() -> None:
    found = article(
        candidate("2024-05-20T09:00:00+08:00", "meta", 0.85),
        candidate("2024-05-03", confidence=0.8),
        modified=(candidate("2024-05-20T09:00:00+08:00", "meta", 0.8),),
    )
    assert found.date_published == "2024-05-03"
    assert found.date_modified == "2024-05-20T09:00:00+08:00"


def test_a_declared_publication_that_is_printed_as_the_change_gives_way_to_the_printed_publication() -> None:
    found = article(
        candidate("2024-05-20", "jsonld", 0.95),
        candidate("2023-04-26", "label", 0.87),
        modified=(candidate("2024-05-20", "label", 0.87), candidate("2024-05-19", "jsonld", 0.95)),
    )
    assert found.date_published == "2023-04-26"


def test_a_time_takes_the_zone_that_its_line_prints_once() -> None:
    # 9:15 | Updated 11:40 EDT
    found = article(
        candidate("May 3, 2024 9:15", "text"),
        modified=(candidate("May 3, 2024 11:40 EDT", "text"),),
        url="https://example.com/x",
        language="en",
    )
    assert found.date_published == "2024-05-03T09:15:00-04:00"
    assert found.timezone_basis == "explicit"


def test_day_and_month_are_settled_by_what_another_place_says() -> None:
    found = article(
        candidate("03/10/2023"), candidate("2023-10-03", "url", 0.6), url="https://example.com/x", language="en"
    )
    assert found.date_published == "2023-10-03"


def test_british_domains_put_the_day_first() -> None:
    assert article(candidate("03/10/2023"), url="https://example.co.uk/x", language="en").date_published == "2023-10-03"


def test_a_year_less_date_takes_the_year_of_the_address() -> None:
    found = article(candidate("12月28日 10:17"), candidate("2011-12-28", "url", 0.6))
    assert found.date_published == "2011-12-28T10:17:00+08:00"


def test_a_future_date_is_not_believed() -> None:
    assert article(candidate("2025-01-01")).date_published is None


def test_nothing_gives_nothing() -> None:
    found = article()
    assert (found.date_published, found.date_modified, found.evidence) == (None, None, {})
