"""WACZ 1.1.1: the archive of a site with its index and its list of pages in one ZIP, as replay tools open it.

https://specs.webrecorder.net/wacz/1.1.1/. Nothing in it depends on a clock, so the same archive gives the same file.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from isal import igzip

from scraper import __version__
from scraper.export.cdxj import index_archives
from scraper.export.records import committed_lengths
from scraper.storage.site import ARCHIVE, SiteFolder

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first time that a ZIP can state."""

LINES_A_BLOCK = 1024
"""Index lines in one gzip member of index.cdx.gz."""


def write_wacz(site: Path, target: Path, pages: Iterable[dict[str, Any]], date: str, title: str) -> int:
    """Write the archive of a site folder.

    Args:
        site: a site folder.
        target: the file.
        pages: ``{id, url, title, ts}`` of what a reader may begin with: the articles.
        date: YYYY-MM-DD of the release.
        title: of the archive.

    Returns:
        How many WARC files it holds.

    Raises:
        BrokenArchiveError: a WARC file is damaged.
    """
    folder = SiteFolder(site)
    lengths = committed_lengths(folder)
    files = [(path, lengths.get(f"{ARCHIVE}/{path.name}")) for path in sorted(folder.archive.glob("*.warc.gz"))]
    with zipfile.ZipFile(target, "w", allowZip64=True) as package:
        resources = [_add(package, f"{ARCHIVE}/{path.name}", _chunks(path, end)) for path, end in files]
        blocks: list[bytes] = []
        resources.append(_add(package, "indexes/index.cdx.gz", _compress_index(index_archives(files), blocks)))
        resources.append(_add(package, "indexes/index.idx", blocks))
        header = {"format": "json-pages-1.0", "id": "pages", "title": "Articles"}
        lines = (orjson.dumps(page, option=orjson.OPT_APPEND_NEWLINE) for page in (header, *pages))
        resources.append(_add(package, "pages/pages.jsonl", lines))
        description = {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "title": title,
            "created": f"{date}T00:00:00Z",
            "software": f"news-scraper {__version__}",
            "resources": resources,
        }
        plain = orjson.dumps(description, option=orjson.OPT_INDENT_2)
        _add(package, "datapackage.json", [plain])
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(plain).hexdigest()}"}
        _add(package, "datapackage-digest.json", [orjson.dumps(digest, option=orjson.OPT_INDENT_2)])
    return len(files)


def _add(package: zipfile.ZipFile, name: str, chunks: Iterable[bytes]) -> dict[str, Any]:
    """Add a file, not compressed, so that a player can read any record in place; returns its resource entry."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.external_attr = 0o644 << 16
    digest, size = hashlib.sha256(), 0
    with package.open(entry, "w", force_zip64=True) as file:
        for chunk in chunks:
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    # A resource name is of lower case (Data Package v1).
    return {
        "name": name.rpartition("/")[2].lower(),
        "path": name,
        "hash": f"sha256:{digest.hexdigest()}",
        "bytes": size,
    }


def _chunks(path: Path, end: int | None) -> Iterable[bytes]:
    left = path.stat().st_size if end is None else end
    with path.open("rb") as file:
        while left and (chunk := file.read(min(1 << 20, left))):
            left -= len(chunk)
            yield chunk


def _compress_index(lines: Iterable[bytes], blocks: list[bytes]) -> Iterable[bytes]:
    """Index lines as gzip members; `blocks` gets the lines of index.idx, which say where each member stands."""
    blocks.append(b'!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}\n')
    rest, offset = iter(lines), 0
    while block := list(islice(rest, LINES_A_BLOCK)):
        member = igzip.compress(b"".join(block), mtime=0)
        key = b" ".join(block[0].split(b" ", 2)[:2])
        facts = {
            "offset": offset,
            "length": len(member),
            "digest": f"sha256:{hashlib.sha256(member).hexdigest()}",
            "filename": "index.cdx.gz",
        }
        blocks.append(key + b" " + orjson.dumps(facts) + b"\n")
        offset += len(member)
        yield member
