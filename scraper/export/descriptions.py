"""What a dataset says about itself to programs: Data Package, Croissant, CITATION.cff.

Each is built from the same facts, so that they cannot tell different things.
"""

from __future__ import annotations

import types
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import orjson

from scraper import __version__
from scraper.article import Article
from scraper.export.checksums import hash_file

JSONL = "data/articles.jsonl.zst"
PARQUET = "data/articles.parquet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The facts of a release that do not stand in its records."""

    name: str
    """Short, of a-z, 0-9 and hyphens."""
    title: str
    date: str
    """YYYY-MM-DD."""
    creator: str | None
    license: str | None
    """An SPDX identifier or a URL; None where the compiler gives no licence."""
    description: str


def describe_package(folder: Path, release: Release, facts: dict[str, Any], archives: list[str]) -> bytes:
    """``datapackage.json`` (https://datapackage.org, v1): the files with their sha256, the columns of the table."""
    resources = [
        {
            "name": "articles",
            "title": "Records as a table",
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            # Neither bytes nor hash: frictionless cannot count them of a Parquet file and says that they are wrong.
            "path": PARQUET,
            "schema": {
                "fields": [_package_field(*entry) for entry in _hints().items()],
                "primaryKey": ["id", "version"],
            },
        },
        {
            "name": "articles-jsonl",
            "title": "Records as JSON Lines, the form in which they were harvested; each line fits article.schema.json",
            "format": "zst",
            "mediatype": "application/zstd",
            **_file(folder, JSONL),
        },
        *(
            {
                "name": f"archive-{number}",
                "title": "Answers of the servers as they came (WARC 1.1 in WACZ 1.1.1)",
                "format": "wacz",
                "mediatype": "application/wacz+zip",
                **_file(folder, path),
            }
            for number, path in enumerate(archives, 1)
        ),
    ]
    package = {
        "profile": "data-package",
        "name": release.name,
        "title": release.title,
        "description": release.description,
        "version": release.date,
        "created": f"{release.date}T00:00:00Z",
        "contributors": [{"title": release.creator, "role": "author"}] if release.creator else None,
        "licenses": [_license(release.license)] if release.license else None,
        "resources": resources,
        "news-scraper": facts,
    }
    return _json(package)


def describe_croissant(folder: Path, release: Release) -> bytes:
    """``croissant.json`` (Croissant 1.0): the columns that hold a value or a list of texts, read from Parquet.

    Columns with parts (credits, source, evidence …) are in the file too and left out here: the format has no common
    way to name them within Parquet.
    """
    fields = [entry for name, hint in _hints().items() if (entry := _croissant_field(name, hint))]
    distribution = [
        {
            "@type": "cr:FileObject",
            "@id": path,
            "name": path,
            "contentUrl": path,
            "contentSize": f"{(folder / path).stat().st_size} B",
            "encodingFormat": encoding,
            "sha256": hash_file(folder / path),
        }
        for path, encoding in ((PARQUET, "application/x-parquet"), (JSONL, "application/zstd"))
    ]
    description = {
        "@context": _CROISSANT_CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": release.name,
        "description": release.description,
        "license": release.license,
        "creator": {"@type": "Organization", "name": release.creator} if release.creator else None,
        "datePublished": release.date,
        "version": f"{release.date.replace('-', '.')}",
        "citeAs": f"{release.creator or 'Anonymous'}: {release.title}, {release.date}.",
        "distribution": distribution,
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": "articles",
                "name": "articles",
                "description": "One record a version of an article.",
                "key": [{"@id": "articles/id"}, {"@id": "articles/version"}],
                "field": fields,
            }
        ],
    }
    return _json(description)


def describe_citation(release: Release) -> bytes:
    """``CITATION.cff`` 1.2.0. JSON strings are YAML strings, so nothing has to be escaped by hand."""

    def quoted(text: str) -> str:
        return orjson.dumps(text).decode()

    lines = [
        "cff-version: 1.2.0",
        f"message: {quoted('If you use this dataset, please cite it as below.')}",
        "type: dataset",
        f"title: {quoted(release.title)}",
        f"version: {quoted(release.date)}",
        f"date-released: {quoted(release.date)}",
        "authors:",
        f"  - name: {quoted(release.creator or 'anonymous')}",
        f"abstract: {quoted(release.description)}",
    ]
    if release.license and not release.license.startswith("http"):
        lines.append(f"license: {quoted(release.license)}")
    elif release.license:
        lines.append(f"license-url: {quoted(release.license)}")
    lines += [
        "references:",
        "  - type: software",
        '    title: "news-scraper"',
        "    authors:",
        '      - name: "The news-scraper contributors"',
        f"    version: {quoted(__version__)}",
    ]
    return "\n".join([*lines, ""]).encode()


def _license(license: str) -> dict[str, str]:
    return {"path": license} if license.startswith("http") else {"name": license}


def _file(folder: Path, path: str) -> dict[str, Any]:
    return {
        "path": path,
        "bytes": (folder / path).stat().st_size,
        "hash": f"sha256:{hash_file(folder / path)}",
    }


def _hints() -> dict[str, Any]:
    return get_type_hints(Article, include_extras=True)


def _json(value: dict[str, Any]) -> bytes:
    filled = {key: entry for key, entry in value.items() if entry is not None}
    return orjson.dumps(filled, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _package_field(name: str, hint: Any) -> dict[str, Any]:
    kind = _plain(hint)
    names = {str: "string", int: "integer", float: "number", bool: "boolean"}
    if get_origin(kind) is list or get_origin(kind) is dict:
        # Lists of Parquet come as arrays of numpy in frictionless, which it takes for no "array" of its own.
        type_name = "any"
    else:
        type_name = "object" if is_dataclass(kind) else names.get(kind, "string")
    constraints = {"constraints": {"required": True}} if name in ("id", "version") else {}
    return {"name": name, "type": type_name, "description": get_args(hint)[1], **constraints}


def _croissant_field(name: str, hint: Any) -> dict[str, Any] | None:
    kind = _plain(hint)
    is_list = get_origin(kind) is list and get_args(kind)[0] is str
    if not is_list and (is_dataclass(kind) or get_origin(kind) in (list, dict)):
        return None
    entry: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"articles/{name}",
        "name": name,
        "description": get_args(hint)[1],
        "dataType": "sc:Integer" if kind is int else "sc:Text",
        "source": {"fileObject": {"@id": PARQUET}, "extract": {"column": name}},
    }
    return {**entry, "repeated": True} if is_list else entry


def _plain(hint: Any) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _plain(args[0])
    if origin in (Union, types.UnionType):
        return _plain(next(arg for arg in args if arg is not types.NoneType))
    return hint


_CROISSANT_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "equivalentProperty": "cr:equivalentProperty",
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context that the specification of Croissant 1.0 gives."""
