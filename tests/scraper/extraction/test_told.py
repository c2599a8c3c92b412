"""What a news sitemap or a feed said of a page."""

from __future__ import annotations

from datetime import UTC, datetime

from pipelines.pages import read_and_normalize
from scraper.article import Article

TEXT = "".join(
    f"<p>桥头第{n}段的加固工程在这个月内完成，两岸居民的出行恢复正常，车辆不必再绕道。</p>" for n in range(6)
)
TOLD = ("石桥加固完工 两岸恢复通行", "2018-01-05T08:30:00+08:00")


def article(html: str, told: tuple[str | None, str | None] = TOLD) -> Article:
    _, record = read_and_normalize(
        html.encode(), "http://p.example/a/b.html", "utf-8", datetime(2018, 1, 6, tzinfo=UTC), None, "sitemap", told
    )
    assert record is not None
    assert record.article is not None, record.reason
    return record.article


def test_it_fills_what_the_page_does_not_say_and_the_evidence_names_it() -> None:
    found = article(f"<html><body><div>{TEXT}</div></body></html>")
    assert (found.title, found.date_published) == TOLD
    assert {found.evidence[name].method for name in ("title", "date_published")} == {"sitemap"}


def test_what_the_page_says_goes_before_it() -> None:
    page = f"<html><body><h1>石桥加固工程完工</h1><p>2018-01-04 10:00 来源：山城日报</p><div>{TEXT}</div></body></html>"
    found = article(page)
    assert found.title == "石桥加固工程完工"
    assert (found.date_published or "").startswith("2018-01-04")


def test_nothing_is_added_where_nothing_was_said() -> None:
    page = f"<html><head><title>石桥加固工程完工</title></head><body><div>{TEXT}</div></body></html>"
    assert article(page, (None, None)).date_published is None
