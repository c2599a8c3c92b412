"""`scraper crawl`: a site in, its articles out."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from scraper.cli.exits import CommandError, Exit


def _day(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d")
    except ValueError:
        raise typer.BadParameter(f"found {text!r}, expected a day such as 2026-01-31") from None


def crawl(
    sites: Annotated[list[str], typer.Argument(metavar="URL|SITE", hidden=True)],
    max_articles: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Stop after so many articles of each site.")
    ] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="A further host of the site; may be repeated.")
    ] = None,
    delay: Annotated[
        float | None,
        typer.Option(metavar="S", min=0, help="Seconds between two requests to a host; robots.txt may ask for more."),
    ] = None,
    since: Annotated[
        datetime | None, typer.Option(parser=_day, metavar="DATE", help="Only articles from this day on.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Only articles up to this day.")
    ] = None,
    revisit: Annotated[
        Literal["due", "all", "none"],  # `scraper.ledger.Revisit`, which would load the ledger for every `--help`
        typer.Option(metavar="due|all|none", help="Which known articles to ask again for changes."),
    ] = "due",
    edition: Annotated[
        str | None,
        typer.Option(metavar="DATE[..DATE]", help="Only the e-paper's edition of this day, or of these days."),
    ] = None,
    learn: Annotated[
        bool, typer.Option("--learn/--no-learn", help="Learn the templates of a site that has none yet.")
    ] = True,
    archive: Annotated[
        bool, typer.Option("--archive/--no-archive", help="Keep every answer as received in DIR/<site>/archive/.")
    ] = True,
    output: Annotated[Path, typer.Option(metavar="DIR", help="Where the folder of each site is.")] = Path("output"),
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress and no table.")] = False,
    setting: Annotated[
        list[str] | None, typer.Option("-s", metavar="NAME=VALUE", help="A Scrapy setting for this run.")
    ] = None,
) -> int:
    """Crawl news sites; each article becomes one line of JSON.

    A SITE is an address to start from, a host, or the name of a profile; its articles go to
    DIR/<site>/articles.jsonl. Its registrable domain with all subdomains is crawled, politely: robots.txt is obeyed
    and one request at a time is made to a host. Run the same command again to fetch what is new; stop it at any
    moment, nothing is lost or repeated.

    \b
      scraper crawl https://www.example.com/ --max-articles 20
      scraper crawl www.example.com example.org --since 2026-01-01 --quiet
      scraper crawl https://www.example.com/ --allow-host news.example.net
      scraper crawl http://epaper.example.com/ --edition 2026-11-01..2026-11-20
      scraper crawl https://www.example.com/ --delay 3 -s LOG_LEVEL=DEBUG

    Exit code 0: all well, nothing left; 1: no article found, addresses left to the next run, or a site that is not
    as usual; 69: nothing reachable; 74: output not writable; 75: another run is at work there; 78: a setting or
    profile is wrong; 130, 143: stopped by a signal. With several sites, the worst.
    """
    from scraper.cli.several import crawl_one_by_one

    for site in sites:
        if not site.strip():
            raise typer.BadParameter("a site has no name, expected an address (https://www.example.com/) or a profile")
        if "://" in site and not site.lower().startswith(("http://", "https://")):
            raise typer.BadParameter(f"only http and https addresses can be crawled, found {site!r}")
    settings = dict(_setting(pair) for pair in setting or [])
    arguments = {
        "max_articles": None if max_articles is None else str(max_articles),
        "allow_host": ",".join(allow_host or []) or None,
        "delay": None if delay is None else str(delay),
        "since": None if since is None else since.date().isoformat(),
        "until": None if until is None else until.date().isoformat(),
        "revisit": revisit,
        "edition": edition,
        "learn": None if learn else "0",
        "archive": None if archive else "0",
    }
    given = {name: value for name, value in arguments.items() if value is not None}
    if len(sites) == 1:
        return crawl_site(sites[0], output, quiet, settings, given)
    return crawl_one_by_one([partial(crawl_site, site, output, quiet, settings, given) for site in sites])


def crawl_site(site: str, output: Path, quiet: bool, settings: dict[str, str], arguments: dict[str, str]) -> Exit:
    """Crawl one site in this process and say what came of it.

    Args:
        site: address, host or name of a profile.
        output: folder that holds the folder of the site.
        quiet: neither progress nor table.
        settings: Scrapy settings for this run.
        arguments: of the spider.

    Raises:
        CommandError: it could not start, could not go on, or found nothing.
    """
    from scraper.cli.running import run_crawl
    from scraper.cli.summary import print_summary
    from scraper.cli.verdict import judge, records_in

    label = arguments.get("profile") or site.partition("://")[2].strip("/") or site
    done = run_crawl(label, {**settings, "OUTPUT_DIR": str(output)}, quiet, url=site, **arguments)
    if done.folder is not None and not quiet:
        print_summary(done, in_file=records_in(done.folder))
    code, sentence = judge(site, done)
    if sentence is not None:
        raise CommandError(code, sentence)
    return code


def _setting(pair: str) -> tuple[str, str]:
    name, separator, value = pair.partition("=")
    if not separator or not name.isidentifier():
        raise typer.BadParameter(f"-s takes NAME=VALUE, found {pair!r}")
    return name, value
