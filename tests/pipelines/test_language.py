"""The language of a record."""

from datetime import UTC, datetime

import pytest

from pipelines.draft import Draft
from pipelines.language import chinese_tag, detect, fits_script, normalize_language, read_tag
from scraper.extraction.reading import Candidate, PageReading

SIMPLIFIED = "云岫镇的姜农今年多收了三成，镇上新开的作坊把碎姜做成姜糖，对大家来说这是好事。"
TRADITIONAL = "雲岫鎮的薑農今年多收了三成，鎮上新開的作坊把碎薑做成薑糖，對大家來說這是好事。"
GERMAN = "Die Preise sind im März wieder gestiegen, und mit ihnen die Mieten, wie das Amt am Dienstag mitteilte."


def language_of(text: str, claim: str | None = None, confidence: float = 0.7, url: str = "http://news.example/1.html"):
    draft = Draft(reading=PageReading(url=url), fetched_at=datetime(2026, 11, 20, tzinfo=UTC))
    draft.article.text = text
    if claim:
        draft.reading.add("language", Candidate(raw=claim, method="meta", confidence=confidence))
    normalize_language(draft)
    return draft.article.language


def test_what_the_page_says_is_taken():
    assert language_of(GERMAN, "de-AT") == "de-AT"


def test_a_template_that_says_english_over_a_chinese_text_is_not_believed():
    assert language_of(SIMPLIFIED, "en") == "zh-CN"


def test_a_weak_claim_must_agree_with_the_text():
    assert language_of(GERMAN, "en_US", confidence=0.4) == "de"


def test_plain_zh_gets_its_region_from_the_characters():
    assert language_of(SIMPLIFIED, "zh") == "zh-CN"
    assert language_of(TRADITIONAL, "zh") == "zh-TW"


def test_traditional_characters_on_a_hong_kong_host_are_zh_hk():
    assert language_of(TRADITIONAL, url="http://news.example.hk/1.html") == "zh-HK"


def test_a_region_that_contradicts_the_characters_is_corrected():
    assert chinese_tag("zh-CN", TRADITIONAL, "news.example") == "zh-TW"


@pytest.mark.parametrize(
    ("raw", "tag"),
    [
        ("zh_cn", "zh-CN"),
        ("EN-us", "en-US"),
        ("zh-Hans-CN", "zh-Hans-CN"),
        ("de", "de"),
        ("german language", None),
        ("", None),
    ],
)
def test_printed_tags_are_normalized(raw, tag):
    assert read_tag(raw) == tag


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (SIMPLIFIED, "zh"),
        ("きょうは晴れですが、あすは雨になるでしょう。", "ja"),
        ("오늘은 맑고 내일은 비가 오겠습니다.", "ko"),
        ("Σήμερα ο καιρός είναι καλός.", "el"),
        (GERMAN, "de"),
    ],
)
def test_languages_are_detected(text, language):
    assert detect(text) == language


def test_cyrillic_fits_several_languages_and_no_latin_one():
    text = "Сегодня в городе ясная погода."
    assert fits_script("ru", text)
    assert fits_script("uk", text)
    assert not fits_script("en", text)
