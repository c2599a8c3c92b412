"""What a crawl is pointed at: spider arguments as text in, a site with its policy out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

from scraper.discovery.dayrange import DayRange
from scraper.ledger import Revisit
from scraper.profiles import Profile, load_profile, parse_profile, profile_text, shipped_text
from scraper.profiles.ages import seconds
from scraper.profiles.paperforms import front_on, parse_address
from scraper.storage.site import SiteFolder
from scraper.urls import UrlPolicy, canonicalize, host_of, site_key

_HOST = re.compile(r"(?i)(?:(?:[\w-]+\.)+[\w-]+|localhost|\[[0-9a-f:.]+\])(?::\d+)?(?:/\S*)?")

MAX_EDITION_DAYS = 3700
"""Ten years of editions in one run."""

_CONTACT = re.compile(r"(?:https?://|mailto:)[!-'*-~]+|[!-'*-?A-~]+@[\w.-]+", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A site to crawl."""

    site: str
    """Name of its folder."""
    starts: tuple[str, ...]
    profile: Profile | None
    policy: UrlPolicy
    allowed: tuple[str, ...]
    """Hosts beside those of the starts that may be asked."""
    delay_s: float | None
    """Seconds between two requests to one host; None leaves it to robots.txt and the settings."""
    max_articles: int | None
    days: DayRange
    """Days of publication of what is taken."""
    revisit: Revisit = "due"
    revisit_ages_s: tuple[float, ...] | None = None
    """Ages, in seconds, at which an article is asked again; None for the general rule."""
    fronts: tuple[str, ...] = ()
    """Front pages of the e-paper editions that were asked for; where there are some, nothing else is."""
    profile_text: str | None = None
    """The profile in TOML, for learning to go on from; None where there is none."""
    may_learn: bool = True
    """Whether templates are learned and kept in the site's folder."""


def parse_target(
    url: str = "",
    *,
    profile: str | None = None,
    allow_host: str | None = None,
    delay: str | None = None,
    max_articles: str | None = None,
    since: str | None = None,
    until: str | None = None,
    revisit: str | None = None,
    edition: str | None = None,
    learn: str = "1",
    output: str | None = None,
) -> Target:
    """Read the arguments of a spider.

    Args:
        url: an address, a host, or the name of a profile that ships.
        profile: name of a profile that ships, where it is not that of the site; or the path of one that is used in
            place of what was learned, and then nothing is learned.
        allow_host: hosts, addresses or ranges, separated by commas.
        delay: seconds.
        max_articles: a number.
        since: YYYY-MM-DD.
        until: YYYY-MM-DD, this day included.
        revisit: due, all or none.
        edition: day or days of e-paper editions, YYYY-MM-DD or YYYY-MM-DD..YYYY-MM-DD.
        learn: 0 learns no templates.
        output: folder of the site folders; the ``profile.toml`` of the site's folder goes before one that ships.

    Raises:
        ValueError: one of them cannot be used; the message says which and what was expected. `ProfileError` is one.
    """
    found = load_profile(profile or url) if profile or url else None
    if profile and found is None:
        raise ValueError(f"no profile {profile!r} ships with the project; give its name or the path of a .toml file")
    site = found.name if found else site_key(_starts(url, found)[0])
    is_file = (profile or url).endswith(".toml")
    shipped = None if is_file or found is None else shipped_text(found.name)
    text = shipped[1] if shipped else None
    if output and not is_file and (kept := SiteFolder(Path(output) / site).profile).exists():
        text = profile_text(kept)
        found = parse_profile(text, str(kept))
    starts = _starts(url, found)
    own_hosts = (*found.hosts, *found.allow_addresses) if found else ()
    asked_hosts = tuple(entry.strip() for entry in (allow_host or "").split(",") if entry.strip())
    fronts = _fronts(edition, starts, found) if edition else ()
    return Target(
        site=site,
        starts=starts,
        profile=found,
        policy=UrlPolicy((*starts, *fronts), own_hosts + asked_hosts),
        allowed=tuple(sorted({*own_hosts, *asked_hosts})),
        delay_s=_number("delay", delay) if delay else found.delay_s if found else None,
        max_articles=int(_number("max_articles", max_articles)) if max_articles else None,
        days=_days(since, until),
        revisit=_revisit(revisit or "due"),
        revisit_ages_s=tuple(map(seconds, found.revisit)) if found and found.revisit else None,
        fronts=fronts,
        profile_text=text,
        may_learn=learn != "0" and not is_file,
    )


def user_agent(plain: str, contact: str) -> str:
    """The User-Agent with a contact in its comment (RFC 9110 §10.1.5).

    Args:
        plain: product, with a comment in parentheses or none.
        contact: an http(s) address or a mail address; empty for none.

    Raises:
        ValueError: the contact is neither.
    """
    if not contact:
        return plain
    if not _CONTACT.fullmatch(contact):
        raise ValueError(f"CONTACT is {contact!r}, expected https://… or a mail address")
    return f"{plain[:-1]}; +{contact})" if plain.endswith(")") else f"{plain} (+{contact})"


def _starts(url: str, profile: Profile | None) -> tuple[str, ...]:
    if "://" in url:
        if not url.lower().startswith(("http://", "https://")):
            raise ValueError(f"only http and https addresses can be crawled, found {url!r}")
        if not host_of(url):
            raise ValueError(f"{url!r} has no readable host or port, expected http(s)://host/path")
        return (canonicalize(url),)
    if profile is not None and profile.seeds:
        return profile.seeds
    if not url:
        raise ValueError("no start given, expected -a url=http://news.example.com/ or the name of a profile")
    if not _HOST.fullmatch(url):
        raise ValueError(f"{url!r} is neither an address nor a profile with seeds, expected http://news.example.com/")
    return (canonicalize(f"http://{url}"),)


def _fronts(edition: str, starts: tuple[str, ...], profile: Profile | None) -> tuple[str, ...]:
    """The front pages of editions, by the profile or like the start, where that is the page of an e-paper."""
    first, separator, last = edition.partition("..")
    begin = _day(first, "edition")
    days = (_day(last, "edition") - begin).days if separator else 0
    if not 0 <= days < MAX_EDITION_DAYS:
        raise ValueError(f"edition is {edition!r}, expected two days in their order, at most {MAX_EDITION_DAYS} days")
    asked = [begin + timedelta(days=after) for after in range(days + 1)]
    if profile is not None and profile.epapers:
        return tuple(paper.front_on(day) for day in asked for paper in profile.epapers if paper.is_valid(day))
    fronts = [start for start in starts if (address := parse_address(start)) and address.is_page]
    if not fronts:
        raise ValueError(
            "no e-paper is known of this site; give the address of any page of it, such as "
            "…/html/2026-11/20/node_1.htm, or a profile with [[epaper]]"
        )
    return tuple(front_on(front, day) for day in asked for front in fronts)


def _number(name: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number < 1e9:
        raise ValueError(f"{name} is {text!r}, expected a number from 0 on")
    return number


def _revisit(text: str) -> Revisit:
    for choice in get_args(Revisit):
        if text == choice:
            return choice  # type: ignore[no-any-return]
    raise ValueError(f"revisit is {text!r}, expected due, all or none")


def _days(since: str | None, until: str | None) -> DayRange:
    days = DayRange(_day(since, "since") if since else None, _day(until, "until") if until else None)
    if days.since and days.until and days.since > days.until:
        raise ValueError(f"since is {since}, which is behind until, {until}; expected them in their order")
    return days


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{name} is {text!r}, expected YYYY-MM-DD") from error
