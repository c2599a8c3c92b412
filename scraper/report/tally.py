"""What a run has done so far, counted from what the spider handed to the store."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields

from scraper.article import Article
from scraper.outcome import PageOutcome
from scraper.reasons import Reason
from scraper.report.doubts import has_charset_trouble, is_doubtful
from scraper.report.examples import Examples

UNREACHED = frozenset(
    {
        Reason.BLOCKED_ADDRESS,
        Reason.ROBOTS_UNREACHABLE,
        Reason.DNS,
        Reason.CONNECT,
        Reason.TLS,
        Reason.TIMEOUT,
        Reason.RESET,
        Reason.BAD_HTTP,
    }
)
"""Reasons for which nothing of a page was seen."""

SHOWN_FIELDS = (
    "title",
    "text",
    "date_published",
    "authors",
    "source",
    "responsible_editors",
    "section",
    "keywords",
    "images",
    "edition",
)
"""Fields whose share is worth a line: a share far from the others' tells that a site prints it in a way of its own."""

BOOKKEEPING = frozenset({"id", "url", "requested_url", "canonical_url", "version", "text_hash", "evidence", "crawl"})
"""Keys that say nothing about how well a page was read."""


@dataclass(slots=True)
class Tally:
    """Counts of one run."""

    addresses: int = 0
    """Addresses with a final outcome."""
    articles: int = 0
    """Records that were written; an article that was met again unchanged is none."""
    changed: int = 0
    """Records of articles that were known in another version."""
    repeated: int = 0
    """Records that have the text of another article."""
    withdrawn: int = 0
    """Articles that are stored and went away."""
    returned: int = 0
    """Articles that had gone away and are there again."""
    revisited: int = 0
    """Addresses of articles that are stored, asked whether they changed."""
    charset_trouble: int = 0
    """Records with signs of a wrong character set, and pages whose bytes fit none."""
    doubtful: int = 0
    """Records that may be no articles, see `scraper.report.doubts`."""
    sources: Counter[str] = field(default_factory=Counter)
    """Addresses that gave links and were not asked for an article, by kind: listing, sitemap, feed, edition."""
    reasons: Counter[Reason] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    """For each key of the record, in how many records it has a value."""
    published: Counter[str] = field(default_factory=Counter)
    """New articles by day of publication, YYYY-MM-DD; one that changed was counted when it was new."""
    lengths: Counter[int] = field(default_factory=Counter)
    """Records by characters of text, rounded to two digits, so that a large site takes no more room than a small."""
    methods: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Records by field and by where its value stood: a new template of the site shows as other places."""
    examples: Examples = field(default_factory=Examples)
    """Addresses for what is worth a look: by reason, ``doubtful``, ``charset_trouble``, ``without <field>``,
    ``short text`` and ``long text``."""
    dates: tuple[str, str] | None = None
    """First and last day of publication."""
    postponed: dict[str, Reason] = field(default_factory=dict)
    """Addresses that are to be asked again, and why; what is left of them at the end is left to the next run."""
    first: tuple[Reason, str | None] | None = None
    """Why the address that came first gave no article, and the detail."""

    def add(self, outcome: PageOutcome) -> None:
        """Count one outcome."""
        if outcome.reason is not None and not self.addresses:
            self.first = (outcome.reason, outcome.detail)
        if outcome.state == "new":
            if outcome.reason is not None:
                self.postponed[outcome.url] = outcome.reason
            return
        self.postponed.pop(outcome.url, None)
        self.addresses += 1
        self.withdrawn += "gone" in outcome.turns
        self.returned += "returned" in outcome.turns
        self.revisited += outcome.is_revisit
        if outcome.is_revisit and outcome.state == "gone":
            return
        for look in outcome.looks:
            if look.missed_on is not None:
                self.examples.add("templates", outcome.url, f"{look.template}: {look.why}")
        if outcome.reason is not None:
            self._add_reason(outcome.reason, outcome)
        elif outcome.article is not None:
            # The store enters the run into the records that it writes, and only into those.
            if outcome.article.crawl.run is not None:
                self._add_article(outcome.article)
        elif outcome.kind != "page":  # a page without article and reason leads to one that is answered elsewhere
            self.sources[outcome.kind] += 1

    def _add_reason(self, reason: Reason, outcome: PageOutcome) -> None:
        self.reasons[reason] += 1
        self.charset_trouble += reason is Reason.CHARSET
        if reason.is_problem:
            self.examples.add(reason, outcome.url, outcome.detail)

    def _add_article(self, article: Article) -> None:
        self.articles += 1
        self.changed += article.version > 1
        self.repeated += article.duplicate_of is not None
        for key in fields(article):
            if key.name not in BOOKKEEPING and getattr(article, key.name):
                self.filled[key.name] += 1
        for name in SHOWN_FIELDS:
            if not getattr(article, name):
                self.examples.add(f"without {name}", article.url, article.title)
            elif name in article.evidence:
                self.methods[name, article.evidence[name].method] += 1
        length = len(article.text or "")
        self.lengths[_two_digits(length)] += 1
        if article.url is not None:
            self.examples.add_least("short text", length, article.url, article.title)
            self.examples.add_least("long text", -length, article.url, article.title)
        if has_charset_trouble(article):
            self.charset_trouble += 1
            self.examples.add("charset_trouble", article.url, article.title)
        if is_doubtful(article):
            self.doubtful += 1
            self.examples.add("doubtful", article.url, article.title)
        if article.date_published:
            day = article.date_published[:10]
            if article.version == 1:
                self.published[day] += 1
            first, last = self.dates or (day, day)
            self.dates = min(first, day), max(last, day)

    @property
    def problems(self) -> Counter[Reason]:
        """Reasons that may have cost an article."""
        return Counter({reason: count for reason, count in self.reasons.items() if reason.is_problem})

    @property
    def nothing_reached(self) -> bool:
        """Whether there was something to ask for, and no host answered."""
        reasons = self.reasons + Counter(self.postponed.values())
        tried = self.addresses + len(self.postponed)
        return tried > 0 and sum(reasons[reason] for reason in UNREACHED) == tried


def _two_digits(number: int) -> int:
    """1,234 becomes 1,200."""
    unit: int = 10 ** max(0, len(str(number)) - 2)
    return number // unit * unit
