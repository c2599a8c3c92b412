"""The records that a harvest of the demo newspaper must give, made from the stories and never from the pages.

Decisions, where a page allows more than one reading:

- White space inside a line is one plain space, also where an ideographic space is printed; names have none.
- The dateline is the beginning of the first sentence and stays in `text`, with the names in its brackets; a byline
  that is a paragraph of its own, that closes the text in brackets of its own or that is glued to the last sentence
  (文/X) is no text.
- A caption is not part of `text`; the photographer is taken off the caption and credited.
- The role word stands alone in `role_raw`; 本报 in front of it is the affiliation.
- 记者, 实习生 and 作者 wrote, 通讯员 only where none of these is named; 摄影, 制图 and 校对 are credits only.
- A time printed to the minute stays that precise; the third system prints minutes and says seconds in its JSON-LD,
  so its times are to the second with an explicit offset. A date alone has no zone.
- `section` is the last crumb; the e-paper has no crumbs, and its section is the name of the page of the paper.
- `duplicate_of` depends on which of two twins came first and is left open; `twins` names the pairs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from scraper.article import (
    Article,
    Credit,
    Edition,
    Image,
    Jump,
    Publisher,
    Role,
    SiteRecord,
    Source,
    article_id,
    hash_text,
    writers,
)
from scraper.demo import pages, paper
from scraper.demo.printing import jump_lines, opening_words
from scraper.demo.stories import JUMP, Block, Person, Story, all_stories, stories_on
from scraper.reasons import Reason

DEFAULT_BASE_URL = "http://127.0.0.1:8000"

_ROLES: dict[str, Role] = {
    "": "author",
    "作者": "author",
    "By": "author",
    "记者": "reporter",
    "通讯员": "correspondent",
    "实习生": "intern",
    "摄影": "photographer",
    "制图": "illustrator",
    "校对": "proofreader",
    "一审": "reviewer",
    "二审": "reviewer",
    "三审": "reviewer",
}


@dataclass(frozen=True, kw_only=True)
class NotArticle:
    """An address that must give no record."""

    url: str
    reasons: frozenset[Reason]
    """Any of these is right."""


def truth(day: int = 1, base_url: str = DEFAULT_BASE_URL) -> list[Article]:
    """The expected records of a day, in the order of the stories.

    Evidence, crawl, version and what was asked for belong to a run and stand at their defaults.

    Args:
        day: 1, 2 or 3; a story that is gone on that day is not in the list.
        base_url: scheme, host and port of the server, no slash at the end.
    """
    return [_record(story, base_url) for story in stories_on(day)]


def twins(base_url: str = DEFAULT_BASE_URL) -> list[tuple[str, str]]:
    """Pairs of addresses with the very same text: the web's and the e-paper's."""
    by_key = {story.key: story for story in all_stories()}
    return [
        (base_url + paper.story_path(by_key[story.twin]), base_url + paper.story_path(story))
        for story in by_key.values()
        if story.twin
    ]


def not_articles(day: int = 1, base_url: str = DEFAULT_BASE_URL) -> list[NotArticle]:
    """The pages of a day that are no articles, each with the reasons that are right for it."""
    lists = frozenset({Reason.LISTING, Reason.SECTION})
    reasons: dict[str, frozenset[Reason]] = {
        "/": lists,
        "/epaper/": frozenset({Reason.EDITION, *lists}),
        pages.GALLERY: frozenset({Reason.GALLERY}),
        pages.VIDEO: frozenset({Reason.VIDEO}),
        pages.SEARCH: frozenset({Reason.SEARCH}),
        pages.ABOUT: frozenset({Reason.SITE_INFO}),
        pages.CONTACT: frozenset({Reason.SITE_INFO}),
        pages.EXPIRED: frozenset({Reason.SOFT_404}),
        pages.INTERNAL: frozenset({Reason.ROBOTS}),
    }
    stories = stories_on(day)
    for channel in paper.WEB_CHANNELS:
        count = sum(story.channel == channel.key for story in stories)
        for page in range(1, -(-count // paper.STORIES_PER_LISTING) + 1):
            reasons[paper.listing_path(channel, page)] = lists
    for number in paper.PAGE_NAMES:
        reasons[paper.node_path(number)] = frozenset({Reason.EDITION})
    for story in stories:
        for page in range(2, len(story.pages) + 1):
            reasons[paper.story_path(story, page)] = frozenset({Reason.CONTINUATION})
    for story in all_stories():
        if day not in story.days and day > min(story.days):
            reasons[paper.story_path(story)] = frozenset({Reason.GONE})
    return [NotArticle(url=base_url + path, reasons=accepted) for path, accepted in reasons.items()]


def _record(story: Story, base_url: str) -> Article:
    url = base_url + paper.story_path(story)
    channel = paper.BY_KEY[story.channel]
    credits = _credits(story)
    text = _text(story)
    page_count = len(story.pages)
    on_paper = story.page > 0
    return Article(
        id=article_id(url),
        url=url,
        canonical_url=url,
        title=story.title,
        kicker=story.kicker,
        subtitle=story.subtitle,
        authors=[credit.name for credit in writers(credits)],
        responsible_editors=_names(credits, "editor", "responsible_editor"),
        credits=credits,
        source=_source(story),
        publisher=Publisher(name=paper.SITE_NAME, domain="127.0.0.1"),
        date_published=_time(story.date),
        date_modified=_time(story.modified) if story.modified else None,
        date_precision={10: "day", 16: "minute", 19: "second"}[len(story.date)],  # type: ignore[arg-type]
        timezone_basis=None if len(story.date) == 10 else "explicit" if channel.style == "modern" else "profile",
        section=paper.PAGE_NAMES[story.page] if on_paper else channel.name,
        breadcrumbs=[] if on_paper else channel.crumbs,
        keywords=list(story.keywords),
        language="en" if story.channel == "english" else "zh-CN",
        text=text,
        images=_images(story, base_url),
        edition=_edition(story),
        pages=[base_url + paper.story_path(story, page) for page in range(1, page_count + 1)] if page_count > 1 else [],
        site_records=[
            SiteRecord(kind=kind, value=value)
            for kind, value in paper.SITE_RECORDS.items()
            if kind == "icp" or not on_paper
        ],
        text_hash=hash_text(text),
    )


def _text(story: Story) -> str:
    blocks = [block for blocks in story.pages for block in blocks if block.kind != "picture"]
    paragraphs = [block.text.replace(JUMP, "") for block in blocks]
    first = next(index for index, block in enumerate(blocks) if block.kind == "paragraph")
    paragraphs[first] = opening_words(story) + paragraphs[first]
    return "\n\n".join(paragraphs).replace("\u3000", " ")


def _credits(story: Story) -> list[Credit]:
    label = re.match(r"\W*(?P<word>\w+)", story.editor_line)
    word = label["word"] if label else ""
    role: Role = "editor" if word in ("编辑", "Editor") else "responsible_editor"
    credits = [_credit(person, story) for person in story.writers]
    credits += [
        Credit(name=block.photographer.replace("\u3000", ""), role="photographer", role_raw=_photo_word(story))
        for block in _pictures(story)
        if block.photographer
    ]
    credits += [Credit(name=name, role=role, role_raw=word) for name in story.editors]
    credits += [_credit(person, story) for person in story.staff]
    return credits


def _credit(person: Person, story: Story) -> Credit:
    word = person.role
    if not word and story.byline == "glued":
        return Credit(name=person.plain_name, role="author", role_raw="文")
    if not word and story.byline == "info" and paper.BY_KEY[story.channel].style != "modern":
        word = "作者"
    affiliation = None
    if word.startswith("本报"):
        word, affiliation = word.removeprefix("本报"), "本报"
    return Credit(name=person.plain_name, role=_ROLES[word], role_raw=word or None, affiliation=affiliation)


def _photo_word(story: Story) -> str:
    return "Photo by" if story.channel == "english" else "摄"


def _names(credits: list[Credit], *roles: str) -> list[str]:
    return list(dict.fromkeys(credit.name for credit in credits if credit.role in roles))


def _source(story: Story) -> Source | None:
    if story.source is None:
        return None
    chain = re.split(r"\s*[—-]+\s*", story.source) if story.channel != "english" else [story.source]
    own = {paper.SITE_NAME, paper.NEWSPAPER, "Yunxiu Daily"}
    return Source(
        name=story.source,
        name_raw=story.source,
        url=story.source_url,
        chain=chain,
        is_reprint=not own.intersection(chain),
    )


def _time(printed: str) -> str:
    if len(printed) == 10:
        return printed
    moment = printed.replace(" ", "T")
    return f"{moment}{':00' if len(printed) == 16 else ''}+08:00"


def _pictures(story: Story) -> list[Block]:
    return [block for blocks in story.pages for block in blocks if block.kind == "picture"]


def _images(story: Story, base_url: str) -> list[Image]:
    return [
        Image(
            url=base_url + paper.picture_path(block.slug or ""),
            caption=block.text,
            credit=block.photographer.replace("\u3000", "") if block.photographer else None,
        )
        for block in _pictures(story)
    ]


def _edition(story: Story) -> Edition | None:
    jumps = []
    if any(story.jump):
        to_page, from_page = story.jump
        jumps = [Jump(text="".join(jump_lines(story)), from_page=from_page, to_page=to_page)]
    if story.page:
        return Edition(
            newspaper=paper.NEWSPAPER,
            date=paper.EDITION_DATE,
            page=f"{story.page:02}",
            page_name=paper.PAGE_NAMES[story.page],
            jumps=jumps,
        )
    return Edition(jumps=jumps) if jumps else None
