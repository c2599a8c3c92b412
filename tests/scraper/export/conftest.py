from collections.abc import Callable
from pathlib import Path

import pytest

from scraper.article import Article, Credit, Evidence, Image, Publisher, SiteRecord, Source, article_id, hash_text


def make_article(number: int = 1, *, version: int = 1, text: str | None = None, **changes: object) -> Article:
    """A record with something in every kind of field."""
    url = f"https://news.example.com/2026/{number}.html"
    text = text if text is not None else f"第{number}条消息的第一段。\n\n第二段，版本{version}。"
    article = Article(
        id=article_id(url),
        url=url,
        requested_url=url,
        canonical_url=url,
        title=f"第{number}条消息",
        authors=["林晚舟", "何苗"],
        responsible_editors=["邹远"],
        credits=[
            Credit(name="林晚舟", role="reporter", role_raw="记者"),
            Credit(name="何苗", role="author"),
            Credit(name="邹远", role="responsible_editor", role_raw="责任编辑"),
        ],
        source=Source(name="云岫日报", name_raw="来源：云岫日报", chain=["云岫日报"], is_reprint=False),
        publisher=Publisher(name="云岫新闻网", domain="example.com"),
        date_published=f"2026-11-{number % 28 + 1:02}T22:17:00+08:00",
        date_precision="minute",
        timezone_basis="profile",
        section="要闻",
        breadcrumbs=["新闻", "要闻"],
        keywords=["大桥"],
        language="zh-CN",
        text=text,
        images=[Image(url="https://news.example.com/a.png", caption="图")],
        site_records=[SiteRecord(kind="icp", value="赣ICP备00001234号-1")],
        version=version,
        text_hash=hash_text(text),
        evidence={"title": Evidence(method="heading", locator="h1", raw=f"第{number}条消息", confidence=0.96)},
    )
    article.crawl.fetched_at, article.crawl.status = "2026-11-23T08:42:00Z", 200
    for name, value in changes.items():
        setattr(article, name, value)
    return article


@pytest.fixture
def article() -> Callable[..., Article]:
    """Makes records: `article(7, version=2)`."""
    return make_article


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., Path]:
    """Makes a site folder with nothing but these records: `site(article(1), article(2))`."""

    def make(*articles: Article, name: str = "news.example.com") -> Path:
        folder = tmp_path / "output" / name
        folder.mkdir(parents=True)
        (folder / "articles.jsonl").write_bytes(b"".join(entry.to_json_line() for entry in articles))
        return folder

    return make
