"""The source (来源) that the page prints, and the publisher that served it: two things that are often confused."""

from __future__ import annotations

import re

from pipelines.draft import Draft
from pipelines.names import is_outlet
from pipelines.western_names import is_house
from scraper.article import Publisher, Source
from scraper.extraction.reading import Candidate
from scraper.extraction.roles import HAN
from scraper.extraction.titlekeys import title_key
from scraper.urls import registrable_domain

_DASH = re.compile(r"\s*(?:—+|―+|–|-{1,3}|－|─+|\||｜|_|·|/)\s*")
_LABEL = re.compile(
    r"^(?:(?:本文|文章|稿件|信息|新闻|新聞|消息|内容|原文)?(?:来源|來源)(?:于|於|自)?|稿源|出处|出處|Source|Quelle|Fuente|Fonte|Источник)"
    r"\s*[:：|｜丨∣]?\s*",
    re.IGNORECASE,
)
_NOT_A_SOURCE = re.compile(
    r"^(?:互联网|网络|本站|原创|本网|其他|未知|不详|字号|作者|点击|评论|\d+|-+)$|[：:。]|https?:|热线"
)
_TITLE_SUFFIX = re.compile(r"(?:[-_|–—―]+|\s[-–|]\s)\s*([^-_|–—―]{2,24})$")
_HOME_CRUMB = re.compile(rf"^([{HAN}A-Za-z0-9·]{{2,12}}?)(?:首页|首頁)$")


def normalize_source(draft: Draft) -> None:
    """Fill `publisher`, then `source` with its chain and whether it is another house than the publisher."""
    _fill_publisher(draft)
    candidates = draft.reading.candidates.get("source", [])
    publisher = draft.article.publisher
    names = [candidate.raw for candidate in draft.reading.candidates.get("publisher", [])]
    names += [publisher.name] if publisher and publisher.name else []
    names += [suffix for suffix, _ in _title_suffixes(draft)]
    ranked = sorted(candidates, key=_rank, reverse=True)
    for candidate in ranked:
        name = source_name(candidate.raw)
        if not name:
            continue
        chain = split_chain(name)
        draft.article.source = Source(
            name=name,
            name_raw=candidate.raw,
            url=candidate.href,
            chain=chain,
            is_reprint=is_reprint(chain, names, publisher.domain if publisher else None, candidate.href),
        )
        draft.prove("source", candidate)
        return


def _rank(candidate: Candidate) -> float:
    """What is printed stands above what is declared; the order of the page decides among equals (sorted is stable)."""
    return candidate.confidence + (0.5 if candidate.method in ("label", "template") else 0.0)


def source_name(raw: str) -> str | None:
    """The source without its label and brackets; None where nothing that could be a house is left.

    《 》 around the whole name stay: they are part of how a newspaper is printed.
    """
    name = _LABEL.sub("", raw.strip()).strip(" 　\"“”'")
    while len(name) > 2 and name[0] in "（([【<「" and name[-1] in "）)]】>」":
        name = name[1:-1].strip()
    return name if 2 <= len(name) <= 60 and not _NOT_A_SOURCE.search(name) else None


def split_chain(name: str) -> list[str]:
    """The houses that a source joins: 吉安新闻网—井冈山报 are two, 人民网-社会频道 is one with a channel of its own.

    A separator counts only where both sides look like houses; lists with 、 name several.
    """
    chain: list[str] = []
    for listed in re.split(r"\s*[、，；;]\s*", name):
        parts = [part.strip() for part in _DASH.split(listed)]
        if len(parts) > 1 and all(_is_house(part) for part in parts):
            chain += parts
        else:
            chain.append(listed)
    return [part for part in chain if part]


def _is_house(text: str) -> bool:
    bare = text.strip('《》“”" ')
    return len(bare) >= 2 and is_outlet(bare) and not re.search("频道|頻道|专栏|版$", bare)


def is_reprint(chain: list[str], names: list[str], domain: str | None, url: str | None = None) -> bool | None:
    """Whether none of the houses is the publisher; None where the publisher has no name to compare.

    Args:
        chain: the houses that the source names.
        names: what the publisher calls itself, as printed and as declared.
        domain: its registrable domain.
        url: where the printed source links to; the publisher's own domain makes it the publisher's own text.
    """
    linked = registrable_domain(url) if url else ""
    if linked and linked == domain:
        return False
    houses = [title_key(part) for part in chain]
    own = {title_key(name) for name in [*names, (domain or "").split(".")[0]]} - {""}
    if any(house and (house in name or name in house) for house in houses for name in own if len(name) > 1):
        return False
    # 云岭日报 and 云岭新闻网, The Fenmoor Post and Fenmoor Online are one house, but not where another site is linked.
    if not linked and {_stem(house) for house in chain} & {_stem(name) for name in names} - {""}:
        return False
    return True if names else None


def _stem(name: str) -> str:
    """What is the house's own in a name: 云岭 of 云岭新闻网; "" where nothing is."""
    han = re.match(
        rf"^《?([{HAN}]{{2,}}?)(?:新闻网|新聞網|在线|日报|日報|晚报|晚報|晨报|早报|商报|网|網|报|報)》?$", name
    )
    if han:
        return "" if han[1] in ("中国", "中國", "中央", "国际", "环球") else han[1]
    latin = [word for word in re.findall(r"[^\W\d_]+", name.casefold()) if word != "the" and not is_house(word)]
    # Two words may be a city that has several papers: New York.
    return latin[0] if len(latin) == 1 and len(latin[0]) > 4 else ""


def _fill_publisher(draft: Draft) -> None:
    domain = registrable_domain(draft.reading.url) if draft.reading.url else ""
    name, proof = _publisher_name(draft)
    if not name and not domain:
        return
    draft.article.publisher = Publisher(name=name, domain=domain or None)
    if proof is None:
        proof = Candidate(raw=domain, method="url", locator="host", confidence=0.9)
    draft.prove("publisher", proof)


def _publisher_name(draft: Draft) -> tuple[str | None, Candidate | None]:
    if draft.profile is not None and draft.profile.publisher:
        name = draft.profile.publisher
        return name, Candidate(raw=name, method="template", locator=f"profile {draft.profile.name}", confidence=0.99)
    declared = [c for c in draft.reading.candidates.get("publisher", []) if 1 < len(c.raw) <= 60]
    if declared:
        best = max(declared, key=lambda candidate: candidate.confidence)
        return best.raw.strip(), best
    for crumb in draft.reading.candidates.get("breadcrumbs", []):
        home = _HOME_CRUMB.match(crumb.raw.split(" > ")[0])
        if home:
            return home[1], Candidate(raw=home[0], method="breadcrumb", locator=crumb.locator, confidence=0.7)
    for suffix, title in _title_suffixes(draft):
        if is_outlet(suffix) or (" " in suffix and is_house(suffix)):
            return suffix, Candidate(raw=title.raw, method="title", locator=title.locator, confidence=0.7)
    return None, None


def _title_suffixes(draft: Draft) -> list[tuple[str, Candidate]]:
    """What a page's title says behind the headline: 标题_新闻中心_云岭网 gives 云岭网."""
    headline = draft.article.title or ""
    found = []
    for title in draft.reading.candidates.get("title", []):
        suffix = (
            _TITLE_SUFFIX.search(title.raw[len(headline) :]) if title.raw.startswith(headline) and headline else None
        )
        if suffix:
            found.append((suffix[1].strip(), title))
    return found
