"""Microdata (WHATWG HTML, section 5): the `itemprop`s of the page's own article."""

from __future__ import annotations

from typing import Any

from lxml import etree

from scraper.extraction.jsonld import is_article_type
from scraper.extraction.lines import fold
from scraper.extraction.titlekeys import fits

MAX_ITEMS = 400
MAX_CHARS = 300
MAX_DEPTH = 100
# By the attributes, which are few: a test of every element takes three times as long.
_MARKED: Any = etree.XPath("//@itemprop/..")
_NAMED = frozenset({"author", "creator", "editor", "publisher", "sourceorganization", "provider"})
WANTED = _NAMED | {
    "headline",
    "alternativeheadline",
    "datepublished",
    "datecreated",
    "datemodified",
    "articlesection",
    "keywords",
    "inlanguage",
}


def read_microdata(tree: Any, titles: list[str]) -> list[tuple[str, str, bool]]:
    """(property in lower case, value, whether it stands in an article's scope), in document order.

    Properties of comments, of products and of articles inside the article (related ones) are left out. Of several
    article scopes side by side only one is read: the first whose headline fits one of `titles`, else the first.
    """
    by_scope: dict[Any, list[tuple[str, str]]] = {}
    for count, element in enumerate(_MARKED(tree)):
        if count >= MAX_ITEMS:
            break
        names = [name for name in (element.get("itemprop") or "").lower().split() if name in WANTED]
        if not names:
            continue
        is_known, scope = _scope(element)
        if not is_known:
            continue
        value = _value(element, names[0])
        if value:
            by_scope.setdefault(scope, []).extend((name, value) for name in names)
    loose = by_scope.pop(None, [])
    chosen: list[tuple[str, str]] = next(iter(by_scope.values()), [])
    for properties in by_scope.values():
        if any(name == "headline" and fits(value, title) for name, value in properties for title in titles):
            chosen = properties
            break
    return [(name, value, True) for name, value in chosen] + [(name, value, False) for name, value in loose]


def _scope(element: Any) -> tuple[bool, Any]:
    """Whether the property belongs to an article or to nothing at all, and the article's element."""
    found = None
    for depth, ancestor in enumerate(element.iterancestors()):
        if depth >= MAX_DEPTH:
            break
        if ancestor.get("itemscope") is None and ancestor.get("itemtype") is None:
            continue
        kind = (ancestor.get("itemtype") or "").strip().rstrip("/").rsplit("/", 1)[-1]
        if kind in ("Comment", "UserComments", "Answer"):
            return False, None
        if is_article_type(kind):
            # An article inside an article is a related one; a posting inside a Blog is not inside an article.
            if found is not None:
                return False, None
            found = ancestor
        elif found is None and kind not in ("WebPage", "CreativeWork", "ItemPage", "Blog", "WebSite"):
            return False, None
    return True, found


def _value(element: Any, name: str) -> str:
    for attribute in ("content", "datetime"):
        if value := element.get(attribute):
            return fold(value)
    if name in _NAMED:
        inner = element.find(".//*[@itemprop='name']")
        if inner is not None:
            element = inner
            if value := element.get("content"):
                return fold(value)
    text = text_of(element)
    return text if len(text) <= MAX_CHARS else ""


def text_of(element: Any) -> str:
    """The folded text of an element, cut a little above 300 characters: an unclosed element holds a whole page."""
    if not len(element):
        return fold((element.text or "")[: 10 * MAX_CHARS])
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        parts.append(part)
        length += len(part.strip())
        if length > MAX_CHARS:
            break
    return fold("".join(parts)[: 10 * MAX_CHARS])
