"""Telling somebody that a harvest needs a look: a command of theirs, or a webhook."""

from __future__ import annotations

import subprocess
import urllib.request
from typing import Any

import orjson

TIMEOUT_S = 30.0


def notify(command: str, text: str) -> str | None:
    """Give a text to a command of the shell, on its stdin.

    Returns:
        None where it ended well, else a sentence about what was wrong. Never raises: a harvest is not lost because
        nobody could be told.
    """
    try:
        done = subprocess.run(command, shell=True, input=text.encode(), capture_output=True, timeout=TIMEOUT_S)
    except subprocess.TimeoutExpired:
        return f"the command of --notify did not end within {TIMEOUT_S:.0f} s: {command}"
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return f"the command of --notify ended with {done.returncode}: {said[-1] if said else command}"
    return None


def post(url: str, facts: dict[str, Any]) -> str | None:
    """Send facts to a webhook: one POST, JSON. Returns and never raises as `notify`."""
    try:
        body = orjson.dumps(facts)
        headers = {"Content-Type": "application/json", "User-Agent": "news-scraper"}
        request = urllib.request.Request(url, data=body, headers=headers, method="POST")
        with urllib.request.urlopen(request, timeout=TIMEOUT_S):
            return None
    except (OSError, ValueError) as error:
        # URLError and HTTPError are OSErrors; a ValueError is an address that is none.
        wrapped = getattr(error, "reason", None)
        reason = (wrapped.strerror or wrapped) if isinstance(wrapped, OSError) else error
        return f"the webhook {url} could not be told: {reason}"
