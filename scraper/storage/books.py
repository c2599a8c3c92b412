"""Double-entry bookkeeping: what was counted one way must agree with what is counted another way."""

from __future__ import annotations

import hashlib
from pathlib import Path

from scraper.ledger import Ledger
from scraper.storage.site import ARTICLES, SiteFolder


def check_books(folder: SiteFolder, ledger: Ledger) -> list[str]:
    """Whether a site adds up, after its commits.

    Discovered addresses are counted when they are entered, states by looking at every row: discovered = done + failed
    + gone + left, where left is new and leased. Every failure has a reason, every file has its committed length, and
    articles.jsonl has a line for each article version.

    Returns:
        A sentence for each sum that does not come out; an empty list where all is well.
    """
    problems: list[str] = []
    states, discovered = ledger.by_state(), ledger.discovered()
    if sum(states.values()) != discovered:
        parts = ", ".join(f"{number} {state}" for state, number in states.items())
        problems.append(f"{discovered} addresses were discovered, but there are {parts}")
    with_reason = sum(number for (state, _), number in ledger.by_reason().items() if state == "failed")
    if with_reason != states["failed"]:
        problems.append(f"{states['failed']} addresses failed, {with_reason} of them have a reason")
    files = ledger.files()
    for state in files.values():
        path = folder.path / state.name
        size = path.stat().st_size if path.exists() else 0
        if size < state.bytes:
            problems.append(f"{state.name} has {size} bytes, {state.bytes} were committed")
    lines = files[ARTICLES].lines if ARTICLES in files else 0
    if ledger.articles() != lines:
        problems.append(f"{ledger.articles()} article versions are stored, {ARTICLES} has {lines} lines")
    return problems


def hash_committed(path: Path, length: int) -> str:
    """sha256, in hex, of the first `length` bytes of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while length > 0 and (chunk := file.read(min(1 << 20, length))):
            digest.update(chunk)
            length -= len(chunk)
    return digest.hexdigest()
