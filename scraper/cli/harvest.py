"""`scraper harvest`: the sites of a collection, each in its own process."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def harvest(
    sites: Annotated[Path, typer.Argument(metavar="SITES.TOML", hidden=True)],
    only: Annotated[list[str] | None, typer.Option(metavar="SITE", help="This site alone; may be repeated.")] = None,
    jobs: Annotated[int | None, typer.Option(metavar="N", min=1, max=64, help="Sites at a time.")] = None,
    notify: Annotated[
        str | None, typer.Option(metavar="CMD", help="Shell command that gets the report when something needs a look.")
    ] = None,
    webhook: Annotated[
        str | None, typer.Option(metavar="URL", help="Where the same is posted as JSON.", show_default=False)
    ] = None,
    metrics: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write figures for Prometheus (textfile collector).")
    ] = None,
) -> int:
    """Harvest all sites of a collection, each into its own folder.

    SITES.TOML names them: docs/operator.md has one to start from. Each site is crawled in its own process, with its
    own lock; a site that fails does not stop the others. No host is asked by two of them at a time. What a stopped run
    left is asked again, and so is what appeared while nothing ran. A site with `every` is left out until it is due;
    --only takes it at once. One line a site and a summary go to stdout, what needs a look to stderr.

    \b
      scraper harvest sites.toml
      scraper harvest sites.toml --jobs 4 --metrics harvest.prom
      scraper harvest sites.toml --notify 'mail -s harvest me@example.org'
      scraper harvest sites.toml --webhook https://hooks.example.org/harvest

    Exit code: the worst of the sites, from the best: 0, 1, 75, 69, 65, 2, 78, 74, 70, 143, 130. 75 also where
    another harvest of the collection is at work. See docs/reasons.md.
    """
    from scraper.cli.collection import load_collection
    from scraper.cli.rounds import go_round

    if webhook is not None and not webhook.startswith(("http://", "https://")):
        raise typer.BadParameter(f"--webhook takes an http(s) address, found {webhook!r}")

    return go_round(load_collection(sites), only or [], jobs, notify=notify, webhook=webhook, metrics=metrics)
