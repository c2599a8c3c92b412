"""The whole site of a day as a table: path to what the server answers there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from importlib.resources import files

from scraper.demo import feeds, pages, paper
from scraper.demo.pictures import draw_picture
from scraper.demo.stories import all_stories, stories_on

CHINA_TIME = timezone(timedelta(hours=8))
ROBOTS = """User-agent: *
Disallow: /internal/
Crawl-delay: 0.1

User-agent: HastyBot
Crawl-delay: 20

Sitemap: {base_url}/sitemap.xml
"""
MOVED = {"/news/yxyw/48300.html": "bridge", "/kejiao/old/orchard.html": "orchard-lab"}
"""Addresses of an older system, by path: the key of the story to which they redirect."""


@dataclass(frozen=True, kw_only=True)
class Resource:
    """What the server answers at one address."""

    body: bytes = b""
    content_type: str = "text/html"
    status: int = 200
    changed: datetime = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


def build_site(day: int = 1, base_url: str = "http://127.0.0.1:8000") -> dict[str, Resource]:
    """Every address of the site on a day of the demo (1, 2 or 3), by path.

    Args:
        day: 1 is the first harvest; on day 2 a story is corrected, one is new and two are gone (410); on day 3
            one of the two is back.
        base_url: scheme, host and port, no slash at the end; absolute links begin with it.
    """
    site: dict[str, Resource] = {}
    stories = stories_on(day)
    renderer = pages.Renderer(day=day, base_url=base_url, stories=stories)
    for story in stories:
        encoding, _ = paper.story_encoding(story)
        says_charset = paper.BY_KEY[story.channel].style == "modern"
        for page in range(1, len(story.pages) + 1):
            site[paper.story_path(story, page)] = Resource(
                body=renderer.story(story, page).encode(encoding),
                content_type="text/html; charset=utf-8" if says_charset else "text/html",
                changed=story.changed.replace(tzinfo=CHINA_TIME),
            )
    for path, (html, encoding) in renderer.other_pages().items():
        site[path] = Resource(body=html.encode(encoding), changed=_site_changed(day))
    for path, xml in feeds.build_feeds(stories, base_url).items():
        site[path] = Resource(body=xml.encode(), content_type="application/xml", changed=_site_changed(day))
    site["/robots.txt"] = Resource(body=ROBOTS.format(base_url=base_url).encode(), content_type="text/plain")
    for name in ("site.css", "modern.css"):
        css = (files("scraper.demo") / "static" / name).read_bytes()
        site[f"/static/{name}"] = Resource(body=css, content_type="text/css; charset=utf-8")
    by_key = {story.key: story for story in all_stories()}
    for path, key in MOVED.items():
        location = paper.story_path(by_key[key])
        site[path] = Resource(status=301, headers={"Location": location})
    for story in all_stories():
        gone = day not in story.days and day > min(story.days)
        if gone:
            body = renderer.error("您访问的稿件已被撤下。").encode()
            site[paper.story_path(story)] = Resource(status=410, body=body)
    return site


def answer(site: dict[str, Resource], path: str) -> Resource:
    """What the server says to a request.

    A session id at the end of the path is ignored, as the query is; pictures are drawn when they are asked for.
    """
    path = path.partition(";")[0]
    if path in site:
        return site[path]
    if path.startswith("/images/") and path.endswith(".png"):
        return Resource(body=draw_picture(path.rpartition("/")[2].removesuffix(".png")), content_type="image/png")
    return Resource(status=404, body=b"<html><title>404</title><body>404 Not Found</body></html>")


def _site_changed(day: int) -> datetime:
    return datetime(2026, 11, 20, 18, 0, tzinfo=CHINA_TIME) + timedelta(days=day - 1)
