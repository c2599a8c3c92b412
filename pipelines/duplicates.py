"""Which article it is: new, a new version, the same text again, or a copy of another one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from scraper.article import Article
from scraper.duplicates import DuplicateIndex, Seen, Sketch, is_near, sketch_text
from scraper.ledger import Ledger
from scraper.outcome import PageOutcome
from scraper.storage import Store
from scraper.storage.site import ARTICLES


class Duplicates:
    """Commits outcomes to the store of a site, and knows each text again that a site of its output folder has brought.

    What a line says of its duplicates is settled within the commit. The index follows behind it: it reads the lines
    that are committed, so a killed run leaves none in it that is in no file.

    Args:
        store: the open site; the index is in the folder above it.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._index = DuplicateIndex(store.folder.path.parent / DuplicateIndex.NAME)
        self._batch: list[tuple[Article, Sketch]] = []
        """The articles of the commit under way."""
        self._has_followed = False

    def close(self) -> None:
        """Close the index."""
        self._index.close()

    def commit(self, outcomes: Sequence[PageOutcome]) -> int:
        """`Store.commit`, duplicates settled."""
        if not self._has_followed:
            self._follow()
            self._has_followed = True
        self._batch.clear()
        lines = self._store.commit(outcomes, self._settle)
        if lines:
            self._follow()
        return lines

    def _follow(self) -> None:
        folder = self._store.folder
        self._index.follow(folder.path.name, folder.articles, self._store.ledger.files()[ARTICLES].bytes)

    def _settle(self, article: Article, ledger: Ledger) -> bool:
        if not settle_version(article, ledger):
            return False
        sketch = sketch_text(article.text or "")
        if sketch is not None:
            if article.duplicate_of is None and (seen := self._find(article, sketch)):
                article.duplicate_of = seen.article
                settle_reprint(article, seen)
            self._batch.append((article, sketch))
        return True

    def _find(self, article: Article, sketch: Sketch) -> Seen | None:
        """The text most like this one, of those that are in the index and those that will be after this commit.

        So it is the same text however the articles are divided into commits, which is a matter of moments.
        """
        best = self._index.find(article.id, sketch)
        for other, its_sketch in self._batch:
            keys = sketch.common_keys(its_sketch)
            if (
                keys > (best.keys if best else 0)
                and article.id not in (other.id, other.duplicate_of)
                and is_near(sketch, its_sketch)
            ):
                best = Seen(article=other.duplicate_of or other.id, keys=keys)
        return best


def settle_reprint(article: Article, seen: Seen) -> None:
    """Say whether an article is a reprint, where its source does not tell: another site had the text before it.

    Args:
        article: one whose text was seen before.
        seen: where. Of the same publisher, or of a time that is not known, it tells nothing.
    """
    if article.source is None or article.source.is_reprint is not None or article.publisher is None:
        return
    if None in (seen.publisher, seen.published, article.date_published) or seen.publisher == article.publisher.domain:
        return
    ours, theirs = article.date_published or "", seen.published or ""
    if min(len(ours), len(theirs)) > 10:
        before = datetime.fromisoformat(theirs) < datetime.fromisoformat(ours)
    else:
        before = theirs[:10] < ours[:10]
    if before:
        article.source.is_reprint = True


def settle_version(article: Article, ledger: Ledger) -> bool:
    """Give an article its `version`, `previous_hash` and `duplicate_of`.

    The same id with another text is a new version; the same text under another id is an exact duplicate, which is
    kept and says whose text it is.

    Args:
        article: a complete record; `text_hash` is set.
        ledger: what is stored so far, the records before it in the same commit included.

    Returns:
        Whether it is to be written. False for a known article whose text did not change.
    """
    known = ledger.known(article.id)
    if known is not None:
        if known.text_hash == article.text_hash:
            return False
        article.version, article.previous_hash = known.version + 1, known.text_hash
    first = ledger.first_with_text(article.text_hash) if article.text_hash else None
    article.duplicate_of = first if first != article.id else None
    return True
