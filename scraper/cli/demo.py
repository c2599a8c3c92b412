"""`scraper demo`: the newspaper that ships, and its harvest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scraper.cli.exits import CommandError, Exit

if TYPE_CHECKING:
    from scraper.demo.server import DemoServer

PORT = 8017
"""Where the newspaper is by default: one address, so that a second harvest knows the pages of the first."""


def demo(
    serve: Annotated[bool, typer.Option("--serve", help="Only show the newspaper, until Ctrl-C.")] = False,
    port: Annotated[
        int | None, typer.Option(metavar="N", min=0, max=65535, help=f"Port of the newspaper. [default: {PORT}]")
    ] = None,
    day: Annotated[int, typer.Option(metavar="N", min=1, max=3, help="Which day of the newspaper: 1, 2 or 3.")] = 1,
    output: Annotated[Path, typer.Option(metavar="DIR", help="Where the folder demo is.")] = Path("output"),
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress and no table.")] = False,
) -> int:
    """Harvest the small newspaper that ships with the project.

    It runs on this machine only and is crawled as any site is: its articles become output/demo/articles.jsonl.
    Day 2 brings a new article and a correction, and two articles are gone; on day 3 one of them is back.

    \b
      scraper demo
      scraper demo --day 2
      scraper demo --serve
    """
    from scraper.cli.crawl import crawl_site

    with _newspaper(port, day) as paper:
        if serve:
            return _show(paper.url)
        # A day passes there from one command to the next, so every article is asked whether it changed.
        revisit = "due" if day == 1 else "all"
        return crawl_site(f"{paper.url}/", output, quiet, {}, {"profile": "demo", "revisit": revisit})


def _newspaper(port: int | None, day: int) -> DemoServer:
    import sys

    from scraper.demo.server import serve

    try:
        return serve(PORT if port is None else port, day)
    except OSError as error:
        if port is not None:
            sentence = f"cannot listen on port {port}: {error.strerror}; choose another with --port"
            raise CommandError(Exit.IO, sentence) from error
    paper = serve(0, day)
    print(f"port {PORT} is in use, the newspaper is at {paper.url}", file=sys.stderr)
    return paper


def _show(url: str) -> Exit:
    import signal
    import threading

    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    signal.signal(signal.SIGINT, lambda *_: ended.set())
    print(f"The newspaper is at {url}/ until Ctrl-C. Harvest it from another terminal:", flush=True)
    print(f"  scraper crawl {url}/", flush=True)
    ended.wait()
    return Exit.OK
