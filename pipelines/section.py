"""Section, breadcrumbs and keywords."""

from __future__ import annotations

import re

from pipelines.draft import Draft
from scraper.article import SiteRecord
from scraper.extraction.crumbs import HOME, TEXT_END
from scraper.extraction.reading import Candidate
from scraper.extraction.titlekeys import title_key

_KEYWORD_SEPARATORS = re.compile(r"\s*[,，;；、|]\s*")
_HAN = re.compile(r"[\u4e00-\u9fff]")

MAX_KEYWORDS = 50


def normalize_section(draft: Draft) -> None:
    """Fill `breadcrumbs`, `section`, `keywords` and `site_records`."""
    _fill_breadcrumbs(draft)
    _fill_section(draft)
    _fill_keywords(draft)
    records = draft.reading.candidates.get("site_records", [])
    draft.article.site_records = [SiteRecord(kind=record.label or "", value=record.raw) for record in records]
    if records:
        draft.prove("site_records", records[0])


def clean_crumbs(raw: str, title: str | None = None) -> list[str]:
    """The crumbs without home, without 正文 and without the article's own title at the end."""
    crumbs = [crumb.strip() for crumb in raw.split(" > ")]
    crumbs = [crumb for crumb in crumbs if crumb and not HOME.match(crumb) and not TEXT_END.match(crumb)]
    while crumbs and title and _is_title(crumbs[-1], title):
        crumbs.pop()
    return crumbs


def _is_title(crumb: str, title: str) -> bool:
    crumb, title = (re.sub(r"\W", "", text).casefold() for text in (crumb.rstrip(".… "), title))
    return len(crumb) > 8 and (crumb.startswith(title[:40]) or title.startswith(crumb) or crumb in title)


def _fill_breadcrumbs(draft: Draft) -> None:
    candidates = draft.reading.candidates.get("breadcrumbs", [])
    for candidate in sorted(candidates, key=_rank, reverse=True):
        crumbs = clean_crumbs(candidate.raw, draft.article.title)
        if crumbs:
            draft.article.breadcrumbs = crumbs
            draft.prove("breadcrumbs", candidate)
            return


def _rank(candidate: Candidate) -> float:
    """A printed line that is surely a crumb line stands above what is declared."""
    return candidate.confidence


def _fill_section(draft: Draft) -> None:
    article = draft.article
    if article.breadcrumbs:
        article.section = article.breadcrumbs[-1]
        article.evidence["section"] = article.evidence["breadcrumbs"]
        return
    candidates = draft.reading.candidates.get("section", [])
    for candidate in sorted(candidates, key=_rank, reverse=True):
        name = candidate.raw.strip()
        if 1 < len(name) <= 60 and not HOME.match(name) and not TEXT_END.match(name) and "://" not in name:
            article.section = name
            draft.prove("section", candidate)
            return


def _fill_keywords(draft: Draft) -> None:
    """Keywords of the best place; a printed list (标签) stands above a meta tag.

    Systems that nobody gave keywords repeat the title or the window's title there; that is none.
    """
    titles = {title_key(one.raw) for one in draft.reading.candidates.get("title", [])}
    candidates = [one for one in draft.reading.candidates.get("keywords", []) if title_key(one.raw) not in titles]
    if not candidates:
        return
    best = max(candidates, key=_rank)
    words: dict[str, None] = {}
    for candidate in candidates:
        if (candidate.method, candidate.locator) != (best.method, best.locator):
            continue
        parts = _KEYWORD_SEPARATORS.split(candidate.raw)
        if len(parts) == 1 and _HAN.search(candidate.raw):
            parts = candidate.raw.split()
        words |= dict.fromkeys(part.strip() for part in parts if 0 < len(part.strip()) <= 60)
    draft.article.keywords = list(words)[:MAX_KEYWORDS]
    if words:
        draft.prove("keywords", best)
