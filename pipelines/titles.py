"""Title, kicker and subtitle: the headline as printed, without the names of site and section around it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from pipelines.draft import Draft
from scraper.extraction.reading import Candidate
from scraper.extraction.titlekeys import title_key

_SEPARATOR = re.compile(
    r"\s*(?:[_|｜¦›•·]+|-{2,}|――+|—+|──+|＿)\s*|\s+(?:[-–:~<>/»]|::|<<|>>)\s+|(?<=\S)[-–](?=\S)|\s{2,}|\u3000"
)
# Without a blank on either side » closes or opens a quotation.
_CRUMB_SEPARATOR = re.compile(r"\s*(?:>+|›|→|->|/|\||｜|_)\s*|\s+»\s+")
# The last words of names of Chinese sites and their sections; with a separator before them they are no title.
_CHINESE_SITE = re.compile(
    r"(?:网|網|频道|頻道|新闻|新聞|新闻中心|在线|日报|晚报|早报|晨报|时报|资讯|门户|首页|传媒|APP|app)\Z"
)
_STRUCTURED = ("jsonld", "microdata", "comment", "meta")
MAX_CHARS = 300
MAX_CUTS = 8
_PRINTED = ("heading", "text", "template")
# Confidence that the reader gives a line which the window title repeats, and one that merely resembles it.
_SURE = 0.85
_LIKELY = 0.7
# What is left of it where no other place has the same words, and where two places agree on others.
_ALONE = 0.9
_CONTESTED = 0.8


def normalize_titles(draft: Draft) -> None:
    """Set title, kicker and subtitle, and keep the evidence of each."""
    candidates = draft.reading.candidates.get("title", [])
    chosen = choose_title(candidates, site_names(draft))
    if chosen is not None:
        draft.article.title, candidate, confidence = chosen
        draft.prove("title", candidate, confidence)
    key = title_key(draft.article.title or "")
    for field_name in ("kicker", "subtitle"):
        for candidate in sorted(draft.reading.candidates.get(field_name, []), key=lambda one: -one.confidence):
            other = title_key(candidate.raw)
            if not other or (key and (other == key or other in key)):
                continue
            # The dash in front of a subtitle (——记…) is its mark in print, as a size of type is.
            setattr(draft.article, field_name, candidate.raw.lstrip("—―─-– "))
            draft.prove(field_name, candidate)
            break


def choose_title(candidates: list[Candidate], names: set[str]) -> tuple[str, Candidate, float] | None:
    """The title, the candidate it comes from, and how sure it is; None without candidates.

    The printed headline wins where something else on the page agrees with it; else what most places say.

    Args:
        candidates: of the field title.
        names: `title_key`s of the site and its sections, to be taken off the ends.
    """
    printed = [candidate for candidate in candidates if candidate.method in _PRINTED]
    others = [candidate for candidate in candidates if candidate.method in _STRUCTURED]
    window = [candidate for candidate in candidates if candidate.method == "title"]
    sure = [candidate for candidate in printed if candidate.confidence >= _LIKELY]
    told = [candidate for candidate in candidates if candidate.method in ("sitemap", "feed")]
    ranked = sure + sorted(others, key=lambda one: -one.confidence) + window + printed + told
    votes: dict[str, set[str]] = {}
    read = []
    for candidate in ranked:
        text = strip_names(candidate.raw[:MAX_CHARS], names)
        key = title_key(text)
        if key and key not in names:
            votes.setdefault(key, set()).add("print" if candidate.method in _PRINTED else candidate.method)
            read.append((text, key, candidate))
    if not read:
        # Some pages give their title as the name of the site.
        return choose_title(candidates, set()) if names and candidates else None
    text, key, candidate = read[0]
    headline = {key for _, key, one in read if one.locator == "$.headline"}
    stated = next((one for one in read if one[2].method == "meta" and one[1] in headline), None)
    # A lesser heading or a plain line that only resembles the window title gives way to the words on which two other
    # kinds of places agree. An h1 does not: window title and og:title are mostly one string, written for search
    # engines. What the window title repeats gives way only to og:title and JSON-LD, where they do not merely add to it.
    is_printed = candidate.method in _PRINTED
    if not is_printed or (candidate.confidence < _SURE and candidate.locator != "h1" and "jsonld" not in votes[key]):
        best = max(read, key=lambda one: len(votes[one[1]] - {"print", "microdata"}))
        if len(votes[best[1]] - {"print", "microdata"}) > 1 or not is_printed:
            text, key, candidate = best
    elif stated is not None and not stated[1].startswith(key):
        text, key, candidate = stated
    agreeing = len(votes[key])
    if agreeing > 1:
        confidence = min(0.99, candidate.confidence + 0.03 * agreeing)
    else:
        is_contested = max(map(len, votes.values())) > 1
        confidence = candidate.confidence * (_CONTESTED if is_contested else _ALONE)
    return text, candidate, confidence


def site_names(draft: Draft) -> set[str]:
    """`title_key`s of what is not the title's: publisher, sections, crumbs, the labels of the host."""
    reading = draft.reading
    raws = [candidate.raw for candidate in reading.candidates.get("section", [])]
    for candidate in reading.candidates.get("breadcrumbs", []):
        raws += _CRUMB_SEPARATOR.split(candidate.raw)
    # The last crumb is often the title itself.
    titles = [one.raw for one in reading.candidates.get("title", []) if one.method != "title"]
    names = set(map(title_key, raws)) - set(map(title_key, titles))
    raws = [candidate.raw for candidate in reading.candidates.get("publisher", [])]
    if draft.profile is not None and draft.profile.publisher:
        raws.append(draft.profile.publisher)
    raws += _host_names(reading.url or reading.canonical_url)
    return (names | set(map(title_key, raws))) - {""}


