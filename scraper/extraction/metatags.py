"""`<meta>` and `<html>` attributes: OpenGraph, article:*, Dublin Core, and the names that newspapers' systems use."""

from __future__ import annotations

import html
import re

from scraper.extraction.elements import Elements
from scraper.extraction.lines import fold
from scraper.extraction.reading import Candidate, PageReading

MAX_VALUE_CHARS = 500
MAX_TAGS = 400

# name or property in lower case -> (field, prior confidence)
FIELDS: dict[str, tuple[str, float]] = {
    "og:title": ("title", 0.75),
    "twitter:title": ("title", 0.6),
    "dc.title": ("title", 0.65),
    "dcterms.title": ("title", 0.65),
    "sailthru.title": ("title", 0.65),
    "parsely-title": ("title", 0.65),
    "citation_title": ("title", 0.7),
    "headline": ("title", 0.6),
    "articletitle": ("title", 0.75),  # Chinese government sites, GB/T 33476 pages' rules
    "article:published_time": ("date_published", 0.85),
    "og:article:published_time": ("date_published", 0.8),
    "og:published_time": ("date_published", 0.8),
    "article:published": ("date_published", 0.8),
    "og:pubdate": ("date_published", 0.75),
    "og:release_date": ("date_published", 0.6),
    "datepublished": ("date_published", 0.8),
    "pubdate": ("date_published", 0.75),
    "publishdate": ("date_published", 0.75),
    "publish-date": ("date_published", 0.75),
    "publish_date": ("date_published", 0.75),
    "publishtime": ("date_published", 0.75),
    "published_time": ("date_published", 0.75),
    "published_on": ("date_published", 0.75),
    "published_at": ("date_published", 0.75),
    "date_published": ("date_published", 0.75),
    "published-date": ("date_published", 0.75),
    "publisheddate": ("date_published", 0.75),
    "publication_date": ("date_published", 0.7),
    "publicationdate": ("date_published", 0.7),
    "originalpublicationdate": ("date_published", 0.8),
    "article_date_original": ("date_published", 0.8),
    "article.published": ("date_published", 0.8),
    "sailthru.date": ("date_published", 0.7),
    "parsely-pub-date": ("date_published", 0.75),
    "cxenseparse:recs:publishtime": ("date_published", 0.75),
    "cxenseparse:publishtime": ("date_published", 0.75),
    "citation_publication_date": ("date_published", 0.6),
    "citation_online_date": ("date_published", 0.65),
    "bt:pubdate": ("date_published", 0.7),
    "displaydate": ("date_published", 0.5),
    "dc.date.issued": ("date_published", 0.7),
    "dcterms.issued": ("date_published", 0.7),
    "dc.date.created": ("date_published", 0.5),
    "dcterms.created": ("date_published", 0.5),
    "dc.date": ("date_published", 0.5),
    "dcterms.date": ("date_published", 0.5),
    "date": ("date_published", 0.45),
    "article:modified_time": ("date_modified", 0.8),
    "article:updated_time": ("date_modified", 0.8),
    "og:updated_time": ("date_modified", 0.7),
    "article:modified": ("date_modified", 0.7),
    "article.updated": ("date_modified", 0.7),
    "datemodified": ("date_modified", 0.75),
    "lastmod": ("date_modified", 0.6),
    "last-modified": ("date_modified", 0.5),
    "last_updated_date": ("date_modified", 0.6),
    "modified_time": ("date_modified", 0.6),
    "updated_time": ("date_modified", 0.6),
    "dc.date.modified": ("date_modified", 0.6),
    "dcterms.modified": ("date_modified", 0.6),
    "updated": ("date_modified", 0.5),
    "revised": ("date_modified", 0.4),
    "author": ("author", 0.55),
    "article:author": ("author", 0.65),
    "article:author_name": ("author", 0.7),
    "og:article:author": ("author", 0.6),
    "byl": ("author", 0.7),
    "dc.creator": ("author", 0.6),
    "dcterms.creator": ("author", 0.6),
    "sailthru.author": ("author", 0.7),
    "parsely-author": ("author", 0.75),
    "cxenseparse:author": ("author", 0.7),
    "citation_author": ("author", 0.75),
    "editor": ("editor", 0.4),
    "source": ("source", 0.75),
    "contentsource": ("source", 0.75),
    "dc.source": ("source", 0.5),
    "og:site_name": ("publisher", 0.8),
    "application-name": ("publisher", 0.5),
    "dc.publisher": ("publisher", 0.6),
    "dcterms.publisher": ("publisher", 0.6),
    "sitename": ("publisher", 0.6),
    "article:section": ("section", 0.7),
    "parsely-section": ("section", 0.7),
    "sectionname": ("section", 0.6),
    "columnname": ("section", 0.6),
    "category": ("section", 0.4),
    "keywords": ("keywords", 0.5),
    "news_keywords": ("keywords", 0.7),
    "article:tag": ("keywords", 0.7),
    "parsely-tags": ("keywords", 0.6),
    "sailthru.tags": ("keywords", 0.6),
    "dc.subject": ("keywords", 0.5),
    "og:locale": ("language", 0.6),
    "content-language": ("language", 0.5),
    "dc.language": ("language", 0.6),
    "dcterms.language": ("language", 0.6),
    "language": ("language", 0.4),
}

