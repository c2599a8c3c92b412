"""JSON-LD as it is really printed: wrapped in comments, with raw newlines, trailing commas, or cut off.

The vocabulary is schema.org; of JSON-LD 1.1 only `@graph`, `@id`, `@type` and `@value` are understood, because
news pages use no more.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from scraper.extraction.titlekeys import fits

MAX_BYTES = 512 * 1024
MAX_NODES = 2000
MAX_VALUES = 30

Node = dict[str, Any]

_OPENING = re.compile(r"\A(?:\s|<!--|//|/\*|\*/|<!\[CDATA\[|<script[^>]{0,200}>)+")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_TRAILING_COMMA = re.compile(r",(?=\s{0,200}[}\]])")
# A string whole, closed or not, so that what looks like a comment in it stays; else a comment.
_STRING_OR_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*"?)|/\*.*?(?:\*/|\Z)|//[^\n]*', re.DOTALL)
_DECODER = json.JSONDecoder(strict=False)

_ARTICLE = re.compile(
    r"(?:Article|Posting|NewsStory)\Z|\AReport\Z|\AReview\Z|\A(?:Reportage|Analysis|Opinion)", re.ASCII
)
_WORK = frozenset({"CreativeWork", "Recipe", "HowTo", "Course", "Dataset", "PodcastEpisode", "Report", "Book"})
_PAGE = frozenset({"WebPage", "ItemPage", "AboutPage", "FAQPage", "MedicalWebPage"})
# The keys that lead from the top of a block to what the page is about; everything else leads to other things.
_WAYS_DOWN = ("@graph", "mainEntity", "mainEntityOfPage")


def read_json(text: str) -> list[Any]:
    """The JSON values of one script block, read leniently; an unreadable or oversized block gives none."""
    if len(text) > MAX_BYTES:
        return []
    text = _OPENING.sub("", text).strip()
    if text.startswith(("{&quot;", "[{&quot;")):
        text = html.unescape(text)
    try:
        return [orjson.loads(text)]
    except orjson.JSONDecodeError:
        pass
    if "/*" in text or "//" in text:
        text = _STRING_OR_COMMENT.sub(lambda found: found[1] or "", text)
    repaired = _TRAILING_COMMA.sub("", _BAD_ESCAPE.sub("", text))
    values: list[Any] = []
    position = 0
    while (start := _next_value(repaired, position)) is not None and len(values) < 20:
        try:
            value, position = _DECODER.raw_decode(repaired, start)
        except (ValueError, RecursionError):
            break
        values.append(value)
    return values


def _next_value(text: str, position: int) -> int | None:
    starts = [at for at in (text.find("{", position), text.find("[", position)) if at >= 0]
    return min(starts, default=None)


class Graph:
    """All nodes of a page's JSON-LD blocks, with `@id` references resolved on demand."""

    def __init__(self, blocks: Iterable[Any]) -> None:
        self.nodes: list[Node] = []
        """The nodes that stand at the top of a block or are what it is about."""
        self._by_id: dict[str, Node] = {}
        for block in blocks:
            self._index(block)

    def _index(self, block: Any) -> None:
        # (value, whether it is reached by ways that lead to the page's own subject)
        stack: list[tuple[Any, bool]] = [(block, True)]
        seen = 0
        while stack and seen < MAX_NODES:
            value, is_top = stack.pop()
            if isinstance(value, list):
                stack.extend((item, is_top) for item in reversed(value[:MAX_NODES]))
            elif isinstance(value, dict):
                seen += 1
                if is_top:
                    self.nodes.append(value)
                identifier = value.get("@id")
                if isinstance(identifier, str) and len(value) > 1:
                    self._by_id.setdefault(identifier, value)
                for key, inner in reversed(value.items()):
                    if isinstance(inner, (dict, list)):
                        stack.append((inner, is_top and key in _WAYS_DOWN))

    def resolve(self, value: Any) -> Any:
        """The node that a bare `{"@id": …}` points to, else the value itself."""
        if isinstance(value, dict) and len(value) <= 2 and isinstance(identifier := value.get("@id"), str):
            return self._by_id.get(identifier, value)
        return value

    def main_article(self, url: str | None, titles: list[str]) -> tuple[Node, float] | None:
        """The node that describes the page's own article, and how sure that is (0 to 1).

        An article whose address and headline both belong elsewhere is a related item and is left out; among
        several the one that fits address and title best wins, the first of equals.

        Args:
            url: the page's address.
            titles: what the page calls itself elsewhere (window title, og:title, first h1).
        """
        best: tuple[int, int, Node] | None = None
        for node in self.nodes:
            rank = _rank(node)
            if not rank:
                continue
            fit = _fit(node, url, titles)
            if fit < -1:
                continue
            # Of equals the article stands before the page that holds it.
            if best is None or (rank + fit, rank) > best[:2]:
                best = (rank + fit, rank, node)
        if best is None:
            return None
        return best[2], {3: 0.95, 2: 0.75}.get(best[1], 0.6)

    def texts(self, value: Any, key: str = "name") -> Iterator[tuple[str, str]]:
        """(text, type) of a property: plain strings, `@value`s, and the `name` of nodes, lists flattened."""
        stack, count = [value], 0
        while stack and count < MAX_VALUES:
            item = self.resolve(stack.pop())
            count += 1
            if isinstance(item, list):
                stack.extend(reversed(item[:MAX_VALUES]))
            elif isinstance(item, str):
                yield html.unescape(item).strip(), ""
            elif isinstance(item, dict):
                inner = item.get("@value", item.get(key))
                kinds = types_of(item)
                for text in inner if isinstance(inner, list) else [inner]:
                    if isinstance(text, str):
                        yield html.unescape(text).strip(), kinds[0] if kinds else ""


def types_of(node: Node) -> list[str]:
    """The types of a node without their namespace."""
    kinds = node.get("@type")
    return [
        kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1]
        for kind in (kinds if isinstance(kinds, list) else [kinds])
        if isinstance(kind, str)
    ]


def _rank(node: Node) -> int:
    kinds = types_of(node)
    if any(is_article_type(kind) for kind in kinds):
        return 3
    if any(kind in _WORK for kind in kinds):
        return 2
    return int(any(kind in _PAGE for kind in kinds) and "datePublished" in node)


def is_article_type(kind: str) -> bool:
    """Whether a schema.org type is a kind of article."""
    return _ARTICLE.search(kind) is not None and kind not in ("JobPosting", "SpecialAnnouncement")


def _fit(node: Node, url: str | None, titles: list[str]) -> int:
    fit = 0
    main = node.get("mainEntityOfPage")
    addresses = [node.get("url"), node.get("@id"), main.get("@id") if isinstance(main, dict) else main]
    known = [_address_key(address) for address in addresses if isinstance(address, str) and "//" in address]
    if url and known:
        fit += 1 if _address_key(url) in known else -1
    headline = node.get("headline") or node.get("name")
    if isinstance(headline, str) and titles:
        fit += 1 if any(fits(headline, title) for title in titles) else -1
    return fit


def _address_key(url: str) -> str:
    without_fragment = url.split("#", 1)[0].split("?", 1)[0]
    return without_fragment.split("//", 1)[-1].removeprefix("www.").rstrip("/").lower()
