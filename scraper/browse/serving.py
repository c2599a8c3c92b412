"""What Datasette is given beside the database: its metadata with the two queries, and the templates of the pages.

Datasette is a tool of its own that is called and never imported: it has its own pins, and lives in its own environment.
"""

from __future__ import annotations

import shutil
import sys
from importlib.resources import as_file, files
from pathlib import Path

import orjson

from scraper.browse.queries import FIND, READ

DATABASE = "browse"
"""Name of the database in addresses, and of its file without .sqlite; the names of the templates hold it too."""

INSTALL = "install it with `pipx install datasette` or `uv tool install datasette`"

LIMIT_MS = 10_000
"""For a query: one with words of two characters alone reads every text."""


def find_datasette() -> str | None:
    """Path of the command, on the PATH or beside this interpreter; None where it is not installed."""
    return shutil.which("datasette") or shutil.which("datasette", path=str(Path(sys.executable).parent))


def write_pages(folder: Path) -> None:
    """Write metadata.json, templates and style into a folder, for `datasette serve`.

    Raises:
        OSError: it cannot be written.
    """
    for name in ("templates", "static"):
        with as_file(files("scraper.browse") / name) as shipped:
            shutil.copytree(shipped, folder / name, dirs_exist_ok=True)
    metadata = {
        "title": "Harvest",
        "databases": {
            DATABASE: {
                "queries": {
                    "find": {"sql": FIND, "params": ["q", "site", "skip"], "title": "Find", "hide_sql": True},
                    "read": {"sql": READ, "params": ["article"], "title": "Read", "hide_sql": True},
                },
                "tables": {
                    "article": {
                        "label_column": "title",
                        "sort_desc": "date",
                        "facets": ["site", "section"],
                        "size": 50,
                    },
                    "evidence": {"hidden": True},
                    "progress": {"hidden": True},
                },
            }
        },
    }
    (folder / "metadata.json").write_bytes(orjson.dumps(metadata, option=orjson.OPT_INDENT_2))


def serve_command(datasette: str, database: Path, folder: Path, port: int, open_browser: bool) -> list[str]:
    """The command that serves the database with the pages of `write_pages`.

    Args:
        datasette: its path.
        database: of `scraper.browse.index.update_index`; what is added to it while it is served is found.
        folder: where the pages were written.
        port: on this machine alone.
        open_browser: whether it opens a browser.
    """
    return [
        datasette, "serve", str(database), "--host", "127.0.0.1", "--port", str(port),
        "--metadata", str(folder / "metadata.json"),
        "--template-dir", str(folder / "templates"),
        "--static", f"pages:{folder / 'static'}",
        "--setting", "sql_time_limit_ms", str(LIMIT_MS),
        "--setting", "facet_time_limit_ms", "2000",
        "--setting", "truncate_cells_html", "80",
        *(["--open"] if open_browser else []),
    ]  # fmt: skip
