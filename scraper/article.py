"""The record: what one harvested article is, in the order in which it is written.

One `Article` is one JSON object a line, UTF-8. Absent values are ``null`` or ``[]``, never ``""``. The
names are the field's own; `to_schema_org` maps them to schema.org NewsArticle, and `json_schema` is
generated from these classes, so the three cannot drift apart.
"""

from __future__ import annotations

import hashlib
import types
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import orjson

Role = Literal[
    "author",
    "reporter",
    "correspondent",
    "photographer",
    "editor",
    "responsible_editor",
    "reviewer",
    "proofreader",
    "translator",
    "illustrator",
    "producer",
    "intern",
]
Precision = Literal["day", "minute", "second"]
TimezoneBasis = Literal["explicit", "profile", "assumed"]

WRITER_ROLES: frozenset[str] = frozenset({"author", "reporter", "intern"})
"""Roles whose bearers wrote the text; `writers` makes `Article.authors` of these."""

EDITOR_ROLES: frozenset[str] = frozenset({"editor", "responsible_editor"})
"""Roles whose bearers answer for the text; `Article.responsible_editors` is the view of these."""


@dataclass(slots=True, kw_only=True)
class Credit:
    """A person whom the page names, with the part that the page says they had."""

    name: Annotated[str, "name without inner spaces, as printed otherwise"]
    role: Annotated[Role, "one of a closed list"]
    role_raw: Annotated[str | None, "the printed role word, such as 通讯员 or By; null where none stands"] = None
    affiliation: Annotated[str | None, "office or newspaper printed with the name"] = None


def writers(credits: Iterable[Credit]) -> list[Credit]:
    """The credits of those who wrote the text, in order; `Article.authors` holds their names.

    A correspondent (通讯员) supplies a reporter with material. Where no author, reporter or intern is named, the
    correspondents wrote it alone.
    """
    named = list(credits)
    wrote = [credit for credit in named if credit.role in WRITER_ROLES]
    return wrote or [credit for credit in named if credit.role == "correspondent"]


@dataclass(slots=True, kw_only=True)
class Source:
    """Where the page says the text comes from (来源), which is not who served it."""

    name: Annotated[str, "the source as printed, brackets and label off"]
    name_raw: Annotated[str, "the string it was read from, label included"]
    url: Annotated[str | None, "where the printed source links to"] = None
    chain: Annotated[list[str], "the source split where a dash joins several: 吉安新闻网—井冈山报 has two"] = field(
        default_factory=list
    )
    is_reprint: Annotated[bool | None, "true where the source is another house than the publisher; null if unknown"] = (
        None
    )


@dataclass(slots=True, kw_only=True)
class Publisher:
    """The site that served the page."""

    name: Annotated[str | None, "the site's own name"] = None
    domain: Annotated[str | None, "registrable domain, or the host where there is none"] = None


@dataclass(slots=True, kw_only=True)
class Image:
    url: Annotated[str, "absolute address"]
    caption: Annotated[str | None, "printed caption"] = None
    credit: Annotated[str | None, "printed photographer or agency"] = None


@dataclass(slots=True, kw_only=True)
class Jump:
    """A jump line that was healed: the sentence before and after it stands joined in `Article.text`."""

    text: Annotated[str, "the jump line or lines as printed, such as (下转四版)(上接一版)"]
    from_page: Annotated[str | None, "page number that the reader came from, where printed"] = None
    to_page: Annotated[str | None, "page number that the reader was sent to, where printed"] = None


@dataclass(slots=True, kw_only=True)
class Edition:
    """Where the article stood in print."""

    newspaper: Annotated[str | None, "name of the printed paper"] = None
    date: Annotated[str | None, "date of the edition, YYYY-MM-DD"] = None
    issue: Annotated[str | None, "issue number (期号) as printed"] = None
    page: Annotated[str | None, "page number (版次), such as 01 or A02"] = None
    page_name: Annotated[str | None, "page name (版名), such as 要闻"] = None
    jumps: Annotated[list[Jump], "jump lines healed in the text"] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class SiteRecord:
    """A registration or hotline that the page prints about its site (ICP, 公安备案, 举报电话 …), or what it declares
    about the article's licence and price."""

    kind: Annotated[
        str, "icp, public_security, news_license, broadcast_license, report_phone, report_email, licence, paywall"
    ]
    value: Annotated[str, "as printed, label off; of a licence mostly its URL; of a paywall free, metered or locked"]


@dataclass(slots=True, kw_only=True)
class Evidence:
    """Why a field has its value."""

    method: Annotated[str, "where it stood: jsonld, meta, label, byline, heading, breadcrumb, template, url, …"]
    locator: Annotated[str | None, "the place: an XPath, a meta name, a JSON path, a line of the body"] = None
    raw: Annotated[str | None, "the printed string before normalization"] = None
    confidence: Annotated[float, "0 to 1"] = 0.5


