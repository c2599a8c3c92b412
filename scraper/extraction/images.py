"""The pictures of the body, each with its caption and credit."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from scraper.article import Image
from scraper.extraction.lines import fold
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

    A block that turns out to be a caption leaves `reading.blocks`.
    """
    root = _body_root(view)
    if root is None:
        return
    seen: dict[str, Image] = {}
    captions: set[str] = set()
    for element in root.iter("img"):
        if len(seen) >= MAX_IMAGES:
            break
        url = _address(element, view.base_url)
        if url is None or url in seen or _is_small(element):
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


def _caption(element: Any) -> str | None:
    """The printed caption: figcaption, an element of a caption class, or a short centered line below the picture."""
    for ancestor in element.iterancestors("figure"):
        caption = ancestor.find(".//figcaption")
        if caption is not None and (text := fold("".join(caption.itertext()))):
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
            text = fold("".join(sibling.itertext()))
            if not text:
                continue
            return text if len(text) <= 200 and _is_caption(element, sibling, text) else None
        if fold("".join(parent.itertext())):
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
        and len(fold("".join(frame.itertext()))) <= len(text) + 10
    )


def _is_centered(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.tag == "center" or element.get("align", "").lower() == "center" or "text-align:center" in style
