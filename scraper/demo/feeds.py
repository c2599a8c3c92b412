"""Sitemap index, sitemap, news sitemap, RSS."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from xml.sax.saxutils import escape

from scraper.demo import paper
from scraper.demo.stories import Story

_CHINA = timezone(timedelta(hours=8))
_SITEMAPS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def build_feeds(stories: tuple[Story, ...], base_url: str) -> dict[str, str]:
    """The XML documents of the site, by path."""
    newest = sorted(stories, key=lambda story: (story.changed, story.number), reverse=True)
    latest = _stamp(newest[0].changed)
    return {
        "/sitemap.xml": _document(
            f"<sitemapindex {_SITEMAPS}>",
            [
                f"<sitemap><loc>{base_url}{path}</loc><lastmod>{latest}</lastmod></sitemap>"
                for path in ("/sitemap-articles.xml", "/sitemap-news.xml")
            ],
            "</sitemapindex>",
        ),
        "/sitemap-articles.xml": _document(
            f"<urlset {_SITEMAPS}>",
            [
                f"<url><loc>{base_url}{paper.story_path(story)}</loc><lastmod>{_stamp(story.changed)}</lastmod></url>"
                for story in newest
            ],
            "</urlset>",
        ),
        "/sitemap-news.xml": _document(
            f"<urlset {_SITEMAPS} {_NEWS}>", [_news_entry(story, base_url) for story in newest[:12]], "</urlset>"
        ),
        "/rss.xml": _document(
            '<rss version="2.0"><channel>'
            f"<title>{paper.SITE_NAME}</title><link>{base_url}/</link><description>云岫要闻 民生 文化</description>",
            [_item(story, base_url) for story in newest if story.page == 0][:20],
            "</channel></rss>",
        ),
    }


def _news_entry(story: Story, base_url: str) -> str:
    language = "en" if story.channel == "english" else "zh-cn"
    return (
        f"<url><loc>{base_url}{paper.story_path(story)}</loc><news:news>"
        f"<news:publication><news:name>{paper.SITE_NAME}</news:name><news:language>{language}</news:language>"
        f"</news:publication><news:publication_date>{_stamp(story.published)}</news:publication_date>"
        f"<news:title>{escape(story.title)}</news:title></news:news></url>"
    )


def _item(story: Story, base_url: str) -> str:
    link = f"{base_url}{paper.story_path(story)}"
    return (
        f"<item><title>{escape(story.title)}</title><link>{link}?utm_source=rss&amp;utm_medium=feed</link>"
        f'<guid isPermaLink="true">{link}</guid>'
        f"<pubDate>{format_datetime(story.published.replace(tzinfo=_CHINA))}</pubDate></item>"
    )


def _stamp(moment: datetime) -> str:
    return moment.replace(tzinfo=_CHINA).isoformat()


def _document(opening: str, entries: list[str], closing: str) -> str:
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', opening, *entries, closing, ""])
