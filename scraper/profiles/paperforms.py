"""The forms of addresses of e-papers (电子报, 数字报).

Most Chinese newspapers show their print edition with one of a few systems, and the system can be told from the address:

| kind | a page of the paper | an article | seen at |
|---|---|---|---|
| founder | html/2026-11/20/node_2.htm | html/2026-11/20/content_48300.htm | most regional papers, until today |
| nbs | html/2026-11/20/nbs.D110000xyrb_01.htm | …/nw.D110000xyrb_20261120_1-01.htm | central papers, until 2024 |
| layout | pc/layout/202611/20/node_01.html | pc/content/202611/20/content_48300.html | papers since about 2018 |
| shtml | shtml/xyrb/20261120/v01.shtml | shtml/xyrb/20261120/48300.shtml | papers of Sichuan |

The page number of founder's node_2 is not 2: it is printed beside the link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

EPaperKind = Literal["founder", "nbs", "layout", "shtml"]

_Y_M_D = {
    "founder": r"(?P<y>\d{4})-(?P<m>\d\d)/(?P<d>\d\d)",
    "nbs": r"(?P<y>\d{4})-(?P<m>\d\d)/(?P<d>\d\d)",
    "layout": r"(?P<y>\d{4})(?P<m>\d\d)/(?P<d>\d\d)",
    "shtml": r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)",
}
_FORMS: tuple[tuple[EPaperKind, str, str, str], ...] = (
    ("nbs", r"(?:html/)?", r"nbs\.(?P<paper>\w+?)_(?P<page>[A-Z]?\d+)", r"nw\.\w+?_\d{8}_\d+-(?P<page>[A-Z]?\d+)"),
    ("founder", r"(?:html/)?", r"node_\d+", r"content_\d+(?:_\d+)?"),
    ("layout", r"(?:pc/)?(?:layout|con|content)/", r"(?:node|col)_?(?P<page>[A-Z]?\d+)", r"(?:content_?|c)\d+"),
    ("shtml", r"shtml/(?P<paper>\w+)/", r"(?:v(?P<page>[A-Za-z]?\d+)|index(?:_\w+)?)", r"\d+"),
)
_COMPILED = [
    (kind, what, re.compile(rf"(?P<root>.*?/){folder}{_Y_M_D[kind]}/(?:{name})\.s?html?"))
    for kind, folder, page, article in _FORMS
    for what, name in (("page", page), ("article", article))
]
_DATED_FOLDER = re.compile(r"/\d{4}-?\d\d/?\d\d/")
"""All forms have one; most addresses have none, and need not be compared with each form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EPaperAddress:
    """What an address tells."""

    kind: EPaperKind
    root: str
    """What all editions of the paper have in common: host and first folders, and the paper's key where there is one."""
    day: date
    is_page: bool
    """A page of the paper; else an article."""
    page: str | None
    """Page number where the address has it, such as 01 or A02."""


def parse_address(url: str) -> EPaperAddress | None:
    """Read the address of a page or an article of an e-paper; None for any other."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    for kind, what, form in _COMPILED if _DATED_FOLDER.search(parts.path) else ():
        match = form.fullmatch(parts.path)
        if match is None:
            continue
        try:
            day = date(int(match["y"]), int(match["m"]), int(match["d"]))
        except ValueError:
            return None
        found = match.groupdict()
        paper = (found.get("paper") or "") if kind == "shtml" else ""
        return EPaperAddress(
            kind=kind,
            root=f"{parts.netloc}{match['root']}{paper}",
            day=day,
            is_page=what == "page",
            page=(found.get("page") or "").upper() or None,
        )
    return None


def front_on(front: str, day: date) -> str:
    """The front page of an edition.

    Args:
        front: the front page of any other day.
        day: of the edition wanted.

    Raises:
        ValueError: `front` is no address of a page of an e-paper.
    """
    parts = urlsplit(front)
    for _, what, form in _COMPILED:
        match = form.fullmatch(parts.path) if what == "page" else None
        if match is None:
            continue
        path = parts.path
        for part, value in (("d", f"{day:%d}"), ("m", f"{day:%m}"), ("y", f"{day:%Y}")):
            path = path[: match.start(part)] + value + path[match.end(part) :]
        return parts._replace(path=path, fragment="").geturl()
    forms = "html/2026-11/20/node_1.htm, pc/layout/202611/20/node_01.html, shtml/xyrb/20261120/v01.shtml"
    raise ValueError(f"expected the address of a page of an e-paper, such as {forms}; found {front!r}")