# On Chinese pages the tag holds the site, an editor or a user number far more often than the writer.
AUTHOR_ON_CHINESE_PAGES = 0.15


def read_meta(elements: Elements, reading: PageReading) -> dict[str, str]:
    """Add the candidates of the meta tags and of the document's language.

    Returns:
        The first value of every name or property (lower case), for those who ask for one by name.
    """
    values: dict[str, str] = {}
    tree = elements.tree
    lang = tree.get("lang") or tree.get("xml:lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    reading.add("language", Candidate(raw=fold(lang), method="meta", locator="html/@lang", confidence=0.7))
    tags: list[tuple[str, str, str]] = []
    for element in elements.metas[:MAX_TAGS]:
        # Escaped twice by many systems: &amp;#39; stands in the source.
        raw = fold(html.unescape((element.get("content") or element.get("value") or "")[:MAX_VALUE_CHARS]))
        if not raw:
            continue
        # itemprop stays with the microdata reader, which knows whose property it is.
        for attribute in ("property", "name", "http-equiv"):
            if name := element.get(attribute):
                key = name.strip().lower().replace("dc:", "dc.").replace("dcterms:", "dcterms.")
                values.setdefault(key, raw)
                tags.append((key, raw, f"meta[@{attribute}='{name.strip()}']"))
    is_chinese = _is_chinese(lang, values)
    for key, raw, locator in dict.fromkeys(tags):
        if key not in FIELDS:
            continue
        field_name, confidence = FIELDS[key]
        if field_name == "author":
            if "://" in raw or raw.startswith("@"):
                continue
            if is_chinese:
                confidence = AUTHOR_ON_CHINESE_PAGES
        reading.add(field_name, Candidate(raw=raw, method="meta", locator=locator, confidence=confidence))
    for number in ("1", "2"):  # Yoast SEO: a label and its value
        if values.get(f"twitter:label{number}", "").lower() in _WRITTEN_BY and not is_chinese:
            raw = values.get(f"twitter:data{number}", "")
            locator = f"meta[@name='twitter:data{number}']"
            reading.add("author", Candidate(raw=raw, method="meta", locator=locator, confidence=0.65))
    return values


_HAN, _KANA = re.compile("[\u4e00-\u9fff]"), re.compile("[\u3040-\u30ff]")
_WRITTEN_BY = frozenset(
    {"written by", "verfasst von", "geschrieben von", "écrit par", "escrito por", "scritto da", "geschreven door"}
    | {
        "skrevet av",
        "skrevet af",
        "skriven av",
        "kirjoittanut",
        "napisane przez",
        "scris de",
        "yazan",
        "написано автором",
    }
)


def _is_chinese(lang: str, values: dict[str, str]) -> bool:
    languages = (lang, values.get("og:locale", ""), values.get("content-language", ""))
    if any(language.strip().lower().startswith("zh") for language in languages):
        return True
    # Many of the older Chinese pages declare nothing, or an English default: their keywords and titles tell.
    text = values.get("keywords", "") + values.get("description", "") + values.get("og:title", "")
    return len(_HAN.findall(text)) > 0.3 * len(text) and not _KANA.search(text)
