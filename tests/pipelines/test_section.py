"""Section, breadcrumbs, keywords and site records."""

import pytest

from pipelines.draft import Draft
from pipelines.section import clean_crumbs, normalize_section
from scraper.article import Article
from scraper.extraction.reading import Candidate, PageReading


def section(title: str | None = None, **fields: str | list[Candidate]) -> Article:
    reading = PageReading(url="http://news.example.cn/1.html")
    for name, raws in fields.items():
        for one in [said(raws)] if isinstance(raws, str) else raws:
            reading.add(name, one)
    draft = Draft(reading=reading, fetched_at=None)
    draft.article.title = title
    normalize_section(draft)
    return draft.article


def said(raw: str, confidence: float = 0.6, locator: str = "x", label: str | None = None) -> Candidate:
    return Candidate(raw=raw, method="meta", locator=locator, confidence=confidence, label=label)


@pytest.mark.parametrize(
    ("raw", "crumbs"),
    [
        ("首页 > 新闻 > 本地 > 正文", ["新闻", "本地"]),
        ("Home > News > Local", ["News", "Local"]),
        ("首页 > 正文", []),
        (" >  > ", []),
    ],
)
def test_crumbs_lose_the_start_page_and_the_word_for_text(raw: str, crumbs: list[str]) -> None:
    assert clean_crumbs(raw) == crumbs


def test_a_crumb_that_is_the_headline_goes_out() -> None:
    assert clean_crumbs("新闻 > 云岭县早稻全部收割完毕…", "云岭县早稻全部收割完毕，农民说今年好") == ["新闻"]


def test_a_short_crumb_stays_though_the_headline_begins_with_it() -> None:
    assert clean_crumbs("News > Rice", "Rice harvested in the valley") == ["News", "Rice"]


def test_the_section_is_the_last_crumb_and_shares_its_evidence() -> None:
    article = section(breadcrumbs="首页 > 新闻 > 本地", section="要闻")
    assert (article.breadcrumbs, article.section) == (["新闻", "本地"], "本地")
    assert article.evidence["section"] is article.evidence["breadcrumbs"]


def test_without_crumbs_the_declared_section_counts() -> None:
    assert section(section=[said("https://x.example/"), said("要闻", 0.4)]).section == "要闻"
    assert section(section="正文").section is None


def test_the_surest_crumbs_win() -> None:
    assert section(breadcrumbs=[said("财经", 0.4), said("新闻 > 本地", 0.8)]).section == "本地"


@pytest.mark.parametrize(
    "raw", ["早稻,收割,新谷", "早稻，收割、新谷", "早稻 收割 新谷", "早稻|收割；新谷", "早稻,收割,早稻,新谷"]
)
def test_keywords_are_parted_and_each_is_kept_once(raw: str) -> None:
    assert section(keywords=raw).keywords == ["早稻", "收割", "新谷"]


def test_keywords_of_letters_keep_their_spaces() -> None:
    assert section(keywords="rice harvest, new crop").keywords == ["rice harvest", "new crop"]


def test_keywords_that_repeat_the_title_of_the_window_are_none() -> None:
    article = with_title("早稻收割完毕_云岭网", keywords="早稻收割完毕 云岭网")
    assert (article.keywords, article.evidence) == ([], {})
    assert with_title("早稻收割完毕_云岭网", keywords="早稻").keywords == ["早稻"]


def with_title(window: str, keywords: str) -> Article:
    reading = PageReading(url="http://news.example.cn/1.html")
    reading.add("title", Candidate(raw=window, method="title"))
    reading.add("keywords", said(keywords))
    draft = Draft(reading=reading, fetched_at=None)
    normalize_section(draft)
    return draft.article


def test_site_records_keep_their_kind() -> None:
    article = section(site_records=[said("赣ICP备12345678号", label="icp")])
    assert [(record.kind, record.value) for record in article.site_records] == [("icp", "赣ICP备12345678号")]
    assert "site_records" in article.evidence


def test_a_page_that_says_nothing_of_it_has_nothing() -> None:
    article = section()
    assert (article.section, article.breadcrumbs, article.keywords, article.evidence) == (None, [], [], {})
