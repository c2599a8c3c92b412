"""The pictures of the body, each with its caption and credit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from scraper.article import Image
from scraper.extraction.lines import BLOCK_TAGS, Line, fold, inner_text
from scraper.extraction.reading import PageReading
from scraper.extraction.view import PageView

MAX_IMAGES = 50
MIN_SIDE = 100
"""Pictures that say they are smaller are icons and counters, in pixels."""

# Pages that load pictures late keep the address here and a placeholder in src.
_SOURCES = ("data-original", "data-src", "data-lazy-src", "data-url", "data-actualsrc", "src")
_NO_PICTURE = re.compile(
    r"(?:^|[/_.-])(?:icon|logo|blank|spacer|pixel|loading|avatar|qr(?:code)?|erweima|ewm|share|btn|button|arrow"
    r"|banner|ad)s?(?:[/_.-]|\d|$)"
    r"|\.gif$|^data:",
    re.I,
)
_NO_PICTURE_WORDS = re.compile(r"(?<![a-z])(?:avatar|icon|logo|qr-?code)s?(?![a-z])|二维码|头像", re.I)
MAX_LABEL = 20
"""A longer `alt` describes what a picture shows, which may well be a logo; in characters."""
_CREDITS = re.compile(
    r"[（(【\[]?\s*(?:(?:摄影|攝影|图片来源|图源|图片|供图|图)\s?[:：/／|]\s*(?P<after>[^）)】\]。，]{2,24})"
    r"|(?P<before>[\u4e00-\u9fffA-Za-z·、/ ]{2,24}?)\s*[/／]?\s*(?:摄影|摄|攝|供图|供圖|图)(?=\s*[）)】\]。]?\s*$)"
    r"|(?:Photo(?:graph)?|Foto|Bild|Image|Credit|Picture)s?\s?(?:[:/]|by\b|von\b)\s*(?P<western>[^|)\]]{2,60}))\s*[）)】\]]?",
)
_CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:caption|figcaption|pic-?(?:desc|info|text)|img-?(?:desc|info|text)|tushuo|tuzhu)", re.I
)


def read_images(view: PageView, reading: PageReading) -> None:
    """Fill `reading.images` with the pictures that stand in the body, in order, each address once.

    They stand between the headline (the first body line where it is unknown) and the end of the last body line, or
    directly behind that with a caption of their own; promotions and commenters come later.
    A block that turns out to be a caption leaves `reading.blocks`.
    """
    seen: dict[str, Image] = {}
    captions: set[str] = set()
    for element in _pictures(view):
        if len(seen) >= MAX_IMAGES:
            break
        url = _address(element, view.base_url)
        if url is None or url in seen or _is_small(element) or _is_icon(element):
            continue
        caption = _caption(element)
        text, credit = split_credit(caption) if caption else (None, None)
        seen[url] = Image(url=url, caption=text, credit=credit)
        if caption:
            captions.add(caption)
    reading.images = list(seen.values())
    reading.blocks = [block for block in reading.blocks if block.text not in captions]


def split_credit(caption: str) -> tuple[str | None, str | None]:
    """A caption apart from the photographer or agency that it names; None for what it has not.

    >>> split_credit("村民在晒秋。张三 摄")
    ('村民在晒秋。', '张三')
    """
    match = _CREDITS.search(caption)
    if match is None:
        return caption, None
    credit = (match["after"] or match["before"] or match["western"]).strip(" 、/")
    # Names of two characters are printed with a space between them, to be as wide as those of three.
    credit = re.sub(r"^([\u4e00-\u9fff]) ([\u4e00-\u9fff])$", r"\1\2", credit)
    rest = (caption[: match.start()] + caption[match.end() :]).strip(" （(【[|")
    return rest or None, credit or None


def _pictures(view: PageView) -> Iterator[Any]:
    """The `<img>` elements of the body, in document order."""
    root = _body_root(view)
    if root is None:
        return
    first, last = view.body_lines[0], view.body_lines[-1]
    start = view.lines[first].node
    if view.headline is not None and view.headline < first:
        start = _end_of(view.lines[view.headline])
    end = _end_of(view.lines[last])
    outer = {start, *start.iterancestors()}
    around = root
    while around not in outer:
        around = around.getparent()
    # Filtered by tag in C: a walk over all elements would cost more than everything else here.
    walk = around.iter("img", start.tag, end.tag)
    inside = False
    tries = MAX_IMAGES
    for element in walk:
        if inside and element.tag == "img":
            if root in element.iterancestors():
                yield element
            elif tries:
                tries -= 1
                if _stands_alone(element):
                    yield element
        inside = inside or element is start
        if element is end:
            break
    following = last + 1
    for element in walk:
        if element.tag != "img":
            continue
        caption = _caption(element)
        read = following
        while caption and read < len(view.lines) and view.lines[read].text in caption:
            read += 1
        # Other text comes first, or the caption is the link of a promotion.
        if read == following or view.lines[following].is_linked_title or root not in element.iterancestors():
            return
        following = read
        yield element


def _stands_alone(element: Any) -> bool:
    """Whether a picture is no link and has a block of its own or a caption.

    Between headline and text, the icons of the dateline stand among its words and the share buttons are links.
    """
    if _caption(element):
        return True
    if next(element.iterancestors("a"), None) is not None:
        return False
    block = next((outer for outer in element.iterancestors() if outer.tag in BLOCK_TAGS), None)
    return block is not None and (
        all(text.isspace() for text in block.itertext()) or _is_between_blocks(element, block)
    )


def _is_between_blocks(element: Any, block: Any) -> bool:
    """Whether a bare picture prints a line of its own: blocks or nothing before and behind it."""
    while element.getparent() is not block:
        element = element.getparent()
    before, behind = element.getprevious(), element.getnext()
    text = (before.tail if before is not None else block.text) or ""
    return not (text + (element.tail or "")).strip() and all(
        beside is None or beside.tag in BLOCK_TAGS for beside in (before, behind)
    )


def _end_of(line: Line) -> Any:
    """The last element that opens before a line ends; the line's block may hold other lines and pictures too."""
    whole = _deepest(line.node)
    if fold(inner_text(line.node)) == line.text:
        return whole
    longest, end = 0, whole
    for element in line.node.iter():
        if isinstance(element.tag, str) and longest < (size := _size_of_end(element.text, line)):
            longest, end = size, element
        if element is not line.node and longest < (size := _size_of_end(element.tail, line)):
            longest, end = size, _deepest(element)
    return end


