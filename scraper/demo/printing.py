"""How a story is set: where its names stand, how its closing line reads, where the jump line cuts it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from scraper.demo.stories import JUMP, Block, Person, Story


@dataclass(frozen=True, kw_only=True)
class PrintedStory:
    """One web page of a story, ready for a template."""

    story: Story
    page: int
    page_count: int
    blocks: list[Block]
    byline: str
    """The writers as the line under the headline names them; empty where they stand in the body."""
    closing: str
    """The line of editors and staff; empty on a page that prints none."""


def print_story(story: Story, page: int = 1) -> PrintedStory:
    """Set one web page of a story (1-based)."""
    pages = story.pages
    blocks = [piece for block in pages[page - 1] for piece in _cut_at_jump(story, block)]
    if page == 1:
        blocks = _with_opening(story, blocks)
    if page == len(pages):
        blocks = _with_closing_byline(story, blocks)
    return PrintedStory(
        story=story,
        page=page,
        page_count=len(pages),
        blocks=blocks,
        byline=name_writers(story.writers) if story.byline in ("info", "english") else "",
        closing=_closing_line(story) if page == len(pages) else "",
    )


def name_writers(writers: tuple[Person, ...]) -> str:
    """记者 林晚舟、陈 苇 通讯员 何远山: each role word once, before the names that share it."""
    groups = groupby(writers, key=lambda person: person.role)
    return " ".join(f"{role} {'、'.join(person.name for person in people)}".strip() for role, people in groups)


def opening_words(story: Story) -> str:
    """The dateline in front of the first sentence, writers in brackets included; empty without one."""
    if not story.dateline:
        return ""
    if story.byline == "dateline":
        return f"{story.dateline}（{name_writers(story.writers)}）"
    return f"{story.dateline} "


def jump_lines(story: Story) -> tuple[str, str]:
    """The two jump lines as printed: (下转四版) and (上接一版)."""
    to_page, from_page = story.jump
    return f"(下转{to_page}版)", f"(上接{from_page}版)"


def _cut_at_jump(story: Story, block: Block) -> list[Block]:
    if JUMP not in block.text:
        return [block]
    before, after = block.text.split(JUMP)
    to_line, from_line = jump_lines(story)
    return [Block(kind=block.kind, text=before + to_line), Block(kind=block.kind, text=from_line + after)]


def _with_opening(story: Story, blocks: list[Block]) -> list[Block]:
    writers = name_writers(story.writers)
    if story.byline == "box":
        return [Block(kind="paragraph", text="□" + writers), *blocks]
    if story.byline == "line":
        return [Block(kind="paragraph", text=writers), *blocks]
    opening = opening_words(story)
    if not opening:
        return blocks
    first = next(index for index, block in enumerate(blocks) if block.kind == "paragraph")
    opened = Block(kind="paragraph", text=opening + blocks[first].text)
    return [*blocks[:first], opened, *blocks[first + 1 :]]


def _with_closing_byline(story: Story, blocks: list[Block]) -> list[Block]:
    if story.byline == "closing":
        return [*blocks, Block(kind="paragraph", text=f"（{name_writers(story.writers)}）")]
    if story.byline == "glued":
        names = "、".join(person.name for person in story.writers)
        return [*blocks[:-1], Block(kind="paragraph", text=f"{blocks[-1].text}文/{names}")]
    return blocks


def _closing_line(story: Story) -> str:
    parts = [story.editor_line.format("、".join(story.editors))] if story.editor_line else []
    parts += [f"{person.role}：{person.name}" for person in story.staff]
    return " ".join(parts)
