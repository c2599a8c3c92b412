"""What the demo newspaper is: its name, its channels, its registrations, its addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scraper.demo.stories import Story

Style = Literal["div", "table", "modern", "epaper"]

SITE_NAME = "云岫新闻网"
NEWSPAPER = "云岫日报"
EDITION_DATE = "2026-11-20"
PAGE_NAMES = {1: "要闻", 2: "民生", 4: "综合"}
STORIES_PER_LISTING = 6
ENCODINGS = {
    "gb": ("gb18030", "gb2312"),
    "utf8-as-gb": ("utf-8", "GB2312"),
    "utf8": ("utf-8", "utf-8"),
}
"""By name: how the bytes are encoded, and what the page says."""

SITE_RECORDS = {
    "icp": "赣ICP备00001234号-1",
    "public_security": "赣公网安备 36000002000123号",
    "news_license": "36120260001",
    "report_phone": "0700-2195000",
    "report_email": "jubao@yunxiu.example",
}
"""By kind: what the foot of every page prints, label off. The numbers are invented."""


@dataclass(frozen=True)
class Channel:
    key: str
    name: str
    parent: str | None
    path: str
    style: Style
    encoding: str

    @property
    def crumbs(self) -> list[str]:
        return [self.parent, self.name] if self.parent else [self.name]


CHANNELS = (
    Channel("yxyw", "云岫要闻", "新闻中心", "/news/yxyw/", "div", "gb"),
    Channel("mssh", "民生社会", "新闻中心", "/news/mssh/", "div", "utf8"),
    Channel("xqcz", "县区传真", "新闻中心", "/xianqu/", "table", "gb"),
    Channel("whly", "文化旅游", None, "/culture/", "table", "utf8"),
    Channel("kjjy", "科教财经", "频道", "/kejiao/", "modern", "utf8"),
    Channel("english", "English", None, "/english/", "modern", "utf8"),
    Channel("epaper", "电子报", None, "/epaper/", "epaper", "utf8"),
)
BY_KEY = {channel.key: channel for channel in CHANNELS}
WEB_CHANNELS = tuple(channel for channel in CHANNELS if channel.key != "epaper")


def story_path(story: Story, page: int = 1) -> str:
    """Path of a story, as each of the systems builds it."""
    day, suffix = story.published, f"_{page}" if page > 1 else ""
    match BY_KEY[story.channel].style:
        case "div":
            return f"/news/{story.channel}/{day:%Y-%m/%d}/content_{story.number}{suffix}.shtml"
        case "table":
            return f"/system/{day:%Y/%m/%d}/0100{story.number}{suffix}.shtml"
        case "modern":
            return f"/a/{day:%Y%m/%d}/{story.number}{suffix}.html"
        case "epaper":
            return f"/epaper/html/{day:%Y-%m/%d}/content_{story.number}.htm"


def story_encoding(story: Story) -> tuple[str, str]:
    """How the bytes of a story's page are encoded, and what the page says."""
    return ENCODINGS[story.encoding or BY_KEY[story.channel].encoding]


def listing_path(channel: Channel, page: int = 1) -> str:
    return f"{channel.path}index{f'_{page}' if page > 1 else ''}.shtml"


def node_path(page: int) -> str:
    """Path of a page of the e-paper."""
    return f"/epaper/html/{EDITION_DATE[:7]}/{EDITION_DATE[8:]}/node_{page + 1}.htm"


def picture_path(slug: str) -> str:
    return f"/images/2026/{slug}.png"
