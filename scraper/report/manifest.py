"""The manifest of a run, ``runs/<start>/run.json``: what ran, how it ended, what there is."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson

from scraper import __version__
from scraper.ledger import StorageError
from scraper.report.history import Harvested
from scraper.rfc3339 import to_text
from scraper.storage import Store, check_books
from scraper.storage.appending import write_whole


def build_manifest(
    store: Store,
    *,
    exit_reason: str,
    exit_code: int,
    settings: Mapping[str, Any],
    stats: Mapping[str, Any] | None = None,
    harvested: Harvested | None = None,
    templates: Sequence[Mapping[str, Any]] = (),
    learning: Sequence[str] = (),
) -> dict[str, Any]:
    """The facts of a run. Call it when the last commit is done, after `store.seal` and before `store.close`.

    Args:
        store: the store of the run.
        exit_reason: why it ended: finished, shutdown, storage_failed, …
        exit_code: what the command returns.
        settings: the settings of the crawl; only their hash is kept.
        stats: Scrapy's statistics.
        harvested: what this run brought; `scraper.report.history` reads it back.
        templates: how each template of the site's profile did, see `scraper.profiles.drift.TemplateHealth`.
        learning: what was learned of them, and which have stopped, a sentence each.
    """
    ledger, states = store.ledger, store.ledger.by_state()
    reasons: dict[str, dict[str, int]] = {}
    for (state, reason), number in ledger.by_reason().items():
        reasons.setdefault(state, {})[reason] = number
    return {
        "run": store.run,
        "started": store.started,
        "ended": to_text(datetime.now(UTC)),
        "exit_reason": exit_reason,
        "exit_code": exit_code,
        "failure": str(store.failure) if store.failure else None,
        "versions": _versions(),
        "settings_sha256": hash_settings(settings),
        "counts": {
            "discovered": ledger.discovered(),
            **states,
            "left": states["new"] + states["leased"],
            "articles": ledger.articles(),
            "reasons": reasons,
        },
        "harvest": (harvested or Harvested()).to_dict(),
        "templates": list(templates),
        "learning": list(learning),
        "breaches": [],
        "books": check_books(store.folder, ledger),
        "files": _list_files(store),
        "stats": dict(stats or {}),
    }


def write_manifest(store: Store, manifest: Mapping[str, Any]) -> Path:
    """Write ``run.json`` whole or not at all, see `scraper.storage.appending.write_whole`.

    Raises:
        StorageError: it cannot be written.
    """
    path = store.run_folder / "run.json"
    content = orjson.dumps(manifest, default=str, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    try:
        write_whole(path, content, "manifest")
    except OSError as error:
        raise StorageError.of("write the manifest of", store.folder.path, error) from error
    return path


def hash_settings(settings: Mapping[str, Any]) -> str:
    """sha256, in hex, of settings in a form that does not depend on their order."""
    lines = "\n".join(f"{name}={settings[name]!s}" for name in sorted(settings))
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


def _versions() -> dict[str, str]:
    from lxml import etree

    versions = {"news-scraper": __version__, "python": platform.python_version()}
    versions |= {name: version(name) for name in ("scrapy", "twisted", "trafilatura", "lxml")}
    # The wheel has its own libxml2, a distribution's lxml the system's; advisories are about this one.
    versions["libxml2"] = ".".join(map(str, etree.LIBXML_VERSION))
    return versions


def _list_files(store: Store) -> list[dict[str, Any]]:
    """Each file with its committed length; no sha256 where the run failed before it was sealed."""
    return [
        {"name": file.name, "bytes": file.bytes, "lines": file.lines, "sha256": file.sha256}
        for file in store.ledger.files().values()
    ]
