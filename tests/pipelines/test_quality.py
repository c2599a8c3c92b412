"""What has no headline or no text is no record."""

from pipelines.draft import Draft
from pipelines.quality import check_quality
from scraper.extraction.reading import PageReading
from scraper.reasons import Reason


def draft(title: str | None, text: str | None) -> Draft:
    made = Draft(reading=PageReading(url="http://news.example.cn/1.html"), fetched_at=None)
    made.article.title, made.article.text = title, text
    return made


def test_a_headline_and_a_sentence_are_enough() -> None:
    made = draft("早稻收割完毕", "云岭县的早稻昨天全部收割完毕，晒谷场上铺满了新谷。")
    check_quality(made)
    assert made.reason is None


def test_a_text_of_a_few_words_is_none() -> None:
    made = draft("Harvest done", "All of it is cut.")
    check_quality(made)
    assert made.reason == Reason.NO_TEXT
    assert "17 characters" in (made.detail or "")


def test_the_same_number_of_chinese_signs_says_more() -> None:
    made = draft("早稻收割完毕", "早稻昨天全部收割完毕，新谷铺满晒谷场，农民都笑。")
    check_quality(made)
    assert made.reason is None


def test_a_text_without_a_headline_is_no_record() -> None:
    made = draft(None, "The last field of the valley was cut on Thursday evening, nine days after the first machine.")
    check_quality(made)
    assert made.reason == Reason.NO_TITLE


def test_an_earlier_reason_stands() -> None:
    made = draft(None, None)
    made.reason = Reason.LISTING
    check_quality(made)
    assert made.reason == Reason.LISTING
