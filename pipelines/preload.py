"""Imported by the server that workers are forked from: what every page needs is loaded once, and not by each worker.

Beside the modules these are patterns and tables that come with the first page, so one is read. What few pages need, the
language model of py3langid and the time zones of dateparser, is left out: it takes a second, and most crawls are short.
The workers share the memory until they write to it; what is frozen is not written to by the garbage collector.
"""

from __future__ import annotations

import gc
from datetime import UTC, datetime

from pipelines.pages import read_and_normalize

_PAGE = f"""<html lang="en"><title>A bridge</title><body><h1>A bridge</h1><p>By Jane Miller, 3 March 2011</p>
{"<p>The bridge over the river was opened this morning, and the mayor spoke of a day that the town had earned.</p>" * 5}
"""

read_and_normalize(_PAGE.encode(), "http://www.example.com/a.html", None, datetime(2011, 4, 1, tzinfo=UTC), None)
gc.collect()
gc.freeze()
