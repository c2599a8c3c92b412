"""robots.txt: what may be asked, how often, and where the sitemaps are (RFC 9309)."""

from __future__ import annotations

from protego import Protego

MAX_BYTES = 500 * 1024
"""What is read of a robots.txt (RFC 9309 §2.5 asks for at least this much); the rest is ignored."""

MAX_SITEMAPS = 100
MAX_CRAWL_DELAY_S = 120.0
"""A longer Crawl-delay counts as this one: 120 s is some 700 pages a day."""


class RobotsRules:
    """The rules of one robots.txt for one robot.

    Args:
        body: the file as bytes, any encoding; what is no rule is ignored.
        user_agent: the product token that groups are matched against.
    """

    def __init__(self, body: bytes, user_agent: str) -> None:
        text = body[:MAX_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
        # Cut at a line end: half a rule would be another rule.
        if len(body) > MAX_BYTES:
            text = text[: text.rfind("\n") + 1]
        self._rules = Protego.parse(text)
        self._user_agent = user_agent

    def allows(self, url: str) -> bool:
        """Whether the address may be asked."""
        allowed: bool = self._rules.can_fetch(url, self._user_agent)
        return allowed

    @property
    def crawl_delay_s(self) -> float | None:
        """Seconds between two requests, at most `MAX_CRAWL_DELAY_S`; None where none is asked for."""
        delay: float | None = self._rules.crawl_delay(self._user_agent)
        return None if delay is None or delay < 0 else min(float(delay), MAX_CRAWL_DELAY_S)

    @property
    def sitemaps(self) -> list[str]:
        """The addresses of the Sitemap lines, as written, unjudged."""
        return list(dict.fromkeys(self._rules.sitemaps))[:MAX_SITEMAPS]
