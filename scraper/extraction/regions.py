"""Parts of a page by the names that web designers give them.

Class names and ids are conventions of the trade (comment, related, share, footer …), and HTML has elements for some.
A name counts only on an element that holds less than half of the page's prose: a wrapper called `with-sidebar`
says nothing about the article inside it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

# What the words of a name begin with, in small letters.
REGIONS: dict[str, str] = {
    "comment": r"comments?(?!ary)|disqus|repl(?:y|ies)|pinglun|livefyre|fb-|discuss|opinion-list|reactions?|talkback",
    "related": (
        "relat(?!ive)|similar|recommend|more-?(?:news|stories|from|on)|also|popular|most-|trending|rank|hot|top-?stories|"
        "read-?(?:more|next|also)|outbrain|taboola|next-|xiangguan|tuijian|paihang|teaser|latest|promo|see-?also|archive"
    ),
    "share": r"shar(?:e|ing)|social|tool(?:s|bar|box)|bds?hare|addthis|follow|print|fenxiang|function",
    "consent": (
        "cookie|consent|gdpr|onetrust|newsletter|subscri|paywall|sign-?up|login|register|modal|popup|overlay|"
        "premium|piano|donat|alert"
    ),
    "chrome": (
        r"foot|nav|menu|side|bread|crumb|header|top-?bar|bottom|banner|logo|search|copyright|widget|sponsor|"
        r"ad(?:s|vert|v)?(?:$|[_-])|legal"
    ),
    "caption": (
        r"(?:fig-?|wp-?)?caption|(?:photo|image|img)-?(?:credit|desc|info|text)|credits?(?:$|[_-])|"
        r"bildunterschrift|legend|copyright"
    ),
    "box": "fact|box|infobox|embed|quiz|poll|vote|product|price|aside|inset|callout|card|gallery|slide",
    "about": "author|byline|bio|meta|date|time|tags?(?:$|[_-])|keyword|info|source|publi|kicker|topic|label",
    "content": "article-?(?:body|text|content)|content|body|story|text|entry|post|main|zhengwen|neirong|detail|para",
}
# All at once from the start of a word: each region is a group that may stay empty.
_WORDS = re.compile("".join(f"(?=(?P<{region}>{words})|)" for region, words in REGIONS.items()))
_WORD_STARTS = re.compile(r"^|(?<=[_-])|(?<=[a-z])(?=[A-Z])")
_BY_TAG = {
    "figure": "caption",
    "figcaption": "caption",
    "aside": "box",
    "nav": "chrome",
    "footer": "chrome",
    "form": "consent",
    "button": "consent",
}
_DISPLAY_NONE = re.compile(r"display\s*:\s*none", re.I)


@lru_cache(maxsize=32768)
def regions_named(name: str) -> frozenset[str]:
    """The parts that a class or an id names: keys of `REGIONS`."""
    # Cached across pages and by single name: pages use the same few hundred names in ever new combinations.
    words = name.lower()
    found: set[str] = set()
    for start in _WORD_STARTS.finditer(name):
        if match := _WORDS.match(words, start.start()):
            found.update(region for region, word in match.groupdict().items() if word)
    return frozenset(found)


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
        if element.tag in ("html", "body"):
            return set()
        found: set[str] = set()
        for names in (element.get("class"), element.get("id")):
            if names:
                found.update(*map(regions_named, names.split()))
        if self._held.get(element, 0) >= self._half > 0:
            return found & {"content"}
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
