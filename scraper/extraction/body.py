"""The body of the article.

trafilatura is the engine: it names the text. Its answer is laid over the printed lines of the page and weighed
together with what the lines say themselves; the best run of lines is the body. So paragraphs that only a `<br>` parts
stay apart, the text is what is printed, and the readers of labels and dates know what stands around it.
"""

from __future__ import annotations

from collections.abc import Container
from itertools import groupby

from scraper.extraction.embedded import embedded_text
from scraper.extraction.engine import find_covered, run_engine
from scraper.extraction.lines import EAST_ASIAN, HEADING_TAGS, Line, width
from scraper.extraction.reading import Block, BlockKind, PageReading
from scraper.extraction.segment import choose
from scraper.extraction.view import PageView
from scraper.extraction.weights import weigh

HARDLY_ANY = 120
"""A body below this amount of text (letters, a Chinese sign counts three) is a headline at most."""


def read_body(view: PageView, reading: PageReading, boilerplate: Container[str] = frozenset()) -> None:
    """Fill `reading.blocks`, `view.body`, `reading.head` and `reading.tail`.

    Args:
        view: the page.
        reading: is filled.
        boilerplate: lines that recur on the site's pages and are never body.
    """
    lines = view.lines
    text = run_engine(view.tree, view.url, is_east_asian=is_east_asian(lines))
    covered = find_covered(lines, text)
    chosen = [index for index in choose(weigh(view, covered)) if lines[index].text not in boilerplate]
    printed = sum(width(lines[index].text) for index in chosen)
    if max(printed, width(text)) < HARDLY_ANY and _waits_for_script(lines):
        paragraphs = embedded_text(view.tree)
        if paragraphs:
            reading.blocks = [Block(text=paragraph) for paragraph in paragraphs]
            return
    if width(text) > 4 * printed and not covered:
        # The text stands nowhere on the printed page: the engine had it from embedded data.
        reading.blocks = [Block(text=line.strip()) for line in text.split("\n") if line.strip()]
        return
    if chosen:
        set_body(view, reading, chosen)


def set_body(view: PageView, reading: PageReading, chosen: list[int]) -> None:
    """Make some lines, at least one, the body of the reading."""
    reading.blocks = to_blocks([view.lines[index] for index in chosen])
    view.body = range(chosen[0], chosen[-1] + 1)
    view.body_lines = chosen
    reading.head = [line.text for line in view.head_lines()]
    reading.tail = [line.text for line in view.tail_lines()]


def _waits_for_script(lines: list[Line]) -> bool:
    """Whether a page without a body is no list of headlines, which may carry the data of its articles too."""
    return sum(line.is_linked_title for line in lines) < 8


def to_blocks(lines: list[Line]) -> list[Block]:
    """Lines of the body as blocks; the cells of a row of a data table are one block."""
    blocks = []
    for row, group in groupby(lines, key=_row):
        cells = list(group)
        if row is not None and len(cells) > 1:
            blocks.append(Block(text=" | ".join(cell.text for cell in cells), kind="table"))
        else:
            blocks.extend(Block(text=line.text, kind=_kind(line)) for line in cells)
    return blocks


def is_east_asian(lines: list[Line]) -> bool:
    """Whether a page is mostly Chinese, Japanese or Korean, by the lines at its head."""
    sample = "".join(line.text for line in lines[:200])[:5000]
    return len(EAST_ASIAN.findall(sample)) * 4 > len(sample)


def _row(line: Line) -> object:
    """The table row that a line is a short cell of; None outside of data tables."""
    node = line.node
    if node.tag not in ("td", "th") or width(line.text) > 150:
        return None
    row = node.getparent()
    return row if row is not None and sum(cell.tag in ("td", "th") for cell in row) > 1 else None


def _kind(line: Line) -> BlockKind:
    node = line.node
    for _ in range(4):
        if node is None:
            break
        if node.tag in HEADING_TAGS:
            return "heading"
        if node.tag in ("li", "dd", "dt"):
            return "list_item"
        if node.tag == "blockquote":
            return "quote"
        node = node.getparent()
    return "paragraph"
