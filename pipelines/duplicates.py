"""Which article it is: new, a new version, the same text again, or a copy of another one."""

from __future__ import annotations

from scraper.article import Article
from scraper.ledger import Ledger


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
