"""`scraper reextract`: archives read again, without the network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scraper.cli.exits import CommandError, Exit
from scraper.cli.folders import OutputOption, places

if TYPE_CHECKING:
    from collections.abc import Callable

    from scraper.export.differences import Tally
    from scraper.profiles import Profile
    from spiders.replay import Reextracted


def reextract(
    sources: Annotated[list[str], typer.Argument(metavar="SITE|FILE", hidden=True)],
    target: Annotated[
        Path | None,
        typer.Option("-o", metavar="DIR", help="Folder for the records. Default for a site: its reextract/."),
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Print each field that changed, before and after.")] = False,
    profile: Annotated[
        str | None, typer.Option(metavar="NAME|FILE", help="Profile to read with, instead of the site's own.")
    ] = None,
    output: OutputOption = Path("output"),
) -> int:
    """Read archived pages again with today's code and profile.

    SITE is a folder in DIR, or its path; FILE is a WARC file of any program (*.warc.gz, *.warc, *.warc.zst), or a
    folder of them. No network is used. Writes articles.jsonl and problems.jsonl into a folder of their own: the
    harvest stays as it is. For a site it is shown which fields came out differently. Two runs of the same code give
    the same bytes.

    \b
      scraper reextract demo --diff
      scraper reextract CC-NEWS-2026.warc.gz crawl.warc -o again/

    Exit code 0: done; 1: no article; 65: a file is damaged, what stands before the damage was read.
    """
    site = next((path for path in places(sources[0], output) if _archives(path / "archive")), None)
    if site is None or len(sources) > 1:
        return _reextract_files(sources, target, profile, diff)
    folder = target or site / "reextract"
    if folder.resolve() == site.resolve():
        raise typer.BadParameter(f"{folder} is the harvest itself; name another folder with -o")
    ledger = site / "ledger.sqlite"
    done = _run(
        _committed(site),
        folder,
        _chosen(profile, site),
        "archive/{name}".format,
        ledger if ledger.exists() else None,
    )
    _tell(done, folder)
    if (site / "articles.jsonl").exists():
        _compare(site, folder, diff)
    return _verdict(done)


def _reextract_files(sources: list[str], target: Path | None, profile: str | None, diff: bool) -> int:
    if target is None:
        raise typer.BadParameter("name a folder for the records of these files with -o")
    if diff:
        raise typer.BadParameter("--diff compares with a harvest; files of other programs have none")
    if (target / "ledger.sqlite").exists():
        raise typer.BadParameter(f"{target} is a site folder; name another one with -o")
    files: list[Path] = []
    for source in sources:
        found = _archives(Path(source)) if Path(source).is_dir() else [Path(source)]
        if not found or not all(file.is_file() for file in found):
            expected = "expected a harvested site, a WARC file or a folder of them"
            raise CommandError(Exit.BROKEN_INPUT, f"{source}: there is no archive, {expected}")
        files += found
    done = _run([(file, None) for file in files], target, _chosen(profile, None), "{name}".format)
    _tell(done, target)
    return _verdict(done)


def _archives(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.name.lower().endswith((".warc.gz", ".warc", ".warc.zst")))


def _committed(site: Path) -> list[tuple[Path, int | None]]:
    from scraper.export.records import committed_lengths
    from scraper.storage import SiteFolder

    lengths = committed_lengths(SiteFolder(site))
    return [(path, lengths.get(f"archive/{path.name}")) for path in _archives(site / "archive")]


def _chosen(profile: str | None, site: Path | None) -> Callable[[str], Profile | None]:
    """The profile for an address: the one that was named, the site's own, or the one that ships for the host."""
    from functools import cache

    from scraper.profiles import load_profile
    from scraper.profiles.loader import ProfileError
    from scraper.urls import host_of

    own = str(site / "profile.toml") if site and (site / "profile.toml").exists() else None
    try:
        chosen = load_profile(profile or own or "") if profile or own else load_profile(site.name) if site else None
    except ProfileError as error:
        raise CommandError(Exit.CONFIG, str(error)) from error
    if profile and chosen is None:
        raise CommandError(Exit.CONFIG, f"no profile {profile!r} ships; give its name or the path of a .toml file")
    if chosen is not None:
        return lambda url: chosen
    of_host = cache(load_profile)
    return lambda url: of_host(host_of(url))


def _run(
    files: list[tuple[Path, int | None]],
    folder: Path,
    profile_of: Callable[[str], Profile | None],
    name_of: Callable[..., str],
    ledger: Path | None = None,
) -> Reextracted:
    import time

    from scraper.ledger import SiteError
    from spiders.replay import reextract as replay

    said = time.monotonic()

    def progress(done: Reextracted) -> None:
        nonlocal said
        if time.monotonic() - said > 5:
            said = time.monotonic()
            print(f"{done.pages:,} pages, {done.articles:,} articles", file=sys.stderr, flush=True)

    folder.mkdir(parents=True, exist_ok=True)
    try:
        return replay(files, folder, profile_of, lambda file: name_of(name=Path(file).name), None, progress, ledger)
    except SiteError as error:
        raise CommandError(Exit.IO, str(error)) from error


def _tell(done: Reextracted, folder: Path) -> None:
    for fault in done.faults:
        print(f"scraper: {fault}", file=sys.stderr)
    print(f"{done.articles:,} articles of {done.pages:,} pages in {folder / 'articles.jsonl'}")
    others = [f"{number:,} {reason}" for reason, number in done.reasons.most_common()]
    if done.lists:
        others.insert(0, f"{done.lists:,} lists")
    if others:
        print("no article: " + ", ".join(others))


def _verdict(done: Reextracted) -> Exit:
    return Exit.BROKEN_INPUT if done.faults else Exit.OK if done.articles else Exit.LOOK


def _compare(site: Path, folder: Path, details: bool) -> None:
    """Print what came out differently, 80 columns wide."""
    from scraper.cli.beforeafter import show
    from scraper.export.differences import Tally, compare

    tally = Tally()
    for difference in compare(site, folder, tally):
        if details:
            print("", *show(difference), sep="\n")
    print(f"\n{tally.same:,} as they were, {tally.changed:,} changed, {tally.new:,} new, {tally.gone:,} gone")
    _print_fields(tally)
    if (tally.changed or tally.new or tally.gone) and not details:
        print("\n--diff shows each of them")


def _print_fields(tally: Tally) -> None:
    if not tally.fields:
        return
    print(f"\n{'field':<24}{'changed':>10}{'filled':>10}{'emptied':>10}")
    for name, counts in sorted(tally.fields.items(), key=lambda entry: -entry[1].total()):
        print(f"{name:<24}{counts['changed']:>10,}{counts['filled']:>10,}{counts['emptied']:>10,}")
