"""The text of the record."""

from datetime import UTC, datetime

from pipelines import normalize
from scraper.extraction.reading import Block, Candidate, PageReading
from scraper.reasons import Reason

NOW = datetime(2026, 11, 20, tzinfo=UTC)
PROSE = [
    "云岫镇的姜农今年多收了三成，镇上新开的作坊把碎姜做成姜糖和姜粉，一点也没有浪费，(下转四版)",
    "(上接一版)按照计划，明年镇里还要修一条通到山腰的机耕路。",
    "责任编辑：季白",
]


def draft_of(*texts: str, title: str = "今年的姜"):
    reading = PageReading(
        url="http://news.example/n/1.html", kind="article", blocks=[Block(text=text) for text in texts]
    )
    reading.add("title", Candidate(raw=title, method="heading", confidence=0.9))
    return normalize(reading, fetched_at=NOW)


def test_text_hash_jump_and_evidence_are_filled():
    article = draft_of(*PROSE).article
    assert article.text == (
        "云岫镇的姜农今年多收了三成，镇上新开的作坊把碎姜做成姜糖和姜粉，一点也没有浪费，按照计划，明年镇里还要修一条通到山腰的机耕路。"
    )
    assert article.text_hash is not None
    assert article.edition is not None
    assert [jump.to_page for jump in article.edition.jumps] == ["四"]
    assert {"text", "text_hash", "edition", "language"} <= article.evidence.keys()


def test_paragraphs_are_joined_by_one_blank_line():
    text = PROSE[1].removeprefix("(上接一版)")
    assert draft_of(text, text).article.text == f"{text}\n\n{text}"


def test_a_record_without_text_has_a_reason():
    assert draft_of("责任编辑：季白").reason is Reason.NO_TEXT


def test_a_record_without_title_has_a_reason():
    assert draft_of(*PROSE, title="").reason is Reason.NO_TITLE
