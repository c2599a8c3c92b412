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

    SITE is a site that was crawled: its archive is read, and its profile.toml written, from the one that ships where
    there is none. From a DIR of saved pages or a WARC file the profile goes to FILE, or is printed. What a person
    changed in a profile, or took out, stays so.

    Exit code 0: learned; 1: no template was found; 65: no page can be read; 78: the profile to go on from has mistakes.

    \b
      scraper crawl https://www.example.com/ --max-articles 40
      scraper learn example.com
      scraper learn saved-pages/ --to example.toml
    """
    from scraper.cli.sitepages import archive_folder, choose_pages, need_archive, site_pages
    from scraper.profiles.learning import learn_templates, observe_page
    from scraper.profiles.learning.learner import MIN_PAGES
    from scraper.profiles.model import is_name

    if name is not None and not is_name(name):
        raise typer.BadParameter(
            f"--name {name!r}: expected lower-case letters, digits, dots and dashes, such as example.com"
        )
    folder = archive_folder(site, output)
    if folder is None:
        need_archive(site, output)
    target = to or (folder / "profile.toml" if folder else None)
    chosen, count = choose_pages(site_pages(site, folder), pages)
    seen = [page for saved in chosen if (page := observe_page(saved.html, saved.url, saved.charset)) is not None]
    learned = learn_templates(seen)
    days = {page.day for page in chosen if page.day is not None}
    urls = [page.url for page in seen if page.url]
    if folder is None:
        _tell_several_sites(urls)
    if learned.pages < MIN_PAGES:
        # Not written: a crawl learns a site by itself that no profile says anything about.
        raise CommandError(Exit.LOOK, f"{site}: {learned.refused[0]}; no profile was written")
    key, before, text = _profile_texts(target, name, folder, learned, urls, days)
    if target is None:
        print(text, end="")
    else:
        _tell(key, learned, text, target, (len(chosen), count))
        _write(target, before, text)
    if not learned.templates:
        raise CommandError(Exit.LOOK, f"{key}: no template was found; its pages are read in the general way")
    return Exit.OK


def _profile_texts(
    target: Path | None, name: str | None, folder: Path | None, learned: Learned, urls: list[str], days: set[date]
) -> tuple[str, str | None, str]:
    """The key of the site, the file as it is, None where there is none, and its profile with what was learned."""
    from scraper.cli.profilefile import ProfileFile, text_of
    from scraper.profiles.loader import shipped_text
    from scraper.profiles.model import is_name
    from scraper.profiles.saving import learn_again, print_profile
    from scraper.urls import site_key

    before = text_of(target) if target is not None and target.exists() else None
    shipped = shipped_text(folder.name) if folder is not None else None
    base = before if before is not None else shipped[1] if shipped else None
    if base is not None:
        key = ProfileFile(str(target), base).load().name
        return key, before, learn_again(base, learned, days)
    home = _home(urls)
    stem = target.stem if target is not None and is_name(target.stem) else "site"
    key = name or (folder.name if folder else site_key(home) if home else stem)
    return key, before, print_profile(key, learned, (home,) if home else ())


def _home(urls: list[str]) -> str | None:
    """The address that most of these begin with."""
    from collections import Counter

    from scraper.urls import host_of

    known = [f"{url.partition('://')[0]}://{url.split('/')[2]}/" for url in sorted(urls) if host_of(url)]
    return Counter(known).most_common(1)[0][0] if known else None


def _tell_several_sites(urls: list[str]) -> None:
    import sys
    from collections import Counter

    from scraper.urls import host_of, site_key

    sites = Counter(site_key(url) for url in urls if host_of(url))
    if len(sites) > 1:
        most = sorted(sites.items(), key=lambda one: -one[1])[:3]
        counts = ", ".join([f"{site} ({count})" for site, count in most] + ["…"] * (len(sites) > len(most)))
        print(f"scraper: these are pages of {len(sites)} sites, learned as if of one: {counts}", file=sys.stderr)


def _tell(key: str, learned: Learned, text: str, target: Path, pages: tuple[int, int]) -> None:
    """What was learned, from so many of so many pages, each template with the number that it has in the file."""
    from textwrap import fill

    from scraper.profiles.loader import parse_profile

    numbers = {
        locator: number
        for number, template in enumerate(parse_profile(text, str(target)).templates, start=1)
        for locator in template.body
    }
    count = len(learned.templates)
    print(f"{key}: {count} template{'' if count == 1 else 's'} from {learned.pages} articles of {learned.seen} pages")
    if pages[0] < pages[1]:
        print(f"  {pages[0]} of {pages[1]} pages were read; --pages N reads more")
    for template in sorted(learned.templates, key=lambda template: numbers.get(template.body[0], len(numbers) + 1)):
        proof, body = template.learned_from, template.body[0]
        if body not in numbers:
            line = f"  not written, because a person took it out: {body}"
        elif proof is not None:
            line = f"{numbers[body]:>3}  {proof.pages} pages, agreement {proof.agreement:.3f}: {body}"
        print(fill(line, 80, subsequent_indent="     ", break_on_hyphens=False))
    for sentence in learned.refused:
        print(fill(f"  not kept: {sentence}", 80, subsequent_indent="     ", break_on_hyphens=False))


def _write(target: Path, before: str | None, text: str) -> None:
    from scraper.storage.appending import write_whole

    if text == before:
        print(f"not changed: {target}")
    else:
        write_whole(target, text.encode())
        print(f"written: {target}")