def _size_of_end(text: str | None, line: Line) -> int:
    """Characters of a text that a line ends with; 0 where it does not."""
    piece = fold(text) if text else ""
    return len(piece) if line.text.endswith(piece) else 0


def _deepest(element: Any) -> Any:
    """The last element in document order inside of one, or itself."""
    while len(element):
        element = element[-1]
    return element


def _body_root(view: PageView) -> Any:
    """The smallest element that holds the first and the last line of the body."""
    if not view.body_lines:
        return None
    first = view.lines[view.body_lines[0]].node
    last = view.lines[view.body_lines[-1]].node
    above = [last, *last.iterancestors()]
    root = next((element for element in (first, *first.iterancestors()) if element in above), None)
    # A body of one line stands in a paragraph; its picture stands beside it.
    if root is not None and root.tag in ("p", "td", "span", "h2", "h3") and root.getparent() is not None:
        root = root.getparent()
    return None if root is None or (root.tag in ("body", "html") and len(view.body_lines) < 2) else root


def _address(element: Any, base_url: str | None) -> str | None:
    for name in _SOURCES:
        raw = (element.get(name) or "").strip()
        if not raw or raw.startswith("data:"):
            continue
        try:
            url: str = urljoin(base_url or "", raw)
            parts = urlsplit(url)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname and not _NO_PICTURE.search(parts.path):
            return url
    return None


def _is_small(element: Any) -> bool:
    for name in ("width", "height"):
        match = re.match(r"\d{1,4}", (element.get(name) or "").strip())
        if match and int(match[0]) < MIN_SIDE and not (element.get(name) or "").strip().endswith("%"):
            return True
    return False


def _is_icon(element: Any) -> bool:
    parent = element.getparent()
    classes = f"{element.get('class') or ''} {parent.get('class') or ''}"
    alt = element.get("alt") or ""
    return bool(_NO_PICTURE_WORDS.search(classes) or (len(alt) <= MAX_LABEL and _NO_PICTURE_WORDS.search(alt)))


def _caption(element: Any) -> str | None:
    """The printed caption: figcaption, an element of a caption class, or a short centered line below the picture."""
    for ancestor in element.iterancestors("figure"):
        caption = ancestor.find(".//figcaption")
        if caption is not None and (text := fold(inner_text(caption))):
            return text
        break
    holder = element
    for _ in range(3):
        parent = holder.getparent()
        if parent is None:
            return None
        for sibling in holder.itersiblings():
            if not isinstance(sibling.tag, str):
                continue
            text = fold(inner_text(sibling))
            if not text:
                continue
            return text if len(text) <= 200 and _is_caption(element, sibling, text) else None
        if fold(inner_text(parent)):
            return None
        holder = parent
    return None


def _is_caption(image: Any, element: Any, text: str) -> bool:
    if _CAPTION_CLASS.search(element.get("class") or "") or element.tag == "figcaption":
        return True
    if len(text) > 120:
        return False
    if _is_centered(element) or (len(text) <= 80 and _CREDITS.search(text)):
        return True
    # A centered frame that holds the picture and this line alone, not the layout table of the page.
    frame = element.getparent()
    framed = (image, *image.iterancestors()) if frame is not None else ()
    return (
        frame in framed
        and any(_is_centered(outer) for outer in (frame, *list(frame.iterancestors())[:1]))
        and len(fold(inner_text(frame))) <= len(text) + 10
    )


def _is_centered(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.tag == "center" or element.get("align", "").lower() == "center" or "text-align:center" in style
