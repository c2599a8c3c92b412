"""What a page's script gets when it loads more of a listing: JSON in, links out."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

import orjson

from scraper.discovery.links import collect_links
from scraper.extraction.elements import Elements
from scraper.extraction.reading import Link, PageReading
from scraper.extraction.tree import parse
from scraper.profiles.loadmore import LoadMore
from scraper.reasons import Reason

MAX_ITEMS = 2000

_JSONP = re.compile(rb"^\s*(?:/\*.*?\*/\s*)?[\w.$]+\s*\(\s*(.*?)\s*\)\s*;?\s*$", re.DOTALL)


def read_load_more(body: bytes, url: str, rule: LoadMore) -> PageReading:
    """Read one page of a list as a listing.

    A page without a link is the last one. JSONP is read too.

    Args:
        body: of the answer.
        url: where it answered.
        rule: where in it the links stand.

    Returns:
        A reading of kind `listing`; one with a reason that is a problem where the answer is not what the rule says.
    """
    reading = PageReading(url=url)
    page = rule.page_of(url) or 1
    try:
        answer = _parse(body)
        reading.links = _links(answer, url, rule)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        reading.reason = Reason.NOT_HTML
        reading.detail = f"not what load_more of the profile says: {type(error).__name__}: {error}"[:300]
        return reading
    reading.kind, reading.reason, reading.page_number = "listing", Reason.LISTING, page
    if reading.links and page < rule.pages:
        reading.next_page = rule.address(page + 1)
    return reading


def _parse(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        wrapped = _JSONP.match(body)
        if wrapped is None:
            raise
        return orjson.loads(wrapped[1])


def _links(answer: Any, url: str, rule: LoadMore) -> list[Link]:
    if rule.html is not None:
        tree = parse(str(_at(answer, rule.html) or ""))
        return collect_links(Elements(tree), url, url)[0] if tree is not None else []
    items = _at(answer, rule.items or "")
    if items is None:
        return []
    if not isinstance(items, list):
        raise TypeError(f"{rule.items or 'the answer'} is {type(items).__name__}, expected a list")
    found = (_at(item, rule.link) for item in items[:MAX_ITEMS])
    addresses = (urljoin(url, address.strip()) for address in found if isinstance(address, str) and address.strip())
    return [Link(url=address) for address in addresses if address.startswith(("http://", "https://"))]


def _at(value: Any, path: str) -> Any:
    """What stands at a path such as data.list.0, None where null does. Raises `KeyError` for a key that is missing."""
    for key in path.split(".") if path else ():
        if value is None:
            return None
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value
