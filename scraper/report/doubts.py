"""What makes a record doubtful: signs that it is no article, or that it was read in the wrong character set."""

from __future__ import annotations

import re

from scraper.article import Article

_WRONG_CHARSET = re.compile("[\ufffd\x80-\x9f]|锟斤拷|烫烫烫|ï¿½|[ÃÂ][\xa0-\xbf]")
"""U+FFFD and C1 controls; U+FFFD in UTF-8 read as GBK (锟斤拷) and as Latin-1 (ï¿½); UTF-8 read as Latin-1 (Ã©, Â·)."""


def has_charset_trouble(article: Article) -> bool:
    """Whether headline or text shows signs that bytes were decoded with a wrong character set."""
    return bool(_WRONG_CHARSET.search(f"{article.title}\n{article.text}"))


def is_doubtful(article: Article) -> bool:
    """Whether a record may be no article: the page names neither a date nor a source nor any person.

    A page about the site, a form or a list that was taken for an article looks so. Real articles without all of them
    exist; how many are usual is a matter of the site, so that only a share far from its own history tells something.
    """
    return not (article.date_published or article.source or article.credits or article.authors)
