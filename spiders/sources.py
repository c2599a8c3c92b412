"""Where articles are looked for: what the profile names, what robots.txt names, and the usual places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from scraper.discovery.robots import RobotsRules
from scraper.outcome import Address
from scraper.urls import host_of
from spiders.answers import SETTLED_AFTER_DAYS
from spiders.editions import ASKED_FOR
from spiders.target import Target

PRIORITY_OF_SOURCES = 70
"""Starts, sitemaps and feeds have this priority or a higher one; sections and articles a lower."""


def first_sources(target: Target, today: date) -> Iterator[Address]:
    """The starts of a crawl, and the sources that its profile names, the e-paper's editions of these days among them.

    Where editions are asked for, their front pages and nothing else.
    """
    for url in target.fronts:
        yield Address(url=url, kind="edition", via="edition", priority=ASKED_FOR + 60)
    if target.fronts:
        return
    for url in target.starts:
        yield Address(url=url, kind="listing", via="seed", priority=100)
    if target.profile is not None:
        for url in target.profile.sitemaps:
            yield Address(url=url, kind="sitemap", via="profile", priority=90)
        for url in target.profile.feeds:
            yield Address(url=url, kind="feed", via="profile", priority=90)
        for url in target.profile.listings:
            yield Address(url=url, kind="listing", via="profile", priority=90)
        for rule in target.profile.load_more:
            yield Address(url=rule.address(1), kind="listing", via="profile", priority=90)
        for age in range(SETTLED_AFTER_DAYS + 1):
            day = today - timedelta(days=age)
            for paper in target.profile.epapers:
                if paper.is_valid(day):
                    # A guess: today's may not be out yet, and not every paper comes out every day.
                    yield Address(url=paper.front_on(day), kind="edition", via="usual place", priority=60)


def sitemaps_of(rules: RobotsRules, url: str, target: Target) -> list[Address]:
    """The sitemaps that a robots.txt names, or the usual place where it names none.

    Args:
        rules: of the host.
        url: any address of the host; only hosts of the starts have a usual place.
        target: the site.
    """
    named = [sitemap for sitemap in rules.sitemaps if target.policy.judge(sitemap) is None]
    if named:
        return [Address(url=sitemap, kind="sitemap", via="robots", priority=90) for sitemap in named]
    if _bare_host(url) not in map(_bare_host, target.starts):
        return []
    usual = re.sub(r"(https?://[^/]+).*", r"\1/sitemap.xml", url)
    return [Address(url=usual, kind="sitemap", via="usual place", priority=90)]


def _bare_host(url: str) -> str:
    return host_of(url).removeprefix("www.")
