"""`scraper extract`: saved pages in, one JSON record a line out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from scraper.cli.exits import CommandError, Exit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.cli.pages import SavedPage
    from scraper.profiles import Profile


def extract(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE|DIR|-", hidden=True),
    ] = None,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="Where the page was served; for one page only.")
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(metavar="FILE|NAME", help="Profile of the site of all pages. [default: what ships for each]"),
    ] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read {id, url, html_b64} lines from stdin instead of files.")
    ] = False,
) -> int:
    """Read saved pages and print one JSON record a line.

    FILE is a page, DIR a directory of them (*.html, *.htm), - is stdin; gzip is undone. requested_url of a record
    is its file. A page that is no article gives a line on stderr with its reason. Exit code 0: every page was an
    article; 1: some were none; 65: some could not be read, were empty or no HTML.

    \b
      scraper extract page.html --url https://www.example.com/2017/a.html
      scraper extract saved/ > articles.jsonl
      scraper extract saved/ --profile output/example/profile.toml
      curl -s https://www.example.com/a.html | scraper extract - | jq .title

    In bulk, --jsonl answers {id, url, html_b64} lines with {id, article, reason} lines in the same order,
    on all cores, in constant memory. A line that cannot be read is answered too, and the exit code is then 1.

    \b
      scraper extract --jsonl < pages.jsonl > answers.jsonl
    """
    from scraper.cli import bulk

    if jsonl:
        if paths or url:
            raise typer.BadParameter("--jsonl reads stdin and takes neither files nor --url")
        return bulk.extract_lines(_load(profile))
    if not paths:
        raise typer.BadParameter("name a file, a directory or - for stdin")
    return _extract_files(paths, url, _load(profile))


def _load(name: str | None) -> Profile | None:
    from scraper.profiles import ProfileError, load_profile

    if name is None:
        return None
    try:
        found = load_profile(name)
    except ProfileError as error:
        raise CommandError(Exit.CONFIG, str(error)) from error
    if found is None:
        raise typer.BadParameter(f"no profile {name!r} ships; give the name of one, or the path of a .toml file")
    return found


def _extract_files(paths: list[str], url: str | None, profile: Profile | None) -> int:
    import sys
    from pathlib import Path

    from scraper.cli.pages import saved_pages
    from scraper.cli.readers import Answer, Page, answer_in_order
    from scraper.reasons import Reason

    if url and (len(paths) > 1 or Path(paths[0]).is_dir()):
        raise typer.BadParameter("--url is the address of one page; name one file with it")
    broken = {Reason.EMPTY, Reason.NOT_HTML, Reason.CHARSET}

    def pages() -> Iterator[tuple[SavedPage | CommandError, Page | None]]:
        for page in saved_pages(paths, url):
            yield page, None if isinstance(page, CommandError) else Page(page.html, page.url, page.file)

    worst = Exit.OK

    def write(page: SavedPage | CommandError, answer: Answer | None) -> None:
        nonlocal worst
        if isinstance(page, CommandError):
            worst = max(worst, page.code)
            print(page.sentence, file=sys.stderr)
        elif answer is not None and answer.record is not None:
            sys.stdout.buffer.write(answer.record)
            sys.stdout.buffer.flush()
        elif answer is not None and answer.reason is not None:
            worst = max(worst, Exit.BROKEN_INPUT if answer.reason in broken else Exit.LOOK)
            detail = f" ({answer.detail})" if answer.detail else ""
            print(f"{page.name}: {answer.reason}: {answer.reason.describe}{detail}", file=sys.stderr)

    answer_in_order(pages(), write, profile)
    return worst
