"""`scraper profile`: what is known about a site, shown, checked and edited."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scraper.cli.exits import Exit
from scraper.cli.folders import OutputOption

if TYPE_CHECKING:
    from scraper.cli.profilefile import ProfileFile


class Action(StrEnum):
    """What to do with a profile."""

    SHOW = "show"
    CHECK = "check"
    EDIT = "edit"


def profile(
    action: Annotated[Action, typer.Argument(metavar="show|check|edit", hidden=True)],
    site: Annotated[str, typer.Argument(metavar="SITE|FILE", hidden=True)],
    as_json: Annotated[bool, typer.Option("--json", help="With show: as JSON.")] = False,
    pages: Annotated[
        Path | None,
        typer.Option(metavar="DIR", show_default=False, help="With check: saved pages or a WARC file to try it on."),
    ] = None,
    most: Annotated[int, typer.Option(metavar="N", min=1, help="With check: try at most so many pages.")] = 100,
    output: OutputOption = Path("output"),
) -> int:
    """Show, check or edit the profile of a site.

    SITE is a harvested site, a host, or the name of a profile that ships; DIR/<site>/profile.toml goes before the one
    that ships. A FILE ends with .toml.

    show prints what the profile says, and which templates a person changed. check names every mistake, and tries each
    template on pages of the archive. edit opens DIR/<site>/profile.toml in $VISUAL or $EDITOR and checks it
    afterwards; where there is none yet it begins with the one that ships, or with a sketch.

    \b
      scraper profile show jgsdaily.com
      scraper profile check example.com
      scraper profile check example.toml --pages saved-pages/
      scraper profile edit example.com

    Exit code 0: all well; 1: a template fits no page; 65: no profile, or no pages to try it on; 78: the profile has
    mistakes.
    """
    from scraper.cli import profilefile

    if as_json and action is not Action.SHOW:
        raise typer.BadParameter("--json goes with show")
    if pages is not None and action is not Action.CHECK:
        raise typer.BadParameter("--pages goes with check")
    if action is Action.EDIT:
        from scraper.cli.profileedit import edit_profile

        return edit_profile(site, output)
    found = profilefile.find_profile(site, output)
    if action is Action.CHECK:
        return _check(found, site, pages, most, output)
    from scraper.cli import profilesheet

    loaded = found.load()
    print(profilesheet.as_json(found, loaded) if as_json else profilesheet.overview(found, loaded))
    return Exit.OK


def _check(found: ProfileFile, site: str, pages: Path | None, most: int, output: Path) -> int:
    from scraper.cli.exits import CommandError
    from scraper.cli.profiletrial import tell, try_templates
    from scraper.cli.sitepages import archive_folder, choose_pages, site_pages

    loaded = found.load()
    if pages is not None and not pages.exists():
        raise CommandError(Exit.BROKEN_INPUT, f"{pages}: no such folder or file of pages")
    print(f"{found.where}: no mistakes")
    if not loaded.templates:
        print("It has no template: every page is read in the general way.")
        return Exit.OK
    folder = None
    if pages is None:
        beside = site if found.is_named else str(Path(site).parent)
        folder = archive_folder(beside, output) or archive_folder(loaded.name, output)
    if pages is None and folder is None:
        print(f"Not tried: no harvested pages of {loaded.name}; name a folder of saved pages with --pages.")
        return Exit.OK
    kept, _ = choose_pages(site_pages(str(pages or site), folder), most)
    trials, articles = try_templates(loaded, kept)
    if not articles:
        raise CommandError(Exit.BROKEN_INPUT, f"none of {len(kept)} pages of {pages or folder} is an article")
    print(f"{articles} articles among {len(kept)} pages of {pages or folder}")
    for trial in trials:
        print(tell(trial))
    return Exit.LOOK if any(trial.fits_nothing for trial in trials) else Exit.OK