def _host_names(url: str | None) -> Iterable[str]:
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    if not host:
        return []
    labels = host.split(".")
    return [
        host,
        *(label for label in labels[:-1] if len(label) > 2 and label not in ("com", "org", "net", "gov", "edu")),
    ]


def strip_names(title: str, names: set[str]) -> str:
    """Take the names of site and section off the end of a title, and the name of the site off its beginning.

    Ends are cut at `_`, `|`, `-`, `--`, `――`, `—` and the like, as long as what is cut off is a known name, or ends as
    the names of Chinese sites do; in Chinese also at a blank. A title that holds such signs keeps them.
    """
    while (cut := _cut_end(title, names)) is not None:
        title = cut
    separator = _SEPARATOR.search(title)
    if separator is not None and title_key(title[: separator.start()]) in names:
        rest = title[separator.end() :].strip()
        return rest if len(title_key(rest)) >= 4 else title.strip()
    return title.strip()


def _cut_end(title: str, names: set[str]) -> str | None:
    for separator in reversed(list(_SEPARATOR.finditer(title))[-MAX_CUTS:]):
        rest, end = title[: separator.start()].strip(), title[separator.end() :].strip()
        key = title_key(end)
        if not title_key(rest):
            return None
        if not key or _is_name(key, names):
            return rest
        is_strict = separator.group().strip() in ("_", "-", "--", "|", "――", "＿", "｜")
        if is_strict and _CHINESE_SITE.search(end) and len(end) <= 12 and len(title_key(rest)) >= 6:
            return rest
    before, _, last = title.rpartition(" ")
    is_han = any("\u4e00" <= char <= "\u9fff" for char in last)
    return before.strip() if is_han and title_key(last) in names and len(title_key(before)) >= 4 else None


def _is_name(key: str, names: set[str]) -> bool:
    if key in names:
        return True
    # 吉安新闻网 under its crumb 吉安新闻网首页; The Guardian under theguardian.com.
    return len(key) >= 3 and any(
        (len(name) >= 3 and (key.startswith(name) or key.endswith(name)) and len(key) <= 2 * len(name))
        or (name.startswith(key) and len(name) <= 2 * len(key))
        for name in names
    )