@dataclass(slots=True, kw_only=True)
class WarcRef:
    """Which archive record holds the page."""

    file: Annotated[str, "path relative to the site folder"]
    offset: Annotated[int, "bytes from the start of the file to the record's gzip member"]
    record_id: Annotated[str, "WARC-Record-ID"]


@dataclass(slots=True, kw_only=True)
class Crawl:
    """How the page was had. All null for a page that was read from disk."""

    run: Annotated[str | None, "name of the run's folder"] = None
    fetched_at: Annotated[str | None, "RFC 3339, UTC"] = None
    status: Annotated[int | None, "HTTP status"] = None
    charset: Annotated[str | None, "character set that the bytes were decoded with"] = None
    discovered_via: Annotated[
        str | None, "seed, link, listing, sitemap, feed, edition (with the page: edition 02 民生)"
    ] = None
    profile: Annotated[str | None, "name of the profile in use"] = None
    warc: Annotated[WarcRef | None, "archive record of the response"] = None


@dataclass(slots=True, kw_only=True)
class Article:
    """One article, one version of it. The fields stand in the order of the output."""

    id: Annotated[
        str, "sha256 of canonical_url (of the text without one), hex, 32 characters; the same for every version"
    ] = ""
    url: Annotated[str | None, "where it answered; null for a page without an address"] = None
    requested_url: Annotated[str | None, "what was asked for; of a saved page its file"] = None
    canonical_url: Annotated[str | None, "canonical form of the address; null where there is none"] = None
    title: Annotated[str | None, "headline"] = None
    kicker: Annotated[str | None, "line above the headline (引题)"] = None
    subtitle: Annotated[str | None, "line below the headline (副题)"] = None
    authors: Annotated[
        list[str], "those who wrote it; never an editor, a site or an agency; a 通讯员 only where no one else wrote"
    ] = field(default_factory=list)
    responsible_editors: Annotated[list[str], "责任编辑, 责编, 编辑 as printed"] = field(default_factory=list)
    credits: Annotated[list[Credit], "every named person with role"] = field(default_factory=list)
    source: Annotated[Source | None, "来源 as printed"] = None
    publisher: Annotated[Publisher | None, "the site that served it"] = None
    date_published: Annotated[str | None, "RFC 3339 with offset, or the date alone where only the day is known"] = None
    date_modified: Annotated[str | None, "the same for the last change"] = None
    date_precision: Annotated[Precision | None, "of date_published, as printed"] = None
    timezone_basis: Annotated[TimezoneBasis | None, "how the offset of date_published is known"] = None
    section: Annotated[str | None, "leaf crumb or printed section"] = None
    breadcrumbs: Annotated[list[str], "crumbs without 首页 and 正文"] = field(default_factory=list)
    keywords: Annotated[list[str], "printed or meta keywords"] = field(default_factory=list)
    language: Annotated[str | None, "BCP 47"] = None
    text: Annotated[str | None, "paragraphs joined by one blank line"] = None
    images: Annotated[list[Image], "images of the article"] = field(default_factory=list)
    edition: Annotated[Edition | None, "where it stood in print"] = None
    pages: Annotated[list[str], "addresses of an article over several pages, in order; empty for one page"] = field(
        default_factory=list
    )
    site_records: Annotated[
        list[SiteRecord], "registrations and hotlines printed on the page; its licence and paywall as declared"
    ] = field(default_factory=list)
    version: Annotated[int, "1, 2, …"] = 1
    previous_hash: Annotated[str | None, "text_hash of the version before"] = None
    text_hash: Annotated[str | None, "sha256 of the text, hex, 32 characters"] = None
    duplicate_of: Annotated[
        str | None,
        "id of the article with the same or nearly the same text that was seen first, on this site or on another",
    ] = None
    evidence: Annotated[dict[str, Evidence], "for each filled field, why"] = field(default_factory=dict)
    crawl: Annotated[Crawl, "how the page was had"] = field(default_factory=Crawl)

    def to_json_line(self) -> bytes:
        """The record as one line of UTF-8 JSON, newline included.

        U+2028, U+2029 and U+0085 are escaped: some readers take them for line ends.
        """
        line = orjson.dumps(self, option=orjson.OPT_APPEND_NEWLINE)
        for raw, escaped in _LINE_SEPARATORS:
            if raw in line:
                line = line.replace(raw, escaped)
        return line

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts and lists in output order."""
        plain: dict[str, Any] = orjson.loads(orjson.dumps(self))
        return plain

    @classmethod
    def from_dict(cls, record: dict[str, Any]) -> Article:
        """The inverse of `to_dict`. Raises `TypeError` for a key that the record does not have."""
        hint: Any = cls  # a class is hashable, which mypy does not believe of a dataclass
        article: Article = _builder(hint)(record)
        return article

    def to_schema_org(self) -> dict[str, Any]:
        """The record as schema.org NewsArticle (JSON-LD). Fields without a value are left out."""
        source, publisher, edition = self.source, self.publisher, self.edition
        wrote = writers(self.credits)
        mapped: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "identifier": self.id,
            "url": self.url,
            "mainEntityOfPage": self.canonical_url,
            "headline": self.title,
            "alternativeHeadline": self.subtitle,
            "author": [{"@type": "Person", "name": name} for name in self.authors],
            "editor": [{"@type": "Person", "name": name} for name in self.responsible_editors],
            "contributor": [
                {
                    "@type": "Role",
                    "roleName": credit.role,
                    "contributor": {"@type": "Person", "name": credit.name},
                }
                for credit in self.credits
                if credit not in wrote and credit.role not in EDITOR_ROLES
            ],
            "sourceOrganization": source and {"@type": "Organization", "name": source.name},
            "isBasedOn": source.url if source and source.is_reprint else None,
            "publisher": publisher and {"@type": "Organization", "name": publisher.name or publisher.domain},
            "datePublished": self.date_published,
            "dateModified": self.date_modified,
            "articleSection": self.section,
            "keywords": self.keywords,
            "inLanguage": self.language,
            "articleBody": self.text,
            "image": [image.url for image in self.images],
            "printEdition": edition and edition.date,
            "printPage": edition and edition.page,
            "printSection": edition and edition.page_name,
            "version": self.version,
        }
        return {key: value for key, value in mapped.items() if value not in (None, "", [])}


_LINE_SEPARATORS = tuple((char.encode(), f"\\u{ord(char):04x}".encode()) for char in "\u0085\u2028\u2029")


def hash_text(text: str) -> str:
    """sha256 of the UTF-8 text, hex, first 32 characters."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def article_id(canonical_url: str) -> str:
    """The stable id of an article: `hash_text` of its canonical URL."""
    return hash_text(canonical_url)


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of one output line, generated from the classes of this module."""
    definitions: dict[str, Any] = {}
    schema = _class_schema(Article, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Article",
        "description": "One harvested news article, one JSON object a line.",
        **schema,
        "$defs": dict(sorted(definitions.items())),
    }


def _class_schema(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(cls, include_extras=True)
    names = [f.name for f in fields(cls)]
    return {
        "type": "object",
        "properties": {name: _type_schema(hints[name], definitions) for name in names},
        "required": names,
        "additionalProperties": False,
    }


def _type_schema(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return {**_type_schema(args[0], definitions), "description": args[1]}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_type_schema(arg, definitions) for arg in args]}
    if origin is Literal:
        return {"enum": list(args)}
    if origin is list:
        return {"type": "array", "items": _type_schema(args[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _type_schema(args[1], definitions)}
    if is_dataclass(hint) and isinstance(hint, type):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}
            definitions[hint.__name__] = _class_schema(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    return {"type": _JSON_TYPES[hint]}


_JSON_TYPES: dict[Any, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    types.NoneType: "null",
}


@cache
def _builder(hint: Any) -> Callable[[Any], Any]:
    """A function that makes a value of this type from plain dicts and lists; null stays null."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _builder(args[0])
    if origin in (Union, types.UnionType):
        return _builder(next(arg for arg in args if arg is not types.NoneType))
    if origin is list:
        item = _builder(args[0])
        if item is _as_it_is:
            return lambda value: None if value is None else list(value)
        return lambda value: None if value is None else [item(entry) for entry in value]
    if origin is dict:
        entry = _builder(args[1])
        return lambda value: None if value is None else {key: entry(found) for key, found in value.items()}
    if not (is_dataclass(hint) and isinstance(hint, type)):
        return _as_it_is
    builders = {name: _builder(inner) for name, inner in get_type_hints(hint, include_extras=True).items()}
    nested = {name: make for name, make in builders.items() if make is not _as_it_is}

    def build(value: Any) -> Any:
        if value is None:
            return None
        if not value.keys() <= builders.keys():
            unknown = sorted(value.keys() - builders.keys())[0]
            raise TypeError(f"{hint.__name__} has no key {unknown!r}; it has {', '.join(builders)}")
        made = {key: make(value[key]) for key, make in nested.items() if key in value}
        return hint(**{**value, **made})

    return build


def _as_it_is(value: Any) -> Any:
    return value
