"""Imported by the server that workers are forked from: what every worker would load by itself is loaded once.

Beside the modules these are patterns and tables that come with the first page, so one is read. The workers share the
memory until they write to it; what is frozen is not written to by the garbage collector.
"""

from __future__ import annotations

import contextlib
import gc
import sys
from datetime import UTC, datetime

from pipelines.languagemodel import share_model
from pipelines.pages import read_and_normalize
from scraper.allocator import give_back_free_memory, limit_free_memory

_SENTENCE = "The bridge over the river was opened this morning, and the mayor spoke of a day that the town had earned."
_TEXT = f"<p>{_SENTENCE}</p>" * 5
_PAGE = f"<html lang='en'><title>A bridge</title><body><h1>A bridge</h1><p>3 March 2011</p>{_TEXT}</html>"


def _load_trafilatura() -> None:
    """Load it without py3langid, and numpy behind it: a quarter of the start, for an option that nobody uses here."""
    if "py3langid" not in sys.modules:
        sys.modules["py3langid"] = None  # type: ignore[assignment]  # cannot be imported, as if it were not installed
        import trafilatura  # noqa: F401

        del sys.modules["py3langid"]


gc.disable()
limit_free_memory()
_load_trafilatura()
# Such as no place for temporary files. What fails here fails again where it is needed and is told
# there; without the server there would be no worker at all.
with contextlib.suppress(Exception):
    share_model()
    read_and_normalize(_PAGE.encode(), "http://www.example.com/a.html", None, datetime(2011, 4, 1, tzinfo=UTC), None)
gc.collect()
give_back_free_memory()
gc.freeze()
gc.enable()
