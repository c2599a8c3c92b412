"""Parts of a page by the names that web designers give them.

Class names and ids are conventions of the trade (comment, related, share, footer …), and HTML has elements for some.
A name counts only on an element that holds less than half of the page's prose: a wrapper called `with-sidebar`
says nothing about the article inside it. Some names are given to no wrapper, and count on any element that begins
below the start of the article: other articles in full under `related`, a hundred comments, the page's privacy notice.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from typing import Any

# What the words of a name begin with, in small letters.
REGIONS: dict[str, str] = {
    "comment": r"comments?(?!ary)|disqus|repl(?:y|ies)|pinglun|livefyre|fb-|discuss|opinion-list|reactions?|talkback",
    "related": (
        "relat(?!ive)|similar|recommend|more-?(?:news|stories|from|on)|also|popular|most-|trending|rank|hot|top-?stories|"
        "read-?(?:more|next|also)|outbrain|taboola|next-|xiangguan|tuijian|paihang|teaser|latest|see-?also|archive"
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
    "facts": r"fact-?(?:box|file|sheet)|facts?$|fakta-?(?:boks|box|ruta)|info-?kasten|steckbrief",
    "box": r"box|info-?box|embed|quiz|poll|vote|product|price|inset|callout|card|gallery|slide",
    "offer": r"cta(?:$|[_-])|call-?to-?action|promo|affiliate|offer|pitch|shop|deals?(?:$|[_-])",
    "author": r"author|byline|bio(?:$|[_-])|biograph|contributor|sabox|autor",
    "notes": r"ref(?:s|erences?)?(?:$|[_-])|foot-?notes?|end-?notes?|citations?|bibliograph|disclaim|disclos",
    "post": r"instagram-media|twitter-tweet|tiktok-embed|fb-(?:post|video)|bluesky-embed|reddit-(?:embed|card)",
    "quote": r"(?:pull-?)?quote|zitat|citat",
    "accordion": r"accordion|faq|collaps|toggle|tab-?(?:pan|content)|expand",
    "about": r"meta|date|time|tags?(?:$|[_-])|keyword|info|source|publi|kicker|topic|label",
    "content": "article-?(?:body|text|content)|content|body|story|text|entry|post|main|zhengwen|neirong|detail|para",
}
# All at once from the start of a word: each region is a group that may stay empty.
_WORDS = re.compile("".join(f"(?=(?P<{region}>{words})|)" for region, words in REGIONS.items()))
_WORD_STARTS = re.compile(r"^|(?<=[_-])|(?<=[a-z])(?=[A-Z])")
_BY_TAG = {
    "figure": "caption",
    "figcaption": "caption",
    "aside": "aside",
    "dialog": "dialog",
    "nav": "chrome",
    "footer": "chrome",
    "form": "consent",
    "button": "consent",
    "details": "accordion",
}
# On an element with most of the prose, but without the article's start.
_SURE = frozenset({"content", "comment", "related", "facts", "consent"})
_NO_WRAPPER = frozenset({"facts", "post", "dialog"})
# Classes of the usual style sheets, for what only a screen reader or nobody gets to see.
_UNSEEN = frozenset(
    "hide hidden is-hidden u-hidden d-none sr-only visually-hidden screen-reader-text invisible".split()
)
_DISPLAY_NONE = re.compile(r"display\s*:\s*none", re.I)


@lru_cache(maxsize=32768)
def regions_named(name: str) -> frozenset[str]:
    """The parts that a class or an id names: keys of `REGIONS`."""
    # Cached across pages and by single name: pages use the same few hundred names in ever new combinations.
    if ":" in name or name.startswith("category-"):  # print:hidden of Tailwind; the subject, of WordPress
        return frozenset()
    words = name.lower()
    found: set[str] = set()
    for start in _WORD_STARTS.finditer(name):
        if match := _WORDS.match(words, start.start()):
            found.update(region for region, word in match.groupdict().items() if word)
    return frozenset(found)


def _is_quotation(figure: Any) -> bool:
    """Whether a `<figure>` is no picture: HTML has it for quotations, tables and code as well."""
    return "quote" in (figure.get("class") or "") or next(figure.iter("blockquote", "table", "pre"), None) is not None


BY_ELEMENT = frozenset({"aside", "dialog", "hidden", "unseen"})
"""Parts that are told by elements and their attributes; `unseen` are those that a class of a style sheet hides."""


class Regions:
    """Names the parts that elements of one page stand in.

    Args:
        held: for elements, how much of the page's prose they hold; others hold none.
        total: the prose of the whole page, in the same unit.
        wrappers: the elements around the start of the article; None where that is not known.
    """

    def __init__(self, held: dict[Any, float], total: float, wrappers: Container[Any] | None = None) -> None:
        self._held = held
        self._wrappers = wrappers
        self._half = total / 2
        self._known: dict[Any, frozenset[str]] = {}

    def of(self, element: Any) -> frozenset[str]:
        """The parts that an element stands in: keys of `REGIONS`, and those of `BY_ELEMENT`."""
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
        if "-" in element.tag:  # an element of the site's own: <amedia-factbox>
            found.update(regions_named(element.tag))
        for names in (element.get("class"), element.get("id")):
            if names:
                parts = names.split()
                found.update(*map(regions_named, parts))
                if not _UNSEEN.isdisjoint(parts):
                    found.add("unseen")
        is_wrapper = self._wrappers is None or element in self._wrappers
        if self._held.get(element, 0) >= self._half > 0:
            if is_wrapper:
                return found & {"content"}
            found &= _SURE
        elif is_wrapper and self._wrappers is not None:
            found -= _NO_WRAPPER
        if element.tag == "figure" and _is_quotation(element):
            found.discard("caption")
        elif element.tag in _BY_TAG:
            found.add(_BY_TAG[element.tag])
        if element.get("role") == "dialog":
            found.add("dialog")
        style = element.get("style")
        if (
            (style and _DISPLAY_NONE.search(style))
            or element.get("hidden") is not None
            or element.get("aria-hidden") == "true"
        ):
            found.add("hidden")
        return found
