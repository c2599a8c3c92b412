"""Telling somebody that a harvest needs a look: a command of theirs, or a webhook."""

from __future__ import annotations

import os
import signal
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
    # A group of its own: what the shell has started ends with it.
    with subprocess.Popen(
        command,
        shell=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        process_group=0,
    ) as process:
        try:
            _, errors = process.communicate(text.encode(), timeout=TIMEOUT_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return f"the command of --notify did not end within {TIMEOUT_S:.0f} s: {command}"
    if process.returncode:
        said = errors.decode("utf-8", "replace").strip().splitlines()
        return f"the command of --notify ended with {process.returncode}: {said[-1] if said else command}"
    return None


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A POST that is sent elsewhere would arrive as a GET without its content, and be taken for told."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def post(url: str, facts: dict[str, Any]) -> str | None:
    """Send facts to a webhook: one POST, JSON. Returns and never raises as `notify`.

    The sentence names no more of the address than its host: the path of a webhook is often its key.
    """
    try:
        body = orjson.dumps(facts, option=orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS)
        headers = {"Content-Type": "application/json", "User-Agent": "news-scraper"}
        request = urllib.request.Request(url, data=body, headers=headers, method="POST")
        with urllib.request.build_opener(_NoRedirects).open(request, timeout=TIMEOUT_S):
            return None
    except (OSError, ValueError) as error:
        # URLError and HTTPError are OSErrors; a ValueError is an address that is none.
        wrapped = getattr(error, "reason", None)
        reason = (wrapped.strerror or wrapped) if isinstance(wrapped, OSError) else error
        scheme, _, rest = url.partition("://")
        return f"the webhook {scheme}://{rest.partition('/')[0].rpartition('@')[2]}/… could not be told: {reason}"
