"""Stories and lists as HTML, in the manner of each system."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from scraper.demo import paper
from scraper.demo.printing import print_story
from scraper.demo.stories import Story

GALLERY = "/photo/2026-11/16/index.shtml"
VIDEO = "/video/2026/11/15/v_2093.shtml"
SEARCH = "/search"
ABOUT = "/about/index.shtml"
CONTACT = "/about/contact.shtml"
EXPIRED = "/news/yxyw/2026-10-02/content_47001.shtml"
INTERNAL = "/internal/draft_1.shtml"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("scraper.demo"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


class Renderer:
    """Renders the pages of one day.

    The side columns of a story name lasting stories only, so that its page changes if and only if the story does.

    Args:
        day: day of the demo; from day 2 on the home page greets a new date.
        base_url: scheme, host and port, for absolute links.
        stories: those that are on line.
    """

    def __init__(self, *, day: int, base_url: str, stories: tuple[Story, ...]) -> None:
        self._day = day
        self._base_url = base_url
        self._stories = sorted(stories, key=lambda story: (story.date, story.number), reverse=True)
        self._web = [story for story in self._stories if story.page == 0]
        self._lasting = [story for story in self._web if story.is_lasting]
        self._channels = {
            channel.key: [story for story in self._stories if story.channel == channel.key]
            for channel in paper.CHANNELS
        }

    def story(self, story: Story, page: int = 1) -> str:
        """One web page of a story."""
        channel = paper.BY_KEY[story.channel]
        lasting = [other for other in self._channels[channel.key] if other.is_lasting and other is not story]
        older = [other for other in lasting if other.number < story.number]
        return self._render(
            f"story_{channel.style}.html.j2",
            declared=paper.story_encoding(story)[1],
            channel=channel,
            printed=print_story(story, page),
            story=story,
            related=(older or lasting)[:4],
            linked_data=_linked_data(story, self._base_url) if channel.style == "modern" else "",
            paper_stories=self._on_paper(story.page),
        )

    def other_pages(self) -> dict[str, tuple[str, str]]:
        """Every page that is no story, with the encoding of its bytes, by path."""
        made = {"/": (self._home(), "utf-8"), "/index.shtml": (self._home(), "utf-8")}
        for channel in paper.WEB_CHANNELS:
            encoding, declared = paper.ENCODINGS[channel.encoding]
            for page, page_count, stories in self._leaves(channel):
                html = self._render(
                    f"listing_{channel.style}.html.j2",
                    declared=declared,
                    channel=channel,
                    stories=stories,
                    page=page,
                    page_count=page_count,
                )
                made[paper.listing_path(channel, page)] = (html, encoding)
                if page == 1:
                    made[channel.path] = (html, encoding)
        for number in paper.PAGE_NAMES:
            html = self._render("epaper_node.html.j2", number=number, paper_stories=self._on_paper(number))
            made[paper.node_path(number)] = (html, "utf-8")
        made["/epaper/"] = (self._render("epaper_front.html.j2"), "utf-8")
        for path, name in (
            (GALLERY, "gallery"),
            (VIDEO, "video"),
            (SEARCH, "search"),
            (ABOUT, "about"),
            (CONTACT, "contact"),
            (INTERNAL, "internal"),
        ):
            made[path] = (self._render(f"{name}.html.j2", declared="utf-8"), "utf-8")
        made[EXPIRED] = (self.error("您访问的页面不存在或已被删除。"), "utf-8")
        return made

    def error(self, message: str) -> str:
        """The page that says there is nothing here."""
        return self._render("error.html.j2", declared="utf-8", message=message)

    def _home(self) -> str:
        return self._render("home.html.j2", declared="utf-8")

    def _leaves(self, channel: paper.Channel) -> list[tuple[int, int, list[Story]]]:
        stories, size = self._channels[channel.key], paper.STORIES_PER_LISTING
        starts = range(0, len(stories), size)
        return [(start // size + 1, len(starts), stories[start : start + size]) for start in starts]

    def _on_paper(self, number: int) -> list[Story]:
        return sorted((story for story in self._stories if story.page == number), key=lambda story: story.number)

    def _render(self, template: str, **values: Any) -> str:
        return (
            _environment()
            .get_template(template)
            .render(
                paper=paper,
                day=self._day,
                base_url=self._base_url,
                web_stories=self._web,
                lasting=self._lasting,
                by_channel=self._channels,
                addresses={
                    "gallery": GALLERY,
                    "video": VIDEO,
                    "search": SEARCH,
                    "about": ABOUT,
                    "contact": CONTACT,
                    "expired": EXPIRED,
                    "internal": INTERNAL,
                },
                **values,
            )
        )


def _linked_data(story: Story, base_url: str) -> Markup:
    """The JSON-LD of a story: NewsArticle with times to the second."""
    address = base_url + paper.story_path(story)
    is_english = story.channel == "english"
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "mainEntityOfPage": address,
        "datePublished": f"{story.published.isoformat()}+08:00",
        "inLanguage": "en" if is_english else "zh-CN",
        "articleSection": paper.BY_KEY[story.channel].name,
        "publisher": {"@type": "NewsMediaOrganization", "name": paper.SITE_NAME},
    }
    if story.modified:
        data["dateModified"] = f"{story.changed.isoformat()}+08:00"
    if story.writers:
        data["author"] = [{"@type": "Person", "name": person.plain_name} for person in story.writers]
    if story.keywords:
        data["keywords"] = list(story.keywords)
    pictures = [block.slug for blocks in story.pages for block in blocks if block.slug]
    if pictures:
        data["image"] = [base_url + paper.picture_path(slug) for slug in pictures]
    return Markup(json.dumps(data, ensure_ascii=False, indent=1).replace("</", "<\\/"))
