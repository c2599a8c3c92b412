"""Imported by the server that workers are forked from: what every worker would load by itself is loaded once.

The first page compiles patterns and loads tables for more than a second: the language model of py3langid and the time
zones of dateparser are the most of it. The workers share the memory until they write to it, and what is frozen is not
written to by the garbage collector.
"""

from __future__ import annotations

import gc
from datetime import UTC, datetime

import dateparser
import py3langid

from pipelines.pages import read_and_normalize

_SENTENCE = "The bridge over the river was opened this morning, and the mayor spoke of a day that the town had earned."
_PAGE = f"<html><title>A bridge</title><body><h1>A bridge</h1><p>3 March 2011</p>{f'<p>{_SENTENCE}</p>' * 5}</html>"

read_and_normalize(_PAGE.encode(), "http://www.example.com/a.html", None, datetime(2011, 4, 1, tzinfo=UTC), None)
py3langid.classify(_SENTENCE)
dateparser.parse("3. maaliskuuta 2011", languages=["fi"])
gc.collect()
gc.freeze()
