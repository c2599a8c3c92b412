"""The day that stands in an address."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from scraper.extraction.monthnames import month_number

_URL_DATE = re.compile(
    r"(?<!\d)(?P<y>19[89]\d|20[0-4]\d)(?P<sep>[-/_.]?)(?P<m>1[0-2]|0[1-9]|(?<=[-/_.])[1-9](?!\d)|[a-z]{3,9}(?=[-/_.]))[-/_.]?"
    r"(?P<d>3[01]|[12]\d|0[1-9]|(?<=[-/_.])[1-9](?!\d))(?!\d(?!\d{5}))",
    re.IGNORECASE,
)


def url_date(url: str) -> str | None:
    """The day that stands in the path of an address, as YYYY-MM-DD; None where there is none.

    Known forms: /2011/12/16/, /2011-12/16/, /2011/1216/, /20111216/, t20111216_, /2011/dec/16/.
    """
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return None
    for match in _URL_DATE.finditer(path[:500]):
        month = int(match["m"]) if match["m"].isdecimal() else month_number(match["m"])
        if month is not None:
            return f"{match['y']}-{month:02d}-{int(match['d']):02d}"
    return None
