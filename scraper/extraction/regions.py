"""Parts of a page by the names that web designers give them.

Class names and ids are conventions of the trade (comment, related, share, footer …), and HTML has elements for some.
A name counts only on an element that holds less than half of the page's prose: a wrapper called `with-sidebar`
says nothing about the article inside it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_WORD_START = r"(?:^|[\s_-]|(?<=[a-z])(?=[A-Z]))"


def _names(words: str) -> re.Pattern[str]:
    return re.compile(f"{_WORD_START}(?:{words})", re.I)


REGIONS: dict[str, re.Pattern[str]] = {
    "comment": _names(
        r"comments?(?!ary)|disqus|repl(?:y|ies)|pinglun|livefyre|fb-|discuss|opinion-list|reactions?|talkback"
    ),
    "related": _names(
        "relat|similar|recommend|more-?(?:news|stories|from|on)|also|popular|most-|trending|rank|hot|top-?stories|"
        "read-?(?:more|next|also)|outbrain|taboola|next-|xiangguan|tuijian|paihang|teaser|latest|promo|see-?also|archive"
    ),
    "share": _names(r"shar(?:e|ing)|social|tool(?:s|bar|box)|bds?hare|addthis|follow|print|fenxiang|function"),
    "consent": _names(
        "cookie|consent|gdpr|onetrust|newsletter|subscri|paywall|sign-?up|login|register|modal|popup|overlay|"
        "premium|piano|donat|alert"
    ),
    "chrome": _names(
        r"foot|nav|menu|side|bread|crumb|header|top-?bar|bottom|banner|logo|search|copyright|widget|sponsor|"
        r"ad(?:s|vert|v)?(?:$|[\s_-])|legal"
    ),
    "caption": _names(
        r"(?:fig-?|wp-?)?caption|(?:photo|image|img)-?(?:credit|desc|info|text)|credits?(?:$|[\s_-])|"
        r"bildunterschrift|legend|copyright"
    ),
    "content": _names(
        "article-?(?:body|text|content)|content|body|story|text|entry|post|main|zhengwen|neirong|detail|paragraph"
    ),
}
_BY_TAG = {
    "figure": "caption",
    "figcaption": "caption",
    "nav": "chrome",
    "footer": "chrome",
    "form": "consent",
    "button": "consent",
}
_DISPLAY_NONE = re.compile(r"display\s*:\s*none", re.I)


@lru_cache(maxsize=8192)
def _regions_named(names: str) -> frozenset[str]:
    # Cached across pages: the pages of a site use the same few hundred names.
    return frozenset(region for region, pattern in REGIONS.items() if pattern.search(names))


class Regions:
    """Names the parts that elements of one page stand in.

    Args:
        held: for elements, how much of the page's prose they hold; others hold none.
        total: the prose of the whole page, in the same unit.
    """

    def __init__(self, held: dict[Any, float], total: float) -> None:
        self._held = held
        self._half = total / 2
        self._known: dict[Any, frozenset[str]] = {}

    def of(self, element: Any) -> frozenset[str]:
        """The parts that an element stands in: keys of `REGIONS`, and `hidden`."""
        chain = []
        while element is not None and element not in self._known:
            chain.append(element)
            element = element.getparent()
        found = self._known[element] if element is not None else frozenset()
        for inner in reversed(chain):
            found = self._known[inner] = found | self._own(inner)
        return found

    def _own(self, element: Any) -> set[str]:
        names = " ".join(filter(None, (element.get("class"), element.get("id"))))
        if element.tag in ("html", "body"):
            return set()
        if self._held.get(element, 0) >= self._half > 0:
            return {"content"} if REGIONS["content"].search(names) else set()
        found = set(_regions_named(names)) if names else set()
        if element.tag in _BY_TAG:
            found.add(_BY_TAG[element.tag])
        style = element.get("style")
        if (
            (style and _DISPLAY_NONE.search(style))
            or element.get("hidden") is not None
            or element.get("aria-hidden") == "true"
        ):
            found.add("hidden")
        return found
