"""Where something stands on a page, written so that a person can read it.

A locator is a CSS selector (`div#artibody`, `div.info > span:nth-of-type(2)`) or, for what CSS cannot say, an XPath
that begins with `/` or `./`. Either is compiled once.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, Any

from cssselect import HTMLTranslator, SelectorError
from cssselect.xpath import XPathExpr
from lxml import etree
from pydantic import AfterValidator


class _Translator(HTMLTranslator):
    def xpath_attrib_includes(self, xpath: XPathExpr, name: str, value: str | None) -> XPathExpr:
        # Comparing the words of a class takes copies of it; most elements have none that even holds the word.
        xpath.add_condition(f"contains({name}, {self.xpath_literal(value or '')})")
        return super().xpath_attrib_includes(xpath, name, value)


_TRANSLATOR = _Translator()


def _is_xpath(locator: str) -> bool:
    return locator.startswith(("/", "./", "("))


def _xpath(locator: str) -> etree.XPath:
    if _is_xpath(locator):
        return etree.XPath(locator)
    return etree.XPath(_TRANSLATOR.css_to_xpath(locator))


def check_locator(locator: str) -> str:
    """The locator itself.

    Raises:
        ValueError: it is neither a CSS selector nor an XPath.
    """
    try:
        _xpath(locator)
    except (SelectorError, etree.XPathError) as error:
        raise ValueError("expected a CSS selector such as div#content or an XPath such as //td[2]") from error
    if _is_xpath(locator):
        _check_names(_LITERAL.sub("''", locator))
    return locator


_LITERAL = re.compile("'[^']*'|\"[^\"]*\"")
_FUNCTIONS = frozenset(
    "last position count id local-name namespace-uri name string concat starts-with contains substring-before "
    "substring-after substring string-length normalize-space translate boolean not true false lang number sum floor "
    "ceiling round node text comment processing-instruction and or div mod".split()
)
"""What may stand before a parenthesis in XPath 1.0 (sections 2.3, 3.3 to 3.5, 4)."""


def _check_names(xpath: str) -> None:
    # libxml2 looks a name up only when it gets there on a page.
    for name in re.findall(r"([A-Za-z][\w.:-]*)\s*\(", xpath):
        if name.rpartition("::")[2] not in _FUNCTIONS:
            raise ValueError(f"{name}() is no function of XPath 1.0")
    if found := re.search(r"\$\w*|\w+:(?!:)\w*", re.sub("::", " ", xpath)):
        raise ValueError(f"{found[0]!r} means nothing here: variables and prefixes of namespaces are not known")


Locator = Annotated[str, AfterValidator(check_locator)]


@lru_cache(maxsize=4096)
def compiled(locator: str) -> etree.XPath:
    """The XPath of a locator, compiled once a process."""
    return _xpath(locator)


def find_all(locator: str, tree: Any) -> list[Any]:
    """The elements that a locator names on a page, in document order; what is no element is left out."""
    try:
        found = compiled(locator)(tree)
    except etree.XPathEvalError:
        # libxml2 finds some mistakes of a person's XPath only on a page, as `count("a")`; such a place is nowhere.
        return []
    return [one for one in found if hasattr(one, "tag")] if isinstance(found, list) else []
