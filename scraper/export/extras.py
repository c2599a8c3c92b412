"""Libraries that only exports and datasets need: the extra ``export``."""

from __future__ import annotations

import importlib
from typing import Any


class MissingExtraError(ImportError):
    """A library of the extra is not installed."""


def require(name: str) -> Any:
    """Import a library of the extra.

    Raises:
        MissingExtraError: it is not there; the message says how to install it.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        package = name.partition(".")[0]
        raise MissingExtraError(
            f"{package} is not installed, and this needs it: pip install 'news-scraper[export]'"
        ) from error
