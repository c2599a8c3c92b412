"""The articles in the ledger: their versions, where their lines stand, and whether they are still there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from scraper.article import Article
from scraper.ledger.looks import Looks
from scraper.ledger.revisits import birth
from scraper.ledger.values import KnownArticle
from scraper.outcome import PageOutcome, Turn


class Articles(Looks):
    """The ledger as far as it knows articles. `Ledger` has the rest."""

    def __init__(self, path: Path | str, key: Callable[[str], str], clock: Callable[[], float]) -> None:
        self._canonicalize = key
        super().__init__(path, clock)

    def enter_article(self, article: Article, offset: int | None = None) -> None:
        """Within a `transaction`: a line of articles.jsonl, and the byte at which it stands."""
        self._db.execute(
            "INSERT INTO article (id, version, text_hash, offset) VALUES (?, ?, ?, ?)",
            (article.id, article.version, article.text_hash, offset),
        )

    def connect(self, url: str, article: Article, at: float) -> None:
        """Within a `transaction`: the article that an address gave, at so many POSIX seconds."""
        self._db.execute(
            "UPDATE url SET article_id = ?, version = ?, text_hash = ?, born = coalesce(born, ?) WHERE key = ?",
            (article.id, article.version, article.text_hash, birth(article.date_published, at), self._key(url)),
        )

    def gave_text(self, url: str, text_hash: str | None) -> bool:
        """Whether the article that an address gave last has this very text."""
        rows = self._query("SELECT text_hash FROM url WHERE key = ? AND article_id IS NOT NULL", (self._key(url),))
        return text_hash is not None and rows == [(text_hash,)]

    def line_at(self, article_id: str, version: int) -> int | None:
        """At which byte of articles.jsonl a version stands; None where nobody looked yet, see `place_lines`."""
        rows = self._query("SELECT offset FROM article WHERE id = ? AND version = ?", (article_id, version))
        return rows[0][0] if rows else None

    def line_of(self, url: str) -> int | None:
        """At which byte of articles.jsonl the version stands that an address gave last; None as of `line_at`."""
        rows = self._query(
            "SELECT offset FROM url JOIN article ON article.id = article_id AND article.version = url.version"
            " WHERE key = ?",
            (self._key(url),),
        )
        return rows[0][0] if rows else None

    def place_lines(self, offsets: Iterable[int]) -> None:
        """Within a `transaction`: at which byte each line of articles.jsonl stands, in their order."""
        lines = self._query("SELECT line FROM article ORDER BY line")
        self._db.executemany(
            "UPDATE article SET offset = ? WHERE line = ?",
            ((offset, line) for (line,), offset in zip(lines, offsets, strict=False)),
        )

    def turn(self, outcome: PageOutcome, at: float) -> tuple[Turn | None, str | None]:
        """Within a `transaction`: note that the article of an address went away or is there again.

        Args:
            outcome: the final one of an address.
            at: POSIX seconds of the answer.

        Returns:
            What happened, None where nothing did; and the id of the article, None where the address never gave one.
        """
        rows = self._query("SELECT article_id, gone_at FROM url WHERE key = ?", (self._key(outcome.url),))
        article_id, gone_at = rows[0] if rows else (None, None)
        is_gone = outcome.state == "gone"
        is_there = outcome.state == "done" and outcome.reason is None
        if article_id is None or not (is_gone if gone_at is None else is_there):
            return None, article_id
        self._db.execute("UPDATE url SET gone_at = ? WHERE key = ?", (at if is_gone else None, self._key(outcome.url)))
        return "gone" if is_gone else "returned", article_id

    def known(self, article_id: str) -> KnownArticle | None:
        """The newest version of an article, or None for a new one."""
        rows = self._query(
            "SELECT version, text_hash FROM article WHERE id = ? ORDER BY version DESC LIMIT 1", (article_id,)
        )
        return KnownArticle(*rows[0]) if rows else None

    def first_with_text(self, text_hash: str) -> str | None:
        """Id of the first article that had this text, or None."""
        rows = self._query("SELECT id FROM article WHERE text_hash = ? ORDER BY line LIMIT 1", (text_hash,))
        return rows[0][0] if rows else None

    def archived(self, digest: str) -> tuple[str, str] | None:
        """URL and WARC-Date of the archive record that has this payload digest, or None."""
        rows = self._query("SELECT url, date FROM payload WHERE digest = ?", (digest,))
        return (rows[0][0], rows[0][1]) if rows else None

    def enter_payload(self, digest: str, url: str, date: str) -> None:
        """Within a `transaction`: a body that is in the archive now."""
        self._db.execute("INSERT OR IGNORE INTO payload VALUES (?, ?, ?)", (digest, url, date))

    def articles(self) -> int:
        """How many lines articles.jsonl has."""
        return int(self._query("SELECT count(*) FROM article")[0][0])

    def _key(self, url: str) -> str:
        try:
            return self._canonicalize(url)
        except ValueError:
            return url
