"""`scraper export`: the records of harvested sites in the format that another program reads."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scraper.cli.exits import CommandError, Exit
from scraper.cli.folders import OutputOption, SitesArgument, site_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scraper.export import Record


class FormatName(StrEnum):
    """The names of `scraper.export.FORMATS`, which are not imported for `--help`."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    SQLITE = "sqlite"
    SCHEMA_ORG = "schema.org"
    NEWS_PLEASE = "news-please"


def export(
    sites: SitesArgument,
    format: Annotated[
        FormatName | None,
        typer.Option(show_default=False, help="By default what the name of FILE says, else jsonl."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("-o", metavar="FILE", help="Where to; .gz or .zst compresses. Default: standard output."),
    ] = None,
    where: Annotated[
        list[str] | None, typer.Option(metavar="FILTER", help="Only records of which this is true; may be repeated.")
    ] = None,
    latest: Annotated[bool, typer.Option("--latest", help="Only the latest version of each article.")] = False,
    bom: Annotated[bool, typer.Option("--bom", help="Begin CSV with a byte order mark, for Excel.")] = False,
    output: OutputOption = Path("output"),
) -> int:
    """Write records as JSON Lines, CSV, Parquet, SQLite and more.

    Also as schema.org, or with the names of news-please. SITE is the name of a folder in DIR, or its path. Records are
    read one at a time, so the size of a site does not matter; FILE appears when it is whole. A FILTER is FIELD
    OPERATOR VALUE, joined by and: operators = != < <= > >= and ~ !~ for contains; fields of `scraper schema`, parts
    joined by a dot; null is no value.

    \b
      scraper export demo -o demo.csv --bom
      scraper export demo example.com --latest -o news.parquet
      scraper export demo --where "date_published>=2026-11-01 and text~洪水"
      scraper export demo --where "source!=null" --format schema.org -o a.jsonl.gz

    Exit code 0: written; 1: no record, or none is wanted; 2: the filter or the file name cannot be used; 65: no such
    site, or a line that is no record; 74: FILE cannot be written; 78: a library is missing.
    """
    from scraper.export import (
        BrokenRecordError,
        FilterError,
        MissingExtraError,
        TargetError,
        export_records,
        format_of,
        read_sites,
    )

    folders = [site_folder(site, output) for site in sites]
    if file is not None:
        _spare_harvest(file, folders)
    try:
        name = format.value if format else format_of(file)
        if bom and name != "csv":
            raise typer.BadParameter(f"--bom is for csv, found the format {name}")
        records = _wanted(read_sites(folders, latest=latest), where or [])
        count = export_records(records, file, name, **({"bom": True} if bom else {}))
    except (FilterError, TargetError) as error:
        raise CommandError(Exit.USAGE, str(error)) from error
    except MissingExtraError as error:
        raise CommandError(Exit.CONFIG, str(error)) from error
    except BrokenRecordError as error:
        raise CommandError(Exit.BROKEN_INPUT, str(error)) from error
    if not count:
        raise CommandError(Exit.LOOK, "no record is wanted by the filter" if where else "there is no record")
    if file is not None:
        print(f"{count:,} records in {file} ({file.stat().st_size:,} bytes)", file=sys.stderr)
    return Exit.OK


def _spare_harvest(file: Path, folders: list[Path]) -> None:
    """An export never takes the place of what was harvested."""
    for folder in folders:
        if file.resolve().parent == folder.resolve() and (file.exists() or file.suffix == ".jsonl"):
            raise typer.BadParameter(f"{file} is within the site folder {folder}; write the export elsewhere")


def _wanted(records: Iterable[Record], filters: list[str]) -> Iterator[Record]:
    from scraper.export import parse_filter

    parsed = [parse_filter(text) for text in filters]
    return (record for record in records if all(holds(record.data) for holds in parsed))
