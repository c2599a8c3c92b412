"""`scraper learn`: the profile of a site, from its pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scraper.cli.exits import CommandError, Exit
from scraper.cli.folders import OutputOption

if TYPE_CHECKING:
    from datetime import date

    from scraper.profiles.learning import Learned


def learn(
    site: Annotated[str, typer.Argument(metavar="SITE|DIR|WARC", hidden=True)],
    to: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default=False, help="Profile to write (default: profile.toml of SITE)."),
    ] = None,
    name: Annotated[
        str | None, typer.Option(metavar="NAME", show_default=False, help="Key of the site in a new profile.")
    ] = None,
    pages: Annotated[int, typer.Option(metavar="N", min=5, help="Learn from at most so many pages.")] = 100,
    output: OutputOption = Path("output"),
) -> int:
    """Learn how the pages of a site are built, as a profile.

    SITE is a site that was crawled: its archive is read, and its profile.toml written. From a DIR of saved pages or a
    WARC file the profile goes to FILE, or is printed. What a person changed in a profile stays. Exit code 1: no
    template was found.

    \b
      scraper crawl https://www.example.com/ --max-articles 40
      scraper learn example.com
      scraper learn saved-pages/ --to example.toml
    """
    from scraper.cli.sitepages import archive_folder, choose_pages, site_pages
    from scraper.profiles.learning import learn_templates, observe_page
    from scraper.storage.appending import write_whole

    folder = archive_folder(site, output)
    target = to or (folder / "profile.toml" if folder else None)
    chosen = choose_pages(list(site_pages(site, folder)), pages)
    seen = [page for saved in chosen if (page := observe_page(saved.html, saved.url)) is not None]
    learned = learn_templates(seen)
    days = {page.day for page in chosen if page.day is not None}
    urls = [page.url for page in seen]
    key, text = _profile_text(target, name or (folder.name if folder else None), learned, urls, days)
    if target is None:
        print(text, end="")
    else:
        write_whole(target, text.encode())
        _tell(key, learned, text, target)
    if not learned.templates:
        import sys

        for sentence in learned.refused or ["no template was found"]:
            print(f"{key}: {sentence}", file=sys.stderr)
    return Exit.OK if learned.templates else Exit.LOOK


def _profile_text(
    target: Path | None, name: str | None, learned: Learned, urls: list[str | None], days: set[date]
) -> tuple[str, str]:
    """The key of the site and its profile, with what was learned from pages of these addresses and days."""
    from collections import Counter

    from scraper.profiles.loader import ProfileError, parse_profile
    from scraper.profiles.saving import learn_again, print_profile
    from scraper.urls import host_of, site_key

    if target is not None and target.exists():
        text = target.read_text(encoding="utf-8")
        try:
            key = parse_profile(text, str(target)).name
        except ProfileError as error:
            raise CommandError(Exit.CONFIG, str(error)) from error
        return key, learn_again(text, learned, days)
    known = sorted(url for url in urls if url and host_of(url))
    home = ""
    if known:
        host = Counter(f"{url.partition('://')[0]}://{url.split('/')[2]}/" for url in known).most_common(1)[0][0]
        home = host
    key = name or (site_key(home) if home else "site")
    return key, print_profile(key, learned, (home,) if home else ())


def _tell(key: str, learned: Learned, text: str, target: Path) -> None:
    """What was learned, each template with the number that it has in the file."""
    from textwrap import fill

    from scraper.profiles.loader import parse_profile

    bodies = [template.body for template in parse_profile(text, str(target)).templates]
    count = len(learned.templates)
    print(f"{key}: {count} template{'' if count == 1 else 's'} from {learned.pages} articles of {learned.seen} pages")
    kept = [template for template in learned.templates if template.body in bodies]
    for template in sorted(kept, key=lambda template: bodies.index(template.body)):
        proof = template.learned_from
        if proof is not None:
            number = bodies.index(template.body) + 1
            line = f"{number:>3}  {proof.pages} pages, agreement {proof.agreement:.3f}: {template.body[0]}"
            print(fill(line, 80, subsequent_indent="     ", break_on_hyphens=False))
    for sentence in learned.refused:
        print(f"  not kept: {sentence}")
    print(f"written: {target}")
